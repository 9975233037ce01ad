/** A small card beside what it is about. Esc or a click elsewhere closes it; the focus goes back to where it was. */
import { el } from './dom.ts';

/** The card. */
export interface Popover {
  readonly element: HTMLElement;
  /**
   * Opens it beside something.
   * @param anchor what it is about.
   * @param label its name for a screen reader.
   * @param content what is in it.
   */
  open(anchor: HTMLElement, label: string, content: readonly Node[]): void;
  close(): void;
}

/** Space kept to the window's edges, px. */
const EDGE = 8;

/** A card that is not open. */
export function createPopover(): Popover {
  const element = el('div', { class: 'card popover', attrs: { popover: 'auto', role: 'dialog', tabindex: '-1' } });
  let back: HTMLElement | null = null;
  element.addEventListener('toggle', (event) => {
    if ((event as ToggleEvent).newState !== 'closed') return;
    const lost = document.activeElement === document.body || element.contains(document.activeElement);
    if (lost) back?.focus({ preventScroll: true });
  });
  return {
    element,
    open(anchor, label, content) {
      element.hidePopover();
      element.setAttribute('aria-label', label);
      element.replaceChildren(...content);
      element.showPopover();
      back = anchor;
      const around = anchor.getBoundingClientRect();
      const { width, height } = element.getBoundingClientRect();
      const left = Math.max(EDGE, Math.min(around.left, innerWidth - width - EDGE));
      const below = around.bottom + 4;
      const top = below + height + EDGE > innerHeight ? Math.max(EDGE, around.top - height - 4) : below;
      element.style.setProperty('left', `${left}px`);
      element.style.setProperty('top', `${top}px`);
      element.focus({ preventScroll: true });
    },
    close: () => element.hidePopover(),
  };
}

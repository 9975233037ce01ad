/**
 * The few things the page does with the document. Text only ever goes in as text: there is no way through here by which
 * a learner's name becomes markup.
 */
import { stayingItems } from '../../classroom/instructor/least-moves.ts';

/** What an element is made with. */
export interface Props {
  readonly class?: string;
  readonly text?: string;
  readonly attrs?: Readonly<Record<string, string>>;
  readonly click?: (event: MouseEvent) => void;
}

/**
 * An element with its children.
 * @param tag its name.
 * @param props what it is made with.
 * @param children elements, or texts.
 */
export function el<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  props: Props = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  if (props.class !== undefined) made.className = props.class;
  if (props.text !== undefined) made.textContent = props.text;
  for (const [name, value] of Object.entries(props.attrs ?? {})) made.setAttribute(name, value);
  const { click } = props;
  if (click) made.addEventListener('click', (event) => click(event as MouseEvent));
  made.append(...children);
  return made;
}

/**
 * A button with words on it.
 * @param text the words.
 * @param click what it does.
 * @param look its class, and attributes.
 */
export function button(text: string, click: (event: MouseEvent) => void, look: Omit<Props, 'text' | 'click'> = {}) {
  return el('button', { ...look, text, click, attrs: { type: 'button', ...look.attrs } });
}

/**
 * Sets an element's text where it is another one: writing the same costs a layout.
 * @param target the element.
 * @param text the text.
 */
export function setText(target: Element, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}

/**
 * Sets an attribute where it has another value; null takes it away.
 * @param target the element.
 * @param name the attribute.
 * @param value its value.
 */
export function setAttr(target: Element, name: string, value: string | null): void {
  if (target.getAttribute(name) === value) return;
  if (value === null) target.removeAttribute(name);
  else target.setAttribute(name, value);
}

/**
 * Text in which what stands between backticks is code, as hints are written; otherwise it is text alone.
 * @param text the text.
 */
export function codeNodes(text: string): readonly Node[] {
  return text
    .split(/`([^`]+)`/)
    .map((part, index) => (index % 2 === 1 ? el('code', { text: part }) : document.createTextNode(part)));
}

/** Children that stand for something by a key, kept when they move. */
export interface KeyedChildren<Item> {
  readonly items: ReadonlyMap<string, Item>;
  /** Makes the children those of the keys, in their order; what stays is not touched. */
  arrange(keys: readonly string[]): void;
}

/**
 * Keeps a parent's children in the order of keys, moving only those that are out of place.
 * @param parent their parent; it has no others.
 * @param create makes one.
 */
export function keyedChildren<Item extends { readonly element: HTMLElement }>(
  parent: HTMLElement,
  create: (key: string) => Item,
): KeyedChildren<Item> {
  const items = new Map<string, Item>();
  let shown: readonly string[] = [];
  return {
    items,
    arrange(keys) {
      const wanted = new Set(keys);
      for (const [key, item] of items) {
        if (wanted.has(key)) continue;
        item.element.remove();
        items.delete(key);
      }
      const staying = stayingItems(shown, keys);
      shown = keys;
      // From the end, so that what comes after an item is in its place already.
      let after: HTMLElement | null = null;
      for (const key of keys.toReversed()) {
        const item = items.get(key) ?? create(key);
        items.set(key, item);
        if (!staying.has(key) || item.element.parentElement !== parent) parent.insertBefore(item.element, after);
        after = item.element;
      }
    },
  };
}

/** Short words that come and go: seen at the bottom of the page, heard through its live region. */
import { el } from './dom.ts';

/** How long a notice stays, milliseconds; a problem stays longer. */
const STAYS = { done: 4_000, problem: 10_000 };

/**
 * Says something to a screen reader without showing it.
 * @param text a sentence.
 */
export function announce(text: string): void {
  const region = document.getElementById('status');
  if (region) region.textContent = text;
}

/**
 * Shows something for a while.
 * @param text a sentence.
 * @param tone whether it went well.
 */
export function notify(text: string, tone: keyof typeof STAYS = 'done'): void {
  announce(text);
  const toast = el('p', { class: `toast toast-${tone}`, text });
  const toasts = document.getElementById('toasts');
  toasts?.append(toast);
  while ((toasts?.childElementCount ?? 0) > 3) toasts?.firstElementChild?.remove();
  setTimeout(() => toast.remove(), STAYS[tone]);
}

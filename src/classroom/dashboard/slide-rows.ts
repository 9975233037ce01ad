/** Rows that changed places slide there, so that the eye can follow; not where motion is unwelcome or many would move. */

/** More than these are not slid. */
const MOST = 80;
const TAKES = { duration: 260, easing: 'cubic-bezier(0.2, 0, 0, 1)' };

/**
 * Notes where rows are; call the result once they are in their new order.
 * @param before the order they are in.
 * @param rows the rows by key.
 * @returns slides them; it takes the new order.
 */
export function slideRows(
  before: readonly string[],
  rows: ReadonlyMap<string, { readonly element: HTMLElement }>,
): (after: readonly string[]) => void {
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  if (still || before.length > MOST || before.length === 0) return () => {};
  const tops = new Map(before.map((key) => [key, rows.get(key)?.element.offsetTop]));
  return (after) => {
    for (const key of after) {
      const top = tops.get(key);
      const element = rows.get(key)?.element;
      if (top === undefined || !element || element.offsetTop === top) continue;
      element.animate([{ transform: `translateY(${top - element.offsetTop}px)` }, { transform: 'none' }], TAKES);
    }
  };
}

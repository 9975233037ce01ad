/** Which of a list's items can stay where they are when it is put into another order, so that few have to move. Pure. */

/**
 * The items that stay: the longest run of them that is in the same order before and after. All others are moved.
 * @param before the order now.
 * @param after the order wanted.
 */
export function stayingItems(before: readonly string[], after: readonly string[]): ReadonlySet<string> {
  const places = new Map(before.map((item, place) => [item, place]));
  const known = after.filter((item) => places.has(item));
  const place = (item: string): number => places.get(item) ?? 0;
  /** The item that ends a run of each length, by the earliest place; and what stands before an item in its run. */
  const ends: string[] = [];
  const previous = new Map<string, string | undefined>();
  for (const item of known) {
    const length = firstAtLeast(ends, place(item), place);
    previous.set(item, ends[length - 1]);
    ends[length] = item;
  }
  const staying = new Set<string>();
  for (let item = ends.at(-1); item !== undefined; item = previous.get(item)) staying.add(item);
  return staying;
}

/** The index of the first end whose place is not before this one; their places grow. */
function firstAtLeast(ends: readonly string[], wanted: number, place: (item: string) => number): number {
  let [low, high] = [0, ends.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (place(ends[middle] ?? '') < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

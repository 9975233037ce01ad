/** The difference between two texts, as lines to show. */
import { diffLines as compare } from 'diff';
import type { DiffLine } from '../session/events.ts';

/** Unchanged lines shown around a change. */
const context = 2;

/**
 * Lines kept, removed and added, with long unchanged stretches left out.
 * @param before the text now.
 * @param after the text to be.
 */
export function diffLines(before: string, after: string): readonly DiffLine[] {
  const all = compare(before, after).flatMap((part): DiffLine[] => {
    const sign = part.added ? '+' : part.removed ? '-' : ' ';
    return part.value
      .replace(/\n$/, '')
      .split('\n')
      .map((text) => ({ sign, text }));
  });
  const near = all.map((_, index) =>
    all.slice(Math.max(0, index - context), index + context + 1).some((line) => line.sign !== ' '),
  );
  const shown: DiffLine[] = [];
  for (const [index, line] of all.entries()) {
    if (near[index]) shown.push(line);
    else if (shown.at(-1)?.sign !== 'gap') shown.push({ sign: 'gap', text: '' });
  }
  return shown;
}

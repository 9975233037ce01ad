import { describe, expect, onTestFinished, test } from 'vitest';
import { cohort } from '../../../test/support/class/class-cohort.ts';
import { pseudo } from '../../../test/support/words/pseudo.ts';
import { createTheme } from '../../tui/theme.ts';
import { english } from '../../words/english.ts';
import { spanish } from '../../words/es/spanish.ts';
import { speak } from '../../words/words.ts';
import { lineText, lineWidth } from '../text/line.ts';
import { intentOf, type WatchKey } from './watch-keys.ts';
import { watchLines } from './watch-lines.ts';
import { firstWatchState, updateWatch, type WatchEffect, type WatchState } from './watch-state.ts';

const snapshot = cohort({ seats: 24 });
const at = snapshot.now;

/** The state after a snapshot and keys, and what was asked of the server. */
function having(
  keys: readonly WatchKey[],
  from = snapshot,
): { readonly state: WatchState; readonly effects: readonly WatchEffect[] } {
  let [state] = updateWatch(firstWatchState, { type: 'news', update: { type: 'snapshot', snapshot: from }, at });
  const effects: WatchEffect[] = [];
  for (const key of keys) {
    const intent = intentOf(key);
    if (!intent) throw new Error(`${key} means nothing`);
    const [next, asked] = updateWatch(state, { type: 'intent', intent, at });
    state = next;
    effects.push(...asked);
  }
  return { state, effects };
}

/** The keys that lead to a learner. */
function to(name: string): readonly WatchKey[] {
  const { order, view } = having([]).state;
  return Array.from({ length: order.findIndex((seat) => view?.seats.get(seat)?.name === name) }, () => 'down');
}

const screen = (state: WatchState, cols = 110, rows = 29): string => watchLines(state, cols, rows, at).map(lineText).join('\n');
const nameAt = (state: WatchState, index: number) => state.view?.seats.get(state.order[index] ?? '')?.name;

describe('the screen', () => {
  test('shows who needs help first, with their checks below', () => {
    const { state } = having(to('Farid Fischer'));
    const text = screen(state);
    expect(text).toContain('▸● Farid Fischer');
    expect(text).toContain('✗ the database connection names PostgreSQL   not yet: text missing');
    expect(text).toContain('5 of 5 fail plugin is owned by galaxy   wrong owner');
  });

  test.each([
    [110, 29],
    [80, 24],
    [60, 17],
    [30, 8],
  ])('fills %i × %i and no more', (cols, rows) => {
    for (const keys of [[], ['down', 'right', 'g'], ['H']] as const) {
      const lines = watchLines(having(keys).state, cols, rows, at);
      expect(lines).toHaveLength(rows);
      expect(Math.max(...lines.map(lineWidth))).toBeLessThanOrEqual(cols);
    }
  });

  test('all its words are the catalogue’s, and it speaks Spanish', () => {
    speak(pseudo(english));
    const known = new Set(JSON.stringify(snapshot).match(/[A-Za-z]{2,}/g));
    for (const keys of [[], ['down', 'right', 'g'], ['H'], to('Farid Fischer')] as const)
      for (const [cols, rows] of [
        [110, 29],
        [60, 20],
      ] as const) {
        const runs = screen(having(keys).state, cols, rows).match(/(?<![\p{L}])[A-Za-z]{2,}(?![\p{L}])/gu) ?? [];
        expect(runs.filter((run) => ![...known].some((word) => word.startsWith(run)) && run !== 'min')).toEqual([]);
      }
    onTestFinished(() => speak(english));
    speak(spanish);
    const text = screen(having(to('Farid Fischer')).state, 80, 24);
    expect(text).toContain('todavía no: falta un texto');
    expect(text).toContain('5 de 5 fallan plugin is owned by galaxy   otro dueño');
    expect(intentOf('s', true)).toEqual({ type: 'yes' });
    expect(intentOf('s')).toEqual({ type: 'hand-seen' });
  });

  test('lets nothing through that a terminal obeys', () => {
    const seats = snapshot.seats.map((seat) => ({
      ...seat,
      name: 'a\x1b]0;owned\x07\x1b[2Jb',
      hand: { at, note: 'x\x1b[31m\r\ny' },
    }));
    const theme = createTheme({ NO_COLOR: '1' });
    const painted = watchLines(having([], { ...snapshot, seats }).state, 110, 29, at).map((line) => theme.text(line));
    expect(painted.join('').replace(/\x1b\[[\d;]*m/g, '')).not.toMatch(/[\x00-\x1f\x7f-\x9f]/);
    expect(painted.join('')).toContain('a]0;owned[2Jb');
  });
});

describe('keys', () => {
  test('nothing is sent before it is confirmed, and nothing when it is not', () => {
    expect(having([...to('Farid Fischer'), 'h']).effects).toEqual([]);
    expect(having([...to('Farid Fischer'), 'h', 'n']).effects).toEqual([]);
    expect(having([...to('Farid Fischer'), 'h', 'y']).effects).toEqual([
      {
        type: 'send',
        request: expect.objectContaining({
          to: { type: 'seat', seat: having(to('Farid Fischer')).state.seat },
          check: 'configure-galaxy.the-database-connection-names-postgresql',
        }),
      },
    ]);
  });

  test('a hint goes to everybody who is stuck together', () => {
    expect(having(['H', 'y']).effects).toEqual([
      {
        type: 'send',
        request: expect.objectContaining({ to: expect.objectContaining({ type: 'cluster', reason: 'wrong-owner' }) }),
      },
    ]);
  });

  test('the class is held before the section the keys are on, and released from anywhere', () => {
    expect(having([...to('Farid Fischer'), 'right', 'g', 'y']).effects).toEqual([
      expect.objectContaining({ type: 'gate', section: 'install-a-plugin' }),
    ]);
    const held = { ...snapshot, class: { ...snapshot.class, gate: 'install-a-plugin' } };
    expect(having(['g', 'y'], held).effects).toEqual([expect.objectContaining({ type: 'gate', section: null })]);
    expect(screen(having([], held).state)).toContain('held before 5 Install a plugin');
  });

  test('the filter goes round, and the keys stay on somebody who is shown', () => {
    const { state } = having(['f', 'f']);
    expect(state.group).toBe('hand');
    expect(state.order).toHaveLength(1);
    expect(state.seat).toBe(state.order[0]);
  });

  test('q asks to leave, also while something is asked', () => {
    expect(having(['q']).effects).toEqual([{ type: 'quit' }]);
    expect(having(['H', 'q']).effects).toEqual([{ type: 'quit' }]);
  });
});

test('nobody changes places shortly after a key; later they do, and the keys stay on the same learner', () => {
  const { state } = having(['down']);
  const last = state.view!.seats.get(state.order.at(-1)!)!;
  const { class: about, clusters, medians } = snapshot;
  const changed = {
    type: 'changed',
    class: about,
    clusters,
    medians,
    seats: [{ ...last, need: 999 }],
    removed: [],
    now: at,
  } as const;
  const news = { ...changed, seats: [...changed.seats], removed: [] };
  const [soon] = updateWatch(state, { type: 'news', update: news, at: at + 1_000 });
  expect(soon.order).toEqual(state.order);
  const [later] = updateWatch(soon, { type: 'news', update: news, at: at + 6_000 });
  expect(nameAt(later, 0)).toBe(last.name);
  expect(later.seat).toBe(state.seat);
});

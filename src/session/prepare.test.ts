import { expect, test } from 'vitest';
import type { Lesson, Section } from '../model/lesson.ts';
import { replay } from './apply.ts';
import type { Effect } from './effects.ts';
import type { DurableEvent, SessionEvent } from './events.ts';
import { setupRun } from './progress.ts';
import { select } from './select.ts';
import { initialState, type SessionState } from './state.ts';
import { update } from './update.ts';

const place = { file: 'step.md', line: 1, column: 1 };
const script = { name: 'run.sh', source: 'true' };

function section(index: number, extra: Partial<Section>): Section {
  const texts = { id: `s${index}`, title: 'S', shortTitle: 'S', body: [], blocks: [], checks: [], hints: [], explain: [] };
  return { ...texts, index, kind: 'reading', number: 0, place, ...extra };
}

const check = {
  id: 's1/1',
  title: 'x',
  timeoutMs: 1,
  question: { kind: 'script', ...script },
  timing: { onEvent: true },
  place,
} as const;

function lessonOf(extra: Partial<Lesson> = {}): Lesson {
  const sections = [
    section(0, { setup: { foreground: script } }),
    section(1, { kind: 'work', number: 1, checks: [check], setup: { background: script } }),
    section(2, {}),
  ];
  return { id: 'l', title: 'L', dir: '/l', introduction: [], host: 'bare', user: 'root', hash: 'h', sections, ...extra };
}

/** Feeds events in; tells what is to be done about the last one. */
function run(lesson: Lesson, events: readonly SessionEvent[], from?: SessionState) {
  let state = from ?? initialState(lesson, 'sandbox');
  let effects: readonly Effect[] = [];
  const journal: DurableEvent[] = [];
  for (const event of events) {
    ({ state, effects } = update(state, event));
    journal.push(...effects.flatMap((effect) => (effect.type === 'record' ? [effect.event] : [])));
  }
  return { state, effects: effects.filter(({ type }) => type !== 'record').map((effect) => effect.type), journal };
}

const start: readonly SessionEvent[] = [
  { type: 'session-started', at: 1, lesson: 'l', hash: 'h', host: 'sandbox', version: '1' },
  { type: 'host-ready', at: 2 },
];
const prepared = (id: string): SessionEvent => ({ type: 'section-prepared', at: 3, section: id });
const advance: SessionEvent = { type: 'advance-asked', at: 4 };

test('a section is prepared when it opens, and nothing is typed meanwhile', () => {
  const { state, effects } = run(lessonOf(), start);
  expect(effects).toEqual(['prepare-section']);
  expect(select(state).running).toBe(setupRun('s0'));
  expect(run(lessonOf(), [{ type: 'run-stop-asked', at: 3 }], state).effects).toEqual(['stop-run']);
  expect(run(lessonOf(), [prepared('s0')], state).state.running).toBeNull();
});

test('the checks of a section are watched after it was prepared, not before', () => {
  const opened = run(lessonOf(), [...start, prepared('s0'), advance]);
  expect(opened.effects).toEqual(['unwatch-section', 'prepare-section']);
  expect(run(lessonOf(), [prepared('s1')], opened.state).effects).toEqual(['watch-section']);
});

test('whoever comes back finds a section prepared: its scripts are not started again', () => {
  const lesson = lessonOf();
  const { journal } = run(lesson, [...start, prepared('s0'), advance, prepared('s1')]);
  const back = replay(initialState(lesson, 'sandbox'), journal);
  const resumed: SessionEvent = { type: 'session-resumed', at: 9, hash: 'h', host: 'sandbox', version: '1' };
  expect(run(lesson, [resumed, { type: 'host-ready', at: 10 }], back).effects).toEqual(['watch-section']);
});

test('a section whose preparing was cut short is prepared again', () => {
  const lesson = lessonOf();
  const { journal } = run(lesson, start);
  const back = replay(initialState(lesson, 'sandbox'), journal);
  expect(run(lesson, [{ type: 'host-ready', at: 10 }], back).effects).toEqual(['prepare-section']);
});

test('files of the lesson are copied with the first section, also where that has no script', () => {
  const assets = [{ from: '/l/a', to: '/a' }];
  const sections = [section(0, {}), section(1, {})];
  expect(run(lessonOf({ sections }), start).effects).toEqual([]);
  const first = run(lessonOf({ sections, assets }), start);
  expect(first.effects).toEqual(['prepare-section']);
  expect(run(lessonOf({ sections, assets }), [prepared('s0'), advance], first.state).effects).not.toContain('prepare-section');
});

test('a lesson that is only read is finished with its last section, not with its first', () => {
  const lesson = lessonOf({ sections: [section(0, {}), section(1, {})] });
  const one = run(lesson, [...start, advance]);
  expect(one.state.finished).toBe(false);
  expect(run(lesson, [advance], one.state).state.finished).toBe(true);
});

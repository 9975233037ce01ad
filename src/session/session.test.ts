import { describe, expect, test } from 'vitest';
import type { Check, Verdict } from '../model/check.ts';
import type { Block, Lesson, Section } from '../model/lesson.ts';
import { replay } from './apply.ts';
import type { Effect } from './effects.ts';
import type { DurableEvent, SessionEvent } from './events.ts';
import { select } from './select.ts';
import { initialState, type SessionState } from './state.ts';
import { update } from './update.ts';

const place = { file: 'lesson.md', line: 1, column: 1 };

function check(id: string, extra: Partial<Check> = {}): Check {
  return {
    id,
    title: id,
    hint: `hint for ${id}`,
    timeoutMs: 5000,
    question: { kind: 'file', path: '/x' },
    timing: {},
    place,
    ...extra,
  };
}

function section(index: number, extra: Partial<Section>): Section {
  const kind = extra.kind ?? 'work';
  return {
    id: `s${index}`,
    index,
    title: `Section ${index}`,
    shortTitle: `Section ${index}`,
    kind,
    number: kind === 'work' ? index : 0,
    body: [],
    blocks: [],
    checks: [],
    hints: [],
    explain: [],
    place,
    ...extra,
  };
}

const run: Block = {
  kind: 'run',
  id: 's1:1',
  commands: [
    { text: 'true', terminal: 1 },
    { text: 'false', terminal: 1 },
  ],
  optional: false,
  place,
};
const write: Block = {
  kind: 'write',
  id: 's1:2',
  path: '/etc/x',
  content: 'x\n',
  sudo: true,
  mode: { how: 'replace' },
  optional: false,
  place,
};

const lesson: Lesson = {
  id: 'l',
  title: 'L',
  dir: '/l',
  introduction: [],
  host: 'bare',
  user: 'ubuntu',
  hash: 'h',
  sections: [
    section(0, { kind: 'reading' }),
    section(1, {
      blocks: [run, write],
      checks: [check('s1/1'), check('s1/2', { timing: { invariant: true } })],
      hints: ['look'],
    }),
    section(2, { blocks: [{ ...run, id: 's2:1' }], monitor: { url: 'http://localhost/', everyMs: 200 } }),
  ],
};

const pass: Verdict = { status: 'pass' };
const fail: Verdict = {
  status: 'fail',
  reason: 'file-missing',
  expected: 'a file',
  actual: 'nothing',
  sentence: 'There is no file.',
};

/** Feeds events in and remembers what was to be done. */
function session(from: SessionState = initialState(lesson, 'sandbox')) {
  let state = from;
  let effects: Effect[] = [];
  let at = 1000;
  const all: Effect[] = [];
  return {
    send(event: SessionEvent extends infer E ? (E extends SessionEvent ? Omit<E, 'at'> : never) : never) {
      at += 1000;
      const next = update(state, { ...event, at } as SessionEvent);
      state = next.state;
      effects = [...next.effects];
      all.push(...effects);
      return this;
    },
    get state() {
      return state;
    },
    get effects() {
      return effects;
    },
    get view() {
      return select(state);
    },
    get journal(): DurableEvent[] {
      return all.flatMap((effect) => (effect.type === 'record' ? [effect.event] : []));
    },
  };
}

function started() {
  return session()
    .send({ type: 'session-started', lesson: 'l', hash: 'h', host: 'sandbox', version: '0' })
    .send({ type: 'host-ready' });
}

function inSectionOne() {
  return started().send({ type: 'advance-asked' });
}

describe('moving through a lesson', () => {
  test('a start opens the first section and keeps the others locked', () => {
    expect(started().view.sections.map((each) => each.status)).toEqual(['open', 'locked', 'locked']);
  });

  test('a section to read gives way to the next when the reader goes on', () => {
    const at = inSectionOne();
    expect(at.view.sections.map((each) => each.status)).toEqual(['done', 'open', 'locked']);
    expect(at.effects).toContainEqual({ type: 'watch-section', section: 's1' });
  });

  test('work sections are counted, sections to read are not', () => {
    expect(inSectionOne().view).toMatchObject({ workTotal: 2, workDone: 0 });
  });

  test('going on from a section whose work is not done changes nothing', () => {
    expect(inSectionOne().send({ type: 'advance-asked' }).view.sections[1]?.status).toBe('open');
  });

  test('a section is watched only once its host is ready', () => {
    const at = session()
      .send({ type: 'session-started', lesson: 'l', hash: 'h', host: 'sandbox', version: '0' })
      .send({ type: 'advance-asked' });
    expect(at.effects.some((effect) => effect.type === 'watch-section')).toBe(false);
    at.send({ type: 'host-ready' });
    expect(at.effects).toEqual([{ type: 'watch-section', section: 's1' }]);
  });

  test('a section is done when all its checks pass together, and its next one waits for the reader', () => {
    const at = inSectionOne().send({ type: 'checks-judged', section: 's1', verdicts: { 's1/1': pass, 's1/2': fail } });
    expect(at.view.sections[1]?.status).toBe('open');
    at.send({ type: 'checks-judged', section: 's1', verdicts: { 's1/1': pass, 's1/2': pass } });
    expect(at.view.sections.map((each) => each.status)).toEqual(['done', 'done', 'locked']);
    expect(at.view.unlocked).toEqual({ sentence: 'Section 1 done.', next: { id: 's2', title: 'Section 2' } });
    at.send({ type: 'advance-asked' });
    expect(at.view.sections[2]?.status).toBe('open');
    expect(at.view.unlocked).toBeNull();
  });

  test('a check that passed and fails again holds its section up', () => {
    const at = inSectionOne()
      .send({ type: 'checks-judged', section: 's1', verdicts: { 's1/1': pass, 's1/2': fail } })
      .send({ type: 'checks-judged', section: 's1', verdicts: { 's1/1': fail, 's1/2': pass } });
    expect(at.view.sections[1]?.status).toBe('open');
  });

  test('an error never unlocks anything', () => {
    const error: Verdict = { status: 'error', reason: 'no-answer', sentence: 'The host did not answer.' };
    const at = inSectionOne().send({ type: 'checks-judged', section: 's1', verdicts: { 's1/1': pass, 's1/2': error } });
    expect(at.view.sections[1]?.status).toBe('open');
  });

  test('a section whose work was there already says so', () => {
    const at = inSectionOne().send({ type: 'checks-judged', section: 's1', verdicts: { 's1/1': pass, 's1/2': pass } });
    expect(at.view.unlocked?.sentence).toBe('Section 1 was already done: everything it checks holds.');
  });

  test('answers that arrive after their section closed say nothing about the next', () => {
    const at = inSectionOne().send({ type: 'checks-judged', section: 's1', verdicts: { 's1/1': pass, 's1/2': pass } });
    const before = at.state;
    at.send({ type: 'checks-judged', section: 's1', verdicts: { 's1/1': fail, 's1/2': pass } });
    expect(at.state).toEqual(before);
  });

  test('a section without checks is done when its blocks have run', () => {
    const at = inSectionOne()
      .send({ type: 'checks-judged', section: 's1', verdicts: { 's1/1': pass, 's1/2': pass } })
      .send({ type: 'advance-asked' })
      .send({ type: 'run-asked', block: 's2:1', by: 'learner' })
      .send({ type: 'step-finished', block: 's2:1' });
    expect(at.view.sections[2]?.status).toBe('done');
    expect(at.view.finished).toBe(true);
    expect(at.journal.at(-1)?.type).toBe('lesson-finished');
  });

  test('a regression of an earlier invariant is shown with the open section and does not hold it up', () => {
    const at = inSectionOne()
      .send({ type: 'checks-judged', section: 's1', verdicts: { 's1/1': pass, 's1/2': pass } })
      .send({ type: 'advance-asked' })
      .send({ type: 'checks-judged', section: 's2', verdicts: { 's1/2': fail } });
    expect(at.view.sections[2]?.checks).toMatchObject([{ id: 's1/2', status: 'fail', regressed: true }]);
    expect(at.view.sections[1]?.status).toBe('done');
  });
});

describe('skipping', () => {
  test('is asked twice, then recorded, and opens the next section', () => {
    const at = inSectionOne().send({ type: 'skip-asked' });
    expect(at.view.question).toEqual({ type: 'skip', section: 's1', times: 1 });
    at.send({ type: 'skip-confirmed' });
    expect(at.view.question).toEqual({ type: 'skip', section: 's1', times: 2 });
    expect(at.view.sections[1]?.status).toBe('open');
    at.send({ type: 'skip-confirmed' });
    expect(at.view.sections.map((each) => each.status)).toEqual(['done', 'skipped', 'open']);
    expect(at.journal.map((event) => event.type)).toContain('section-skipped');
  });

  test('can be called off at either question', () => {
    const at = inSectionOne().send({ type: 'skip-asked' }).send({ type: 'skip-confirmed' }).send({ type: 'skip-cancelled' });
    expect(at.view.question).toBeNull();
    expect(at.view.sections[1]?.status).toBe('open');
  });
});

describe('steps', () => {
  test('a block of a locked section cannot be run', () => {
    const at = inSectionOne().send({ type: 'run-asked', block: 's2:1', by: 'learner' });
    expect(at.effects).toEqual([]);
    expect(at.view.running).toBeNull();
  });

  test('only one block is typed at a time', () => {
    const at = inSectionOne()
      .send({ type: 'run-asked', block: 's1:1', by: 'learner' })
      .send({ type: 'run-asked', block: 's1:1', by: 'learner' });
    expect(at.effects).toEqual([]);
    expect(at.view.notice?.sentence).toContain('still being run');
  });

  test('a failing command leaves the step failed, with the sentence that says why', () => {
    const at = inSectionOne()
      .send({ type: 'run-asked', block: 's1:1', by: 'learner' })
      .send({ type: 'command-finished', block: 's1:1', index: 0, code: 0 })
      .send({ type: 'step-failed', block: 's1:1', sentence: '`false` ended with exit code 1.' });
    expect(at.view.sections[1]?.steps[0]).toMatchObject({
      status: 'failed',
      finished: 1,
      sentence: '`false` ended with exit code 1.',
    });
    expect(at.view.running).toBeNull();
  });

  test('a file is written only after it was shown and confirmed', () => {
    const preview = {
      path: '/etc/x',
      as: 'root',
      owner: 'root',
      group: 'root',
      mode: '0644',
      exists: true,
      same: false,
      diff: [],
    };
    const at = inSectionOne().send({ type: 'write-asked', block: 's1:2', by: 'learner' });
    expect(at.effects.map((effect) => effect.type)).toEqual(['preview-write']);
    at.send({ type: 'write-previewed', block: 's1:2', preview, by: 'learner' });
    expect(at.effects).toEqual([]);
    expect(at.view.question).toMatchObject({ type: 'write', block: 's1:2' });
    at.send({ type: 'write-confirmed' });
    expect(at.effects).toEqual([{ type: 'write-file', block: write, by: 'learner' }]);
  });

  test('a file that already says exactly this is not asked about', () => {
    const preview = {
      path: '/etc/x',
      as: 'root',
      owner: 'root',
      group: 'root',
      mode: '0644',
      exists: true,
      same: true,
      diff: [],
    };
    const at = inSectionOne().send({ type: 'write-previewed', block: 's1:2', preview, by: 'learner' });
    expect(at.view.question).toBeNull();
    expect(at.view.sections[1]?.steps[1]?.status).toBe('done');
  });

  test('nothing runs before the host is ready, and the reader is told', () => {
    const at = session()
      .send({ type: 'session-started', lesson: 'l', hash: 'h', host: 'sandbox', version: '0' })
      .send({ type: 'advance-asked' })
      .send({ type: 'run-asked', block: 's1:1', by: 'learner' });
    expect(at.effects).toEqual([]);
    expect(at.view.notice?.sentence).toContain('not ready yet');
  });
});

describe('hints', () => {
  test('are hidden until asked for, then stay', () => {
    const at = inSectionOne();
    expect(at.view.sections[1]?.checks[0]?.hint).toBeUndefined();
    at.send({ type: 'hint-asked', check: 's1/1' }).send({ type: 'hint-asked', check: null });
    expect(at.view.sections[1]?.checks[0]?.hint).toBe('hint for s1/1');
    expect(at.view.sections[1]?.hints).toEqual(['look']);
  });

  test('asking again records nothing twice', () => {
    const at = inSectionOne().send({ type: 'hint-asked', check: 's1/1' }).send({ type: 'hint-asked', check: 's1/1' });
    expect(at.journal.filter((event) => event.type === 'hint-revealed')).toHaveLength(1);
  });
});

describe('the monitor', () => {
  test('adds requests up by the second and keeps the last failure', () => {
    const at = inSectionOne()
      .send({ type: 'checks-judged', section: 's1', verdicts: { 's1/1': pass, 's1/2': pass } })
      .send({ type: 'advance-asked' })
      .send({ type: 'monitor-counted', section: 's2', served: 5, failed: 0, slowestMs: 12, failure: null })
      .send({ type: 'monitor-counted', section: 's2', served: 3, failed: 1, slowestMs: 40, failure: 'status 502' })
      .send({ type: 'programs-seen', section: 's2', states: { 'gx:zergling0': 'RUNNING' } })
      .send({ type: 'programs-seen', section: 's2', states: { 'gx:zergling0': 'EXITED' } });
    expect(at.view.sections[2]?.monitor).toMatchObject({ served: 8, failed: 1, slowestMs: 40, failure: 'status 502' });
    expect(at.view.sections[2]?.monitor?.seconds).toHaveLength(2);
    expect(at.view.sections[2]?.monitor?.programs[0]?.changes.map((change) => change.state)).toEqual(['RUNNING', 'EXITED']);
  });
});

describe('the journal', () => {
  test('gives the same progress when it is replayed', () => {
    const at = inSectionOne()
      .send({ type: 'run-asked', block: 's1:1', by: 'learner' })
      .send({ type: 'step-finished', block: 's1:1' })
      .send({ type: 'hint-asked', check: 's1/1' })
      .send({ type: 'checks-judged', section: 's1', verdicts: { 's1/1': pass, 's1/2': fail } });
    const again = replay(initialState(lesson, 'sandbox'), at.journal);
    expect(again.sections.map(({ rounds, ...kept }) => kept)).toEqual(at.state.sections.map(({ rounds, ...kept }) => kept));
    expect(again.open).toBe(at.state.open);
  });

  test('keeps nothing of what only passes by, and no repeated verdict', () => {
    const at = inSectionOne();
    const before = at.journal.length;
    for (let round = 0; round < 3; round += 1) {
      at.send({
        type: 'checks-judged',
        section: 's1',
        verdicts: { 's1/1': fail, 's1/2': { status: 'pending', sentence: 'not yet' } },
      });
    }
    expect(at.journal.slice(before).map((event) => event.type)).toEqual(['verdict-changed']);
  });

  test('a program that was killed while typing a block finds the step to be done again', () => {
    const at = inSectionOne().send({ type: 'run-asked', block: 's1:1', by: 'learner' });
    const back = session(replay(initialState(lesson, 'sandbox'), at.journal)).send({
      type: 'session-resumed',
      hash: 'h',
      host: 'sandbox',
      version: '0',
    });
    expect(back.view.sections[1]?.steps[0]?.status).toBe('todo');
    expect(back.view.running).toBeNull();
    expect(back.view.open).toBe(1);
  });

  test('the moment of unlocking is still there after coming back', () => {
    const at = inSectionOne().send({ type: 'checks-judged', section: 's1', verdicts: { 's1/1': pass, 's1/2': pass } });
    const back = select(replay(initialState(lesson, 'sandbox'), at.journal));
    expect(back.unlocked?.next?.id).toBe('s2');
  });

  test('events about sections and blocks that the lesson no longer has change nothing', () => {
    const state = initialState(lesson, 'sandbox');
    const stale: DurableEvent[] = [
      { type: 'section-opened', at: 1, section: 'gone' },
      { type: 'step-finished', at: 2, block: 'gone:1' },
      { type: 'verdict-changed', at: 3, check: 'gone/1', verdict: pass },
    ];
    expect(replay(state, stale)).toEqual(state);
  });
});

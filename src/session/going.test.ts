import { describe, expect, test } from 'vitest';
import type { Check, Verdict } from '../model/check.ts';
import type { Block, Lesson, Section } from '../model/lesson.ts';
import { replay } from './apply.ts';
import type { Effect } from './effects.ts';
import type { DurableEvent, SessionEvent } from './events.ts';
import { select } from './select.ts';
import { type HostAbilities, initialState, type SessionState } from './state.ts';
import { update } from './update.ts';

const place = { file: 'lesson.md', line: 1, column: 1 };

function check(id: string, timing: Check['timing'] = {}): Check {
  return { id, title: id, hint: `mend ${id}`, timeoutMs: 5000, question: { kind: 'file', path: '/x' }, timing, place };
}

const block: Block = { kind: 'run', id: 's3:1', commands: [{ text: 'restart', terminal: 1 }], optional: false, place };

function section(index: number, extra: Partial<Section> = {}): Section {
  return {
    id: `s${index}`,
    index,
    title: `Section ${index}`,
    shortTitle: `Section ${index}`,
    kind: index === 0 ? 'reading' : 'work',
    number: index,
    body: [],
    blocks: [],
    checks: index === 0 ? [] : [check(`s${index}/1`), check(`s${index}/2`, { invariant: true })],
    hints: [],
    explain: [],
    place,
    ...extra,
  };
}

const monitor = { url: 'http://localhost/', everyMs: 200 };
const lesson: Lesson = {
  id: 'l',
  title: 'L',
  dir: '/l',
  introduction: [],
  host: 'bare',
  user: 'ubuntu',
  hash: 'h',
  sections: [section(0), section(1), section(2), section(3, { monitor, blocks: [block] })],
};

const pass: Verdict = { status: 'pass' };
const fail: Verdict = { status: 'fail', reason: 'gone', expected: 'a', actual: 'b', sentence: 'It is gone.' };
const known = { lesson: 'l', hash: 'h', host: 'sandbox', version: '0' } as const;
const able: HostAbilities = { snapshots: true, reset: true };

type Said = SessionEvent extends infer E ? (E extends SessionEvent ? Omit<E, 'at'> & { readonly at?: number } : never) : never;

/** Feeds events in, a second apart, and remembers what was to be done. */
function session(from: SessionState) {
  let state = from;
  let at = 1000;
  const all: Effect[] = [];
  const self = {
    effects: [] as readonly Effect[],
    send(event: Said) {
      at = event.at ?? at + 1000;
      const next = update(state, { ...event, at } as SessionEvent);
      state = next.state;
      self.effects = next.effects;
      all.push(...next.effects);
      return self;
    },
    judge(id: string, verdicts: readonly Verdict[], extra: object = {}) {
      const entries = verdicts.map((verdict, index) => [`${id}/${index + 1}`, verdict]);
      return self.send({ type: 'checks-judged', section: id, verdicts: Object.fromEntries(entries), ...extra } as Said);
    },
    /** Does section `number` and opens the next. */
    solve(number: number) {
      self.send({ type: 'snapshot-taken', section: `s${number}`, tookMs: 30 });
      const earlier = lesson.sections.slice(0, number).flatMap((each) => each.checks.map((one) => one.id));
      self.send({ type: 'baseline-taken', section: `s${number}`, holds: earlier });
      return self.judge(`s${number}`, [pass, pass]).send({ type: 'advance-asked' });
    },
    get state() {
      return state;
    },
    get view() {
      return select(state);
    },
    get kinds() {
      return self.effects.map((effect) => effect.type);
    },
    get journal(): DurableEvent[] {
      return all.flatMap((effect) => (effect.type === 'record' ? [effect.event] : []));
    },
  };
  return self;
}

function started(abilities = able) {
  return session(initialState(lesson, 'sandbox', abilities))
    .send({ type: 'session-started', ...known })
    .send({ type: 'host-ready' });
}

/** Sections 1 and 2 are done, section 3 has begun. */
function inThree(abilities = able) {
  const at = started(abilities).send({ type: 'advance-asked' }).solve(1).solve(2);
  at.send({ type: 'snapshot-taken', section: 's3', tookMs: 30 });
  return at.send({ type: 'baseline-taken', section: 's3', holds: ['s1/1', 's1/2', 's2/1', 's2/2'] });
}

/** The program comes back to what a session has recorded. */
function comeBack(journal: readonly DurableEvent[]) {
  return session(replay(initialState(lesson, 'sandbox', able), journal)).send({ type: 'session-resumed', ...known });
}

describe('the start of a section', () => {
  test('is kept before the section is watched', () => {
    const at = started().send({ type: 'advance-asked' });
    expect(at.kinds).toContain('take-snapshot');
    expect(at.kinds).not.toContain('watch-section');
    expect(at.send({ type: 'snapshot-taken', section: 's1', tookMs: 30 }).kinds).toEqual(['record', 'watch-section']);
  });

  test('that could not be kept holds nothing up, and the learner is told', () => {
    const at = started().send({ type: 'advance-asked' });
    at.send({ type: 'snapshot-failed', section: 's1', sentence: 'The disk is full.' });
    expect(at.kinds).toEqual(['watch-section']);
    expect(at.view.notice?.sentence).toBe('The disk is full.');
  });

  test('is not kept on a host that has no snapshots', () => {
    const at = started({ snapshots: false, reset: false }).send({ type: 'advance-asked' });
    expect(at.kinds).not.toContain('take-snapshot');
    expect(at.kinds).toContain('watch-section');
  });

  test('is not taken for one when somebody comes back in the middle', () => {
    const at = started().send({ type: 'advance-asked' }).send({ type: 'snapshot-failed', section: 's1', sentence: 'x' });
    const back = comeBack(at.judge('s1', [pass, fail]).journal).send({ type: 'host-ready' });
    expect(back.kinds).toEqual(['watch-section']);
  });
});

describe('going back', () => {
  test('is asked about, says how much is lost, and can be called off', () => {
    const at = inThree().send({ type: 'go-asked', section: 's2' });
    expect(at.view.question).toEqual({ type: 'go', section: 's2', how: 'rewind', lost: 2, solved: 0 });
    expect(at.send({ type: 'go-cancelled' }).effects).toEqual([]);
    expect(at.view.question).toBeNull();
  });

  test('locks what comes after the section, keeps what is before it, and asks that again before it is watched', () => {
    const at = inThree().send({ type: 'go-asked', section: 's2' }).send({ type: 'go-confirmed' });
    expect(at.kinds).toEqual(['record', 'unwatch-section', 'rewind']);
    expect(at.view.host.status).toBe('preparing');
    at.send({ type: 'section-rewound', section: 's2', how: 'snapshot', tookMs: 900 }).send({ type: 'host-ready' });
    expect(at.view.sections.map((each) => each.status)).toEqual(['done', 'done', 'open', 'locked']);
    expect(at.effects).toEqual([
      { type: 'check-earlier', checks: [expect.objectContaining({ id: 's1/1' }), expect.objectContaining({ id: 's1/2' })] },
    ]);
    expect(at.view.reviewing).toBe(true);
    expect(at.send({ type: 'earlier-judged', broken: {} }).kinds).toEqual(['watch-section']);
  });

  test('works twice: the start that was gone back to is still kept', () => {
    const at = inThree().send({ type: 'section-rewound', section: 's2', how: 'snapshot', tookMs: 1 });
    at.send({ type: 'host-ready' }).send({ type: 'earlier-judged', broken: {} }).send({ type: 'go-asked', section: 's2' });
    expect(at.view.question).toMatchObject({ how: 'rewind' });
  });

  test('from the end of the lesson takes the end back', () => {
    const at = inThree().judge('s3', [pass, pass]);
    expect(at.view.finished).toBe(true);
    at.send({ type: 'section-rewound', section: 's3', how: 'snapshot', tookMs: 1 });
    expect(at.view).toMatchObject({ finished: false, unlocked: null, open: 3 });
  });

  test('without a snapshot offers a fresh host, on which everything before is solved again', () => {
    const at = inThree().send({ type: 'section-rewound', section: 's0', how: 'fresh', tookMs: 1 });
    expect(at.view.sections.map((each) => each.status)).toEqual(['open', 'locked', 'locked', 'locked']);
    const old = started({ snapshots: false, reset: true }).send({ type: 'advance-asked' }).judge('s1', [pass, pass]);
    old.send({ type: 'advance-asked' }).send({ type: 'go-asked', section: 's2' });
    expect(old.view.question).toEqual({ type: 'go', section: 's2', how: 'afresh', lost: 2, solved: 1 });
    expect(old.send({ type: 'go-confirmed' }).kinds).toEqual(['record', 'unwatch-section', 'begin-afresh']);
  });

  test('that was broken off by a crash is done by whoever comes back, before anything is asked or watched', () => {
    const at = inThree().send({ type: 'go-asked', section: 's2' }).send({ type: 'go-confirmed' });
    const back = comeBack(at.journal).send({ type: 'host-ready' });
    expect(back.effects).toEqual([
      { type: 'unwatch-section', section: 's3' },
      { type: 'rewind', section: 's2' },
    ]);
    expect(back.view.host).toMatchObject({ status: 'preparing', sentence: expect.stringContaining('section 2') });
    back.send({ type: 'section-rewound', section: 's2', how: 'snapshot', tookMs: 900 }).send({ type: 'host-ready' });
    expect(back.kinds).toEqual(['check-earlier']);
    expect(comeBack([...at.journal, ...back.journal]).send({ type: 'host-ready' }).kinds).toEqual(['check-earlier']);
    const old = started({ snapshots: false, reset: true }).send({ type: 'advance-asked' }).judge('s1', [pass, pass]);
    old.send({ type: 'advance-asked' }).send({ type: 'go-asked', section: 's2' }).send({ type: 'go-confirmed' });
    expect(comeBack(old.journal).send({ type: 'host-ready' }).kinds).toContain('begin-afresh');
  });

  test('that the host refused is not tried again by coming back', () => {
    const at = inThree().send({ type: 'go-asked', section: 's2' }).send({ type: 'go-confirmed' });
    at.send({ type: 'rewind-failed', section: 's2', sentence: 'It stays as it is: the disk is full.' });
    expect(at.view.notice?.sentence).toContain('stays as it is');
    expect(comeBack(at.journal).send({ type: 'host-ready' }).kinds).toEqual(['check-earlier']);
  });

  test('where the host can neither be put back nor made fresh, it says so', () => {
    const at = started({ snapshots: false, reset: false })
      .send({ type: 'advance-asked' })
      .send({ type: 'go-asked', section: 's1' });
    expect(at.view.question).toBeNull();
    expect(at.view.notice?.sentence).toContain('keeps no snapshots');
  });
});

describe('catching up', () => {
  test('is asked about, and what was solved is recorded as the work of the program', () => {
    const at = started().send({ type: 'go-asked', section: 's3' });
    expect(at.view.question).toEqual({ type: 'go', section: 's3', how: 'catch-up', lost: 0, solved: 2 });
    expect(at.send({ type: 'go-confirmed' }).effects.at(-1)).toEqual({ type: 'catch-up', to: 's3' });
    at.send({ type: 'advance-asked' }).solve(1);
    expect(at.view.going).toEqual({ section: 's3', done: 1, total: 2 });
    at.solve(2).send({ type: 'catch-up-ended', to: 's3', sentence: null });
    expect(at.view.going).toBeUndefined();
    expect(at.view.sections.map((each) => each.solvedBy)).toEqual([undefined, 'program', 'program', undefined]);
    expect(at.journal).toContainEqual(expect.objectContaining({ type: 'section-done', section: 's2', by: 'program' }));
    expect(comeBack(at.journal).view.sections[1]?.solvedBy).toBe('program');
  });

  test('keeps the learner from doing steps at the same time, and Ctrl-C ends it', () => {
    const at = started().send({ type: 'go-asked', section: 's3', sure: true });
    at.send({ type: 'run-asked', block: 's3:1', by: 'learner' });
    expect(at.view.notice?.sentence).toContain('solved for you');
    expect(at.send({ type: 'run-stop-asked' }).kinds).toEqual(['stop-catch-up']);
    at.send({ type: 'catch-up-ended', to: 's3', sentence: 'Stopped.' });
    expect(at.view.notice?.sentence).toBe('Stopped.');
  });

  test('that was cut short by the end of the program is not going on after it', () => {
    const at = started().send({ type: 'go-asked', section: 's3', sure: true });
    expect(comeBack(at.journal).view.going).toBeUndefined();
  });
});

describe('coming back', () => {
  test('what held at the start of the section is asked again before it is watched', () => {
    const back = comeBack(inThree().journal).send({ type: 'host-ready' });
    expect(back.effects).toHaveLength(1);
    expect(back.effects[0]).toMatchObject({ type: 'check-earlier' });
    expect(back.effects[0]?.type === 'check-earlier' && back.effects[0].checks.map((each) => each.id)).toEqual([
      's1/1',
      's1/2',
      's2/1',
      's2/2',
    ]);
  });

  test('what has drifted is shown, and the section is watched only once the learner has decided', () => {
    const back = comeBack(inThree().journal)
      .send({ type: 'host-ready' })
      .send({ type: 'earlier-judged', broken: { 's2/1': fail } });
    expect(back.effects).toEqual([]);
    expect(back.view.question).toMatchObject({ type: 'drift', times: 1, checks: [{ id: 's2/1', hint: 'mend s2/1' }] });
    expect(back.send({ type: 'drift-confirmed' }).kinds).toEqual(['start-host']);
    back.send({ type: 'host-ready' }).send({ type: 'earlier-judged', broken: { 's2/1': fail } });
    expect(back.view.question).toMatchObject({ type: 'drift', times: 2 });
    expect(back.send({ type: 'drift-cancelled' }).kinds).toEqual(['watch-section']);
  });

  test('a host that was lost is started again when asked, and asked again what held', () => {
    const at = inThree().send({ type: 'host-lost', sentence: 'It is gone.' });
    expect(at.send({ type: 'host-restart-asked' }).kinds).toEqual(['start-host']);
    expect(at.send({ type: 'host-restart-asked' }).effects).toEqual([]);
    expect(at.send({ type: 'host-ready' }).kinds).toEqual(['check-earlier']);
  });

  test('what was said of a shell just before is not said of a host that is lost', () => {
    const at = inThree().send({ type: 'notice-shown', sentence: 'The shell ended at once.', tone: 'problem' });
    expect(at.view.notice).toMatchObject({ sentence: 'The shell ended at once.' });
    expect(at.send({ type: 'host-lost', sentence: 'It is gone.' }).view.notice).toBeNull();
  });
});

describe('a regression', () => {
  const earlier = (verdict: Verdict, extra: object = {}): Said =>
    ({ type: 'checks-judged', section: 's3', verdicts: { 's1/2': verdict }, ...extra }) as Said;
  const regressed = (at: ReturnType<typeof inThree>) => at.view.sections[3]?.checks.find((each) => each.regressed === true);

  test('tells when it held, when it broke and after which command', () => {
    const at = inThree().send({ ...earlier(pass), at: 100_000 } as Said);
    at.send({ ...earlier(fail, { command: { text: 'sudo rm -r /srv', endedAt: 101_000 } }), at: 102_000 } as Said);
    expect(regressed(at)).toMatchObject({ id: 's1/2', held: 100_000, since: 102_000, after: 'sudo rm -r /srv' });
    expect(select(replay(initialState(lesson, 'sandbox'), at.journal)).sections[3]?.checks.at(-1)).toMatchObject({
      held: 100_000,
      after: 'sudo rm -r /srv',
    });
  });

  test('blames a command that ended between question and answer', () => {
    const at = inThree().send({ ...earlier(pass, { asked: 100_000 }), at: 100_040 } as Said);
    at.send({ ...earlier(fail, { command: { text: 'rm ~/one', endedAt: 100_010 } }), at: 102_000 } as Said);
    expect(regressed(at)).toMatchObject({ held: 100_000, after: 'rm ~/one' });
  });

  test('does not blame a command that had ended while it still held', () => {
    const at = inThree().send({ ...earlier(pass), at: 100_000 } as Said);
    at.send({ ...earlier(fail, { command: { text: 'ls', endedAt: 99_000 } }), at: 102_000 } as Said);
    expect(regressed(at)?.after).toBeUndefined();
  });
});

describe('counting afresh', () => {
  const lost = { served: 9, failed: 1, slowestMs: 20, failure: '502' };
  const counted = () =>
    inThree()
      .judge('s3', [pass, fail])
      .send({ type: 'monitor-counted', section: 's3', ...lost });

  test.each([
    ['the key that checks now', { type: 'check-asked', by: 'learner' }],
    ["the section's own block, run again", { type: 'run-asked', block: 's3:1', by: 'learner' }],
  ] as const)('%s forgets failed requests and what was seen along with them', (_, event) => {
    const at = counted().send(event);
    expect(at.view.sections[3]?.monitor).toMatchObject({ served: 0, failed: 0 });
    expect(at.view.sections[3]?.checks.map((each) => each.status)).toEqual(['unknown', 'unknown']);
    expect(at.kinds).toContain('watch-section');
    expect(at.journal.at(-1)?.type === 'step-started' || at.journal.at(-1)?.type === 'count-restarted').toBe(true);
    expect(at.view.notice?.sentence).toBe('Requests are counted afresh from now on.');
  });

  test('a player that waits for the checks forgets nothing', () => {
    const at = counted().send({ type: 'check-asked', by: 'program' });
    expect(at.view.sections[3]?.monitor?.failed).toBe(1);
    expect(at.kinds).toEqual(['check-now']);
  });

  test('an attempt without a failed request is not disturbed', () => {
    const at = inThree()
      .send({ type: 'monitor-counted', section: 's3', ...lost, failed: 0 })
      .send({ type: 'check-asked', by: 'learner' });
    expect(at.view.sections[3]?.monitor?.served).toBe(9);
    expect(at.kinds).toEqual(['check-now']);
  });
});

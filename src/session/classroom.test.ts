import { describe, expect, test } from 'vitest';
import type { Lesson, Section } from '../model/lesson.ts';
import { replay } from './apply.ts';
import type { PassingClassEvent } from './class-events.ts';
import type { Effect } from './effects.ts';
import type { SessionEvent } from './events.ts';
import { select } from './select.ts';
import { initialState, type SessionState } from './state.ts';
import { update } from './update.ts';

const place = { file: 'lesson.md', line: 1, column: 1 };

function section(index: number, kind: 'work' | 'reading' = 'work'): Section {
  return {
    id: `s${index}`,
    index,
    title: `Section ${index}`,
    shortTitle: `Title ${index}`,
    kind,
    number: kind === 'work' ? index : 0,
    body: [],
    blocks:
      kind === 'work'
        ? [{ kind: 'run', id: `s${index}:1`, commands: [{ text: 'true', terminal: 1 }], optional: false, place }]
        : [],
    checks: [],
    hints: [],
    explain: [],
    place,
  };
}

const lesson: Lesson = {
  id: 'l',
  title: 'L',
  dir: '/l',
  introduction: [],
  host: 'bare',
  user: 'ubuntu',
  hash: 'h',
  sections: [section(0, 'reading'), section(1), section(2), section(3)],
};

/** A session, with everything that it had done. */
class Session {
  state: SessionState = initialState(lesson, 'sandbox', { snapshots: true, reset: true });
  effects: Effect[] = [];
  private at = 1000;

  tell(...events: readonly SessionEvent[]): this {
    for (const event of events) {
      const next = update(this.state, event);
      this.state = next.state;
      this.effects.push(...next.effects);
    }
    return this;
  }

  now(): number {
    this.at += 1;
    return this.at;
  }

  begin(): this {
    return this.tell(
      { type: 'session-started', at: this.now(), lesson: 'l', hash: 'h', host: 'sandbox', version: '1' },
      { type: 'host-ready', at: this.now() },
    );
  }

  join(gate: string | null = null): this {
    return this.tell(
      { type: 'class-entered', at: this.now(), name: 'Ada', facts: { title: 'Zerg', gate } },
      { type: 'class-link-changed', at: this.now(), status: 'online', waiting: 0, sentence: null },
    );
  }

  solve(index: number): this {
    return this.tell({ type: 'step-finished', at: this.now(), block: `s${index}:1` });
  }

  onward(): this {
    return this.tell({ type: 'advance-asked', at: this.now() });
  }

  gate(gate: string | null): this {
    return this.tell({ type: 'class-told', at: this.now(), facts: { title: 'Zerg', gate } });
  }

  link(status: 'online' | 'offline' | 'removed'): this {
    return this.tell({ type: 'class-link-changed', at: this.now(), status, waiting: 0, sentence: null });
  }

  get view() {
    return select(this.state);
  }

  get recorded() {
    return this.effects.flatMap((effect) => (effect.type === 'record' ? [effect.event] : []));
  }
}

const message: Extract<PassingClassEvent, { type: 'message-arrived' }> = {
  type: 'message-arrived',
  at: 5000,
  message: { id: 'm-12345678', kind: 'hint', check: 's1/1', text: 'Look at the owner.' },
};

describe('without a class', () => {
  test('nothing of one is shown, and nothing of it is kept', () => {
    const alone = new Session().begin();
    const before = alone.state;
    alone
      .gate('s1')
      .link('online')
      .tell(
        message,
        { type: 'hand-asked', at: 1, note: 'help' },
        { type: 'share-asked', at: 1, request: 'r-12345678' },
        { type: 'share-answered', at: 1, allow: true },
        { type: 'hand-withdrawn', at: 1 },
      );
    expect(alone.state).toEqual(before);
    expect('class' in alone.view).toBe(false);
    expect(alone.onward().view.open).toBe(1);
  });
});

describe('the gate', () => {
  test('holds whoever is done with the section before it, and lets them go on when it is released', () => {
    const held = new Session().begin().join('s2').onward().solve(1);
    expect(held.view.class?.held).toEqual({ section: 's2', waiting: false, passable: false });
    held.onward();
    expect(held.view.open).toBe(1);
    expect(held.view.notice?.sentence).toContain('waits before section 2');
    expect(held.view.class?.held).toMatchObject({ waiting: true });
    held.gate(null);
    expect(held.view.open).toBe(2);
    expect(held.view.class?.held).toBeNull();
  });

  test('released, nobody is moved who did not want to go on', () => {
    expect(new Session().begin().join('s2').onward().solve(1).gate(null).view.open).toBe(1);
  });

  test('moved further on, it lets the learner go that far', () => {
    const moved = new Session().begin().join('s2').onward().solve(1).onward().gate('s3');
    expect(moved.view.open).toBe(2);
    expect(moved.solve(2).onward().view.open).toBe(2);
  });

  test('holds before the first section of work as well, with the text still open to be read', () => {
    const reading = new Session().begin().join('s1').onward();
    expect(reading.view.open).toBe(0);
    expect(reading.view.class?.held).toMatchObject({ waiting: true });
    expect(reading.gate(null).view.open).toBe(1);
  });

  test('never holds up work inside of a section, nor whoever is past it', () => {
    const inside = new Session().begin().join('s2').onward();
    expect(inside.view.class?.held).toBeNull();
    expect(inside.solve(1).view.sections[1]?.status).toBe('done');
    const past = new Session().begin().join().onward().solve(1).onward().gate('s2').solve(2).onward();
    expect(past.view.open).toBe(3);
  });

  test('holds who skips as well: the section is skipped, the next one stays shut', () => {
    const skipping = new Session().begin().join('s2').onward();
    for (const type of ['skip-asked', 'skip-confirmed', 'skip-confirmed'] as const) skipping.tell({ type, at: skipping.now() });
    expect(skipping.view.sections.map((each) => each.status)).toEqual(['done', 'skipped', 'locked', 'locked']);
    expect(skipping.gate(null).view.open).toBe(2);
  });

  test('is not gone around by having sections solved', () => {
    const going = new Session().begin().join('s2').tell({ type: 'go-asked', at: 1, section: 's3', sure: true });
    expect(going.effects.some((effect) => effect.type === 'catch-up')).toBe(false);
    expect(going.view.notice?.sentence).toContain('waits before section 2');
    const before = new Session().begin().join('s3').tell({ type: 'go-asked', at: 1, section: 's2', sure: true });
    expect(before.effects.some((effect) => effect.type === 'catch-up')).toBe(true);
  });

  test('a gate that is set while the way on is asked about holds as well', () => {
    const asked = new Session().begin().join().tell({ type: 'go-asked', at: 1, section: 's3' });
    expect(asked.view.question).toMatchObject({ type: 'go', how: 'catch-up' });
    asked.gate('s2').tell({ type: 'go-confirmed', at: 2 });
    expect(asked.view.question).toBeNull();
    expect(asked.effects.some((effect) => effect.type === 'catch-up')).toBe(false);
  });

  test('a gate that is set while sections are being solved ends that before its section', () => {
    const going = new Session().begin().join().onward().tell({ type: 'go-asked', at: 1, section: 's3', sure: true });
    expect(going.effects.at(-1)).toEqual({ type: 'catch-up', to: 's3' });
    going.solve(1).gate('s2').onward();
    expect(going.view.open).toBe(1);
    expect(going.effects.at(-1)).toEqual({ type: 'stop-catch-up' });
    going.tell({ type: 'catch-up-ended', at: 2, to: 's3', sentence: 'Stopped in section 1; it is yours again.' });
    expect(going.view.notice?.sentence).toContain('waits before section 2');
    expect(going.gate(null).view.open).toBe(2);
  });

  test('out of reach of the class nobody is trapped: told once, the next Enter passes', () => {
    const offline = new Session().begin().join('s2').onward().link('offline').solve(1).onward();
    expect(offline.view.open).toBe(1);
    expect(offline.view.class?.held).toEqual({ section: 's2', waiting: true, passable: true });
    expect(offline.view.notice?.sentence).toContain('Ask once more');
    expect(offline.onward().view.open).toBe(2);
  });

  test('who is no longer in the class is held by nothing', () => {
    expect(new Session().begin().join('s2').onward().solve(1).onward().link('removed').view.open).toBe(2);
  });

  test('a gate before a section that this lesson does not have holds nobody', () => {
    expect(new Session().begin().join('elsewhere').onward().view.open).toBe(1);
  });

  test('whoever went back while waiting stays there when it is released', () => {
    const back = new Session().begin().join('s3').onward().solve(1).onward().solve(2).onward();
    expect(back.view.class?.held).toMatchObject({ waiting: true });
    back.tell({ type: 'section-rewound', at: 9, section: 's1', how: 'snapshot', tookMs: 1 }).gate(null);
    expect(back.view.open).toBe(1);
  });
});

describe('the hand', () => {
  test('is raised with one line, kept, and goes down when the instructor has seen it', () => {
    const asked = new Session().begin().join().tell({ type: 'hand-asked', at: 2000, note: '  stuck\n at step 2 ' });
    expect(asked.view.class?.hand).toEqual({ at: 2000, note: 'stuck at step 2' });
    asked.tell({ type: 'hand-seen', at: 2100, raised: 1999 });
    expect(asked.view.class?.hand).not.toBeNull();
    asked.tell({ type: 'hand-seen', at: 2200, raised: 2000 });
    expect(asked.view.class?.hand).toBeNull();
    expect(asked.recorded.slice(-2)).toEqual([
      { type: 'hand-raised', at: 2000, note: 'stuck at step 2' },
      { type: 'hand-lowered', at: 2200 },
    ]);
  });

  test('can be taken down again, once', () => {
    const asked = new Session().begin().join().tell({ type: 'hand-asked', at: 1, note: '' });
    for (const at of [2, 3]) asked.tell({ type: 'hand-withdrawn', at });
    expect(asked.recorded.filter((event) => event.type === 'hand-lowered')).toHaveLength(1);
  });

  test('a note longer than a class takes is cut', () => {
    const asked = new Session()
      .begin()
      .join()
      .tell({ type: 'hand-asked', at: 1, note: 'x'.repeat(1000) });
    expect(asked.view.class?.hand?.note).toHaveLength(280);
  });
});

describe('a message', () => {
  test('is shown once however often it comes, until it was read', () => {
    const told = new Session()
      .begin()
      .join()
      .tell(message, { ...message, at: 6000 });
    expect(told.view.class?.messages).toEqual([{ ...message.message, at: 5000 }]);
    told.tell({ type: 'message-dismissed', at: 7000, message: message.message.id }, message);
    expect(told.view.class).toMatchObject({ messages: [], messageCount: 1 });
    expect(told.recorded.slice(-2).map((event) => event.type)).toEqual(['message-shown', 'message-read']);
  });

  test('that was not read is there again after a restart, as is a raised hand', () => {
    const before = new Session().begin().join().tell(message, { type: 'hand-asked', at: 1, note: 'help' });
    const again = new Session();
    again.state = replay(again.state, before.recorded);
    expect(again.view.class).toBeUndefined();
    again.join();
    expect(again.view.class?.messages).toHaveLength(1);
    expect(again.view.class?.hand?.note).toBe('help');
  });
});

describe('sharing the terminal', () => {
  const asked = () => new Session().begin().join().tell({ type: 'share-asked', at: 1, request: 'r-12345678' });

  test('is asked about and only begins with a yes', () => {
    const session = asked();
    expect(session.view.class?.share).toEqual({ request: 'r-12345678', status: 'asked' });
    expect(session.view.question).toBeNull();
    expect(session.tell({ type: 'share-answered', at: 2, allow: true }).view.class?.share?.status).toBe('on');
    expect(session.tell({ type: 'share-answered', at: 3, allow: false }).view.class?.share).toBeNull();
  });

  test('a yes without a question begins nothing, and the same request does not ask twice', () => {
    const session = asked().tell(
      { type: 'share-answered', at: 2, allow: true },
      { type: 'share-asked', at: 3, request: 'r-12345678' },
    );
    expect(session.view.class?.share?.status).toBe('on');
    expect(new Session().begin().join().tell({ type: 'share-answered', at: 2, allow: true }).view.class?.share).toBeNull();
  });

  test('ends with the instructor, and with the seat', () => {
    expect(asked().tell({ type: 'share-ended', at: 2, request: 'other-one' }).view.class?.share).not.toBeNull();
    expect(asked().tell({ type: 'share-ended', at: 2, request: 'r-12345678' }).view.class?.share).toBeNull();
    expect(asked().link('removed').view.class?.share).toBeNull();
  });
});

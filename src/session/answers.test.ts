import { expect, test } from 'vitest';
import type { Check, Question } from '../model/check.ts';
import type { Lesson, Section } from '../model/lesson.ts';
import { replay } from './apply.ts';
import type { DurableEvent, SessionEvent } from './events.ts';
import { select } from './select.ts';
import { initialState, type SessionState } from './state.ts';
import { update } from './update.ts';

const place = { file: 'lesson.md', line: 1, column: 1 };

function section(index: number, checks: readonly Question[]): Section {
  const id = `s${index}`;
  const asked = checks.map(
    (question, at): Check => ({
      id: `${id}/${at + 1}`,
      title: `check ${at + 1}`,
      timeoutMs: 1,
      question,
      timing: {},
      place,
      hint: 'Think.',
    }),
  );
  const frame = { title: id, shortTitle: id, body: [], blocks: [], hints: [], explain: [], place };
  return { ...frame, id, index, kind: 'work', number: index + 1, checks: asked };
}

const choice: Question = { kind: 'answer', ask: 'Which?', how: 'one', choices: ['x', 'y'], right: ['y'] };
const words: Question = { kind: 'answer', ask: 'Say it.', how: 'text', right: [{ text: 'please' }], example: 'please' };
const sections = [section(0, [choice, words]), section(1, [{ kind: 'file', path: '/x' }, choice])];
const lesson: Lesson = { id: 'l', title: 'L', dir: '/', introduction: [], sections, host: 'bare', user: 'root', hash: '' };

/** What has happened so far, and what of it was kept. */
class Story {
  state: SessionState = initialState(lesson, 'sandbox');
  readonly kept: DurableEvent[] = [];

  constructor() {
    this.tell({ type: 'session-started', at: 1, lesson: 'l', hash: '', host: 'sandbox', version: '1' });
  }

  tell(...events: readonly SessionEvent[]): this {
    for (const event of events) {
      const next = update(this.state, event);
      this.state = next.state;
      for (const effect of next.effects) if (effect.type === 'record') this.kept.push(effect.event);
    }
    return this;
  }

  answer(check: string, ...given: readonly string[]): this {
    return this.tell({ type: 'answer-given', at: 5, check, given, by: 'learner' });
  }

  checks(index: number) {
    return select(this.state).sections[index]?.checks.map(({ status }) => status);
  }
}

test('a wrong answer is kept, counted and told, and another one may follow', () => {
  const story = new Story().answer('s0/1', 'x').answer('s0/1', 'x');
  expect(story.kept.filter(({ type }) => type === 'question-answered')).toEqual([
    { type: 'question-answered', at: 5, check: 's0/1', given: ['x'], right: false, by: 'learner' },
    { type: 'question-answered', at: 5, check: 's0/1', given: ['x'], right: false, by: 'learner' },
  ]);
  expect(select(story.state).sections[0]?.checks[0]).toMatchObject({
    status: 'fail',
    reason: 'wrong-answer',
    sentence: expect.stringContaining('2 wrong answers'),
    asks: { how: 'one', choices: ['x', 'y'], given: ['x'], wrong: 2 },
  });
  story.tell({ type: 'hint-asked', at: 6, check: 's0/1' });
  expect(select(story.state).sections[0]?.checks[0]?.hint).toBe('Think.');
  expect(story.answer('s0/1', 'y').checks(0)).toEqual(['pass', 'unknown']);
});

test('a section of nothing but questions is done by answering them, without any host', () => {
  const story = new Story().answer('s0/1', 'y').answer('s0/2', ' PLEASE ');
  expect(select(story.state).sections[0]?.status).toBe('done');
  expect(select(story.state).unlocked?.sentence).toBe('Section 1 done.');
});

test('a section that asks the host as well waits for both', () => {
  const story = new Story().answer('s0/1', 'y').answer('s0/2', 'please').tell({ type: 'advance-asked', at: 7 });
  story.answer('s1/2', 'y');
  expect(select(story.state).sections[1]?.status).toBe('open');
  story.tell({ type: 'checks-judged', at: 8, section: 's1', verdicts: { 's1/1': { status: 'pass' } } });
  expect(select(story.state).sections[1]?.status).toBe('done');
});

test('what answers nothing is not taken: other sections, no choice of ours, empty words, what was right before', () => {
  const story = new Story()
    .answer('s1/2', 'y')
    .answer('s0/1', 'z')
    .answer('s0/2', '  ')
    .answer('s1/1', 'y')
    .answer('nowhere', 'y');
  expect(story.kept.some(({ type }) => type === 'question-answered')).toBe(false);
  story.answer('s0/1', 'y').answer('s0/1', 'x');
  expect(story.checks(0)).toEqual(['pass', 'unknown']);
});

test('a player answers what is right, and it is known who it was', () => {
  const story = new Story();
  for (const check of ['s0/1', 's0/2']) story.tell({ type: 'answer-given', at: 5, check, given: 'right', by: 'program' });
  expect(story.kept.filter(({ type }) => type === 'question-answered')).toMatchObject([
    { given: ['y'], right: true, by: 'program' },
    { given: ['please'], right: true, by: 'program' },
  ]);
  expect(select(story.state).sections[0]?.status).toBe('done');
});

test('coming back, answers and wrong ones are where they were', () => {
  const story = new Story().answer('s0/1', 'x').answer('s0/2', 'please');
  const back = replay(initialState(lesson, 'sandbox'), story.kept);
  expect(select(back).sections[0]?.checks).toEqual(select(story.state).sections[0]?.checks);
});

import { describe, expect, test } from 'vitest';
import { type AnswerQuestion, answerVerdict, isRight, rightAnswer } from './answer.ts';

const one: AnswerQuestion = { kind: 'answer', ask: 'Which?', how: 'one', choices: ['a', 'b', 'c'], right: ['a', 'b'] };
const several: AnswerQuestion = { ...one, how: 'several' };
const text: AnswerQuestion = {
  kind: 'answer',
  ask: 'How many?',
  how: 'text',
  right: [{ text: 'Two  workers' }, { regex: '^2\\b', flags: '' }],
  example: 'Two workers',
};

test.each<[AnswerQuestion, readonly string[], boolean]>([
  [one, ['a'], true],
  [one, ['b'], true],
  [one, ['c'], false],
  [one, ['a', 'b'], false],
  [one, [], false],
  [several, ['b', 'a'], true],
  [several, ['a'], false],
  [several, ['a', 'b', 'c'], false],
  [several, [], false],
  [text, ['  two workers\n'], true],
  [text, ['2 of them'], true],
  [text, ['22'], false],
  [text, ['two workers and more'], false],
  [text, [], false],
])('%j answered with %j: %s', (question, given, right) => {
  expect(isRight(question, given)).toBe(right);
  expect(answerVerdict(question, given, 1).status).toBe(right ? 'pass' : 'fail');
});

test.each([one, several, text])('what a player answers is right: %j', (question) => {
  expect(isRight(question, rightAnswer(question))).toBe(true);
});

describe('a wrong answer', () => {
  const sentence = (question: AnswerQuestion, given: readonly string[], wrong = 1) => {
    const verdict = answerVerdict(question, given, wrong);
    return 'sentence' in verdict ? verdict.sentence : '';
  };

  test('is told, and how many there have been, and never what is right', () => {
    expect(sentence(one, ['c'])).toBe('“c” is not the answer.');
    expect(sentence(one, ['c'], 3)).toBe('“c” is not the answer. That makes 3 wrong answers.');
    expect(answerVerdict(one, ['c'], 1)).toMatchObject({ reason: 'wrong-answer', expected: '' });
  });

  test('of several choices says whether something is missing or too much', () => {
    expect(sentence(several, ['a'])).toBe('“a” is right, but not all that is.');
    expect(sentence(several, ['a', 'c'])).toBe('“a”, “c” is not the answer.');
  });

  test('brings no control characters and no flood with it', () => {
    expect(sentence(text, [`\u001b[31m${'x'.repeat(500)}`])).toMatch(/^“\[31mx{50,60}…” is not the answer\.$/);
  });
});

/**
 * Questions to the learner: whether an answer is right, and what is said of one that is not. Pure; knows nothing of who
 * asked or where the answer was typed.
 */
import type { Pattern, Question, Verdict } from './check.ts';

/** A question to the learner. */
export type AnswerQuestion = Extract<Question, { readonly kind: 'answer' }>;

/** What was answered: the texts of the choices, or the one text that was typed. */
export type Given = readonly string[];

/** A longer answer is nobody's; characters. */
export const longestAnswer = 1_000;

/** Before anything was answered. */
export const notAnswered: Exclude<Verdict, { readonly status: 'pending' }> = {
  status: 'fail',
  reason: 'not-answered',
  expected: 'an answer',
  actual: 'none',
  sentence: 'This question has not been answered yet.',
};

/**
 * Whether an answer is right. Of typed text neither case nor the amount of white space counts, unless a regular
 * expression asks for it.
 * @param question what was asked.
 * @param given what was answered.
 */
export function isRight(question: AnswerQuestion, given: Given): boolean {
  switch (question.how) {
    case 'one':
      return given.length === 1 && question.right.includes(given[0] ?? '');
    case 'several':
      return question.choices.every((choice) => given.includes(choice) === question.right.includes(choice));
    default:
      return given.length === 1 && question.right.some((pattern) => isSaid(pattern, given[0] ?? ''));
  }
}

/**
 * An answer that is right, for a player that solves the lesson.
 * @param question what is asked.
 */
export function rightAnswer(question: AnswerQuestion): Given {
  if (question.how === 'text') return [question.example];
  return question.how === 'one' ? question.right.slice(0, 1) : question.right;
}

/**
 * The verdict that an answer brings. What is right is never told by it.
 * @param question what was asked.
 * @param given what was answered.
 * @param wrong how many wrong answers there have been, this one included.
 */
export function answerVerdict(question: AnswerQuestion, given: Given, wrong: number): Verdict {
  if (isRight(question, given)) return { status: 'pass' };
  const count = wrong > 1 ? ` That makes ${wrong} wrong answers.` : '';
  const actual = given.map(quoted).join(', ') || 'nothing';
  return {
    status: 'fail',
    reason: 'wrong-answer',
    expected: '',
    actual,
    sentence: `${notYet(question, given, actual)}${count}`,
  };
}

/** Of several choices it is told whether something is missing or something is too much. */
function notYet(question: AnswerQuestion, given: Given, actual: string): string {
  const partly = question.how === 'several' && given.length > 0 && given.every((each) => question.right.includes(each));
  return partly ? `${actual} ${given.length === 1 ? 'is' : 'are'} right, but not all that is.` : `${actual} is not the answer.`;
}

function quoted(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  return `“${line.length <= 60 ? line : `${line.slice(0, 59)}…`}”`;
}

function isSaid(pattern: Pattern, said: string): boolean {
  const text = said.replace(/\s+/g, ' ').trim();
  if ('regex' in pattern) return new RegExp(pattern.regex, pattern.flags.replace(/[gy]/g, '')).test(text);
  return pattern.text.replace(/\s+/g, ' ').trim().toLowerCase() === text.toLowerCase();
}

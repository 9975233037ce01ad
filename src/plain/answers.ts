/** Questions to the learner in plain text: numbered choices, or words, and what was typed as an answer. Pure. */
import type { CheckView, View } from '../session/view.ts';

/**
 * The question of the open section that is being answered; undefined once that is done.
 * @param view the session's view.
 * @param id the check's id.
 */
export function askedCheck(view: View, id: string): CheckView | undefined {
  return view.sections[view.open]?.checks.find((check) => check.id === id && check.asks !== undefined && check.status !== 'pass');
}

/**
 * A question and its choices.
 * @param check the question.
 */
export function answerLines(check: CheckView | undefined): readonly string[] {
  const { asks, title = '' } = check ?? {};
  return ['', asks?.ask ?? title, ...(asks?.choices ?? []).map((choice, index) => `  ${index + 1}  ${choice}`)];
}

/**
 * The prompt that waits for the answer.
 * @param check the question.
 */
export function answerPrompt({ asks, status, hasHint, hint }: CheckView): string {
  const words = { one: 'Number of your answer', several: 'Numbers of all that are right (as 1 3)', text: 'Your answer' };
  const later = status === 'fail' && hasHint && hint === undefined ? ', or Enter, where hint helps' : ', or Enter for later';
  return `${words[asks?.how ?? 'text']}${later}: `;
}

/**
 * What was answered; a sentence where that is no answer.
 * @param line as typed, not empty.
 * @param check the question.
 */
export function givenIn(line: string, { asks }: CheckView): readonly string[] | string {
  if (asks === undefined) return 'There is no such question.';
  if (asks.how === 'text') return [line.trim()];
  const words = line.split(/[\s,]+/).filter((word) => word !== '');
  const given = words.flatMap((word) => (/^\d+$/.test(word) ? (asks.choices[Number(word) - 1] ?? []) : []));
  if (given.length < words.length) return `The choices have the numbers 1 to ${asks.choices.length}.`;
  return asks.how === 'one' && given.length > 1 ? 'Only one of them is to be chosen.' : given;
}

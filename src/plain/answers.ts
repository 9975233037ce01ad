/** Questions to the learner in plain text: numbered choices, or words, and what was typed as an answer. Pure. */
import type { CheckView, View } from '../session/view.ts';
import { words } from '../words/words.ts';

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
  const { ask } = words();
  return `${ask[asks?.how ?? 'text']}${status === 'fail' && hasHint && hint === undefined ? ask.orHint : ask.orLater}`;
}

/**
 * What was answered; a sentence where that is no answer.
 * @param line as typed, not empty.
 * @param check the question.
 */
export function givenIn(line: string, { asks }: CheckView): readonly string[] | string {
  if (asks === undefined) return words().ask.noSuchQuestion;
  if (asks.how === 'text') return [line.trim()];
  const typed = line.split(/[\s,]+/).filter((word) => word !== '');
  const given = typed.flatMap((word) => (/^\d+$/.test(word) ? (asks.choices[Number(word) - 1] ?? []) : []));
  if (given.length < typed.length) return words().ask.numbers(asks.choices.length);
  return asks.how === 'one' && given.length > 1 ? words().ask.onlyOne : given;
}

/**
 * A yes or a no, in English or in the language of this run; null for anything else.
 * @param line as typed.
 */
export function yesOrNo(line: string): 'yes' | 'no' | null {
  const word = line.trim().toLowerCase();
  const { yes, no } = words().ask;
  if (word === 'y' || word === 'yes' || yes.includes(word)) return 'yes';
  return word === 'n' || word === 'no' || no.includes(word) ? 'no' : null;
}

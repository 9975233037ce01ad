/** A question and its parts: which facts they need, and what the answers make of them. Pure. */
import type { Question } from '../model/check.ts';
import { messageOf } from '../model/errors.ts';
import type { Answer, Fact, JudgeContext, Judgement } from './kind.ts';
import { trouble } from './kind.ts';
import { kindOf } from './registry.ts';

/**
 * Every fact that a question needs, those of its parts included.
 * @param question what is to be judged.
 * @param timeoutMs its check's deadline, milliseconds.
 * @throws RangeError when something in it cannot be asked (text with a NUL).
 */
export function factsOf(question: Question, timeoutMs: number): readonly Fact[] {
  const kind = kindOf(question);
  return 'parts' in kind ? kind.parts(question).flatMap((part) => factsOf(part, timeoutMs)) : kind.facts(question, timeoutMs);
}

/**
 * What the answers make of a question.
 * @param question what was asked.
 * @param answerTo the answer to a fact, or the verdict that stands in its place.
 * @param context what else is known.
 */
export function judge(question: Question, answerTo: (fact: Fact) => Answer | Judgement, context: JudgeContext): Judgement {
  const kind = kindOf(question);
  if ('parts' in kind) {
    const parts = kind.parts(question);
    return kind.combine(
      question,
      parts.map((part) => judge(part, answerTo, context)),
      parts.map(describe),
    );
  }
  const answers: Answer[] = [];
  for (const fact of kind.facts(question, context.timeoutMs)) {
    const answer = answerTo(fact);
    if ('status' in answer) return answer;
    answers.push(answer);
  }
  try {
    return kind.judge(question, answers, context);
  } catch (thrown) {
    // Only a regular expression that is none gets here: everything else was asked with.
    if (thrown instanceof SyntaxError) return trouble('bad-question', `This check cannot be judged: ${messageOf(thrown)}.`);
    throw thrown;
  }
}

/**
 * The question as a statement of what should be so, without a full stop.
 * @param question any.
 */
export function describe(question: Question): string {
  const kind = kindOf(question);
  return 'parts' in kind ? kind.describe(question, kind.parts(question).map(describe)) : kind.describe(question);
}

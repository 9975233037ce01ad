/** `answer` as lesson.yaml writes it: a question to the learner, with choices or for words of their own. */

import type { Report } from '../../lesson/sheet/report.ts';
import { pattern, text } from '../../lesson/sheet/scalars.ts';
import { list, needed, optional, type Shape } from '../../lesson/sheet/shape.ts';
import { isRight } from '../../model/answer.ts';
import type { Pattern, Question } from '../../model/check.ts';
import type { Place } from '../../model/problem.ts';
import { kind } from './kind-shape.ts';

/** What is right: one pattern, or a list; whether it is a list tells one choice from several. */
interface Right {
  readonly several: boolean;
  readonly patterns: readonly Pattern[];
}

const several = list(pattern);
const right: Shape<Right> = {
  json: { anyOf: [pattern.json, several.json] },
  read(value, report) {
    if (value.kind === 'list') {
      const patterns = several.read(value, report);
      return patterns === undefined ? undefined : { several: true, patterns };
    }
    const one = pattern.read(value, report);
    return one === undefined ? undefined : { several: false, patterns: [one] };
  },
};

/** The session asks it, so neither time nor a user of the host means anything to it. */
export const answer = kind(
  'answer',
  'A question to the learner, asked on the screen.',
  text('a question'),
  {
    choices: optional(list(text('a choice')), 'What there is to choose from; without it the learner writes the answer.'),
    right: needed(
      right,
      'The right choice, or the list of all right ones; without choices the right text, or several of which any is right. Neither case nor white space counts in a text.',
    ),
  },
  (ask, keys, at, report) =>
    keys.choices === undefined
      ? textQuestion(ask, keys.right, at, report)
      : choiceQuestion(ask, keys.choices, keys.right, at, report),
  ['user', 'timeout', 'once', 'stable_for', 'within', 'never', 'invariant', 'on_event'],
);

function choiceQuestion(
  ask: string,
  choices: readonly string[],
  { several: many, patterns }: Right,
  at: Place,
  report: Report,
): Question | undefined {
  const texts = choices.map((choice) => choice.trim());
  const wanted = patterns.map((each) => ('text' in each ? each.text.trim() : `/${each.regex}/${each.flags}`));
  const unknown = wanted.find((each) => !texts.includes(each));
  if (texts.length < 2 || new Set(texts).size < texts.length) {
    report.error(at, 'bad-answer', 'There must be at least two choices, each another one.');
    return undefined;
  }
  if (unknown !== undefined || wanted.length === 0) {
    const message = unknown === undefined ? 'None of the choices is right.' : `“${unknown}” is none of the choices.`;
    report.error(at, 'bad-answer', message, 'Write under `right` what stands under `choices`.');
    return undefined;
  }
  return { kind: 'answer', ask: ask.trim(), how: many ? 'several' : 'one', choices: texts, right: wanted };
}

/** `lockstep test` answers with the first plain text, so there must be one, and it must be right. */
function textQuestion(ask: string, { patterns }: Right, at: Place, report: Report): Question | undefined {
  const example = patterns.flatMap((each) => ('text' in each ? [each.text.trim()] : [])).find((each) => each !== '');
  if (example === undefined) {
    const message = 'No answer in plain text is right, so `lockstep test` has none to give.';
    report.error(at, 'bad-answer', message, 'Write one beside the regular expressions, first.');
    return undefined;
  }
  const question = { kind: 'answer', ask: ask.trim(), how: 'text', right: patterns, example } as const;
  return isRight(question, [example]) ? question : undefined;
}

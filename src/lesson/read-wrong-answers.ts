/** Finds the wrong answers in a lesson's folder. */
import { join } from 'node:path';
import type { Problem } from '../model/problem.ts';
import { namesIn, readSource } from './files.ts';
import { readWrongAnswer, type WrongAnswer, type WrongAnswerContext } from './wrong-answer.ts';

/**
 * Every script `wrong/*.sh` beside the lesson, by name.
 * @param context the lesson, and which reasons there are.
 */
export async function readWrongAnswers(
  context: WrongAnswerContext,
): Promise<{ readonly answers: readonly WrongAnswer[]; readonly problems: readonly Problem[] }> {
  const folder = join(context.lesson.dir, 'wrong');
  const answers: WrongAnswer[] = [];
  const problems: Problem[] = [];
  for (const name of (await namesIn(folder)).filter((each) => each.endsWith('.sh'))) {
    const file = await readSource(join(folder, name));
    const read = file.ok ? readWrongAnswer(name, file.source, context) : { answer: undefined, problems: [file.problem] };
    if (read.answer) answers.push(read.answer);
    problems.push(...read.problems);
  }
  return { answers, problems };
}

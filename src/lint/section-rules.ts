/** Rules about sections: something in each must be able to fail, and something must be able to solve it. */
import type { Section } from '../model/lesson.ts';
import type { Problem } from '../model/problem.ts';
import type { LintRule } from './rule.ts';

/**
 * `nothing-can-fail`: a section that unlocks whatever was done. In a lesson without any checks, only sections whose
 * every block is optional are told of: there, running the commands is the work.
 * @param subject the lesson.
 */
export const nothingCanFail: LintRule = ({ lesson }) => {
  const checked = lesson.sections.some(({ checks }) => checks.length > 0);
  return lesson.sections
    .filter(({ kind }) => kind === 'work')
    .flatMap((section): readonly Problem[] => {
      const message = whyNothingFails(section, checked);
      if (message === null) return [];
      const suggestion = 'Give it a check that fails until its work is done.';
      return [{ place: section.place, rule: 'nothing-can-fail', message, suggestion, severity: 'warning' }];
    });
};

function whyNothingFails({ checks, blocks }: Section, checkedLesson: boolean): string | null {
  if (checks.length > 0)
    return checks.every(({ timing }) => timing.never === true)
      ? 'Every check of this section holds from the start: it is done before anything was done.'
      : null;
  if (blocks.every(({ optional }) => optional)) return 'Nothing of this section must be done, and nothing is checked.';
  return checkedLesson ? 'This section has no check: running its blocks is enough, whatever comes of it.' : null;
}

/**
 * `not-solvable`: a section that `lockstep test` cannot do, because nothing says how.
 * @param subject the lesson.
 */
export const notSolvable: LintRule = ({ lesson }) =>
  lesson.sections
    .filter(({ checks, blocks, solution }) => asksHost(checks) && blocks.length === 0 && solution === undefined)
    .map(({ place }): Problem => {
      const message = 'This section has checks, but neither a block nor a `solution` that makes them pass.';
      const suggestion = 'Write a `solution` with the commands; it is never shown, `lockstep test` types it.';
      return { place, rule: 'not-solvable', message, suggestion, severity: 'warning' };
    });

/** Questions to the learner are answered by `lockstep test` itself. */
function asksHost(checks: Section['checks']): boolean {
  return checks.some(({ question }) => question.kind !== 'answer');
}

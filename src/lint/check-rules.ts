/** Rules about checks: each must help who fails it, and be told from the others of its section. */
import type { Problem } from '../model/problem.ts';
import type { LintRule } from './rule.ts';

/**
 * `check-without-hint`: somebody stuck at it is told nothing. A script says itself what it misses.
 * @param subject the lesson.
 */
export const checksWithoutHint: LintRule = ({ lesson }) =>
  lesson.sections.flatMap(({ checks, hints }) =>
    checks
      .filter(({ hint, question }) => hint === undefined && hints.length === 0 && question.kind !== 'script')
      .map(({ title, place }): Problem => {
        const message = `Whoever fails "${title}" finds no help: neither the check nor its section has a hint.`;
        const suggestion = 'Give it a `hint` that says where to look, and how to mend it.';
        return { place, rule: 'check-without-hint', message, suggestion, severity: 'warning' };
      }),
  );

/**
 * `duplicate-title`: two checks of a section that a learner cannot tell apart.
 * @param subject the lesson.
 */
export const duplicateTitles: LintRule = ({ lesson }) =>
  lesson.sections.flatMap(({ checks }) =>
    checks.flatMap(({ title, place }, index): readonly Problem[] => {
      const first = checks.findIndex((other) => other.title === title);
      if (first === index) return [];
      const message = `Check ${index + 1} of the section is called "${title}" like check ${first + 1}.`;
      const suggestion = 'Give each a `title` that says what it alone asks.';
      return [{ place, rule: 'duplicate-title', message, suggestion, severity: 'warning' }];
    }),
  );

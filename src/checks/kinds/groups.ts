/**
 * `all`, `any`, `not`: questions made of questions, with three values: what cannot be told stays untold unless the rest
 * settles it.
 */
import { fail, type GroupKind, type Judgement, pass } from '../../checks/kind.ts';
import type { Question } from '../../model/check.ts';

type Failure = Extract<Judgement, { readonly status: 'fail' }>;
type Several = Extract<Question, { readonly kind: 'all' | 'any' }>;

/** Every part holds. The first part that fails gives the reason. */
export const all: GroupKind<Several> = {
  parts: ({ of }) => of,
  combine(_question, judgements) {
    const failed = judgements.filter(isFailure);
    const [first] = failed;
    if (!first) return judgements.find(({ status }) => status === 'error') ?? pass;
    return {
      ...first,
      expected: join(failed, 'expected', '; '),
      actual: join(failed, 'actual', '; '),
      sentence: join(failed, 'sentence', ' '),
    };
  },
  describe: (_question, statements) => statements.join(' and '),
};

/** At least one part holds. */
export const any: GroupKind<Several> = {
  parts: ({ of }) => of,
  combine(_question, judgements, statements) {
    if (judgements.some(({ status }) => status === 'pass')) return pass;
    const untold = judgements.find(({ status }) => status === 'error');
    if (untold) return untold;
    const failed = judgements.filter(isFailure);
    return fail(
      'none-holds',
      statements.join(' or '),
      join(failed, 'actual', '; '),
      `One of these should be so: ${statements.join('; ')}.`,
    );
  },
  describe: (_question, statements) => statements.join(' or '),
};

/** Its part does not hold. */
export const not: GroupKind<Extract<Question, { readonly kind: 'not' }>> = {
  parts: ({ of }) => [of],
  combine(_question, [judgement], [statement = 'it']) {
    if (judgement?.status === 'fail') return pass;
    if (judgement?.status === 'error') return judgement;
    return fail('holds', `not: ${statement}`, statement, `This should not be so: ${statement}.`);
  },
  describe: (_question, [statement = 'it']) => `not: ${statement}`,
};

function isFailure(judgement: Judgement): judgement is Failure {
  return judgement.status === 'fail';
}

function join(failures: readonly Failure[], field: 'expected' | 'actual' | 'sentence', separator: string): string {
  return failures.map((failure) => failure[field]).join(separator);
}

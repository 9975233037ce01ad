/** Test cases for people, a line each, grouped by section; and what it all came to. Pure. */
import { describePlace } from '../model/problem.ts';
import { flakySentences, readableDuration, type TestCase, totalsOf } from './test-case.ts';

const marks: Readonly<Record<TestCase['status'], string>> = { passed: '✓', failed: '✗', skipped: '-' };

/** Turns cases into lines as they come; remembers only which section was named last. */
export interface TestText {
  /**
   * The lines for one more case.
   * @param testCase what came out.
   */
  lines(testCase: TestCase): readonly string[];
  /**
   * The lines at the end.
   * @param cases all of them.
   */
  summary(cases: readonly TestCase[]): readonly string[];
}

/** Text that has said nothing yet. */
export function createTestText(): TestText {
  let heading = '';
  return {
    lines(testCase) {
      const next = headingOf(testCase);
      const lines = next === heading ? [] : ['', next];
      heading = next;
      return [...lines, ...caseLines(testCase)];
    },
    summary: summaryLines,
  };
}

function headingOf({ lesson, section, run, mode }: TestCase): string {
  const how = { whole: '', alone: ', alone from its snapshot', wrong: ', wrong answers' }[mode];
  return `${lesson}${section === null ? '' : ` > ${section}`}${how}${run > 1 ? ` (run ${run})` : ''}`;
}

function caseLines({ name, status, durationMs, sentence, place }: TestCase): readonly string[] {
  const time = status === 'skipped' ? '' : ` (${readableDuration(durationMs)})`;
  const where = status === 'failed' && place ? [`      ${describePlace(place)}`] : [];
  return [`  ${marks[status]} ${name}${time}`, ...(sentence === undefined ? [] : [`      ${sentence}`]), ...where];
}

function summaryLines(cases: readonly TestCase[]): readonly string[] {
  const { passed, failed, skipped, durationMs } = totalsOf(cases);
  const parts = [`${passed} passed`, `${failed} failed`, ...(skipped > 0 ? [`${skipped} skipped`] : [])];
  const runs = Math.max(1, ...cases.map(({ run }) => run));
  const over = runs > 1 ? ` over ${runs} runs` : '';
  return ['', ...flakySentences(cases), `${parts.join(', ')}${over}, in ${readableDuration(durationMs)}.`];
}

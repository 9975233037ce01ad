/** Test cases for machines: JUnit XML, TAP 14, JSON. Pure. */
import { describePlace } from '../model/problem.ts';
import { flakyCases, flakySentences, type TestCase, totalsOf } from './test-case.ts';

/**
 * All cases as JUnit XML, one suite a lesson, as CI systems read it; what was flaky is the suite's output.
 * @param cases in the order they came.
 */
export function testJunit(cases: readonly TestCase[]): string {
  const lessons = [...new Set(cases.map(({ lesson }) => lesson))];
  const suites = lessons.map((lesson) => {
    const own = cases.filter((each) => each.lesson === lesson);
    const flaky = flakySentences(own).join('\n');
    const said = flaky === '' ? [] : [`    <system-out>${xml(flaky)}</system-out>`];
    const head = `  <testsuite name="${xml(lesson)}" ${counts(own)}>`;
    return [head, ...own.flatMap(junitCase), ...said, '  </testsuite>'].join('\n');
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="lockstep test" ${counts(cases)}>`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n');
}

function counts(cases: readonly TestCase[]): string {
  const { failed, skipped, durationMs } = totalsOf(cases);
  return `tests="${cases.length}" failures="${failed}" errors="0" skipped="${skipped}" time="${seconds(durationMs)}"`;
}

function junitCase(testCase: TestCase): readonly string[] {
  const { lesson, section, durationMs, status, sentence = '', place } = testCase;
  const where = place ? ` file="${xml(place.file)}" line="${place.line}"` : '';
  const group = `${lesson}.${section ?? 'lesson'}`;
  const open = `    <testcase classname="${xml(group)}" name="${xml(fullName(testCase))}" time="${seconds(durationMs)}"${where}`;
  if (status === 'passed') return [`${open}/>`];
  const inner =
    status === 'skipped'
      ? `<skipped message="${xml(sentence)}"/>`
      : `<failure message="${xml(sentence)}">${xml([sentence, ...(place ? [describePlace(place)] : [])].join('\n'))}</failure>`;
  return [`${open}>`, `      ${inner}`, '    </testcase>'];
}

/**
 * All cases in TAP, version 14 (https://testanything.org/tap-version-14-specification.html); what was flaky is a comment.
 * @param cases in the order they came.
 */
export function testTap(cases: readonly TestCase[]): string {
  const lines = cases.flatMap((each, index) => {
    const { section, lesson, status, durationMs, sentence, place } = each;
    const name = tapText(`${lesson}${section === null ? '' : ` ${section}`}: ${fullName(each)}`);
    const skip = status === 'skipped' ? ` # SKIP ${tapText(sentence ?? '')}` : '';
    return [
      `${status === 'failed' ? 'not ok' : 'ok'} ${index + 1} - ${name}${skip}`,
      '  ---',
      `  duration_ms: ${Math.round(durationMs)}`,
      ...(sentence === undefined ? [] : [`  message: ${JSON.stringify(sentence)}`]),
      ...(place ? [`  at: ${JSON.stringify(describePlace(place))}`] : []),
      '  ...',
    ];
  });
  const flaky = flakySentences(cases).map((sentence) => `# ${sentence.replace(/\s+/g, ' ')}`);
  return ['TAP version 14', `1..${cases.length}`, ...lines, ...flaky, ''].join('\n');
}

/**
 * All cases as one JSON object with totals and what was flaky.
 * @param cases in the order they came.
 */
export function testJson(cases: readonly TestCase[]): string {
  return `${JSON.stringify({ totals: totalsOf(cases), flaky: flakyCases(cases), cases }, null, 2)}\n`;
}

function fullName({ name, mode, run }: TestCase): string {
  return `${name}${mode === 'alone' ? ' [alone]' : ''}${run > 1 ? ` [run ${run}]` : ''}`;
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(3);
}

/** XML 1.0 has no place for most control characters, however they are written. */
function xml(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\n': '&#10;' };
  return text.replace(/[\0-\x08\x0b-\x1f\x7f\ufffe\uffff]/g, '\ufffd').replace(/[&<>"\n]/g, (mark) => entities[mark] ?? mark);
}

/** In a TAP line a `#` starts a directive, and there is only one line. */
function tapText(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\#]/g, (mark) => `\\${mark}`);
}

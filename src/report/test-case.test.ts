import { describe, expect, test } from 'vitest';
import { flakyCases, readableDuration, type TestCase, totalsOf } from './test-case.ts';
import { testJson, testJunit, testTap } from './test-machine.ts';
import { createTestText } from './test-text.ts';

function testCase(extra: Partial<TestCase> = {}): TestCase {
  return {
    lesson: 'tour',
    section: 'section-1',
    run: 1,
    mode: 'whole',
    phase: 'after',
    name: 'passes after: a file',
    status: 'passed',
    durationMs: 120,
    ...extra,
  };
}

const failed = testCase({
  status: 'failed',
  name: 'passes after: <b> & "c" # 1',
  sentence: 'It is not\nthere\u0007 yet.',
  place: { file: 'a/lesson.yaml', line: 3, column: 5 },
});

describe('totals', () => {
  test('count each status, and only the time of what contains the rest', () => {
    const cases = [
      testCase({ phase: 'host', durationMs: 1_000 }),
      testCase({ phase: 'before' }),
      testCase({ phase: 'step' }),
      failed,
      testCase({ phase: 'budget', durationMs: 500 }),
      testCase({ phase: 'wrong', durationMs: 70, status: 'skipped' }),
    ];
    expect(totalsOf(cases)).toEqual({ passed: 4, failed: 1, skipped: 1, durationMs: 1_570 });
  });
});

describe('flaky cases', () => {
  const runs = (statuses: readonly TestCase['status'][], name: string): readonly TestCase[] =>
    statuses.map((status, index) => testCase({ name, status, run: index + 1 }));

  test('are those that came out both ways, with their rate', () => {
    const cases = [
      ...runs(['passed', 'failed', 'passed', 'passed'], 'now and then'),
      ...runs(['failed', 'failed', 'failed', 'failed'], 'never'),
      ...runs(['passed', 'passed', 'passed', 'passed'], 'always'),
    ];
    const frame = { lesson: 'tour', section: 'section-1', mode: 'whole' };
    expect(flakyCases(cases)).toEqual([{ ...frame, name: 'now and then', failed: 1, runs: 4, rate: 0.25 }]);
  });

  describe('of a section', () => {
    const done = 'the section is done by what it says';
    const turn = (run: number, check: TestCase['status'], section: TestCase['status'], extra: Partial<TestCase> = {}) => [
      testCase({ run, status: check, name: 'a check', ...extra }),
      testCase({ run, status: section, phase: 'budget', name: done }),
    ];
    const named = (cases: readonly TestCase[]) => flakyCases(cases).map(({ name, failed }) => `${name}: ${failed}`);

    test('are told once, by the check or the step that failed, in every format', () => {
      const cases = [...turn(1, 'passed', 'passed'), ...turn(2, 'failed', 'failed')];
      expect(named(cases)).toEqual(['a check: 1']);
      const step = { phase: 'step' as const };
      expect(named([...turn(1, 'passed', 'passed', step), ...turn(2, 'failed', 'failed', step)])).toEqual(['a check: 1']);
      for (const report of [createTestText().summary(cases).join('\n'), testJunit(cases), testTap(cases)])
        expect(report.match(/Flaky: .*/g)).toHaveLength(1);
    });

    test('are told by the section where no check of it failed in the same run', () => {
      const late = [...turn(1, 'passed', 'passed'), ...turn(2, 'passed', 'failed')];
      expect(named(late)).toEqual([`${done}: 1`]);
      expect(named([...late, ...turn(3, 'failed', 'failed')])).toEqual(['a check: 1', `${done}: 2`]);
    });

    test('are told by the section where what failed is not told itself: in another way of trying, or before the work', () => {
      const alone = { mode: 'alone' as const };
      const cases = [...turn(1, 'passed', 'passed', alone), ...turn(2, 'failed', 'failed', alone)];
      expect(named(cases)).toEqual(['a check: 1', `${done}: 1`]);
      const before = { phase: 'before' as const };
      expect(named([...turn(1, 'passed', 'passed', before), ...turn(2, 'failed', 'failed', before)])).toHaveLength(2);
    });
  });

  test('are not those that were only skipped now and then', () => {
    expect(flakyCases(runs(['failed', 'skipped'], 'after a stuck section'))).toEqual([]);
  });

  test('are told apart by section and by how they were tried', () => {
    const cases = [
      testCase(),
      testCase({ section: 'section-2', status: 'failed' }),
      testCase({ mode: 'alone', status: 'failed' }),
    ];
    expect(flakyCases(cases)).toEqual([]);
  });
});

test.each([
  [0, '0 ms'],
  [999, '999 ms'],
  [2_140, '2.1 s'],
  [185_000, '3 min 5 s'],
])('%i ms are %s for people', (ms, words) => expect(readableDuration(ms)).toBe(words));

describe('text', () => {
  test('names each section once, and what failed with its place', () => {
    const text = createTestText();
    expect(text.lines(testCase())).toEqual(['', 'tour > section-1', '  ✓ passes after: a file (120 ms)']);
    expect(text.lines(failed)).toEqual([
      '  ✗ passes after: <b> & "c" # 1 (120 ms)',
      '      It is not\nthere\u0007 yet.',
      '      a/lesson.yaml:3:5',
    ]);
    expect(text.lines(testCase({ mode: 'alone', run: 2 }))[1]).toBe('tour > section-1, alone from its snapshot (run 2)');
  });

  test('closes with what was flaky, and the totals', () => {
    const cases = [testCase({ name: 'a' }), testCase({ name: 'a', run: 2, status: 'failed' })];
    expect(createTestText().summary(cases)).toEqual([
      '',
      'Flaky: tour > section-1: a: failed in 1 of 2 runs (50 %).',
      '1 passed, 1 failed over 2 runs, in 0 ms.',
    ]);
  });

  test('what is flaky only where a section is tried alone says so, in every format', () => {
    const cases = ['passed', 'failed', 'passed'].map((status, index) =>
      testCase({ name: 'a\nb', mode: 'alone', run: index + 1, status: status as TestCase['status'] }),
    );
    const said = (name: string): string => `Flaky: tour > section-1, alone: ${name}: failed in 1 of 3 runs (33 %).`;
    expect(createTestText().summary(cases)[1]).toBe(said('a\nb'));
    expect(testTap(cases)).toContain(`\n# ${said('a b')}\n`);
    expect(testJunit(cases)).toContain(`    <system-out>${said('a&#10;b').replace('>', '&gt;')}</system-out>\n  </testsuite>`);
    expect(testJson(cases)).toContain('"rate": 0.3333333333333333');
  });
});

describe('JUnit', () => {
  const xml = testJunit([testCase(), failed, testCase({ lesson: 'other', status: 'skipped', sentence: 'not reached' })]);

  test('has a suite for each lesson, with its counts', () => {
    expect(xml).toContain('<testsuites name="lockstep test" tests="3" failures="1" errors="0" skipped="1" time="0.000">');
    expect(xml).toContain('<testsuite name="tour" tests="2" failures="1" errors="0" skipped="0" time="0.000">');
    expect(xml).toContain('<skipped message="not reached"/>');
  });

  test('has nothing in it that XML forbids', () => {
    expect(xml).toContain('name="passes after: &lt;b&gt; &amp; &quot;c&quot; # 1"');
    expect(xml).toContain('message="It is not&#10;there\ufffd yet."');
    expect(xml).not.toContain('\u0007');
  });
});

describe('TAP', () => {
  test('numbers every case, and takes no directive from a name', () => {
    const lines = testTap([testCase(), failed, testCase({ status: 'skipped', sentence: 'not reached' })]).split('\n');
    expect(lines.slice(0, 2)).toEqual(['TAP version 14', '1..3']);
    expect(lines).toContain('ok 1 - tour section-1: passes after: a file');
    expect(lines).toContain('not ok 2 - tour section-1: passes after: <b> & "c" \\# 1');
    expect(lines).toContain('ok 3 - tour section-1: passes after: a file # SKIP not reached');
    expect(lines).toContain('  at: "a/lesson.yaml:3:5"');
  });
});

test('JSON has the cases as they are, with totals and what was flaky', () => {
  const read: unknown = JSON.parse(testJson([testCase(), failed]));
  expect(read).toEqual({ totals: totalsOf([testCase(), failed]), flaky: [], cases: [testCase(), failed] });
});

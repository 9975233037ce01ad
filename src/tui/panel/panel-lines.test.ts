import { describe, expect, test } from 'vitest';
import { check, judged, moments, now, viewAt } from '../../../test/support/tui/views.ts';
import type { CheckView, View } from '../../session/view.ts';
import { lineText, lineWidth } from '../text/line.ts';
import { checkInFull } from './check-lines.ts';
import { monitorLines } from './monitor-lines.ts';
import { type PanelOptions, panelLines } from './panel-lines.ts';

const time = (at: number) => new Date(at).toISOString().slice(11, 19);
const options: PanelOptions = {
  width: 120,
  rows: 5,
  hint: { check: null, key: '?' },
  answer: { check: null, key: 'a' },
  actKey: '⏎',
  allKey: 'v',
  noticeAfter: 0,
  time,
};

const draw = (view: View, more: Partial<PanelOptions> = {}) =>
  panelLines(view, { ...options, ...more }).lines.map((line) => lineText(line).trimEnd());
const withChecks = (checks: readonly CheckView[], more: Partial<View> = {}) => viewAt(2, more, { checks });

describe('a check', () => {
  test('that fails says what was found and what was expected', () => {
    expect(draw(withChecks([check('a', 'the port is open', { status: 'fail', actual: 'closed', expected: 'open' })]))[0]).toBe(
      ' ✗ the port is open   found closed · expected open',
    );
  });

  test('that could not be asked never reads like a failure', () => {
    const [line] = draw(withChecks([check('a', 'the port is open', { status: 'error', sentence: 'no answer within 5 s' })]));
    expect(line).toBe(' ! the port is open   could not tell: no answer within 5 s');
  });

  test('that held before says since when it does not', () => {
    const [line] = draw(
      withChecks([check('a', 'x', { status: 'fail', regressed: true, since: now, actual: '2', expected: '3' })]),
    );
    expect(line).toBe(' ✗ x   held before, broke 14:07:30 · found 2 · expected 3');
  });

  test('has a mark of its own shape for each status', () => {
    const statuses = ['pass', 'fail', 'error', 'pending', 'unknown'] as const;
    const marks = draw(withChecks(statuses.map((status) => check(status, status, { status })))).map((line) => line[1]);
    expect(new Set(marks.slice(0, 4)).size).toBe(4);
  });

  test('names the hint’s key only where that key gives its hint', () => {
    const checks = judged(2, [{ status: 'fail' }, { status: 'fail', hasHint: true }]);
    const lines = draw(withChecks(checks), { hint: { check: checks[1]?.id ?? null, key: '^] ?' } });
    expect(lines[0]).not.toContain('hint');
    expect(lines[1]).toContain('^] ? hint');
  });

  test('in full leaves nothing out', () => {
    const long = 'zerg-new.fifo, '.repeat(20);
    const lines = checkInFull(check('a', long, { status: 'fail', actual: long, expected: long, hint: long }), {
      width: 40,
      titleWidth: 40,
      next: null,
      time,
    });
    const words = lines
      .map(lineText)
      .join(' ')
      .match(/zerg-new\.fifo/g);
    expect(words).toHaveLength(80);
    for (const line of lines) expect(lineWidth(line)).toBeLessThanOrEqual(40);
  });
});

describe('more checks than rows', () => {
  const many = (pass: number, fail: number) => [
    ...Array.from({ length: pass }, (_, index) => check(`p${index}`, `holds ${index}`, { status: 'pass' })),
    ...Array.from({ length: fail }, (_, index) =>
      check(`f${index}`, `fails ${index}`, { status: 'fail', actual: 'a', expected: 'b' }),
    ),
  ];

  test('fold what holds first, and keep their order', () => {
    expect(draw(withChecks(many(6, 2)))).toEqual([
      ' ✓ 4 passed',
      ' ✓ holds 4',
      ' ✓ holds 5',
      expect.stringContaining('fails 0'),
      expect.stringContaining('fails 1'),
    ]);
  });

  test('keep what fails, and count the rest', () => {
    const lines = draw(withChecks(many(3, 9)));
    expect(lines.slice(0, 4).every((line) => line.includes('fails'))).toBe(true);
    expect(lines[4]).toBe(' …  ✓ 3  ✗ 5  v all checks');
  });

  test('show a revealed hint whole before other checks', () => {
    const lines = draw(moments['section 2 with its hint'], { rows: 4 });
    expect(lines.join(' ')).toContain('Give master-fifo once more, for the old one.');
  });

  test('are one line on a small screen', () => {
    expect(draw(moments['section 2 with a check that fails'], { rows: 1, width: 80 })).toEqual([
      expect.stringMatching(/^ ✓ 1 {2}✗ 1 {2}· 1 {3}master-fifo is given three times +v all$/),
    ]);
  });

  test('never take more rows or cells than there are', () => {
    for (const view of Object.values(moments)) {
      for (let rows = 1; rows < 16; rows += 1) {
        for (const width of [60, 80, 119, 160]) {
          const { lines } = panelLines(view, { ...options, rows, width });
          expect(lines.length).toBeLessThanOrEqual(rows);
          for (const line of lines) expect(lineWidth(line)).toBeLessThanOrEqual(width);
        }
      }
    }
  });
});

describe('what is to be told', () => {
  test('has the last row, so that no check moves for it', () => {
    const view = withChecks(
      judged(2, [{ status: 'pass' }, { status: 'fail', actual: 'a', expected: 'b' }, { status: 'pending' }]),
    );
    const after = draw({ ...view, notice: { sentence: 'Wait.', tone: 'info', at: now } });
    expect(after.slice(0, 3)).toEqual(draw(view));
    expect(after[4]).toBe(' · Wait.');
  });

  test('may go on in the footer where the panel is one line', () => {
    const sentence = 'Another block is still being run: wait for it, or stop it with Ctrl-C in the shell.';
    const panel = panelLines(viewAt(2, { notice: { sentence, tone: 'problem', at: now } }), { ...options, rows: 1, width: 60 });
    expect([...panel.lines, panel.spill ?? []].map(lineText).join(' ').replaceAll(/\s+/g, ' ')).toBe(` ! ${sentence}`);
  });

  test('names the next section with the key, once the end was seen', () => {
    expect(draw(moments['section 2 is done'])[4]).toMatch(/✓ Section 2 done\. +⏎ Section 3 · Configure uWSGI$/);
    expect(draw(moments['section 2 is done'], { actKey: '' })[4]).toMatch(/then Section 3 · Configure uWSGI$/);
  });

  test('at the end says how much was done and how much skipped', () => {
    const view = moments['the lesson is finished'];
    expect(draw(view).at(-1)).toBe(' ✓ All 5 sections are done.');
    const skipped = {
      ...view,
      sections: view.sections.map((section, index) => (index === 2 ? { ...section, status: 'skipped' as const } : section)),
    };
    expect(draw(skipped).at(-1)).toBe(' ✓ 4 sections are done, 1 skipped.');
  });
});

describe('the strip', () => {
  const section = moments['section 5 while zergling1 takes over'].sections[5];
  const monitor = section?.monitor;
  if (!monitor) throw new Error('the view has no monitor');

  test('says how many requests were served, failed, and how slow the slowest was', () => {
    expect(lineText(monitorLines(monitor, 120, time)[0] ?? [])).toMatch(
      /^ requests to localhost .* 1,204 served {3}0 failed {3}slowest 141 ms$/,
    );
  });

  test('marks a second with failures by a sign, and says what the newest failure was', () => {
    const seconds = [...monitor.seconds.slice(1), { served: 2, failed: 1, slowestMs: 20 }];
    const line = lineText(monitorLines({ ...monitor, failed: 1, failure: '502 Bad Gateway', seconds }, 140, time)[0] ?? []);
    expect(line).toMatch(/▁✗ {3}1,204 served {3}✗ 1 failed: 502 Bad Gateway/);
  });

  test('shows when a program stopped and another one took over', () => {
    const [, old, young] = monitorLines(monitor, 120, time).map(lineText);
    expect(old).toMatch(/^ gx:zergling0 +▆+····· {3}RUNNING → EXITED 14:07:26$/);
    expect(young).toMatch(/^ gx:zergling1 +·+▂{9}▆{7} {3}STARTING → RUNNING 14:07:24$/);
  });

  test('can be drawn before anything was counted', () => {
    const empty = {
      url: 'http://localhost/',
      served: 0,
      failed: 0,
      slowestMs: 0,
      seconds: [],
      failure: null,
      programs: [],
      now: 0,
    };
    expect(monitorLines(empty, 80, time)).toHaveLength(1);
  });
});

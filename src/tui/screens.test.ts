/**
 * Every moment at every size, compared with screens that were looked at. `UPDATE_SCREENS=1 npx vitest run src/tui`
 * writes them anew: look at the difference before it is committed.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { hint, room } from '../../test/support/tui/class-views.ts';
import { FakeCompositor } from '../../test/support/tui/fake-compositor.ts';
import { FakeEngine, FakeTerminal } from '../../test/support/tui/fake-engine.ts';
import { check, moments, now, viewAt } from '../../test/support/tui/views.ts';
import { pseudo } from '../../test/support/words/pseudo.ts';
import type { View } from '../session/view.ts';
import { english } from '../words/english.ts';
import { spanish } from '../words/es/spanish.ts';
import { speak, words } from '../words/words.ts';
import { createPlainChrome } from './chrome/chrome.ts';
import { createInkChrome } from './chrome/ink-chrome.tsx';
import { createKeyBook } from './key-book.ts';
import { createScreen } from './screen.ts';
import { spokenView } from './spoken-view.ts';
import { cellWidth } from './text/cells.ts';
import { createTheme } from './theme.ts';
import { initialUi, type UiState } from './ui-state.ts';

const sizes = [
  [120, 34],
  [80, 24],
  [160, 48],
  [60, 20],
  [59, 19],
] as const;

const theme = createTheme({});
const folder = new URL('./golden/', import.meta.url);

function shoot(told: View, cols: number, rows: number, ui: UiState, chrome = createInkChrome(theme), recording = false): string {
  const view = spokenView(told);
  const shells =
    view.host.status === 'ready'
      ? [new FakeTerminal(['ubuntu@galaxy:~$ sudo nano /srv/galaxy/config/galaxy.ini', 'ubuntu@galaxy:~$ '])]
      : [];
  const engine = new FakeEngine(view, shells);
  const screen = createScreen({
    theme,
    keys: createKeyBook(),
    version: '1.0.0',
    where: 'ubuntu@galaxy',
    place: words().pane.privateNetwork('sandbox'),
    recording,
    time: (at) => new Date(at).toISOString().slice(11, 19),
  });
  const compositor = new FakeCompositor(cols, rows);
  const moment = { view, ui, tabs: engine.tabs, cols, rows, settled: true, noticeAfter: now - 8_000 };
  const situation = screen.situation(moment);
  if (situation) engine.resizeTerminals(situation.layout.terminal.cols, situation.layout.terminal.rows);
  const picture = screen.picture(situation, moment, chrome);
  compositor.setLayers(picture.layers, picture.cursor());
  const frame = compositor.screen();
  chrome.close();
  return `${frame.join('\n')}\n`;
}

function expectGolden(name: string, frame: string): void {
  const file = new URL(`${name}.txt`, folder);
  if (process.env['UPDATE_SCREENS'] === '1') {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, frame);
  }
  if (!existsSync(file)) throw new Error(`${name}.txt is missing; UPDATE_SCREENS=1 writes it`);
  expect(frame).toBe(readFileSync(file, 'utf8'));
}

const slug = (name: string) => name.replaceAll(/[^a-z0-9]+/g, '-');

describe.each(Object.entries(moments))('%s', (name, view) => {
  test.each(sizes)('is drawn well at %d×%d', (cols, rows) => {
    expectGolden(`${slug(name)}.${cols}x${rows}`, shoot(view, cols, rows, initialUi));
  });

  test('looks the same before Ink is there', () => {
    if (view.question !== null) return;
    expect(shoot(view, 120, 34, initialUi, createPlainChrome(theme))).toBe(shoot(view, 120, 34, initialUi));
  });
});

const asked = { ask: 'Which of these does a new zergling write to?', given: [], wrong: 0 };
const asking = viewAt(
  2,
  {},
  {
    checks: [
      check('q', 'Which of these does a new zergling write to?', {
        status: 'fail',
        reason: 'wrong-answer',
        sentence: '“zerg-new.fifo” is right, but not all that is. That makes 2 wrong answers.',
        hasHint: true,
        asks: {
          ...asked,
          how: 'several',
          choices: ['zerg-new.fifo', 'zerg-run.fifo, which the one before it reads', 'the pool’s socket'],
          wrong: 2,
        },
      }),
      check('w', 'What is the file called that the old one reads?', {
        status: 'unknown',
        hasHint: true,
        asks: { ...asked, ask: 'What is the file called that the old one reads?', how: 'text', choices: [] },
      }),
    ],
  },
);

/** What the learner can bring about on the screen itself. */
const poses: readonly (readonly [name: string, view: View, ui: Partial<UiState>])[] = [
  ['the shell has the keys', moments['section 2 with a check that fails'], { focus: 'shell' }],
  ['the shell has the keys and the section is done', moments['section 2 is done'], { focus: 'shell' }],
  ['help is shown', moments['section 2 with a check that fails'], { overlay: { type: 'help', top: 0 } }],
  ['sections are listed', moments['section 3 while a step runs'], { overlay: { type: 'sections', at: 4 } }],
  ['all checks are shown', moments['section 4 with more checks than fit'], { overlay: { type: 'checks', top: 0 } }],
  ['leaving is asked about', moments['section 3 while a step runs'], { overlay: { type: 'quit' } }],
  ['skipping is asked about', viewAt(4, { question: { type: 'skip', section: 's4', times: 1 } }), {}],
  ['skipping is asked about again', viewAt(4, { question: { type: 'skip', section: 's4', times: 2 } }), {}],
  [
    'going back is asked about',
    viewAt(4, { question: { type: 'go', section: 'section-2---configure-galaxy', how: 'rewind', lost: 3, solved: 0 } }),
    {},
  ],
  [
    'going back without a snapshot is asked about',
    viewAt(4, { question: { type: 'go', section: 'section-2---configure-galaxy', how: 'afresh', lost: 4, solved: 1 } }),
    {},
  ],
  [
    'catching up is asked about',
    viewAt(1, { question: { type: 'go', section: 'section-4---start-the-zerg-galaxy', how: 'catch-up', lost: 0, solved: 3 } }),
    {},
  ],
  [
    'what has drifted is told',
    viewAt(5, {
      question: {
        type: 'drift',
        times: 1,
        checks: [
          {
            id: 's4/3',
            title: 'gx:zergpool is RUNNING',
            status: 'fail',
            reason: 'no-answer',
            expected: 'RUNNING',
            actual: 'supervisor is not running',
            sentence: 'supervisor is not running.',
            hasHint: true,
            hint: 'STOPPED: `sudo supervisorctl start gx:zergpool`.',
          },
        ],
      },
    }),
    {},
  ],
  ['a question has been answered wrongly', asking, {}],
  ['a question is answered', asking, { overlay: { type: 'answer', check: 'q', at: 1, picked: [0, 1], text: '' } }],
  ['a question is answered in words', asking, { overlay: { type: 'answer', check: 'w', at: 0, picked: [], text: 'zerg-run' } }],
  ['the lesson has the whole screen', moments['section 2 with a check that fails'], { zoomed: true }],
  ['the shell has the whole screen', moments['section 2 with a check that fails'], { zoomed: true, focus: 'shell' }],
  [
    'the end of a section is read',
    moments['section 2 is done'],
    { places: { 'section-2---configure-galaxy': { top: 999, width: 1, total: 1 } } },
  ],
  ['an earlier section is read again', viewAt(3, { shown: 1 }), {}],
  ['a section was skipped', viewAt(3, {}, { status: 'skipped' }), {}],
  ['requests fail during a restart', moments['section 5 while requests fail'], {}],
];

/** In a class. */
const failing = moments['section 2 with a check that fails'];
const done = moments['section 2 is done'];
const gate = { section: 'section-3---configure-uwsgi', waiting: false, passable: false };
const inClass: typeof poses = [
  ['a class is followed', { ...failing, ...room() }, {}],
  [
    'a class cannot be reached',
    { ...failing, ...room({ status: 'offline', waiting: 12, sentence: 'Nothing answers at http://192.0.2.7:7070.' }) },
    {},
  ],
  ['a hand is raised', { ...failing, ...room({ hand: { at: now - 5_000, note: 'which file?' } }) }, {}],
  ['a hand is being raised', { ...failing, ...room() }, { prompt: { for: 'hand', text: 'which file is meant' } }],
  ['a hint of the instructor has come', { ...failing, ...room({ messages: [hint], messageCount: 1 }) }, {}],
  [
    'a message has come while the shell has the keys',
    {
      ...failing,
      ...room({
        messages: [
          { ...hint, kind: 'message', check: null, text: 'Coffee in five minutes.' },
          { ...hint, id: 'm-23456789' },
        ],
        messageCount: 2,
      }),
    },
    { focus: 'shell' },
  ],
  ['the class waits before the next section', { ...done, ...room({ held: gate }) }, {}],
  [
    'the end of a section is read where the class waits',
    { ...done, ...room({ held: { ...gate, waiting: true } }) },
    { places: { 'section-2---configure-galaxy': { top: 999, width: 1, total: 1 } } },
  ],
  [
    'the class waited and cannot be reached',
    { ...done, ...room({ status: 'offline', held: { ...gate, waiting: true, passable: true } }) },
    { places: { 'section-2---configure-galaxy': { top: 999, width: 1, total: 1 } } },
  ],
  ['the terminal is asked for', { ...failing, ...room({ share: { request: 'r', status: 'asked' } }) }, { focus: 'shell' }],
  [
    'the terminal is asked about',
    { ...failing, ...room({ share: { request: 'r', status: 'asked' } }) },
    { overlay: { type: 'share' } },
  ],
  ['the terminal is seen', { ...failing, ...room({ share: { request: 'r', status: 'on' } }) }, { focus: 'shell' }],
  ['what the class sees is shown', { ...failing, ...room({ waiting: 2 }) }, { overlay: { type: 'class', top: 0 } }],
  ['what a class would see is asked without one', failing, { overlay: { type: 'class', top: 0 } }],
];

describe.each([...poses, ...inClass])('%s', (name, view, ui) => {
  test.each(sizes.slice(0, 4))('is drawn well at %d×%d', (cols, rows) => {
    expectGolden(`${slug(name)}.${cols}x${rows}`, shoot(view, cols, rows, { ...initialUi, ...ui }));
  });
});

test.each(sizes.slice(0, 4))('whoever is recorded can see so at %d×%d, whatever has the keys', (cols, rows) => {
  for (const focus of ['lesson', 'shell'] as const) {
    const frame = shoot(moments['section 2 with a check that fails'], cols, rows, { ...initialUi, focus }, undefined, true);
    const footer = frame.trimEnd().split('\n').at(-1);
    expect(footer).toMatch(/h help.* ● rec$/);
  }
});

const allPoses: typeof poses = [
  ...Object.entries(moments).map(([name, view]) => [name, view, {}] as const),
  ...poses,
  ...inClass,
];

/** Texts that come from the lesson, its host or somebody's hand, and names that no language has words for. */
function ownTexts(value: unknown, key = ''): readonly string[] {
  if (typeof value === 'string') return ['id', 'status', 'kind', 'type', 'how', 'tone', 'block'].includes(key) ? [] : [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => ownTexts(each, Array.isArray(value) ? key : name));
}
const names =
  'Lockstep ubuntu galaxy sudo nano srv config ini sandbox local ssh Ctrl Shift Tab Esc Enter Space PgUp PgDn Home End Alt SIGTERM';

describe('in another language', () => {
  afterEach(() => speak(english));

  test.each(allPoses)('all words are the catalogue’s: %s', (_, view, ui) => {
    speak(pseudo(english));
    const known = new Set([...ownTexts(view), ...ownTexts(ui), names].flatMap((text) => text.match(/[A-Za-z]{2,}/g) ?? []));
    for (const [cols, rows] of sizes) {
      const frame = shoot(view, cols, rows, { ...initialUi, ...ui });
      // A word that is cut, or that a pane's edge parts, is known by its beginning or its end.
      const runs = new Set(frame.match(/(?<![\p{L}])[A-Za-z]{2,}(?![\p{L}])/gu));
      const foreign = [...runs].filter((run) => ![...known].some((word) => word.startsWith(run) || word.endsWith(run)));
      expect([cols, foreign]).toEqual([cols, []]);
      for (const row of frame.trimEnd().split('\n')) expect(cellWidth(row)).toBeLessThanOrEqual(cols);
    }
  });

  test.each(allPoses)('no key below a question is cut in Spanish: %s', (_, view, ui) => {
    speak(spanish);
    for (const [cols, rows] of sizes.slice(0, 4)) {
      const frame = shoot(view, cols, rows, { ...initialUi, ...ui });
      const box = frame.split('\n').filter((row) => /│.*│/.test(row) && row.includes('Esc'));
      for (const row of box) expect(row).not.toMatch(/…\s+│/);
    }
  });

  test.each([
    'the first start, while the host is prepared',
    'section 2 with a check that fails',
    'section 2 is done',
    'help is shown',
    'sections are listed',
    'skipping is asked about',
    'going back is asked about',
    'a question is answered',
    'what the class sees is shown',
    'the terminal is asked for',
  ])('is drawn well in Spanish: %s', (name) => {
    speak(spanish);
    const [, view, ui] = allPoses.find(([each]) => each === name) ?? [];
    if (!view) throw new Error(`there is no pose ${name}`);
    for (const [cols, rows] of [
      [80, 24],
      [120, 34],
    ] as const)
      expectGolden(`es-${slug(name)}.${cols}x${rows}`, shoot(view, cols, rows, { ...initialUi, ...ui }));
  });
});

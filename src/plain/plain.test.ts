/** The plain mode over views that a test shows, as somebody at the prompt meets it. */
import { describe, expect, test } from 'vitest';
import { startPlain } from '../../test/support/plain/start-plain.ts';
import { FakeEngine, FakeTerminal } from '../../test/support/tui/fake-engine.ts';
import { check, step, viewAt } from '../../test/support/tui/views.ts';
import type { Intent } from '../engine/engine.ts';
import type { SectionView, View } from '../session/view.ts';

const base = viewAt(2, {}, { title: 'Section 2 - Files', shortTitle: 'Files', body: [], hints: [], hintCount: 0, explain: [] });

function view(more: Partial<View> = {}, own: Partial<SectionView> = {}): View {
  const sections = base.sections.map((section, index) =>
    index === 2
      ? {
          ...section,
          steps: [step('a', 'run', { commands: ['mkdir x', 'ls x'] }), step('b', 'write', { path: '/etc/motd' })],
          checks: [check('one', 'there is an x', { status: 'fail', sentence: 'There is none.', hasHint: true })],
          ...own,
        }
      : section,
  );
  return { ...base, sections, ...more };
}

function start(answer: (intent: Intent, engine: FakeEngine) => void = () => {}, dumb = true) {
  const terminal = new FakeTerminal(['ubuntu@galaxy:~$ ']);
  const engine = new FakeEngine(view(), [terminal], answer);
  return { engine, terminal, ...startPlain(engine, dumb) };
}

const prompt = 'Section 2: Files. Your choice: ';

describe('the prompt', () => {
  test('says once how it works, then the section, its choices by number, and asks', () => {
    const { news } = start();
    const text = news();
    expect(text.match(/Lines are only ever added/g)).toHaveLength(1);
    expect(text).toContain('=== Section 2: Files (of 5) ===');
    expect(text).toContain('  1  run 2 commands\n  2  write /etc/motd\n  3  next section (when this one is done) [n]\n');
    expect(text.endsWith(`quit, and keep your place [q]\n${prompt}`)).toBe(true);
    expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f]/);
  });

  test('lists the choices for Enter alone, and says what is none', () => {
    const { type, news, engine } = start();
    news();
    type('\r');
    expect(news()).toContain('  1  run 2 commands');
    type('99\r');
    expect(news()).toBe(`99\n"99" is none of the choices; Enter lists them.\n${prompt}`);
    expect(engine.asked).toEqual([]);
  });

  test('says why there is no way onward yet, and goes on when there is', () => {
    const { type, news, engine } = start();
    news();
    type('next\r');
    expect(news()).toContain('Section 2: Files is not done yet.\n  not yet: there is an x. There is none.\n');
    engine.show(view({}, { status: 'done', checks: [] }));
    type('n\r');
    expect(engine.asked).toEqual([{ type: 'advance' }]);
  });

  test('tells a verdict that turns on a line of its own, and what was being typed comes again', () => {
    const { type, news, engine } = start();
    news();
    type('chec');
    engine.show(view({}, { checks: [check('one', 'there is an x', { status: 'pass' })] }));
    expect(news()).toBe(`chec\npassed: there is an x\n${prompt}chec`);
    type('ks\r');
    expect(news()).toContain('checks: 1 of 1 passed.');
    expect(engine.asked).toEqual([{ type: 'check' }]);
  });

  test('has a word for each verdict', () => {
    const { news, engine } = start();
    news();
    engine.show(view({}, { checks: [check('one', 'there is an x', { status: 'error', sentence: 'The host did not answer.' })] }));
    expect(news()).toContain('could not tell: there is an x. The host did not answer.');
    engine.show(
      view({}, { checks: [check('one', 'there is an x', { status: 'fail', sentence: 'It is gone.', regressed: true })] }),
    );
    expect(news()).toContain('no longer: there is an x. It is gone.');
  });

  test('gives the hint of what fails first', () => {
    const { type, news, engine } = start();
    type('h\r');
    expect(engine.asked).toEqual([{ type: 'hint', check: 'one' }]);
    news();
    const hinted = check('one', 'there is an x', {
      status: 'fail',
      sentence: 'There is none.',
      hasHint: true,
      hint: 'Make one.',
    });
    engine.show(view({}, { checks: [hinted] }));
    expect(news()).toBe(`\nHint: Make one.\n${prompt}`);
    type('hint\r');
    expect(news()).toContain('All hints were given:\n  Make one.');
  });

  test('asks the questions of the section with numbers, again after a wrong answer, until Enter', () => {
    const asks = { ask: 'Which two?', how: 'several', choices: ['red', 'green', 'blue'], given: [], wrong: 0 } as const;
    const question = check('q', 'Which two?', { status: 'unknown', asks, hasHint: true });
    const { type, news, engine } = start();
    engine.show(view({}, { checks: [question] }));
    news();
    type('\r');
    expect(news()).toContain('  3  answer: Which two?');
    type('3\r');
    expect(news()).toContain(
      'Which two?\n  1  red\n  2  green\n  3  blue\nNumbers of all that are right (as 1 3), or Enter for later: ',
    );
    type('4\r');
    expect(news()).toContain('The choices have the numbers 1 to 3.');
    type('1, 3\r');
    expect(engine.asked).toEqual([{ type: 'answer', check: 'q', given: ['red', 'blue'] }]);
    news();
    const wrong = (count: number) =>
      view(
        {},
        { checks: [{ ...question, status: 'fail', sentence: `“red” is not it (${count}).`, asks: { ...asks, wrong: count } }] },
      );
    engine.show(wrong(1));
    expect(news()).toContain('not right yet: Which two?. “red” is not it (1).');
    engine.show(wrong(2));
    expect(news()).toContain('not right yet: Which two?. “red” is not it (2).');
    type('\r');
    expect(news()).toContain(prompt);
    type('h\r');
    expect(engine.asked.at(-1)).toEqual({ type: 'hint', check: 'q' });
    type('3\r');
    engine.show(view({}, { checks: [{ ...question, status: 'pass', asks: { ...asks, wrong: 2 } }] }));
    expect(news()).toContain(`answered: Which two?\n${prompt}`);
  });

  test('leads to another section and back', () => {
    const { type, news, engine } = start();
    type('g\r2\r');
    expect(engine.asked).toEqual([{ type: 'view', section: base.sections[1]?.id }]);
    news();
    engine.show(view({ shown: 1 }));
    expect(news()).toContain('=== Section 1:');
    type('n\r');
    expect(engine.asked.at(-1)).toEqual({ type: 'view', section: base.sections[2]?.id });
  });

  test.each(['q\r', 'quit\r', '\x04'])('%j leaves', async (keys) => {
    const { type, end } = start();
    type(keys);
    await end;
  });

  test('is no place to leave by Ctrl-C: it drops what was typed', () => {
    const { type, news } = start();
    news();
    type('qui\x03');
    expect(news()).toBe(`qui\nNothing was chosen. quit leaves.\n${prompt}`);
  });

  test('ends with the engine where the host cannot start for a reason of ours', async () => {
    const engine = new FakeEngine(view());
    engine.start = () => Promise.reject(new Error('broken'));
    await expect(startPlain(engine).end).rejects.toThrow('broken');
  });
});

describe('a step', () => {
  const running = view({ running: 'a' }, { steps: [step('a', 'run', { status: 'running', commands: ['mkdir x', 'ls x'] })] });
  const second = view(
    { running: 'a' },
    { steps: [step('a', 'run', { status: 'running', finished: 1, commands: ['mkdir x', 'ls x'] })] },
  );
  const done = view({}, { steps: [step('a', 'run', { status: 'done', finished: 2, commands: ['mkdir x', 'ls x'] })] });

  test('is run by its number; its commands and their output are told, prompts and echo are not', () => {
    const { type, news, engine, terminal } = start((_intent, each) => each.show(running));
    news();
    type('1\r');
    expect(engine.asked).toEqual([{ type: 'run', block: 'a' }]);
    terminal.print('$ mkdir x\r\n\x1b]133;C;k\x07\x1b[31mmade\x1b[0m it\r\n\x1b]133;D;0;k\x07$ ');
    engine.show(second);
    terminal.print('ls x\r\n\x1b]133;C;k\x07no newline\x1b]133;D;0;k\x07$ ');
    engine.show(done);
    expect(news()).toBe(`1\n$ mkdir x\nmade it\n$ ls x\nno newline\nStep 1 done.\n${prompt}`);
  });

  test('has the keys while it runs; Ctrl-C stops it', () => {
    const { type, engine, terminal } = start((intent, each) => intent.type === 'run' && each.show(running));
    type('1\r');
    type('yes\r');
    expect(terminal.typed).toBe('yes\r');
    type('\x03');
    expect(engine.asked.at(-1)).toEqual({ type: 'stop-run' });
  });

  test('does not have told as missing what was looked for before it ended', () => {
    const { type, news, engine } = start((_intent, each) => each.show(running));
    type('1\r');
    news();
    const failing = check('one', 'there is an x', { status: 'fail', reason: 'other', sentence: 'There is half of it.' });
    engine.show(view({}, { checks: [failing] }));
    expect(news()).not.toContain('half of it');
    engine.happened({ type: 'checks-judged', at: 0, section: 's', verdicts: {} });
    expect(news()).toContain('not yet: there is an x. There is half of it.');
  });

  test('that failed says why', () => {
    const { type, news, engine } = start((_intent, each) => each.show(running));
    type('1\r');
    engine.show(view({}, { steps: [step('a', 'run', { status: 'failed', sentence: '`ls x` ended with exit code 2.' })] }));
    expect(news()).toContain(`Step 1 failed: \`ls x\` ended with exit code 2.\n${prompt}`);
  });
});

describe('a question', () => {
  const preview = {
    path: '/etc/motd',
    as: 'root',
    owner: 'root',
    group: 'root',
    mode: '0644',
    exists: true,
    same: false,
    diff: [
      { sign: 'gap', text: '' },
      { sign: ' ', text: 'kept' },
      { sign: '-', text: 'old' },
      { sign: '+', text: 'new \x1b[31m' },
    ],
  } as const;
  const writing = view({ question: { type: 'write', block: 'b', preview } });

  test('shows a file before it is written, and writes it for a yes', () => {
    const { type, news, engine } = start((intent, each) => each.show(intent.type === 'write' ? writing : view()));
    news();
    type('2\r');
    const text = news();
    expect(text).toContain('This changes /etc/motd, as root (root:root, mode 0644).');
    expect(text).toContain('  (lines that stay)\n  kept\n- old\n+ new [31m\nWrite this file? yes or no: ');
    type('perhaps\r');
    expect(news()).toContain('Please answer yes or no.');
    type('y\r');
    expect(engine.asked).toEqual([{ type: 'write', block: 'b' }, { type: 'confirm' }]);
    expect(news().endsWith(prompt)).toBe(true);
  });

  test('leaves it alone for a no, and for Ctrl-C', () => {
    for (const key of ['no\r', '\x03']) {
      const { type, engine } = start((intent, each) => each.show(intent.type === 'write' ? writing : view()));
      type('2\r');
      type(key);
      expect(engine.asked.at(-1)).toEqual({ type: 'cancel' });
    }
  });

  test('about going back or starting services again says what that means first', () => {
    const { type, news, engine } = start((_intent, each) => each.show(view()));
    news();
    const section = base.sections[1]!.id;
    engine.show(view({ question: { type: 'go', section, how: 'rewind', lost: 2, solved: 0 } }));
    expect(news()).toMatch(/start of Section 1: .*The work of 2 sections is thrown away by that\.\nGo there\? yes or no: $/);
    type('no\r');
    const checks = [check('one', 'it runs', { status: 'fail', sentence: 'It does not.' })];
    engine.show(view({ question: { type: 'drift', checks, times: 1 } }));
    expect(news()).toMatch(/holds no longer:\n {2}not yet: it runs\. It does not\.\nStart its services again\? yes or no: $/);
    type('yes\r');
    expect(engine.asked).toEqual([{ type: 'cancel' }, { type: 'confirm' }]);
  });

  test('about skipping is asked twice', () => {
    let times = 0;
    const { type, news, engine } = start((_intent, each) => {
      times += 1;
      each.show(view(times > 2 ? {} : { question: { type: 'skip', section: base.sections[2]!.id, times: times as 1 | 2 } }));
    });
    news();
    type('k\r');
    expect(news()).toContain('Skip it? yes or no: ');
    type('y\r');
    expect(news()).toContain('Really skip it? yes or no: ');
    type('y\r');
    expect(engine.asked).toEqual([{ type: 'skip' }, { type: 'confirm' }, { type: 'confirm' }]);
  });
});

describe('the shell', () => {
  test('has the terminal until the key that leads back; it lives on, and what came meanwhile is told then', () => {
    const { type, news, engine, terminal } = start();
    news();
    type('s\r');
    expect(news()).toMatch(/You are in the shell of ubuntu@galaxy\. .*\nubuntu@galaxy:~\$ $/);
    type('touch x\r\x03');
    expect(terminal.typed).toBe('touch x\r\x03');
    terminal.print('touch x\r\n');
    engine.show(view({}, { checks: [check('one', 'there is an x', { status: 'pass' })] }));
    expect(news()).toBe('touch x\r\n');
    type('\x1dn');
    expect(terminal.typed).toBe('touch x\r\x03');
    expect(news()).toMatch(/\nBack in the lesson; the shell goes on\.\npassed: there is an x\n.*Your choice: n$/);
    terminal.print('not for us');
    expect(news()).toBe('');
  });

  test('gets the key that leads back when it is pressed twice', () => {
    const { type, terminal } = start();
    type('s\r\x1d\x1dx');
    expect(terminal.typed).toBe('\x1dx');
  });

  test('leads back by itself when it ends', () => {
    const { type, news, terminal } = start();
    type('s\r');
    terminal.tell({ type: 'exited', code: 0, signal: null });
    expect(news()).toContain(`That shell has ended. Back in the lesson.\n${prompt}`);
  });

  test('draws as it likes, but reaches neither title, clipboard nor the answers of the terminal', () => {
    const { type, news, terminal } = start(undefined, false);
    type('s\r');
    news();
    terminal.print('\x1b[31mred\x1b[0m\x1b]0;title\x07\x1b]52;c;eA==\x07\x1b[6n\x1b[2J');
    expect(news()).toBe('\x1b[31mred\x1b[0m\x1b[2J');
  });

  test('gives back what its programs have asked of the terminal', () => {
    const { type, news, terminal } = start(undefined, false);
    type('s\r');
    news();
    terminal.modes = { ...terminal.modes, mouse: 'any', alternateScreen: true, bracketedPaste: true };
    type('\x1d');
    const text = news();
    for (const sequence of ['\x1b[?1003l', '\x1b[?1049l', '\x1b[?2004l', '\x1b[m']) expect(text).toContain(sequence);
  });

  test('shows a full-screen program again as it stands', () => {
    const { type, news, terminal } = start(undefined, false);
    terminal.modes = { ...terminal.modes, alternateScreen: true };
    terminal.lines = ['~', 'in vim'];
    news();
    type('s\r');
    expect(news()).toMatch(/\x1b\[\?1049h.*\x1b\[2;1Hin vim .*\x1b\[2;7H$/s);
  });

  test('is not there before the host is', () => {
    const { type, news, engine } = start();
    engine.tabs = [];
    engine.show(view({ host: { status: 'preparing', kind: 'sandbox', sentence: 'Starting', fraction: null } }));
    news();
    type('s\r');
    expect(news()).toContain('There is no shell yet: the host is not ready.');
  });
});

test('the moment a section is done is told with its explanation and the way onward', () => {
  const { news, engine } = start();
  news();
  const explain = [{ type: 'paragraph', children: [{ type: 'text', text: 'That was why.' }] }] as const;
  engine.show(
    view(
      { unlocked: { sentence: 'Section 2 done.', next: null } },
      { status: 'done', explain, checks: [check('one', 'there is an x', { status: 'pass' })] },
    ),
  );
  expect(news()).toMatch(/passed: there is an x\n\n\*\*\* Section 2 done\.\nThat was why\.\nChoose next to go on: Section 3: /);
});

test('preparing is told in tenths', () => {
  const { news, engine } = start();
  news();
  const preparing = (fraction: number): View =>
    view({ host: { status: 'preparing', kind: 'sandbox', sentence: `Installing: package ${fraction}`, fraction } });
  for (const fraction of [0.1, 0.11, 0.12, 0.29]) engine.show(preparing(fraction));
  expect(news().match(/Installing, \d+ percent/g)).toEqual(['Installing, 10 percent', 'Installing, 20 percent']);
});

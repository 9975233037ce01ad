import { describe, expect, test } from 'vitest';
import { FakeCompositor } from '../../test/support/tui/fake-compositor.ts';
import { FakeEngine, FakeTerminal } from '../../test/support/tui/fake-engine.ts';
import { moments, now, viewAt } from '../../test/support/tui/views.ts';
import type { View } from '../session/view.ts';
import type { TuiClock } from './clock.ts';
import { runTui } from './run-tui.ts';

/** A clock that stands still until it is moved. */
class FakeClock implements TuiClock {
  at = now;
  private readonly waiting: { readonly due: number; readonly call: () => void }[] = [];
  now = () => this.at;
  time = (at: number) => new Date(at).toISOString().slice(11, 19);
  later = (ms: number, call: () => void) => {
    const entry = { due: this.at + ms, call };
    this.waiting.push(entry);
    return () => this.waiting.splice(this.waiting.indexOf(entry), 1);
  };
  pass(ms: number): void {
    this.at += ms;
    for (const entry of [...this.waiting].filter(({ due }) => due <= this.at)) {
      this.waiting.splice(this.waiting.indexOf(entry), 1);
      entry.call();
    }
  }
}

function open(
  view: View,
  options: {
    readonly shells?: readonly FakeTerminal[];
    readonly size?: readonly [number, number];
    readonly prefix?: string;
  } = {},
) {
  const shells = options.shells ?? [new FakeTerminal(['ubuntu@galaxy:~$ '])];
  const engine = new FakeEngine(view, shells);
  const compositor = new FakeCompositor(...(options.size ?? [120, 34]));
  const clock = new FakeClock();
  const ended = runTui({
    engine,
    compositor,
    env: {},
    version: '1.0.0',
    clock,
    where: 'ubuntu@galaxy',
    ...(options.prefix === undefined ? {} : { prefix: options.prefix }),
  });
  return {
    engine,
    compositor,
    clock,
    ended,
    shell: shells[0] ?? new FakeTerminal(),
    screen: () => compositor.screen().join('\n'),
  };
}

/** Ink is loaded from its sources here, on a machine that may be busy. */
const inkLoads = { timeout: 30_000 } as const;

/** Lets promises that are ready go on. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('the first frame', () => {
  test('is there before anything was waited for, with lesson, rules and keys', () => {
    const { screen } = open(viewAt(2));
    expect(screen()).toContain('uWSGI Zerg Mode   2 Configure Galaxy');
    expect(screen()).toContain('A zerg pool hands its listening socket');
    expect(screen()).toContain('━ 2 Configure Galaxy ━');
  });

  test('is followed by the start of the engine', async () => {
    const { engine } = open(viewAt(2));
    await expect.poll(() => engine.started).toBe(true);
  });

  test('stays the same, to the last byte a person sees, when Ink takes over', { timeout: 40_000 }, async () => {
    const { compositor, clock, engine } = open(moments['section 5 while zergling1 takes over']);
    const [before, frames] = [compositor.screen(), compositor.frames];
    await expect.poll(() => engine.started).toBe(true);
    clock.pass(1000);
    await expect.poll(() => compositor.frames, inkLoads).toBeGreaterThan(frames);
    expect(compositor.screen()).toEqual(before);
  });

  test('gives way to the shell’s first prompt: Ink is loaded when that has been painted', inkLoads, async () => {
    const shell = Object.assign(new FakeTerminal(), { atPrompt: false });
    const { compositor, clock, engine } = open(viewAt(1), { shells: [shell] });
    await expect.poll(() => engine.started).toBe(true);
    shell.tell({ type: 'prompt' });
    expect(compositor.hastened).toBe(1);
    const { frames } = compositor;
    clock.pass(40);
    await expect.poll(() => compositor.frames, inkLoads).toBeGreaterThan(frames);
  });
});

describe('the keyboard', () => {
  test('is the lesson’s at first, and the shell’s after Ctrl-], byte for byte', () => {
    const { compositor, engine, shell } = open(viewAt(1));
    compositor.type('\r');
    expect(engine.asked).toEqual([{ type: 'run', block: 's1:1' }]);
    compositor.type('\x1d');
    compositor.type('ls\r\x03\x1b[A\x1bx');
    expect(shell.typed).toBe('ls\r\x03\x1b[A\x1bx');
    expect(engine.asked).toHaveLength(1);
  });

  test('comes back by the same key, also in the middle of what is typed', () => {
    const { compositor, engine, shell } = open(viewAt(1));
    compositor.type('\x1dls\x1d\r');
    expect(shell.typed).toBe('ls');
    expect(engine.asked).toEqual([{ type: 'run', block: 's1:1' }]);
  });

  test('never sends a look at the lesson and back to the shell', () => {
    const { compositor, shell } = open(viewAt(1));
    compositor.type('\x1da\x1d\x1db');
    expect(shell.typed).toBe('ab');
  });

  test('can have another prefix', () => {
    const { compositor, shell, screen } = open(viewAt(1), { prefix: 'ctrl-o' });
    compositor.type('\x0f\x1d\x0f');
    expect(shell.typed).toBe('\x1d');
    expect(screen()).toContain('^O shell');
  });

  test('says where a paste went that the lesson does not take', () => {
    const { compositor, engine } = open(viewAt(1));
    compositor.type('\x1b[200~rm -rf q\x1b[201~');
    expect(engine.view.notice?.sentence).toContain('Ctrl-]');
    expect(engine.asked).toEqual([]);
  });

  test('answers a question even while the shell has the focus', async () => {
    const { compositor, engine, shell } = open(viewAt(2));
    compositor.type('\x1d');
    engine.show(moments['writing a file is confirmed']);
    await settled();
    compositor.type('y');
    expect(engine.asked).toEqual([{ type: 'confirm' }]);
    expect(shell.typed).toBe('');
  });
});

test('a section that has just come up is not acted on by one Enter too many', async () => {
  const { compositor, engine, clock, screen } = open(viewAt(1));
  engine.show(viewAt(2));
  await settled();
  compositor.type('\r');
  expect(engine.asked).toEqual([]);
  expect(screen()).not.toContain('⏎ write file');
  clock.pass(500);
  expect(screen()).toContain('⏎ write file');
  compositor.type('\r');
  expect(engine.asked).toEqual([{ type: 'write', block: 's2:1' }]);
});

describe('the terminal pane', () => {
  test('shows what the shell wrote, with the cursor where it is', async () => {
    const { compositor, shell, screen } = open(viewAt(2));
    expect(compositor.cursor).toBeNull();
    compositor.type('\x1d');
    shell.show('ubuntu@galaxy:~$ ls', 'a b', 'ubuntu@galaxy:~$ ');
    expect(screen()).toContain('│a b');
    expect(compositor.cursor).toEqual({ col: 60 + 17, row: 2 + 2, shape: 0 });
  });

  test('has the size of its place, also after the screen has got another one', async () => {
    const { compositor, engine } = open(viewAt(2));
    expect(engine.size).toEqual({ cols: 60, rows: 26 });
    compositor.resize(80, 24);
    await settled();
    expect(engine.size).toEqual({ cols: 80, rows: 10 });
  });

  test('says how far back it looks, and shows no cursor there', async () => {
    const { compositor, shell, screen } = open(viewAt(2));
    compositor.type('\x1d\x1b[5;2~');
    await settled();
    expect(shell.scrollback).toBe(25);
    expect(screen()).toContain('↑ 25 lines back');
    expect(compositor.cursor).toBeNull();
  });

  test('says that its shell has ended and how to get another one', async () => {
    const { compositor, engine, shell, screen } = open(viewAt(2));
    compositor.type('\x1d');
    shell.alive = false;
    shell.tell({ type: 'exited', code: 0, signal: null });
    await settled();
    expect(screen()).toContain('The shell has ended. ^] t opens a new one');
    compositor.type('\x1dt');
    await settled();
    await settled();
    expect(engine.tabs).toHaveLength(2);
    expect(screen()).toContain('1 shell (ended)  2 shell  +');
  });

  test('wants of the outer terminal what its program wants, while it has the keys', async () => {
    const { compositor, shell } = open(viewAt(2));
    shell.modes = { ...shell.modes, mouse: 'drag', focusEvents: true };
    compositor.type('\x1d');
    expect(compositor.modes).toEqual({ mouse: 'drag', paste: true, focus: true });
    compositor.type('\x1d');
    expect(compositor.modes).toEqual({ mouse: 'drag', paste: true, focus: false });
    shell.modes = { ...shell.modes, mouse: 'any' };
    shell.tell({ type: 'modes' });
    await settled();
    expect(compositor.modes).toMatchObject({ mouse: 'any' });
  });

  test('never hands escape sequences of the lesson to the outer terminal', () => {
    const evil = viewAt(
      2,
      {
        lesson: { id: 'x', title: 'a\x1b[2Jb\x07\x9b', introduction: [] },
        notice: { sentence: '\x1b]0;x\x07', tone: 'info', at: now },
      },
      {
        shortTitle: '\x1bc',
        body: [{ type: 'code', lang: 'sh', text: 'a\x1b[31m\r\x08b\u202e' }],
        checks: [
          { id: 'c', title: 'a\x1b[Hb', status: 'fail', actual: '\x1b[6n', expected: '\x00', hasHint: true, hint: '\x1b[?1049l' },
        ],
      },
    );
    const { compositor } = open(evil);
    for (const row of compositor.painted())
      expect(row.replaceAll(/\x1b\[[\d;]*m/g, '')).not.toMatch(/[\x00-\x1f\x7f-\x9f\u202e]/);
  });
});

describe('a screen that is too small', () => {
  test('says so, and comes back by itself', async () => {
    const { compositor, screen } = open(viewAt(2));
    compositor.resize(40, 10);
    await settled();
    expect(screen()).toContain('Lockstep needs 60×20 cells');
    compositor.resize(120, 34);
    await settled();
    expect(screen()).toContain('A zerg pool hands');
  });

  test('does nothing for keys that act on what cannot be seen', async () => {
    const { compositor, engine } = open(viewAt(1));
    compositor.resize(40, 10);
    await settled();
    compositor.type('\r');
    expect(engine.asked).toEqual([]);
  });
});

test('a notice goes after a while, or with the next key', async () => {
  const { engine, clock, compositor, screen } = open(viewAt(2));
  const notice = { sentence: 'Another block is still being run.', tone: 'problem', at: now } as const;
  engine.show(viewAt(2, { notice }));
  await settled();
  expect(screen()).toContain('! Another block is still being run.');
  clock.pass(9_000);
  expect(screen()).not.toContain('Another block');
  engine.show(viewAt(2, { notice: { ...notice, at: clock.now() } }));
  await settled();
  expect(screen()).toContain('Another block');
  compositor.type('j');
  expect(screen()).not.toContain('Another block');
});

test('many changes at once are one picture', { timeout: 40_000 }, async () => {
  const { engine, compositor } = open(viewAt(2));
  const { frames } = compositor;
  for (let each = 0; each < 50; each += 1) engine.show(viewAt(2));
  await settled();
  expect(compositor.frames - frames).toBe(1);
});

test('q leaves, and nothing is listened to any more', async () => {
  const { engine, compositor, shell, ended } = open(viewAt(2));
  compositor.type('q');
  expect(await ended).toBe('quit');
  const { frames } = compositor;
  engine.show(viewAt(3));
  shell.show('x');
  await settled();
  expect(compositor.frames).toBe(frames);
});

test('a broken host start is told to whoever runs the screen', async () => {
  const engine = new FakeEngine(viewAt(2));
  engine.start = () => Promise.reject(new Error('broken'));
  await expect(runTui({ engine, compositor: new FakeCompositor(120, 34), env: {}, version: '1' })).rejects.toThrow('broken');
});

describe('looking back in the shell', () => {
  const printed = Array.from({ length: 60 }, (_, i) => (i === 20 ? 'an Error here' : `line ${i}`));

  function lookedAt() {
    const shell = new FakeTerminal(printed);
    const opened = open(viewAt(2), { shells: [shell] });
    opened.compositor.type('\x1d');
    shell.history.show(60);
    opened.compositor.type('\x1d[');
    return { ...opened, shell };
  }

  test('has the keys, says so, holds the view, and gives all back with Esc', () => {
    const { compositor, shell, screen } = lookedAt();
    expect(screen()).toContain('looking back');
    expect(screen()).toContain('/ search');
    expect(shell.history.held).toBe(true);
    compositor.type('k');
    expect(shell.typed).toBe('');
    compositor.type('q');
    expect(screen()).not.toContain('looking back');
    expect(shell.history.held).toBe(false);
    compositor.type('ls');
    expect(shell.typed).toBe('ls');
  });

  test('searches, and says how many places there are', () => {
    const { compositor, screen } = lookedAt();
    compositor.type('/err');
    expect(screen()).toContain('Search upwards: err');
    compositor.type('or\r');
    expect(screen()).toContain('“error” 1 of 1');
    expect(screen()).toContain('an Error here');
    compositor.type('/nowhere\r');
    expect(screen()).toContain('“nowhere” not found');
  });

  test('copies what is selected, once, by the learner’s own key, and tells how much', async () => {
    const { compositor, engine } = lookedAt();
    compositor.type('/line 30\rVjjy');
    expect(compositor.copied).toEqual(['line 30\nline 31\nline 32\n']);
    await settled();
    expect(engine.view.notice?.sentence).toMatch(/^Copied 3 lines\./);
  });

  test('what was copied can be put into the shell again', () => {
    const { compositor, shell } = lookedAt();
    compositor.type('/line 30\rv$y');
    compositor.type('\x1dP');
    expect(shell.typed).toBe('<paste>line 30</paste>');
  });

  test('goes on at the same line when the screen gets another size', async () => {
    const { compositor, screen, shell } = lookedAt();
    compositor.type('/line 30\r');
    compositor.resize(90, 24);
    await settled();
    expect(screen()).toContain('looking back');
    expect(screen()).toContain('line 30');
    expect(shell.history.held).toBe(true);
    compositor.type('Vy');
    expect(compositor.copied).toEqual(['line 30\n']);
  });

  test('the prefix key leaves it for the lesson', () => {
    const { compositor, screen, shell } = lookedAt();
    compositor.type('\x1d');
    expect(screen()).not.toContain('looking back');
    expect(shell.typed).toBe('');
  });
});

describe('the mouse', () => {
  /** Presses, moves and lets go; columns and rows of the screen, from 0. */
  const at = (code: number, col: number, row: number, end = 'M') => `\x1b[<${code};${col + 1};${row + 1}${end}`;
  const click = (col: number, row: number) => at(0, col, row) + at(0, col, row, 'm');

  function place(screen: string, what: string) {
    const rows = screen.split('\n');
    const row = rows.findIndex((each) => each.includes(what));
    return { row, col: rows[row]!.indexOf(what) };
  }

  test('a click on the marked step does it, on another one marks it first', () => {
    const { compositor, engine, screen } = open(viewAt(1));
    const marked = place(screen(), '▸');
    compositor.type(click(marked.col + 4, marked.row));
    expect(engine.asked).toEqual([{ type: 'run', block: 's1:1' }]);
    const other = place(screen(), '[program:zergpool]');
    compositor.type(click(other.col, other.row));
    expect(engine.asked).toHaveLength(1);
    const again = place(screen(), '[program:zergpool]');
    compositor.type(click(again.col, again.row));
    expect(engine.asked.at(-1)).toMatchObject({ type: 'write' });
  });

  test('a press that is moved away before it is let go does nothing', () => {
    const { compositor, engine, screen } = open(viewAt(1));
    const { col, row } = place(screen(), '▸');
    compositor.type(at(0, col, row) + at(32, col, row + 4) + at(0, col, row + 4, 'm'));
    expect(engine.asked).toEqual([]);
  });

  test('a click gives the pane under it the keys', () => {
    const { compositor, shell } = open(viewAt(1));
    compositor.type(`${click(100, 10)}ls`);
    expect(shell.typed).toBe('ls');
    compositor.type(`${click(5, 3)}j`);
    expect(shell.typed).toBe('ls');
  });

  test('a click on a tab goes there', () => {
    const [first, second] = [new FakeTerminal(['first']), new FakeTerminal(['second'])];
    const { compositor, screen } = open(viewAt(1), { shells: [first, second] });
    const { col, row } = place(screen(), '2 log');
    compositor.type(`${click(col + 3, row)}x`);
    expect(second.typed).toBe('x');
  });

  test('tabs all stand on the rule, however many there are, and each can be clicked', () => {
    const shells = Array.from({ length: 9 }, (_, index) => new FakeTerminal([`shell ${index + 1}`]));
    const { compositor, screen } = open(viewAt(1), { shells, size: [60, 24] });
    const rule = screen()
      .split('\n')
      .find((row) => row.includes('1 shell'));
    expect(rule).toContain('1 shell  2  3  4  5  6  7  8  9  +');
    expect(rule).not.toContain('log');
    const { col, row } = place(screen(), '8  9');
    compositor.type(`${click(col + 3, row)}x`);
    expect(shells[8]?.typed).toBe('x');
    expect(screen()).toContain('1  2  3  4  5  6  7  8  9 log  +');
  });

  test('a drag in the shell selects and copies, also the way back; typing goes on', () => {
    const shell = new FakeTerminal(['one two three', 'four']);
    const { compositor, screen } = open(viewAt(1), { shells: [shell] });
    const { col, row } = place(screen(), 'one two three');
    compositor.type(at(0, col + 4, row) + at(32, col + 9, row) + at(32, col + 6, row) + at(0, col + 6, row, 'm'));
    expect(compositor.copied).toEqual(['two']);
    compositor.type(at(0, col + 2, row + 1) + at(32, col + 8, row) + at(0, col + 8, row, 'm'));
    expect(compositor.copied.at(-1)).toBe('three\nfou');
    compositor.type('ls');
    expect(shell.typed).toBe('ls');
  });

  test('is the program’s in the shell that asks for it, unless Shift is held', () => {
    const shell = new FakeTerminal(['one two three']);
    shell.modes = { ...shell.modes, mouse: 'drag', mouseEncoding: 'sgr' };
    const { compositor, screen } = open(viewAt(1), { shells: [shell] });
    const { col, row } = place(screen(), 'one two three');
    compositor.type(at(0, col, row) + at(32, col + 2, row) + at(0, col + 2, row, 'm'));
    expect(shell.typed).toBe('\x1b[<0;1;1M\x1b[<32;3;1M\x1b[<0;3;1m');
    expect(compositor.copied).toEqual([]);
    compositor.type(at(4, col, row) + at(36, col + 2, row) + at(4, col + 2, row, 'm'));
    expect(compositor.copied).toEqual(['one']);
  });

  test('does nothing to a shell that something lies over', () => {
    const shell = new FakeTerminal(['one two three']);
    shell.modes = { ...shell.modes, mouse: 'any', mouseEncoding: 'sgr' };
    const { compositor } = open(viewAt(1), { shells: [shell] });
    compositor.type(`h${click(100, 5)}${at(65, 100, 5)}`);
    expect(shell.typed).toBe('');
  });

  test('the wheel moves what is under it, text or list', { timeout: 40_000 }, async () => {
    const { compositor, screen } = open(viewAt(2), { size: [120, 20] });
    const before = screen();
    compositor.type(at(65, 5, 5));
    expect(screen()).not.toBe(before);
    compositor.type('h');
    await expect.poll(screen, inkLoads).toContain('do the marked step');
    const help = screen();
    compositor.type(at(65, 60, 10));
    expect(screen()).not.toBe(help);
  });
});

test('what is typed in one breath with a key that leads to the shell is the shell’s', () => {
  const { compositor, shell } = open(viewAt(2));
  compositor.type('1vim é 中\r');
  expect(shell.typed).toBe('vim é 中\r');
});

describe('tabs', () => {
  test('get the name that is typed', () => {
    const { compositor, screen } = open(viewAt(2));
    compositor.type(',');
    expect(screen()).toContain('Name of the tab: shell');
    compositor.type('\x15watch it\r');
    expect(screen()).toContain('1 watch it');
  });
  test('keep theirs where the typing is left', () => {
    const { compositor, screen } = open(viewAt(2));
    compositor.type(',xyz\x03');
    expect(screen()).toContain('1 shell');
  });
});

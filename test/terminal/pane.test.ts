/** A shell in a pane of a real program, driven through a real pty and read off its screen. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PANE, PROMPT, paneProgram } from '../support/pane-fixture.ts';

const launch = paneProgram();
const has = (program: string) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
/** A program that says when it has begun; what is typed does not say the same. */
const RUNS = `sh -c 'echo it "ru"ns; exec sleep 1000'`;
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-pane-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** What the pane shows, without what stands around it. */
function paneOf(screen: string): string {
  const rows = screen.split('\n').slice(PANE.row, PANE.row + PANE.rows);
  return rows.map((row) => row.slice(PANE.col).trimEnd()).join('\n');
}

describe('programs inside of the pane', () => {
  test.skipIf(!has('vim'))('vim edits a file', async () => {
    const file = join(folder, 'new.txt');
    const program = launch();
    await program.waitFor(PROMPT);
    program.type(`vim -u NONE -i NONE ${file}\r`);
    await program.waitFor(/~/);
    program.type('ihello from vim');
    program.press('Enter');
    program.type('second line');
    await program.waitFor('second line');
    expect(program.cell(PANE.col, PANE.row).text).toBe('h');
    program.press('Escape');
    program.press('Up');
    program.type('AX');
    await program.waitFor('hello from vimX');
    program.press('Escape');
    program.type(':wq\r');
    await program.waitFor((screen) => /\$ *$/m.test(paneOf(screen)) && !screen.includes('~'));
    expect(readFileSync(file, 'utf8')).toBe('hello from vimX\nsecond line\n');
  });

  test.skipIf(!has('nano'))('nano edits a file', async () => {
    const file = join(folder, 'new.txt');
    writeFileSync(file, 'what was there\n');
    const program = launch();
    await program.waitFor(PROMPT);
    program.type(`nano --ignorercfiles ${file}\r`);
    await program.waitFor('what was there');
    program.press('Down');
    program.type('and what was added');
    await program.waitFor('and what was added');
    program.press('Ctrl-O', 'Enter');
    await program.waitFor(/Wrote \d lines/);
    program.press('Ctrl-X');
    await program.waitFor((screen) => !screen.includes('Wrote') && /\$ *$/m.test(paneOf(screen)));
    expect(readFileSync(file, 'utf8')).toBe('what was there\nand what was added\n');
  });

  test.skipIf(!has('htop'))('htop draws, takes keys and the mouse, and gives the screen back', async () => {
    const program = launch({ cols: 110 });
    await program.waitFor(PROMPT);
    program.type('htop\r');
    await program.waitFor('F10');
    expect(program.modes.mouse).not.toBe('none');
    program.type('\x1bOP');
    await program.waitFor(/htop \d.*Hisham|Released under/);
    program.press('Escape');
    await program.waitFor(/F10 ?Quit/);
    const quit = program
      .screen()
      .split('\n')
      .findIndex((row) => row.includes('F10'));
    const col = program.row(quit).indexOf('Quit');
    program.type(`\x1b[<0;${col + 1};${quit + 1}M\x1b[<0;${col + 1};${quit + 1}m`);
    await program.waitFor((screen) => !screen.includes('F10'));
    program.type(`echo b''ack\r`);
    await program.waitFor(/^.*back$/m);
  });

  test.skipIf(!has('less'))('less pages and searches, also with the wheel', async () => {
    const file = join(folder, 'long.txt');
    writeFileSync(file, Array.from({ length: 500 }, (_, i) => `line ${i + 1}`).join('\n'));
    const program = launch();
    await program.waitFor(PROMPT);
    program.type(`less ${file}\r`);
    await program.waitFor(/line 1$/m);
    program.press('PageDown');
    await program.waitFor(/line 40$/m);
    program.type('/line 444\r');
    await program.waitFor('line 444');
    program.type('g');
    await program.waitFor(/line 1$/m);
    program.type(`\x1b[<65;${PANE.col + 5};5M`);
    await program.waitFor((screen) => paneOf(screen).startsWith('line 4\n'));
    program.type('q');
    await program.waitFor((screen) => !screen.includes('line 4\n'));
  });

  test.skipIf(!has('top'))('top draws and goes', async () => {
    const program = launch({ cols: 120 });
    await program.waitFor(PROMPT);
    program.type('top\r');
    await program.waitFor('load average');
    await program.waitFor('PID');
    program.type('q');
    await program.waitFor(/^.*\$ *$/m);
  });
});

describe('keys', () => {
  test('Ctrl-C reaches what runs, and the program itself goes on', async () => {
    const program = launch();
    await program.waitFor(PROMPT);
    program.type(`${RUNS}\r`);
    await program.waitFor('it runs');
    program.press('Ctrl-C');
    await program.waitFor('^C');
    program.type('echo code $?\r');
    await program.waitFor('code 130');
  });

  test('Ctrl-Z, Ctrl-D and Alt reach it too', async () => {
    const program = launch();
    await program.waitFor(PROMPT);
    program.type(`${RUNS}\r`);
    await program.waitFor('it runs');
    program.press('Ctrl-Z');
    await program.waitFor('Stopped');
    program.type('kill %1; echo one two');
    await program.waitFor('one two');
    program.press('Alt-b', 'Alt-u', 'Enter');
    await program.waitFor(/^.*one TWO$/m);
    program.type('cat\r');
    program.press('Ctrl-D');
    program.type('echo end\r');
    await program.waitFor(/^.*end$/m);
  });

  test('every byte arrives as it was typed', async () => {
    const program = launch({ inner: 'stty raw -echo; echo ready; exec cat -v' });
    await program.waitFor('ready');
    program.type('\x01\x02\x1b[1;5Ax\x1bOP\x7f é');
    await program.waitFor('^A^B^[[1;5Ax^[OP^? M-CM-)');
  });
});

describe('the size', () => {
  test('reaches the inner program, from the start and with each change', async () => {
    const program = launch();
    await program.waitFor(PROMPT);
    program.type('stty size\r');
    await program.waitFor(`${PANE.rows} ${PANE.cols}`);
    program.resize(120, 40);
    await program.waitFor((screen) => screen.split('\n').length === 40 && program.row(39) === '39');
    program.type('clear; stty size\r');
    await program.waitFor('38 89');
  });
});

describe('a flood of output', () => {
  test('10 MB leave the keys alive and end in the right picture', async () => {
    const file = join(folder, 'flood.txt');
    writeFileSync(file, `${'x'.repeat(99)}\n`.repeat(100_000));
    const program = launch();
    await program.waitFor(PROMPT);
    program.type(`cat ${file}; echo the-end\r`);
    program.type('echo typed meanwhile\r');
    await program.waitFor('the-end', 60_000);
    await program.waitFor(/^.*typed meanwhile$/m);
  });

  test('Ctrl-C stops an endless one, and no memory has grown', async () => {
    const program = launch();
    await program.waitFor(PROMPT);
    const memory = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${program.pid}/status`, 'utf8'))?.[1]) / 1024;
    const before = memory();
    program.type('yes\r');
    await program.waitFor(
      (screen) =>
        paneOf(screen)
          .split('\n')
          .filter((row) => row === 'y').length > 15,
    );
    program.press('Ctrl-C');
    await program.waitFor('^C');
    program.type('echo alive\r');
    await program.waitFor(/^.*alive$/m);
    expect(memory() - before).toBeLessThan(120);
  });

  test('a terminal that is slow does not stop the program, and gets the newest picture', async () => {
    const program = launch();
    await program.waitFor(PROMPT);
    const flag = join(folder, 'flag');
    program.pause();
    program.type(`for i in $(seq 1 200000); do echo "number $i"; done; touch ${flag}; echo o''ver\r`);
    await program.waitFor(() => spawnSync('test', ['-e', flag]).status === 0, 60_000);
    program.resume();
    await program.waitFor(/^.*over$/m);
    expect(paneOf(program.screen())).toContain('number 200000');
  });
});

describe('garbage', () => {
  test('does no harm to what stands around the pane, and the shell goes on', async () => {
    const program = launch();
    await program.waitFor(PROMPT);
    program.type('head -c 300000 /dev/urandom; printf "\\033c"; echo\r');
    await program.waitFor((screen) => /^1 *$/m.test(screen.slice(0, 200)) || /\$/.test(paneOf(screen)));
    program.type('\x15printf "\\033c"; echo still here\r');
    await program.waitFor('still here');
    expect(program.row(0)).toContain('pane program');
    expect(program.row(23)).toBe('23');
    expect(program.modes.alternateScreen).toBe(true);
  });

  test('no sequence of the inner program reaches the outer terminal as it was', async () => {
    const program = launch({
      inner: `printf '\\033]0;evil\\007\\033]52;c;aGVsbG8=\\007\\033[3J\\033[?1049l\\033[8;10;10t\\033]8;;http://x\\007y\\033P+q544e\\033\\\\\\033[5n\\033#8'; echo done; read x`,
    });
    await program.waitFor('done');
    for (const sequence of [']0;', ']52;', '[3J', '[8;10;10t', ']8;', 'P+q', '[5n', '#8'])
      expect(program.output).not.toContain(`\x1b${sequence}`);
    expect(program.modes.alternateScreen).toBe(true);
  });

  test('an OSC that never ends does not swallow the keyboard', async () => {
    const program = launch();
    await program.waitFor(PROMPT);
    program.type(`printf '\\033]0;'; head -c 3000000 /dev/zero | tr '\\0' x\r`);
    program.press('Ctrl-C');
    program.type('\rprintf "\\033\\\\\\033c"; echo back\r');
    await program.waitFor('back');
  });
});

describe('questions of inner programs', () => {
  const ask = (question: string) =>
    `stty raw -echo; printf '${question}'; dd bs=1 count=8 2>/dev/null | cat -v; printf '|'; sleep 100`;
  test.each([
    ['attributes', '\\033[c', '^[[?1;2c'],
    ['a mode (DECRQM)', '\\033[?2026$p', '^[[?2026'],
    ['the background colour', '\\033]11;?\\033\\\\', '^[]11;rgb'],
  ])('%s', async (_name, question, answer) => {
    const program = launch({ inner: ask(question) });
    await program.waitFor(answer);
  });
});

describe('the colours of the outer terminal', () => {
  const light = ['rgb:1111/2222/3333', 'rgb:ffff/ffff/dddd'] as const;
  const ask = `stty raw -echo; printf '\\033]10;?\\007\\033]11;?\\007'; exec cat -v`;

  test('are what inner programs are told, and no answer reaches them by the keyboard', async () => {
    const program = launch({ inner: `sleep 1; ${ask}`, colors: light, env: { PANE_ASK: '1' } });
    await program.waitFor('rgb:1111/2222/3333');
    await program.waitFor('rgb:ffff/ffff/dddd');
    program.type('typed');
    await program.waitFor('typed');
    const shown = paneOf(program.screen()).replaceAll('\n', '');
    expect(shown).toBe('^[]10;rgb:1111/2222/3333^[\\^[]11;rgb:ffff/ffff/dddd^[\\typed');
  });

  test('of one that tells none are light on dark, and keys are not held up by it', async () => {
    const program = launch({ inner: ask, env: { PANE_ASK: '1' } });
    await program.waitFor('rgb:0000/0000/0000');
    program.type('typed');
    await program.waitFor('typed');
  });
});

describe('looking back', () => {
  test('the wheel goes through what has scrolled away, and a key returns', async () => {
    const program = launch();
    await program.waitFor(PROMPT);
    program.type('seq 1 100\r');
    await program.waitFor(/\b99\n.* 100\n.*\$$/m);
    for (let i = 0; i < 10; i++) program.type(`\x1b[<64;${PANE.col + 5};5M`);
    await program.waitFor((screen) => !/^.* 100$/m.test(screen) && /\b60$/m.test(screen));
    expect(program.modes.cursorVisible).toBe(false);
    program.type('x');
    await program.waitFor(/\$ x$/m);
    expect(program.modes.cursorVisible).toBe(true);
  });
});

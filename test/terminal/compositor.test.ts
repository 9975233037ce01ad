/** Whatever ends the program, the outer terminal is given back. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { LaunchedProgram } from '../support/launch-program.ts';
import { PROMPT, paneProgram } from '../support/pane-fixture.ts';

const launch = paneProgram();

async function started(inner?: string): Promise<LaunchedProgram> {
  const program = launch(inner === undefined ? {} : { inner });
  await program.waitFor(inner === undefined ? PROMPT : 'ready');
  expect(program.modes).toMatchObject({ alternateScreen: true, bracketedPaste: true, autowrap: false });
  expect(program.modes.mouse).not.toBe('none');
  return program;
}

function expectRestored(program: LaunchedProgram): void {
  expect({ ...program.modes }).toEqual({
    alternateScreen: false,
    cursorVisible: true,
    cursorShape: 0,
    mouse: 'none',
    bracketedPaste: false,
    focusEvents: false,
    autowrap: true,
  });
  expect(program.output).not.toContain('\x1b[3J');
}

/** One letter of /proc: R running, S sleeping, T stopped. */
function processState(pid: number): string {
  return /^State:\s+(\w)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '';
}

describe('the outer terminal is given back', () => {
  test('after quitting', async () => {
    const program = await started();
    program.press('Ctrl-]', 'q');
    expect(await program.exit()).toEqual({ code: 0, signal: null });
    expectRestored(program);
  });

  test('after the inner shell has ended', async () => {
    const program = await started();
    program.type('exit\r');
    expect(await program.exit()).toEqual({ code: 0, signal: null });
    expectRestored(program);
  });

  test.each([
    ['SIGTERM', 15],
    ['SIGHUP', 1],
    ['SIGINT', 2],
  ] as const)('after %s, which still ends the program', async (name, number) => {
    const program = await started();
    program.signal(name);
    expect(await program.exit()).toEqual({ code: null, signal: number });
    expectRestored(program);
  });

  test('after an error that nobody caught, which can be read then', async () => {
    const program = await started();
    program.press('Ctrl-]', 'x');
    expect(await program.exit()).toEqual({ code: 1, signal: null });
    expectRestored(program);
    expect(program.screen()).toContain('thrown on purpose');
  });

  test('with every mode that the inner program had brought about', async () => {
    const program = await started(`printf '\\033[?1003h\\033[?1006h\\033[?1004h\\033[4 q\\033[?25lready'; sleep 100`);
    await program.waitFor(() => program.modes.mouse === 'any' && program.modes.focusEvents);
    program.signal('SIGTERM');
    await program.exit();
    expectRestored(program);
  });

  test('in the middle of a flood', async () => {
    const program = await started();
    program.type('yes\r');
    await program.waitFor(/^.*y$/m);
    program.signal('SIGTERM');
    expect(await program.exit()).toEqual({ code: null, signal: 15 });
    expectRestored(program);
  });

  test('while it is stopped, and taken again afterwards', async () => {
    const program = await started();
    program.type('echo before\r');
    await program.waitFor(/^.*before$/m);
    program.signal('SIGTSTP');
    await program.waitFor(() => processState(program.pid) === 'T');
    await program.waitFor(() => !program.modes.alternateScreen);
    expectRestored(program);
    program.signal('SIGCONT');
    await program.waitFor(/^.*before$/m);
    expect(program.modes).toMatchObject({ alternateScreen: true, mouse: 'press', bracketedPaste: true, autowrap: false });
    program.type('echo after\r');
    await program.waitFor(/^.*after$/m);
  });
});

describe('the picture', () => {
  test('is drawn again as a whole after a stop that nobody announced', async () => {
    const program = await started();
    program.signal('SIGSTOP');
    await program.waitFor(() => processState(program.pid) === 'T');
    program.resize(70, 20);
    program.signal('SIGCONT');
    await program.waitFor((screen) => screen.split('\n').length === 20 && PROMPT.test(screen) && screen.includes('pane program'));
  });

  test('has the inner cursor, its shape included', async () => {
    const program = await started(`printf 'ready\\033[5;7H\\033[6 q'; sleep 100`);
    await program.waitFor(() => program.modes.cursorShape === 6);
    expect(program.cursor()).toEqual({ col: 26, row: 5 });
    expect(program.modes.cursorVisible).toBe(true);
  });

  test('has colours and wide characters where the inner program put them', async () => {
    const program = await started(`printf '\\033[1;31mré\\033[0;48;5;33m端\\033[38;2;1;2;3mx\\033[0m ready'; sleep 100`);
    expect(program.cell(20, 1)).toMatchObject({ text: 'r', bold: true, foreground: 1, background: null });
    expect(program.cell(22, 1)).toMatchObject({ text: '端', bold: false, background: 33 });
    expect(program.cell(24, 1)).toMatchObject({ text: 'x', foreground: 0x010203, background: 33 });
    expect(program.cell(26, 1)).toMatchObject({ text: 'r', foreground: null, background: null });
  });
});

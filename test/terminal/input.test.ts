/** Where keys, pastes and the mouse go in a real program. */
import { describe, expect, test } from 'vitest';
import { PANE, PROMPT, paneProgram } from '../support/pane-fixture.ts';

const launch = paneProgram();
const listening = `stty raw -echo; printf 'ready:'; exec cat -v`;

describe('the prefix key', () => {
  test('moves the focus and does not reach the shell', async () => {
    const program = launch({ inner: listening });
    await program.waitFor('ready');
    program.press('Ctrl-]');
    await program.waitFor('program lesson');
    expect(program.modes.cursorVisible).toBe(false);
    program.type('jk');
    await program.waitFor('Ctrl-] j k');
    expect(program.row(PANE.row)).toMatch(/ready:$/);
  });

  test('pressed twice reaches it once', async () => {
    const program = launch({ inner: listening });
    await program.waitFor('ready');
    program.press('Ctrl-]', 'Ctrl-]');
    await program.waitFor('ready:^]');
    await program.waitFor('program pane');
  });

  test('inside of a paste is text', async () => {
    const program = launch({ inner: `printf '\\033[?2004h'; ${listening}` });
    await program.waitFor('ready');
    program.type('\x1b[200~one\x1dtwo\x1b[201~');
    await program.waitFor('ready:^[[200~one^]two^[[201~');
    expect(program.row(0)).toContain('pane program pane');
  });
});

describe('pastes', () => {
  test('are bracketed for a shell that asked, so that nothing runs by itself', async () => {
    const program = launch({ marks: true });
    await program.waitFor(PROMPT);
    program.type('\x1b[200~echo one\necho two\x1b[201~');
    await program.waitFor('echo two');
    expect(program.screen()).not.toMatch(/\bone$[\s\S]*\bone$/m);
    program.press('Enter');
    await program.waitFor(/^.*\d +two$/m);
  });
  test('are plain for one that did not', async () => {
    const program = launch({ inner: listening });
    await program.waitFor('ready');
    program.type('\x1b[200~one\x1b[201~');
    await program.waitFor(/ready:one$/m);
  });
});

describe('the mouse', () => {
  test('clicks reach an inner program that asked, in the pane’s own places', async () => {
    const program = launch({ inner: `printf '\\033[?1000h\\033[?1006h'; ${listening}` });
    await program.waitFor('ready');
    program.type(`\x1b[<0;${PANE.col + 3};${PANE.row + 5}M`);
    await program.waitFor('ready:^[[<0;3;5M');
    program.type('\x1b[<0;1;1M!');
    await program.waitFor('ready:^[[<0;3;5M!');
  });
  test('the outer terminal is asked for as much as the inner program wants', async () => {
    const program = launch({ inner: `printf '\\033[?1002h'; ${listening}` });
    await program.waitFor(() => program.modes.mouse === 'drag');
  });
});

describe('arrow keys', () => {
  test('take the form that the inner program asked for', async () => {
    const program = launch({ inner: `printf '\\033[?1h'; ${listening}` });
    await program.waitFor('ready');
    program.press('Up', 'Down');
    await program.waitFor('ready:^[OA^[OB');
  });
});

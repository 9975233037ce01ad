/** The tightest bundle does what the plain one does: a minifier has broken xterm before (xterm.js issue 5800). */
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { PROMPT, paneProgram } from '../support/pane-fixture.ts';

const launch = paneProgram({ minify: true });

test('DECRQM is answered', async () => {
  const program = launch({ inner: `stty raw -echo; printf '\\033[?2026$p\\033[?25$p'; exec cat -v` });
  await program.waitFor('^[[?2026;2$y^[[?25;1$y');
});

test.skipIf(spawnSync('sh', ['-c', 'command -v vim']).status !== 0)('vim opens, takes text and closes', async () => {
  const program = launch();
  await program.waitFor(PROMPT);
  program.type('vim -u NONE -i NONE\r');
  await program.waitFor('~');
  program.type('isome text');
  await program.waitFor('some text');
  program.press('Escape');
  program.type(':q!\r');
  await program.waitFor((screen) => !screen.includes('~'));
  expect(program.row(0)).toContain('pane program');
});

/**
 * A class with real parts: the class server, three learners who follow the tour in terminals on sandboxes of their own,
 * and the instructor's page in Chromium. The times that it takes until one side sees what happened on the other are
 * printed; the bounds are generous, since this machine does everything at once.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPage, startBrowser } from '../support/class/browser.ts';
import { type LaunchedProgram, launchProgram } from '../support/launch-program.ts';
import { lockstep } from '../support/test-state.ts';

/** What is promised is a second; a machine that is busy with other tests gets more. */
const BOUND = 10_000;
const folders: string[] = [];
const programs: LaunchedProgram[] = [];
let browser: Browser;

/** Starts the program with a state folder of its own, as on a machine of its own. */
function start(args: readonly string[], cols = 120): LaunchedProgram {
  const state = mkdtempSync(join(tmpdir(), 'lockstep-class-'));
  folders.push(state);
  const program = launchProgram([...lockstep, ...args], { cols, rows: 40, env: { LOCKSTEP_STATE: state } });
  programs.push(program);
  return program;
}

beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(async () => {
  for (const program of programs) {
    program.signal('SIGTERM');
    await program.exit(20_000).catch(() => {});
    await program.kill();
  }
  await browser.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** The server's addresses, as it prints them. */
async function serve(): Promise<{ readonly join: string; readonly page: string }> {
  const server = start(['class', 'serve', '--lesson', 'tour', '--listen', '127.0.0.1:0', '--title', 'The first class'], 160);
  await server.waitFor('Ctrl-C stops the server', 30_000);
  const [, address, code] = /lockstep join (\S+)[\s\S]*?code (\S+)/.exec(server.output) ?? [];
  const [, page] = /(http\S+\/instructor#\S+)/.exec(server.output) ?? [];
  if (address === undefined || code === undefined || page === undefined) throw new Error(`no address in\n${server.output}`);
  return { join: `${address}/#${code}`, page };
}

/** A learner in the first section of the tour, with the keys in the lesson. */
async function learner(address: string, name: string): Promise<LaunchedProgram> {
  const program = start(['join', address, '--name', name]);
  await program.waitFor('ubuntu@bare:~$', 90_000);
  await program.waitFor('q quit', 20_000);
  await program.waitFor('● class', 20_000);
  while (!/━ 1 Run a block/.test(program.screen())) {
    program.press('Enter');
    await program.waitFor(/━ 1 Run a block/, 2_000).catch(() => {});
  }
  await program.waitFor('there is a directory ~/tour', 20_000);
  return program;
}

/** Types into the learner's shell and leaves the keys in the lesson. */
async function inShell(program: LaunchedProgram, command: string): Promise<void> {
  program.press('Ctrl-]');
  program.type(`${command}\r`);
  program.press('Ctrl-]');
  await program.waitFor('q quit', 10_000);
}

/** Looks as often as a person could notice: the waiting of playwright itself looks only twice a second after a while. */
async function shown(what: Locator): Promise<void> {
  const deadline = performance.now() + BOUND;
  while ((await what.count()) === 0 && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(await what.count()).toBe(1);
}

const row = (page: Page, name: string): Locator => page.locator('.body .row', { has: page.getByText(name, { exact: true }) });

test('the instructor sees within a second who works, who is stuck and who asks; a hint and the gate reach the learners', async () => {
  const times: string[] = [];
  /** How long after one side has something the other side has it. */
  const measure = async (what: string, begun: number, seen: Promise<unknown>): Promise<void> => {
    await seen;
    const ms = Math.round(performance.now() - begun);
    times.push(`${what}: ${ms} ms`);
    expect(ms, what).toBeLessThan(BOUND);
  };

  const addresses = await serve();
  const { page, complaints } = await openPage(browser);
  await page.goto(addresses.page);
  await page.getByText('Nobody has joined yet.').waitFor();
  const ada = await learner(addresses.join, 'Ada Works');
  const bob = await learner(addresses.join, 'Bob Is Stuck');
  const cleo = await learner(addresses.join, 'Cleo Asks');
  for (const name of ['Ada Works', 'Bob Is Stuck', 'Cleo Asks']) {
    await row(page, name).and(page.locator('[data-state=working]')).waitFor({ timeout: BOUND });
  }

  // The class is held before the second section: what comes next happens in the first one.
  await page.getByRole('columnheader', { name: /^Section 3, / }).click();
  await page.getByRole('button', { name: 'Hold the class before it' }).click();
  await page.locator('.gate', { hasText: 'Held before 3' }).waitFor();

  // One works: her section is done.
  ada.press('Enter');
  await ada.waitFor('The class waits for the instructor before section 2', 30_000);
  await measure('a section done, on the page', performance.now(), shown(cell(page, 'Ada Works', 'done')));
  ada.press('Enter');
  await ada.waitFor('You go on to section 2 as soon as the instructor lets the class.', 10_000);

  // One is stuck on a check that has a name.
  await inShell(bob, 'mkdir -p ~/tour; : > ~/tour/where');
  await bob.waitFor(/✗ ~\/tour\/where says which machine this is/, 30_000);
  const stuck = page.locator('[data-status=open][aria-label*="~/tour/where says which machine this is: not yet: too small"]');
  await measure('a check that fails, on the page', performance.now(), shown(row(page, 'Bob Is Stuck').locator(stuck)));

  // One asks.
  cleo.press('u');
  await cleo.waitFor('Raise your hand');
  cleo.type('what is <b>chown</b>?');
  cleo.press('Enter');
  const asked = page.locator('.hand-card', { hasText: 'Cleo Asks' }).getByText('what is <b>chown</b>?');
  await measure('a raised hand, on the page', performance.now(), shown(asked));

  // The hint for that check is sent to the one who is stuck.
  await row(page, 'Bob Is Stuck').locator('[data-status=open]').click();
  const sent = performance.now();
  await page.getByRole('button', { name: 'Send the hint' }).click();
  await measure('a hint, in the learner’s lesson', sent, bob.waitFor('A hint from the instructor'));
  expect(bob.screen()).toContain('The directory has');

  // The hand is answered, and goes down on both sides.
  await page.locator('.hand-card').getByRole('button', { name: 'Answer' }).click();
  await page.getByLabel('What to say').fill('It changes the owner of a file.');
  const answered = performance.now();
  await page.keyboard.press('Control+Enter');
  await measure('an answer, in the learner’s lesson', answered, cleo.waitFor('It changes the owner of a file.'));
  await page.getByText('No hand is up.').waitFor({ timeout: BOUND });

  // The class is released: who waited goes on.
  const released = performance.now();
  await page.locator('.gate').getByRole('button', { name: 'Release' }).click();
  await measure('the gate released, in the learner’s lesson', released, ada.waitFor(/━ 2 Type it yourself/, BOUND));
  await measure('the next section open, on the page', performance.now(), shown(cell(page, 'Ada Works', 'open', 3)));

  expect(complaints).toEqual([]);
  console.log(`A class with real parts. From one side to the other:\n  ${times.join('\n  ')}`);
}, 300_000);

/** A square of a learner, once it stands like this. */
function cell(page: Page, name: string, status: string, section = 2): Locator {
  return row(page, name).locator(`[data-status=${status}][aria-label^="Section ${section},"]`);
}

/** `lockstep class watch` as the built program, over a class server that the test writes the lines of. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { cohort } from '../support/class/class-cohort.ts';
import { SECRET, startScriptedClass } from '../support/class/scripted-class.ts';
import { launchProgram } from '../support/launch-program.ts';
import { lockstep } from '../support/test-state.ts';

async function watching(secret: string) {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-watch-'));
  writeFileSync(join(folder, 'secret'), `${secret}\n`);
  const server = await startScriptedClass(cohort({ seats: 24 }));
  const program = launchProgram(
    [...lockstep, 'class', 'watch', `${server.address}/instructor`, '--secret-file', join(folder, 'secret')],
    {
      cols: 110,
      rows: 30,
    },
  );
  onTestFinished(async () => {
    await program.kill();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return { server, program };
}

test('the class is shown live in the terminal, a hint is sent by keys, and the screen is given back', async () => {
  const { server, program } = await watching(SECRET);
  await program.waitFor('▸● Jonas Bianchi', 30_000);
  await program.waitFor('live');
  const { seat } = server.snapshot().seats.find(({ name }) => name === 'Sam García')!;
  server.changeSeat(seat, { hand: { at: server.snapshot().now, note: 'Which user is it?' }, need: 999 });
  await program.waitFor('2 hands');
  program.press('H');
  await program.waitFor('Send 5 learners the hint “You unpacked as root.');
  program.press('y');
  await program.waitFor('Sent to 5 learners.');
  expect(server.sent).toEqual([expect.objectContaining({ kind: 'hint', check: 'install-a-plugin.plugin-is-owned-by-galaxy' })]);
  program.press('q');
  expect(await program.exit(20_000)).toEqual({ code: 0, signal: null });
  expect(program.modes).toMatchObject({ alternateScreen: false, cursorVisible: true });
});

test('a wrong secret is told in the words of the server', async () => {
  const { program } = await watching('another one');
  expect(await program.exit(30_000)).toEqual({ code: 1, signal: null });
  expect(program.screen()).toContain('lockstep: This is not the secret of this class.');
});

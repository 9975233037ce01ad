/**
 * Programs in the pane that do their worst: random bytes, strings without an end, titles that want to be typed, a
 * terminal that dies. The outer terminal stays whole, and not one sequence of theirs reaches it. What was counted is
 * printed; `LOCKSTEP_FUZZ_SECONDS` makes the random bytes last longer.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { foreignSequences } from '../support/foreign-sequences.ts';
import type { LaunchedProgram } from '../support/launch-program.ts';
import { PROMPT, paneProgram } from '../support/pane-fixture.ts';

const launch = paneProgram();
const fuzzSeconds = Number(process.env['LOCKSTEP_FUZZ_SECONDS'] ?? 3);

function expectWhole(program: LaunchedProgram): void {
  expect(program.row(0)).toContain('pane program');
  expect(program.row(23)).toBe('23');
  expect(program.modes).toMatchObject({ alternateScreen: true, autowrap: false });
  expect(foreignSequences(program.output).foreign).toEqual([]);
}

function expectGivenBack(program: LaunchedProgram): void {
  expect(program.modes).toMatchObject({
    alternateScreen: false,
    cursorVisible: true,
    cursorShape: 0,
    mouse: 'none',
    bracketedPaste: false,
    focusEvents: false,
    autowrap: true,
  });
  expect(foreignSequences(program.output).foreign).toEqual([]);
}

test('random bytes for a while', { timeout: (fuzzSeconds + 60) * 1000 }, async () => {
  const inner = `timeout ${fuzzSeconds} cat /dev/urandom | tee ~/bytes; printf '\\033\\\\\\033c'; echo all; read x`;
  const program = launch({ inner });
  await program.waitFor(/\ball$/m, (fuzzSeconds + 50) * 1000);
  const { size } = statSync(join(program.home, 'bytes'));
  const { sequences } = foreignSequences(program.output);
  console.info(`random bytes: ${size} in ${fuzzSeconds} s, ${sequences} sequences written, none foreign`);
  expect(size).toBeGreaterThan(100_000);
  expectWhole(program);
  program.press('Enter');
  expect(await program.exit()).toMatchObject({ code: 0 });
  expectGivenBack(program);
});

describe('strings', () => {
  test('without an end, of every kind, grow nothing and end with the next thing that ends strings', async () => {
    const program = launch();
    await program.waitFor(PROMPT);
    const memory = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${program.pid}/status`, 'utf8'))?.[1]) / 1024;
    const before = memory();
    for (const [index, kind] of [']0;', 'P', '_', '^', 'X'].entries()) {
      program.type(`printf '\\033${kind}'; head -c 40000000 /dev/zero | tr '\\0' x; printf '\\033\\\\\\033cback${index}\\n'\r`);
      await program.waitFor(`back${index}`, 30_000);
    }
    const grown = memory() - before;
    console.info(`5 strings of 40 MB without an end: ${Math.round(grown)} MB more memory`);
    expect(grown).toBeLessThan(150);
    expectWhole(program);
  });

  test('a title is neither set nor ever typed', async () => {
    const program = launch({
      inner: `stty raw -echo; printf '\\033]0;touch evil\\015\\007\\033]2;touch evil\\007\\033]l\\033\\\\\\033[21t\\033[20t\\033[22t\\033[23t'; printf asked:; exec cat -v`,
    });
    await program.waitFor('asked:');
    program.type('typed');
    await program.waitFor('typed');
    expect(program.screen()).toMatch(/asked:typed$/m);
    expectWhole(program);
  });
});

test('200 changes of size within 5 seconds, while it prints, end in the right picture', { timeout: 40_000 }, async () => {
  const program = launch({ inner: `trap 'stty size' WINCH; echo start; while :; do echo printed; sleep 0.01; done` });
  await program.waitFor('start');
  const began = Date.now();
  for (let i = 0; i < 200; i++) {
    program.resize(60 + ((i * 37) % 100), 10 + ((i * 13) % 40));
    await new Promise((resolve) => setTimeout(resolve, began + i * 25 - Date.now()));
  }
  const took = Date.now() - began;
  program.resize(100, 30);
  await program.waitFor((screen) => {
    const rows = screen.split('\n');
    return rows.length === 30 && rows.slice(1).every((row, i) => row.startsWith(`${i + 1} `) || row === `${i + 1}`);
  });
  await program.waitFor('printed');
  console.info(`200 changes of size in ${took} ms, ${foreignSequences(program.output).sequences} sequences written`);
  expect(foreignSequences(program.output).foreign).toEqual([]);
});

test('1 MB pasted arrives whole', { timeout: 40_000 }, async () => {
  const text = Array.from({ length: 16_384 }, (_, i) => `${`line ${i}`.padEnd(63, '.')}\r`).join('');
  const program = launch({ inner: `stty raw -echo; echo ready; head -c ${text.length} | md5sum; read x` });
  await program.waitFor('ready');
  program.type(`\x1b[200~${text}\x1b[201~`);
  await program.waitFor(createHash('md5').update(text).digest('hex'), 30_000);
  console.info(`pasted: ${text.length} bytes`);
});

describe('a terminal that dies', () => {
  const mess = `printf '\\033[?1049h\\033[?1003h\\033[?1006h\\033[?1004h\\033[?2004h\\033[5 q\\033[?25l\\033[?2026h\\033]0;half'; echo gone`;

  test.each(['HUP', 'KILL', 'SEGV'])('by SIG%s, in the middle of a string, with every mode set', async (signal) => {
    const program = launch({ inner: `${mess}; kill -${signal} $$; sleep 60` });
    expect(await program.exit()).toMatchObject({ code: 0 });
    expectGivenBack(program);
  });

  test('together with everything that runs in it', async () => {
    const program = launch({ inner: `${mess}; cat /dev/urandom & yes` });
    await program.waitFor(() => childrenOf(program.pid).length > 0);
    for (const pid of childrenOf(program.pid)) process.kill(pid, 'SIGKILL');
    expect(await program.exit()).toMatchObject({ code: 0 });
    expectGivenBack(program);
  });
});

/** Processes whose parent this is. */
function childrenOf(pid: number): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return / \d+ \(.*\) \S (\d+)/s.exec(` ${readFileSync(join('/proc', name, 'stat'), 'latin1')}`)?.[1] === String(pid);
      } catch {
        return false;
      }
    })
    .map(Number);
}

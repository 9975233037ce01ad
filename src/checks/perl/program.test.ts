import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Fact } from '../kind.ts';
import { perlLooks } from './looks.ts';
import { perlScript, readPerl } from './program.ts';

const nonce = 'abc123';
const heavy = (script: string): Fact => ({ script, weight: 'heavy', maxBytes: 100 });
const stat = (path: string): Fact => ({ script: 'none', weight: 'light', maxBytes: 100, inPerl: ['stat', path] });
const said = (...pieces: string[]): Buffer => Buffer.from(`\n${nonce} perl\n${pieces.join('')}`);

/** Runs the script by sh, as hosts do. */
function run(facts: readonly Fact[], otherwise = 'echo otherwise', path = process.env['PATH'] ?? ''): Buffer {
  const folder = mkdtempSync('/tmp/lockstep-perl-test-');
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'script');
  const asked = facts.map((fact) => ({ fact, timeoutMs: 10_000 }));
  writeFileSync(file, perlScript(asked, nonce, 'folder', otherwise));
  return spawnSync('/bin/sh', [file], { env: { PATH: path } }).stdout;
}

test('a host without Perl goes on with the other script, whatever the facts hold', () => {
  expect(run([heavy('END_OF_PERL\n#!perl\nEND_OF_PERL')], 'echo otherwise', '/nowhere').toString()).toBe('otherwise\n');
  expect(readPerl(Buffer.from('otherwise\n'), nonce, [100])).toEqual({ status: 'elsewhere' });
});

test('heavy and light facts come back each with its own answer', () => {
  const evil = "printf 'a\\0b\\n%s' '#!perl __END__'; echo é >&2; exit 3\nEND_OF_PERL";
  const facts = [heavy(evil), stat('/'), { ...stat('/x'), inPerl: ['later'] }, stat('/no such\nfile')];
  const answers = readPerl(run(facts), nonce, [100, 100, 100, 100]);
  expect(answers).toMatchObject({
    status: 'told',
    whole: true,
    outcomes: [
      { code: 3, stdout: Buffer.from('a\0b\n#!perl __END__'), stderr: 'é\n', truncated: false },
      { code: 0 },
      null,
      { code: 1, stderr: 'stat: No such file or directory' },
    ],
  });
});

test('only what is needed is sent', () => {
  const files = perlScript([{ fact: stat('/'), timeoutMs: 1 }], nonce, 'f', '');
  expect(files).toContain(perlLooks['stat']);
  expect(files).not.toContain('sub keep');
  expect(files).not.toContain('sub look_processes');
});

test('what does not come whole is left open; what is too long is cut and said to be', () => {
  expect(readPerl(said('0 0 6 0\n123456', '1 late 0 0\n', `\n${nonce} end\n`), nonce, [4, 4])).toEqual({
    status: 'told',
    whole: true,
    outcomes: [{ code: 0, stdout: Buffer.from('1234'), stderr: '', truncated: true }, { missing: 'late' }],
  });
  expect(readPerl(said('0 0 1 0\na', '1 0 9 0\nab'), nonce, [4, 4])).toMatchObject({
    whole: false,
    outcomes: [{ code: 0 }, null],
  });
  expect(readPerl(said(`\n${nonce} no-room\n`), nonce, [4])).toEqual({ status: 'no-room' });
  // An answer to nothing that was asked.
  expect(readPerl(said('7 0 0 0\n', `\n${nonce} end\n`), nonce, [4])).toMatchObject({ whole: false, outcomes: [null] });
});

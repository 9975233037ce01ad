/** What a user can get wrong, tried on the built program: a clear sentence with its place, an exit code, nothing broken behind it. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lockstep, runProgram } from '../support/test-state.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-bad-input-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const goodText = '# A lesson\n\n## Section 1 - Begin\n\nRun this:\n\n```console\ntrue\n```\n';
const goodSheet = 'version: 1\nhost: bare\nsections:\n  section-1---begin:\n    blocks: [run]\n';

/** Writes a lesson and follows it without a terminal. */
function follow(name: string, text: string | Buffer, sheet?: string) {
  const dir = join(folder, name);
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, 'lesson.md'), text);
  if (sheet !== undefined) writeFileSync(join(dir, 'lesson.yaml'), sheet);
  return runProgram(['run', dir], { LOCKSTEP_STATE: join(folder, 'state') });
}

describe('a lesson that cannot be followed is refused with its place and what was meant', () => {
  test.each([
    [
      'a wrong section name',
      goodSheet.replace('section-1---begin', 'section-1--begin'),
      /lesson\.yaml:4:3: .*Did you mean `section-1---begin`\?/,
    ],
    ['a wrong type', goodSheet.replace('[run]', 'run'), /lesson\.yaml:5:13: Expected a list/],
    [
      'a wrong unit',
      `${goodSheet}    checks:\n      - file: /x\n        timeout: 3sec\n`,
      /lesson\.yaml:8:18: `3sec` is no duration\. Did you mean `3s`\?/,
    ],
    ['a tab', goodSheet.replace('    blocks', '\tblocks'), /lesson\.yaml:5:1: A tab/],
    ['an unknown host', goodSheet.replace('bare', 'barre'), /lesson\.yaml:2:7: There is no host `barre`\. Did you mean `bare`\?/],
  ])('%s', (name, sheet, message) => {
    const { code, out, err } = follow(name.replaceAll(' ', '-'), goodText, sheet);
    expect(err).toMatch(message);
    expect(code).toBe(1);
    expect(out).toBe('');
  });

  test.each([
    [
      'binary',
      Buffer.from([0x23, 0x20, 0x00, 0xff, 0xfe, 0x0a]),
      /lesson\.md:1:\d+: The file is (binary|not valid UTF-8|UTF-16)/,
    ],
    ['empty', '', /lesson\.md:1:1: The text is empty/],
  ])('a text that is %s', (name, text, message) => {
    const { code, err } = follow(name, text);
    expect(err).toMatch(message);
    expect(code).toBe(1);
  });

  test('no bug is blamed for any of it, and no host was made', () => {
    expect(existsSync(join(folder, 'state', 'sandbox'))).toBe(false);
  });
});

test('a text of one megabyte is followed like any other', () => {
  const { code, out } = follow(
    'large',
    `${goodText}\n${'Words that fill a page, and more of them.\n\n'.repeat(25_000)}`,
    goodSheet,
  );
  expect(out).toContain('Section 1 done.');
  expect(code).toBe(0);
});

test('a lesson, an option and a command that do not exist are named, with what does', () => {
  expect(runProgram(['run', 'no-such-lesson'])).toMatchObject({ code: 1, err: expect.stringContaining('uwsgi-zerg-mode') });
  expect(runProgram(['run', 'tour', '--atuo'])).toMatchObject({ code: 2, err: expect.stringContaining('--atuo') });
  expect(runProgram(['run', 'toru'])).toMatchObject({ code: 1, err: expect.stringContaining('Did you mean `tour`?') });
  expect(runProgram(['run', 'tour', '--host', 'dokcer'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('Did you mean `--host docker`?'),
  });
  expect(runProgram(['rnu', 'tour'])).toMatchObject({ code: 2, err: expect.stringContaining('lockstep run') });
  expect(runProgram(['docter'])).toMatchObject({ code: 2, err: expect.stringContaining('lockstep doctor') });
});

describe.skipIf(process.getuid?.() !== 0)('a host that cannot be made (needs root to arrange)', () => {
  /** Plays the zerg lesson with a state folder of its own, below a command that takes something away. */
  function playBelow(before: readonly string[], state: string) {
    const [file = '', ...args] = [...before, ...lockstep, 'run', 'uwsgi-zerg-mode', '--auto'];
    const { status, stdout, stderr } = spawnSync(file, args, {
      env: { ...process.env, LOCKSTEP_STATE: state },
      encoding: 'utf8',
      timeout: 300_000,
    });
    return { code: status, said: stdout + stderr };
  }

  test('without a network says so, and what to do', () => {
    const { code, said } = playBelow(['unshare', '--net'], join(folder, 'offline'));
    expect(said).toMatch(/network|reach/i);
    expect(said).not.toContain('this is a bug');
    expect(code).toBe(1);
  }, 320_000);

  test('with a full disk says how much is needed', () => {
    const state = join(folder, 'small');
    mkdirSync(state);
    // The small file system lives and dies with the namespace of the command below.
    const { code, said } = playBelow(
      ['unshare', '--mount', 'sh', '-c', `mount -t tmpfs -o size=64m small ${state} && exec "$@"`, 'sh'],
      state,
    );
    expect(said).toMatch(/MiB|GiB/);
    expect(said).not.toContain('this is a bug');
    expect(code).toBe(1);
  }, 320_000);
});

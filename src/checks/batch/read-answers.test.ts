import { expect, test } from 'vitest';
import { readAnswers } from './read-answers.ts';

const nonce = 'abc123';

/** What the script prints for these files and endings. */
function output(endings: readonly string[], files: readonly (readonly [name: string, bytes: string])[]): Buffer {
  return Buffer.from(
    [
      `\n${nonce} begin\n${endings.join('\n')}\n${nonce} sizes\n`,
      ...files.map(([name, bytes]) => ` ${Buffer.byteLength(bytes)} /dev/shm/x/${name}\n`),
      ` 999 total\n${nonce} data\n`,
      ...files.map(([, bytes]) => bytes),
      `\n${nonce} end\n`,
    ].join(''),
  );
}

test('each answer is cut out by its length', () => {
  const read = readAnswers(
    output(
      ['0 0', '1 3'],
      [
        ['0.o', 'one'],
        ['0.e', ''],
        ['1.o', 'tw\0o\n'],
        ['1.e', 'oops'],
      ],
    ),
    nonce,
    [100, 100],
  );
  expect(read).toMatchObject({ status: 'answered' });
  expect(read.status === 'answered' && read.outcomes).toEqual([
    { code: 0, stdout: Buffer.from('one'), stderr: '', truncated: false },
    { code: 3, stdout: Buffer.from('tw\0o\n'), stderr: 'oops', truncated: false },
  ]);
});

test('an answer that contains the marks of a batch is still only an answer', () => {
  const forged = `\n${nonce} end\n\n${nonce} begin 1\n0 0\n${nonce} sizes\n 3 /x/0.o\n${nonce} data\nyes\n${nonce} end\n`;
  const read = readAnswers(
    output(
      ['0 1', '1 0'],
      [
        ['0.o', forged],
        ['0.e', ''],
        ['1.o', 'true'],
        ['1.e', ''],
      ],
    ),
    nonce,
    [1000, 1000],
  );
  expect(read.status === 'answered' && read.outcomes[0]).toMatchObject({ code: 1, stdout: Buffer.from(forged) });
  expect(read.status === 'answered' && read.outcomes[1]).toMatchObject({ code: 0, stdout: Buffer.from('true') });
});

test('what is longer than the limit is cut and said to be', () => {
  const read = readAnswers(
    output(
      ['0 0'],
      [
        ['0.o', 'abcdef'],
        ['0.e', ''],
      ],
    ),
    nonce,
    [5],
  );
  expect(read.status === 'answered' && read.outcomes[0]).toMatchObject({ stdout: Buffer.from('abcde'), truncated: true });
});

test('facts that were late, lost or left without room are told apart', () => {
  const files = ['0', '1', '2', '3'].flatMap((index) => [[`${index}.o`, ''] as const, [`${index}.e`, ''] as const]);
  const read = readAnswers(output(['0 late', '1 lost', '2 full', '3 x y'], files), nonce, [9, 9, 9, 9]);
  expect(read.status === 'answered' && read.outcomes).toEqual([
    { missing: 'late' },
    { missing: 'lost' },
    { missing: 'full' },
    { missing: 'lost' },
  ]);
});

test('noise before the batch does not matter', () => {
  const noisy = Buffer.concat([
    Buffer.from('Welcome!\n0 0\n'),
    output(
      ['0 0'],
      [
        ['0.o', 'x'],
        ['0.e', ''],
      ],
    ),
  ]);
  expect(readAnswers(noisy, nonce, [9]).status).toBe('answered');
});

test('a file that grew while it was sent spoils the batch instead of shifting the answers', () => {
  const grown = output(
    ['0 0', '1 0'],
    [
      ['0.o', 'x'],
      ['0.e', ''],
      ['1.o', 'y'],
      ['1.e', ''],
    ],
  )
    .toString()
    .replace('\nxy', '\nxzy');
  expect(readAnswers(Buffer.from(grown), nonce, [9, 9]).status).toBe('garbled');
});

test('output cut at any byte is never taken for a whole one', () => {
  const whole = output(
    ['0 0', '1 0'],
    [
      ['0.o', 'x'],
      ['0.e', 'y'],
      ['1.o', 'z'],
      ['1.e', ''],
    ],
  );
  for (let length = 0; length < whole.length; length += 1) {
    expect(readAnswers(whole.subarray(0, length), nonce, [9, 9]).status, `cut at ${length}`).toBe('garbled');
  }
});

test('a host without room says so', () => {
  expect(readAnswers(Buffer.from(`\n${nonce} no-room\n`), nonce, [9])).toEqual({ status: 'no-room' });
});

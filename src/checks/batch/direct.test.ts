import { expect, test } from 'vitest';
import type { Fact } from '../kind.ts';
import { canBeDirect, directScript, readDirect } from './direct.ts';

const light: Fact = { script: 'echo a', weight: 'light', maxBytes: 100 };
const nonce = 'abc123';
const stdout = (...pieces: string[]): Buffer => Buffer.from(`\n${nonce} begin\n${pieces.join('')}`);
const end = (index: number, code = ''): string => `\n${nonce} answer ${index}${code === '' ? '' : ` ${code}`}\n`;

test('only light facts are asked directly', () => {
  expect(canBeDirect([light, light])).toBe(true);
  expect(canBeDirect([light, { ...light, weight: 'heavy' }])).toBe(false);
});

test('a folder is made only for facts that need the word in a file', () => {
  expect(directScript([light], nonce, 'x')).not.toContain('mkdir');
  expect(directScript([light, { ...light, framed: true }], nonce, 'x')).toContain('mkdir');
});

test('each answer is what stands before its word, on both streams', () => {
  const out = stdout('one', end(0, '0'), 'tw\0o\n', end(1, '3'));
  const err = stdout(end(0), 'oops', end(1));
  expect(readDirect(out, err, nonce, [100, 100])).toEqual([
    { code: 0, stdout: Buffer.from('one'), stderr: '', truncated: false },
    { code: 3, stdout: Buffer.from('tw\0o\n'), stderr: 'oops', truncated: false },
  ]);
});

test('what comes after a piece that is not whole is no answer', () => {
  const out = stdout('one', end(0, '0'), 'tw');
  expect(readDirect(out, stdout(end(0), end(1)), nonce, [100, 100, 100]).map((each) => each?.code)).toEqual([
    0,
    undefined,
    undefined,
  ]);
  expect(readDirect(Buffer.from('nothing'), Buffer.alloc(0), nonce, [100])).toEqual([null]);
  // Its errors were cut off: what it said there is not known.
  expect(readDirect(stdout('one', end(0, '0')), stdout(), nonce, [100])).toEqual([null]);
});

test('the tenth is not taken for the first', () => {
  const out = stdout(...Array.from({ length: 11 }, (_, index) => `${index}${end(index, '0')}`));
  const err = stdout(...Array.from({ length: 11 }, (_, index) => end(index)));
  const read = readDirect(out, err, nonce, Array(11).fill(9));
  expect(read.map((each) => each?.stdout.toString())).toEqual(Array.from({ length: 11 }, (_, index) => `${index}`));
});

test('what is longer than the limit is cut and said to be', () => {
  const [answer] = readDirect(stdout('12345', end(0, '0')), stdout(end(0)), nonce, [4]);
  expect(answer).toMatchObject({ truncated: true });
  expect(answer?.stdout.toString()).toBe('1234');
});

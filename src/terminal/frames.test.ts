import { expect, test } from 'vitest';
import { frame, frameReader } from './frames.ts';

/** What comes out when a stream is cut into pieces of this size. */
function readIn(stream: Buffer, size: number): string[] {
  const read: string[] = [];
  const push = frameReader((kind, content) => void read.push(`${kind}:${content.toString()}`));
  for (let at = 0; at < stream.length; at += size) push(stream.subarray(at, at + size));
  return read;
}

test.each([1, 2, 3, 5, 7, 1000])('frames come out whole and in order, in pieces of %i bytes', (size) => {
  const stream = Buffer.concat([frame('h', '0'), frame('o', ''), frame('o', 'é'.repeat(200)), frame('x', '7')]);
  expect(readIn(stream, size)).toEqual(['h:0', 'o:', `o:${'é'.repeat(200)}`, 'x:7']);
});

test('a frame that has not come whole is not told', () => {
  expect(readIn(Buffer.concat([frame('h', '1'), frame('o', 'abc').subarray(0, 7)]), 4)).toEqual(['h:1']);
});

import { expect, test } from 'vitest';
import { createTally } from './tally.ts';

function sliceOf(...lines: readonly string[]) {
  const tally = createTally(10_000);
  for (const line of lines) tally.add(line);
  return tally.take();
}

test('counts served requests and the slowest of them', () => {
  expect(sliceOf('r 200 12.4 ', 'r 404 40.6 curl 0', 'r 302 3 curl 0')).toEqual({
    served: 3,
    failed: 0,
    slowestMs: 41,
    failure: null,
  });
});

test.each([
  ['r 502 10 ', 'status 502'],
  ['r 500 10 curl 0', 'status 500'],
  ['r 0 10 the connection was refused', 'the connection was refused'],
  ['r 000 0001 curl 7', 'the connection was refused'],
  ['r 000 10000 curl 28', 'no whole answer within 10 s'],
  ['r 200 10 curl 18', 'the answer broke off'],
  ['r 000 5 curl 99', 'curl ended with 99'],
  ['r 0 5 ', 'no answer'],
])('%j is a failed request and says why', (line, failure) => {
  expect(sliceOf(line)).toMatchObject({ served: 0, failed: 1, failure });
});

test('tells the newest failure of a slice and starts the next one empty', () => {
  const tally = createTally(10_000);
  for (const line of ['r 502 1 ', 'r 503 1 ', 'r 200 1 ']) tally.add(line);
  expect(tally.take()).toMatchObject({ served: 1, failed: 2, failure: 'status 503' });
  expect(tally.take()).toEqual({ served: 0, failed: 0, slowestMs: 0, failure: null });
});

test('lines that are no requests are not counted', () => {
  expect(sliceOf('ready python3', '', 'Traceback (most recent call last):', 'r 200')).toMatchObject({ served: 0, failed: 0 });
});

test('a failure carries no control characters', () => {
  expect(sliceOf('r 0 1 \u001b]0;gotcha\u0007').failure).not.toMatch(/[\u0000-\u001f]/);
});

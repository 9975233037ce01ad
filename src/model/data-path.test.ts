import { expect, test } from 'vitest';
import { dataAt, readDataPath } from './data-path.ts';

test.each<[string, readonly (string | number)[] | null]>([
  ['a', ['a']],
  ['a.b', ['a', 'b']],
  ['.a', ['a']],
  ['$.a[0]', ['a', 0]],
  ['$', []],
  ['a[2][10].b', ['a', 2, 10, 'b']],
  ['["x.y"].z', ['x.y', 'z']],
  ['a["say \\"hi\\""]', ['a', 'say "hi"']],
  ['log-driver', ['log-driver']],
  ['', null],
  ['a..b', null],
  ['a[x]', null],
  ['a[0', null],
  ['a]', null],
  ['a[0]b', null],
])('%s', (path, steps) => {
  expect(readDataPath(path)).toEqual(steps);
});

test('what is at a path', () => {
  const data = { a: [{ b: null }, 'x'], length: 3 };
  const at = (path: string) => dataAt(data, readDataPath(path) ?? []);
  expect(at('a[0].b')).toBe(null);
  expect(at('a[1]')).toBe('x');
  expect(at('length')).toBe(3);
  expect(at('a.length')).toBeUndefined();
  expect(at('a[0].b.c')).toBeUndefined();
  expect(at('toString')).toBeUndefined();
  expect(at('$')).toBe(data);
});

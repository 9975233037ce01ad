import { describe, expect, test } from 'vitest';
import { folderOf, programFolder } from './paths.ts';

describe("a session's folder", () => {
  test.each(['tour', 'uwsgi-zerg-mode', 'uwsgi-zerg-mode--auto', 'A.b_c'])('%j is named as the session', (name) => {
    expect(folderOf(name)).toBe(name);
  });

  test.each(['', '..', '.hidden', '-x', 'a/b', 'ünlikely', 'a b', 'x'.repeat(64), '+prepare-x', 'a\0b'])(
    '%j gets a harmless name of its own',
    (name) => {
      expect(folderOf(name)).toMatch(/^s-[0-9a-f]{24}$/);
      expect(folderOf(name)).not.toBe(folderOf(`${name}x`));
    },
  );
});

test("the driver's programs are found from the source tree", () => {
  expect(programFolder()).toMatch(/\/src\/host\/sandbox\/$/);
});

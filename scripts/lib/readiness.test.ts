import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { BUILD_STAMP, buildReady, dependenciesReady, missingPackages, sourceFingerprint } from './readiness.mjs';

function tree(files: Readonly<Record<string, string>>): { root: string; write(path: string, text: string, time?: number): void } {
  const root = mkdtempSync(join(tmpdir(), 'lockstep-tree-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const write = (path: string, text: string, time = 1000): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    utimesSync(join(root, path), time, time);
  };
  for (const [path, text] of Object.entries(files)) write(path, text);
  return { root, write };
}

const sources = {
  'package-lock.json': '{}',
  'scripts/lib/bundle.mjs': '',
  'src/a.ts': 'a',
  'src/deep/b.tsx': 'b',
  'src/a.test.ts': 't',
};

test('npm packages are ready when npm finished installing after the lock was written', () => {
  const { root, write } = tree({ 'package-lock.json': '{}' });
  expect(dependenciesReady(root)).toBe(false);
  write('node_modules/.package-lock.json', '{}', 1000);
  expect(dependenciesReady(root)).toBe(true);
  write('package-lock.json', '{}', 2000);
  expect(dependenciesReady(root)).toBe(false);
});

test('an installation that broke off is not ready', () => {
  const { root } = tree({ 'package-lock.json': '{}', 'node_modules/ink/package.json': '{}' });
  expect(dependenciesReady(root)).toBe(false);
});

test('a build is ready until a source changes', () => {
  const { root, write } = tree(sources);
  expect(buildReady(root)).toBe(false);
  write(BUILD_STAMP, sourceFingerprint(root));
  expect(buildReady(root)).toBe(true);
  write('src/deep/b.tsx', 'c', 2000);
  expect(buildReady(root)).toBe(false);
});

test.each([
  ['written', (t: ReturnType<typeof tree>) => t.write('src/a.ts', 'x', 2000)],
  ['added', (t: ReturnType<typeof tree>) => t.write('src/deep/c.ts', 'x')],
  ['removed', (t: ReturnType<typeof tree>) => rmSync(join(t.root, 'src/a.ts'))],
  ['a new version of a library', (t: ReturnType<typeof tree>) => t.write('package-lock.json', '{"a":1}')],
  ['a helper beside the sources', (t: ReturnType<typeof tree>) => t.write('src/host/helper.py', 'x')],
])('the fingerprint notices a source that was %s', (_, change) => {
  const made = tree(sources);
  const before = sourceFingerprint(made.root);
  change(made);
  expect(sourceFingerprint(made.root)).not.toBe(before);
});

test('a changed test needs no new build', () => {
  const made = tree(sources);
  const before = sourceFingerprint(made.root);
  made.write('src/a.test.ts', 'other', 2000);
  expect(sourceFingerprint(made.root)).toBe(before);
});

test('a package is missing when its program is in no folder of the PATH', () => {
  const { root } = tree({ 'bin/there-for-sure': '' });
  const packages = [
    { name: 'one', program: 'there-for-sure', why: '' },
    { name: 'two', program: 'nowhere-to-be-found', why: '' },
  ];
  expect(missingPackages(packages, join(root, 'bin')).map(({ name }) => name)).toEqual(['two']);
});

test('programs of the system are found without sbin in the PATH', () => {
  expect(missingPackages([{ name: 'mount', program: 'losetup', why: '' }], '/nonexistent')).toEqual([]);
});

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface PackageJson {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const { dependencies, devDependencies } = JSON.parse(read('package.json')) as PackageJson;
const all = { ...dependencies, ...devDependencies };

test('every dependency has its reason in the decision about them, and nothing else stands there', () => {
  const rows = read('docs/decisions/0007-dependencies.md').match(/^\| `.*/gm) ?? [];
  const named = rows.flatMap((row) => [...row.split('|')[1]!.matchAll(/`([^`]+)`/g)].map((match) => match[1]!));
  expect(named.sort()).toEqual(Object.keys(all).sort());
});

test('every dependency is pinned to one version', () => {
  const loose = Object.entries(all).filter(([, version]) => !/^(npm:@[\w/-]+@)?\d+\.\d+\.\d+$/.test(version));
  expect(loose).toEqual([]);
});

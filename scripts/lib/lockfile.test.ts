import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface LockEntry {
  readonly version?: string;
  readonly resolved?: string;
  readonly hasInstallScript?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const lock = JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8')) as {
  readonly packages: Readonly<Record<string, LockEntry>>;
};
const entries = Object.entries(lock.packages);

/** As Node looks for a package: beside the asking one, then in each folder above it. */
function find(from: string, name: string): string | undefined {
  const parents = from.split('/node_modules/').map((_, index, parts) => parts.slice(0, index + 1).join('/node_modules/'));
  return [from, ...parents.reverse(), '']
    .map((parent) => (parent === '' ? `node_modules/${name}` : `${parent}/node_modules/${name}`))
    .find((path) => path in lock.packages);
}

test('the lock names every optional package, also those of other platforms, or npm ci refuses it', () => {
  const missing = entries.flatMap(([path, entry]) =>
    Object.keys(entry.optionalDependencies ?? {}).filter((name) => find(path, name) === undefined),
  );
  expect(missing).toEqual([]);
});

test('the lock records no address of a registry, so that any mirror will do', () => {
  expect(entries.filter(([, entry]) => entry.resolved !== undefined).map(([path]) => path)).toEqual([]);
});

test('only esbuild and fsevents have install scripts, and neither needs its own here', () => {
  const names = entries
    .filter(([, entry]) => entry.hasInstallScript === true)
    .map(([path]) => path.split('node_modules/').at(-1));
  expect(names.filter((name) => name !== 'esbuild' && name !== 'fsevents')).toEqual([]);
});

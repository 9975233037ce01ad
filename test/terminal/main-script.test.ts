/** The one script that every start reads holds no library that a first frame can do without, and does not grow unseen. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const dist = fileURLToPath(new URL('../../dist', import.meta.url));

/** Bytes. Whoever needs more looks first for what can lie beside the script (`scripts/lib/bundle.mjs`). */
const BUDGET = 1_000_000;

test('the main script holds no library but the small one that compares files', () => {
  const { sources } = JSON.parse(readFileSync(join(dist, 'lockstep.cjs.map'), 'utf8')) as { readonly sources: readonly string[] };
  const libraries = sources.flatMap((source) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(source)?.[1] ?? []);
  expect(sources.some((source) => source.endsWith('src/cli/main.ts'))).toBe(true);
  expect([...new Set(libraries)]).toEqual(['diff']);
});

test('the main script is within its budget', () => {
  expect(statSync(join(dist, 'lockstep.cjs')).size).toBeLessThan(BUDGET);
});

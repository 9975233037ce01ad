import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { keyTable, mouseTable } from '../../src/tui/keys.ts';
import { FOR_RUNNING, FOR_TESTING } from './debian-packages.mjs';
import { keysTable, mouseTableText, packagesTable, replaceTable } from './readme-tables.mjs';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

test('README shows the keys that there are; npm run docs writes them', () => {
  expect(readme).toBe(replaceTable(readme, 'keys', keysTable(keyTable())));
  expect(readme).toBe(replaceTable(readme, 'mouse', mouseTableText(mouseTable())));
});

test('README names every Debian package; npm run docs writes them', () => {
  expect(readme).toBe(replaceTable(readme, 'packages', packagesTable(FOR_RUNNING, FOR_TESTING)));
});

test('every key that is heard is shown', () => {
  const table = keysTable(keyTable());
  for (const { does } of keyTable()) expect(table).toContain(does);
});

test('a table replaces what stood between its two comments and nothing else', () => {
  expect(replaceTable('a\n<!-- t -->\nold\n<!-- /t -->\nb', 't', 'new')).toBe('a\n<!-- t -->\nnew\n<!-- /t -->\nb');
  expect(() => replaceTable('nothing', 't', 'new')).toThrow('no place for t');
});

test('every relative link and picture of README leads somewhere', async () => {
  const { existsSync } = await import('node:fs');
  const targets = [...readme.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map((match) => match[1]!);
  expect(targets.length).toBeGreaterThan(3);
  expect(targets.filter((target) => !existsSync(new URL(`../../${target}`, import.meta.url)))).toEqual([]);
});

/** `npm run docs`: writes the tables of README that are made from the code. A test says when this is due. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FOR_RUNNING, FOR_TESTING } from './lib/debian-packages.mjs';
import { prepareDependencies, ROOT } from './lib/prepare.mjs';
import { keysTable, packagesTable, replaceTable } from './lib/readme-tables.mjs';
import { runScript } from './lib/say.mjs';

await runScript(async () => {
  await prepareDependencies();
  const { loadTypeScript } = await import('./lib/load-typescript.mjs');
  const { keyTable } = await loadTypeScript('src/tui/keys.ts');
  const path = join(ROOT, 'README.md');
  const withKeys = replaceTable(readFileSync(path, 'utf8'), 'keys', keysTable(keyTable));
  writeFileSync(path, replaceTable(withKeys, 'packages', packagesTable(FOR_RUNNING, FOR_TESTING)));
});

/** `npm run docs`: writes what is made from the code: tables of README, the reference for authors. Tests say when it is due. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { authoringReference } from './lib/authoring-reference.mjs';
import { FOR_RUNNING, FOR_TESTING } from './lib/debian-packages.mjs';
import { prepareDependencies, ROOT } from './lib/prepare.mjs';
import { keysTable, mouseTableText, packagesTable, replaceTable } from './lib/readme-tables.mjs';
import { runScript } from './lib/say.mjs';

await runScript(async () => {
  await prepareDependencies();
  const { loadTypeScript } = await import('./lib/load-typescript.mjs');
  const { keyTable, mouseTable } = await loadTypeScript('src/tui/keys.ts');
  const path = join(ROOT, 'README.md');
  const withKeys = replaceTable(readFileSync(path, 'utf8'), 'keys', keysTable(keyTable()));
  const withMouse = replaceTable(withKeys, 'mouse', mouseTableText(mouseTable()));
  writeFileSync(path, replaceTable(withMouse, 'packages', packagesTable(FOR_RUNNING, FOR_TESTING)));
  const { lessonJsonSchema } = await loadTypeScript('src/lesson/sheet/lesson-shape.ts');
  const { courseJsonSchema } = await loadTypeScript('src/lesson/sheet/course-shape.ts');
  const { failReasons } = await loadTypeScript('src/checks/reasons.ts');
  const reference = authoringReference({ lesson: lessonJsonSchema(), course: courseJsonSchema(), reasons: failReasons });
  const page = join(ROOT, 'docs/authoring.md');
  writeFileSync(page, replaceTable(readFileSync(page, 'utf8'), 'reference', `\n${reference}\n`));
});

/** `npm run capture:class [NAME…]`: the pictures of the class's pages in docs/screens, made by Debian's Chromium. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepareBuild, prepareDependencies, preparePackages, ROOT } from './lib/prepare.mjs';
import { runScript, say } from './lib/say.mjs';

await runScript(async () => {
  await prepareDependencies();
  await preparePackages('test');
  await prepareBuild();
  const { loadTypeScript } = await import('./lib/load-typescript.mjs');
  const { takePictures } = await loadTypeScript('test/support/class/pictures.ts');
  const folder = join(ROOT, 'docs/screens');
  mkdirSync(folder, { recursive: true });
  await takePictures(process.argv.slice(2), (name, png) => {
    writeFileSync(join(folder, `${name}.png`), png);
    say(`  docs/screens/${name}.png, ${Math.round(png.length / 1024)} KiB`);
  });
});

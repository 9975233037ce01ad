/** `npm run build`: the program from its sources, whether or not they have changed. */
import { prepareDependencies, ROOT } from './lib/prepare.mjs';
import { runScript, step } from './lib/say.mjs';

await runScript(async () => {
  await prepareDependencies();
  const { bundle } = await import('./lib/bundle.mjs');
  await step('Building the program', () => bundle(ROOT));
});

/**
 * `npm test`: makes the tree ready, then runs every suite, whatever fails before it, and closes with one line of totals.
 * `node scripts/test.mjs SUITE [FILTER…]` runs one of them: check, unit, terminal, class, browser, host.
 */
import { prepareBuild, prepareDependencies, preparePackages, ROOT } from './lib/prepare.mjs';
import { runScript, ScriptError } from './lib/say.mjs';
import { failure, SUITES, sum } from './lib/suites.mjs';
import { closingLine, describeRun } from './lib/totals.mjs';

await runScript(async () => {
  const [name, ...filters] = process.argv.slice(2);
  if (name !== undefined && !Object.hasOwn(SUITES, name)) {
    throw new ScriptError(`There is no suite ${name}; there are ${Object.keys(SUITES).join(', ')}.`);
  }
  await prepareDependencies();
  const names = name === undefined ? Object.keys(SUITES) : [name];
  const results = await runSuites(names, filters);
  process.stdout.write(`${describeRun(results)}\n${closingLine(results)}\n`);
  const { passed, failed } = sum('all', results);
  return failed > 0 || passed === 0 ? 1 : 0;
});

async function runSuites(names, filters) {
  const results = [];
  const needsBuild = names.some((name) => SUITES[name].built);
  const packages = needsBuild ? await attempt('debian packages', () => preparePackages('test')) : null;
  const build = needsBuild ? await attempt('build', () => prepareBuild()) : null;
  results.push(...[packages, build].filter((result) => result !== null));
  const context = { root: ROOT, env: process.env, colours: process.stdout.isTTY === true, filters };
  for (const name of names) {
    process.stdout.write(`\n── ${name} ${'─'.repeat(Math.max(4, 60 - name.length))}\n`);
    const begun = Date.now();
    // A build from before the change would be tested otherwise.
    const blocked = SUITES[name].built && build !== null;
    const result = blocked ? failure(name, name, 'not run: the program could not be built') : await SUITES[name].run(context);
    results.push({ ...result, seconds: (Date.now() - begun) / 1000 });
  }
  return results;
}

/** Does a step of the preparation; null when it worked, its failure as a result otherwise. */
async function attempt(name, work) {
  try {
    await work();
    return null;
  } catch (error) {
    if (!(error instanceof ScriptError)) throw error;
    process.stdout.write(`\n${error.message}\n`);
    return { ...failure(name, name, error.message.split('\n')[0]), seconds: 0 };
  }
}

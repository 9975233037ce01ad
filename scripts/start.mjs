/**
 * `npm start`: makes the tree ready where it is not, then becomes the program. The program runs in this very process,
 * so terminal, signals and exit code are its own. On a ready tree nothing but a look at file times comes before it.
 * Without a word after it, it is the lesson that all this began with.
 */
import { join } from 'node:path';
import { prepareBuild, prepareDependencies, preparePackages, ROOT, readyToRun } from './lib/prepare.mjs';
import { runScript, ScriptError, say } from './lib/say.mjs';

/** What a bare `npm start` runs; `npm start -- run` asks which lesson it is to be. */
const BARE = ['run', 'uwsgi-zerg-mode'];

/** Built before the packages are installed, so that what can run without them does. */
async function prepare() {
  say('Getting Lockstep ready. This is done once.');
  await prepareDependencies();
  await prepareBuild();
  try {
    await preparePackages('run');
  } catch (error) {
    if (!(error instanceof ScriptError)) throw error;
    throw new ScriptError(`${error.message}\nTo go on without the sandbox: node bin/lockstep.js --help`);
  }
}

if (!readyToRun()) await runScript(prepare);
if (!process.exitCode) {
  process.argv[1] = join(ROOT, 'bin/lockstep.js');
  if (process.argv.length === 2) process.argv.push(...BARE);
  await import('../bin/lockstep.js');
}

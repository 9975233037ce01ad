/** Installs the npm packages that package-lock.json names. Imports Node's own modules alone: nothing else is there yet. */
import { spawn } from 'node:child_process';
import { dependenciesReady } from './readiness.mjs';
import { ScriptError, step } from './say.mjs';

/** What npm's output says and what it means; the first that matches is told. */
const CAUSES = [
  [
    /ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET|ENETUNREACH/,
    'The npm registry cannot be reached: is there a network?',
  ],
  [
    /SELF_SIGNED_CERT|UNABLE_TO_(?:GET|VERIFY)|CERT_/,
    "The registry's certificate is not trusted here; behind a proxy with one of its own, set NODE_EXTRA_CA_CERTS.",
  ],
  [/ENOSPC/, 'The disk is full.'],
  [/EACCES|EPERM|EROFS/, 'The project folder cannot be written to by this user.'],
  [/EUSAGE|can only install packages when/, 'package.json and package-lock.json disagree: run `npm install` and commit both.'],
  [/EBADENGINE/, 'This Node is too old for one of the packages.'],
];

/** npm's own pauses between tries make a missing network look like a minute of work. */
const RETRIES = ['--fetch-retries=3', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=5000'];

/**
 * Runs `npm ci` unless everything is there already.
 * No package needs an install script, so none is allowed one; development packages are wanted even where
 * NODE_ENV=production would leave them out, because the program is built here.
 * @param root the project's folder.
 */
export async function ensureDependencies(root) {
  if (dependenciesReady(root)) return;
  await step('Installing the npm packages', async () => {
    const { code, output } = await npm(root, [
      'ci',
      ...RETRIES,
      '--include=dev',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
    ]);
    if (code !== 0) throw new ScriptError(explainFailure(code, output));
  });
}

/**
 * What to tell when `npm ci` has failed.
 * @param code its exit code.
 * @param output everything it printed.
 */
export function explainFailure(code, output) {
  const cause = CAUSES.find(([pattern]) => pattern.test(output))?.[1] ?? `npm ended with exit code ${code}.`;
  const tail = output.trimEnd().split('\n').slice(0, 12).join('\n');
  return `The npm packages could not be installed. ${cause}\nTo see it alone: npm ci\n\n${tail}`;
}

function npm(root, args) {
  // Under `npm start` this is the npm that is running; another one may be first on the PATH.
  const cli = process.env.npm_execpath;
  const [file, first] = cli?.endsWith('npm-cli.js') ? [process.execPath, [cli]] : ['npm', []];
  return new Promise((resolve) => {
    const child = spawn(file, [...first, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (chunk) => {
      output = (output + chunk).slice(-20_000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => resolve({ code: 127, output: `npm could not be started: ${error.message}` }));
    child.on('close', (code, signal) => resolve({ code: code ?? signal, output }));
  });
}

/** Makes a tree ready, step by step, doing only what is still to do. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeTooOld } from '../../bin/node-version.js';
import { FOR_RUNNING, FOR_TESTING } from './debian-packages.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { buildReady, dependenciesReady, missingPackages } from './readiness.mjs';
import { ScriptError, step } from './say.mjs';

/** The project's folder. */
export const ROOT = join(fileURLToPath(import.meta.url), '../../..');

/**
 * True when nothing is to be done before the program can run.
 * @param root the project's folder.
 */
export function readyToRun(root = ROOT) {
  return dependenciesReady(root) && buildReady(root) && missingPackages(FOR_RUNNING).length === 0;
}

/**
 * Makes the npm packages ready; all other steps need them.
 * @param root the project's folder.
 */
export async function prepareDependencies(root = ROOT) {
  const tooOld = nodeTooOld(process.versions.node);
  if (tooOld) throw new ScriptError(tooOld);
  await ensureDependencies(root);
}

/**
 * Builds the program unless the last build is of the same sources.
 * @param root the project's folder.
 */
export async function prepareBuild(root = ROOT) {
  if (buildReady(root)) return;
  const { bundle } = await import('./bundle.mjs');
  await step('Building the program', () => bundle(root));
}

/**
 * Installs missing Debian packages.
 * @param purpose `run`: those to run lessons; `test`: those for the tests and benchmarks as well.
 */
export async function preparePackages(purpose) {
  const packages = purpose === 'test' ? [...FOR_RUNNING, ...FOR_TESTING] : FOR_RUNNING;
  if (missingPackages(packages).length === 0) return;
  const { ensurePackages } = await import('./packages.mjs');
  await ensurePackages(packages);
}

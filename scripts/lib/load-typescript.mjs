/**
 * Loads a TypeScript file of the project into a script: Node 20 does not read TypeScript by itself. Libraries are left
 * to Node, so that they are the same ones the tests use.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { ROOT } from './prepare.mjs';

/**
 * The exports of a TypeScript module and of all it imports from the project.
 * @param path the module, relative to the project's folder.
 * @returns its exports.
 */
export async function loadTypeScript(path) {
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: [path],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  // Beside the sources' node_modules, where Node looks for the libraries.
  const file = join(ROOT, 'node_modules', `.lockstep-${basename(path, '.ts')}-${process.pid}.mjs`);
  writeFileSync(file, outputFiles[0].text);
  try {
    return await import(pathToFileURL(file).href);
  } finally {
    rmSync(file);
  }
}

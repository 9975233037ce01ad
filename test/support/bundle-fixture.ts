/** Bundles a fixture program as the product is bundled, so that tests drive what users run. */
import { mkdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/**
 * Bundles one TypeScript file with everything it imports, node-pty left outside.
 * @param source path from the repository's root.
 * @param options `minify`: as tight as esbuild makes it.
 * @returns absolute path of a file for `node`.
 */
export async function bundleFixture(source: string, options: { readonly minify?: boolean } = {}): Promise<string> {
  // Below node_modules, so that node-pty is found from there and git does not see it.
  const folder = join(root, 'node_modules', '.lockstep-fixtures');
  mkdirSync(folder, { recursive: true });
  const outfile = join(folder, `${basename(source, '.ts')}-${process.pid}${options.minify ? '.min' : ''}.mjs`);
  await build({
    absWorkingDir: root,
    entryPoints: [source],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'es2022',
    external: ['node-pty'],
    minify: options.minify ?? false,
    logLevel: 'warning',
    // What is CommonJS inside of the bundle asks for Node's own modules that way.
    banner: {
      js: "import { createRequire as lockstepRequire } from 'node:module'; const require = lockstepRequire(import.meta.url);",
    },
  });
  return outfile;
}

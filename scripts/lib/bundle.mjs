/**
 * Builds the program: `src/cli/main.ts` becomes `dist/lockstep.js` with one more file for each part that is loaded only
 * when it is needed (Ink and React, the readers of a lesson, …). All files lie side by side, so that
 * `new URL('./sandbox/…', import.meta.url)` means the same in each of them.
 */
import { copyFileSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { BUILD_STAMP, sourceFingerprint } from './readiness.mjs';
import { ScriptError } from './say.mjs';

/** Some of the libraries are CommonJS and call `require` for Node's own modules. */
const REQUIRE = "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);";

/**
 * A library of one function that takes long to load (it compiles large tables) and is rarely called in the first frame.
 * It becomes a file of its own that is read when the function is called first.
 */
const LATE = 'string-width';

/**
 * Bundles into `dist`. The old build stays in place until the new one is whole.
 * @param root the project's folder.
 * @param entry the program's first file, relative to it.
 * @throws ScriptError with esbuild's messages when the sources do not build.
 */
export async function bundle(root, entry = 'src/cli/main.ts') {
  // Taken first: a file that changes during the build must count as newer than it.
  const fingerprint = sourceFingerprint(root);
  const files = [...(await compile(root, entry)), ...(await compileLate(root))];
  const next = join(root, 'node_modules', `.lockstep-build-${process.pid}`);
  rmSync(next, { recursive: true, force: true });
  mkdirSync(join(next, 'sandbox'), { recursive: true });
  for (const file of files) writeFileSync(join(next, basename(file.path)), file.contents);
  copyHelpers(join(root, 'src/host/sandbox'), join(next, 'sandbox'));
  writeFileSync(join(next, basename(BUILD_STAMP)), fingerprint);
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  renameSync(next, join(root, 'dist'));
}

async function compile(root, entry) {
  try {
    const { outputFiles } = await build({
      absWorkingDir: root,
      entryPoints: { lockstep: entry },
      outdir: 'dist',
      bundle: true,
      splitting: true,
      chunkNames: '[name]-[hash]',
      write: false,
      format: 'esm',
      platform: 'node',
      // Older targets miscompile the terminal emulator's answer to DECRQM when minified.
      target: 'es2022',
      minifySyntax: true,
      minifyWhitespace: true,
      // Its binary lies beside its own files; Ink's developer tools are never loaded.
      external: ['node-pty', 'react-devtools-core'],
      plugins: [loadedAtFirstCall(LATE)],
      define: { 'process.env.NODE_ENV': '"production"' },
      banner: { js: REQUIRE },
      sourcemap: true,
      jsx: 'automatic',
      logLevel: 'silent',
    });
    return outputFiles;
  } catch (error) {
    if (!error.errors) throw error;
    throw new ScriptError(`The program could not be built.\n${error.errors.map(describe).join('\n')}`);
  }
}

/** Puts a function in a library's place that loads the real one with its first call. */
function loadedAtFirstCall(library) {
  const real = `./${library}.cjs`;
  return {
    name: 'loaded-at-first-call',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: new RegExp(`^${library}$`) }, () => ({ path: library, namespace: 'late' }));
      onResolve({ filter: new RegExp(`^${real.replaceAll('.', '\\.')}$`) }, () => ({ path: real, external: true }));
      onLoad({ filter: /./, namespace: 'late' }, () => ({
        contents: `let real; export default (...args) => (real ??= require('${real}').default)(...args);`,
      }));
    },
  };
}

async function compileLate(root) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [LATE],
    outfile: `dist/${LATE}.cjs`,
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'node',
    target: 'es2024',
    minifySyntax: true,
    minifyWhitespace: true,
    logLevel: 'silent',
  });
  return outputFiles;
}

function describe({ text, location }) {
  return location ? `${location.file}:${location.line}:${location.column + 1}: ${text}` : text;
}

/** The helpers that run on the machine's side are programs of their own, not part of the bundle. */
function copyHelpers(from, to) {
  for (const name of readdirSync(from)) {
    if (name.endsWith('.py')) copyFileSync(join(from, name), join(to, name));
  }
}

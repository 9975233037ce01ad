/**
 * Builds the program. `src/cli/main.ts` becomes `dist/lockstep.cjs`, one file: the door keeps its compiled code, which
 * only works for a script, and one file is found and read sooner than many. What is loaded after the first frame and
 * is too large or too modern for that (Ink, React) becomes a module of its own beside it.
 */
import { copyFileSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { build } from 'esbuild';
import { BUILD_STAMP, sourceFingerprint } from './readiness.mjs';
import { ScriptError } from './say.mjs';

/** The function that the door calls, what `import.meta.url` means in the one file, and how it loads what lies beside it: scripts with kept code cannot import. */
const SCRIPT = [
  '(function (exports, require, module, __filename, __dirname) {',
  "const moduleAddress = require('node:url').pathToFileURL(__filename).href, { loadBeside } = module;",
].join('');

/** Some of Ink's libraries are CommonJS and call `require` for Node's own modules. */
const REQUIRE = "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);";

/** Loaded once the first frame stands. */
const INK = 'src/tui/chrome/ink-chrome.tsx';

/** The words of another language than English, loaded where it was chosen. */
const SPANISH = 'src/words/es/load-spanish.ts';

/** The words of help, doctor, verify and replay in every language: no first frame needs them. */
const COMMAND_WORDS = 'src/words/load-command-words.ts';

/** What is known of other people's scenarios, loaded where one is read or written. */
const KILLERCODA = 'src/lesson/killercoda/load-killercoda.ts';

/** Loaded where a class is served or exported, or a record checked. */
const CLASS = 'src/classroom/server/loaded-late.ts';

/** An instructor's screen, which has Ink for itself. */
const WATCH = 'src/tui/class-watch/watch-class.tsx';

/**
 * A library of one function that takes long to load (it compiles large tables) and is rarely called in the first frame.
 * It becomes a file of its own that is read when the function is called first.
 */
const LATE = 'string-width';

/** The class's pages: scripts and styles for a browser, and the documents that load them. */
const PAGES = 'src/classroom/dashboard';

/**
 * Libraries that no first frame needs on a second start. Each is a file of its own, loaded where it is needed: what is in
 * the one script is read at every start.
 */
const BESIDE = ['@xterm/headless', '@xterm/addon-unicode11', 'marked', 'yaml', 'zod'];

/**
 * Bundles into `dist`. The old build stays in place until the new one is whole.
 * @param root the project's folder.
 * @param entry the program's first file, relative to it.
 * @throws ScriptError with esbuild's messages when the sources do not build.
 */
export async function bundle(root, entry = 'src/cli/main.ts') {
  // Taken first: a file that changes during the build must count as newer than it.
  const fingerprint = sourceFingerprint(root);
  const libraries = [LATE, ...BESIDE].map((library) => compileLibrary(root, library));
  const compiled = [
    compileProgram(root, entry),
    compileInk(root, INK, 'ink-chrome.js', WITHOUT_FETCH),
    compileInk(root, WATCH, 'class-watch.js'),
    compileBeside(root, SPANISH, 'spanish.cjs'),
    compileBeside(root, COMMAND_WORDS, 'command-words.cjs'),
    compileBeside(root, KILLERCODA, 'killercoda.cjs'),
    compileClass(root),
    compilePages(root),
    ...libraries,
  ];
  const files = (await Promise.all(compiled)).flat();
  const next = join(root, 'node_modules', `.lockstep-build-${process.pid}`);
  rmSync(next, { recursive: true, force: true });
  mkdirSync(join(next, 'sandbox'), { recursive: true });
  mkdirSync(join(next, 'dashboard'));
  for (const file of files) writeFileSync(join(next, relative(join(root, 'dist'), file.path)), file.contents);
  copyPages(join(root, PAGES), join(next, 'dashboard'));
  copyHelpers(join(root, 'src/host/sandbox'), join(next, 'sandbox'));
  writeFileSync(join(next, basename(BUILD_STAMP)), fingerprint);
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  renameSync(next, join(root, 'dist'));
}

/** What all outputs have in common. */
const COMMON = {
  bundle: true,
  write: false,
  platform: 'node',
  // Older targets miscompile the terminal emulator's answer to DECRQM when minified.
  target: 'es2022',
  minifySyntax: true,
  minifyWhitespace: true,
  define: { 'process.env.NODE_ENV': '"production"' },
  jsx: 'automatic',
  logLevel: 'silent',
};

function compileProgram(root, entry) {
  return compile({
    ...COMMON,
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: 'dist/lockstep.cjs',
    format: 'cjs',
    // Its binary lies beside its own files.
    external: ['node-pty'],
    plugins: [
      builtinsAtFirstUse,
      leftBeside,
      loadedAtFirstCall(LATE),
      loadedBeside(/\/ink-chrome\.tsx$/, 'ink-chrome.js', 'createInkChrome'),
      loadedBeside(/\/watch-class\.tsx$/, 'class-watch.js', 'watchClass'),
      requiredBeside(/\/load-spanish\.ts$/, 'spanish.cjs', 'loadSpanish'),
      requiredBeside(/\/load-command-words\.ts$/, 'command-words.cjs', 'loadCommandWords'),
      requiredBeside(/\/load-killercoda\.ts$/, 'killercoda.cjs', 'loadKillercoda'),
      loadedBeside(/\/loaded-late\.ts$/, 'class-server.js', 'loadClassModule'),
      toldToTheDoor,
    ],
    define: { ...COMMON.define, 'import.meta.url': 'moduleAddress' },
    banner: { js: SCRIPT },
    footer: { js: '})' },
    sourcemap: true,
  }).then((files) => files.map(asciiOnly));
}

/** The door reads the script byte by byte. The bundler escapes strings; what is left are regular expressions and comments. */
function asciiOnly(file) {
  if (!file.path.endsWith('.cjs')) return file;
  const text = file.text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return { path: file.path, contents: text };
}

/** The door is told of the first frame. */
const toldToTheDoor = {
  name: 'told-to-the-door',
  setup({ onLoad }) {
    onLoad({ filter: /\/cli\/first-frame\.ts$/ }, () => ({
      contents: 'export const firstFrameStands = () => module.firstFrame();',
    }));
  },
};

/** Ink's layout engine lies within its script; asking for it by `fetch` loads an HTTP client first, while keys wait. */
const WITHOUT_FETCH = { fetch: 'undefined' };

function compileInk(root, entry, name, define = {}) {
  return compile({
    ...COMMON,
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: `dist/${name}`,
    format: 'esm',
    plugins: [loadedAtFirstCall(LATE), leftOut('react-devtools-core')],
    define: { ...COMMON.define, ...define },
    banner: { js: REQUIRE },
    sourcemap: true,
  });
}

function compileBeside(root, entry, name) {
  const options = { absWorkingDir: root, entryPoints: [entry], outfile: `dist/${name}`, plugins: [leftBeside] };
  return compile({ ...COMMON, ...options, format: 'cjs' });
}

function compileClass(root) {
  return compile({
    ...COMMON,
    absWorkingDir: root,
    entryPoints: [CLASS],
    outfile: 'dist/class-server.js',
    format: 'esm',
    // Its binary lies in a package of its own, which it finds by itself.
    external: ['libsql', 'pg-native'],
    banner: { js: REQUIRE },
    sourcemap: true,
  });
}

/** The file that a library becomes. */
function fileOf(library) {
  return `${library.replace('@', '').replace('/', '-')}.cjs`;
}

function compileLibrary(root, library) {
  return compile({
    ...COMMON,
    absWorkingDir: root,
    entryPoints: [library],
    outfile: `dist/${fileOf(library)}`,
    format: 'cjs',
    // The regular expressions of string-width use a flag that is newer than the rest.
    ...(library === LATE ? { target: 'es2024' } : {}),
  });
}

/** Nothing of Node is in them: what a page cannot have fails here. */
function compilePages(root) {
  return compile({
    ...COMMON,
    absWorkingDir: root,
    entryPoints: ['instructor.ts', 'projector.ts', 'join.ts', 'style/dashboard.css'].map((name) => `${PAGES}/${name}`),
    entryNames: '[name]',
    outdir: 'dist/dashboard',
    platform: 'browser',
    format: 'esm',
  });
}

async function compile(options) {
  try {
    return (await build(options)).outputFiles;
  } catch (error) {
    if (!error.errors) throw error;
    throw new ScriptError(`The program could not be built.\n${error.errors.map(describe).join('\n')}`);
  }
}

/** Puts nothing in the place of a library that Ink only loads for its own developers. */
function leftOut(library) {
  return {
    name: 'left-out',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: new RegExp(`^${library}$`) }, () => ({ path: library, namespace: 'left-out' }));
      onLoad({ filter: /./, namespace: 'left-out' }, () => ({ contents: 'export default {};' }));
    },
  };
}

/** Puts a function in a module's place that loads the file it was built into, and calls the real one. */
function loadedBeside(filter, file, name) {
  return {
    name: 'loaded-beside',
    setup({ onResolve, onLoad }) {
      onResolve({ filter }, () => ({ path: file, namespace: name }));
      onLoad({ filter: /./, namespace: name }, () => ({
        contents: `export const ${name} = async (...args) => (await loadBeside('${file}')).${name}(...args);`,
      }));
    },
  };
}

/** The same before a first frame: to import anything takes longer than to require a file of words. */
function requiredBeside(filter, file, name) {
  return {
    name: 'required-beside',
    setup({ onResolve, onLoad }) {
      onResolve({ filter }, () => ({ path: file, namespace: name }));
      onResolve({ filter: new RegExp(`^\\./${file.replaceAll('.', '\\.')}$`) }, ({ path }) => ({ path, external: true }));
      onLoad({ filter: /./, namespace: name }, () => ({
        contents: `export const ${name} = (...args) => require('./${file}').${name}(...args);`,
      }));
    },
  };
}

/**
 * Node's own modules that cost a start milliseconds and that the first frame can do without. Importing one from the
 * script gives getters; the module is loaded when the first of them is asked.
 */
const LATE_BUILTINS = ['child_process', 'crypto', 'fs/promises', 'net', 'timers/promises'];

/** Puts getters in the place of Node's own modules. */
const builtinsAtFirstUse = {
  name: 'builtins-at-first-use',
  setup({ onResolve, onLoad }) {
    const filter = new RegExp(`^node:(?:${LATE_BUILTINS.join('|')})$`);
    onResolve({ filter }, ({ path, namespace }) =>
      namespace === 'late-builtin' ? { path, external: true } : { path, namespace: 'late-builtin' },
    );
    onLoad({ filter: /./, namespace: 'late-builtin' }, async ({ path }) => ({
      contents: lateModule(
        path,
        Object.keys(await import(path)).filter((name) => name !== 'default'),
      ),
    }));
  },
};

function lateModule(path, names) {
  const getters = names.map((name) => `get ${name}() { return load().${name}; }`);
  return `let real; const load = () => (real ??= require('${path}')); module.exports = { ${getters.join(', ')} };`;
}

/** Leaves libraries outside, as files that lie beside the script. */
const leftBeside = {
  name: 'left-beside',
  setup({ onResolve }) {
    const names = BESIDE.map((library) => library.replaceAll('.', '\\.')).join('|');
    onResolve({ filter: new RegExp(`^(?:${names})$`) }, ({ path }) => ({ path: `./${fileOf(path)}`, external: true }));
  },
};

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

function copyPages(from, to) {
  for (const name of readdirSync(from)) {
    if (/\.(html|svg)$/.test(name)) copyFileSync(join(from, name), join(to, name));
  }
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

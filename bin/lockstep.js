#!/usr/bin/env node
/**
 * The program's door: refuses a Node that is too old and a tree that is not built, each with a sentence. It runs the
 * built program as a script with its compiled code beside it, since compiling took half of the time to the first frame.
 */
const { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync, renameSync, writeFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { dirname, join } = require('node:path');
const { pathToFileURL } = require('node:url');
const vm = require('node:vm');
const { nodeTooOld } = require('./node-version.js');

const program = join(dirname(__dirname), 'dist', 'lockstep.cjs');
const refusal =
  nodeTooOld(process.versions.node) ?? (existsSync(program) ? null : 'Lockstep is not built yet. In its folder, run: npm start');

/** When the code of a start without a first frame is kept, milliseconds: by then what it needed is compiled. */
const KEEP_AFTER = 1500;

/** A program that ends sooner than this has hardly compiled anything. Seconds. */
const WORTH_KEEPING = 0.25;

/** What a terminal is made of lies beside the program, and its compiled code beside it: the first shell waits for both. */
const TERMINAL = new Set(['./xterm-headless.cjs', './xterm-addon-unicode11.cjs']);

/** Bytes from which Node makes a string outside of V8's heap (EXTERN_APEX in its string_bytes.cc). */
const OUTSIDE_FROM = 0xfbee9;

if (refusal) {
  console.error(refusal);
  process.exitCode = 1;
} else {
  enter();
}

/**
 * Runs the program. Of the two kinds of kept code the one made at a first frame is better: it holds what the next first
 * frame needs and no more, and reading it costs as much as it is long.
 */
function enter() {
  const folder = dirname(program);
  const any = codeOf(program, '.code');
  const frame = codeOf(program, '.frame.code');
  const kept = [frame, any].find(existsSync);
  const cachedData = kept && readFileSync(kept);
  const script = new vm.Script(textOf(program), { filename: program, cachedData });
  const good = kept !== undefined && !script.cachedDataRejected;
  if (!good) keepOnce(script, any);
  const module = {
    exports: {},
    loadBeside: (file) => import(pathToFileURL(join(folder, file)).href),
    firstFrame() {
      if (!good || kept !== frame) keep(script, frame);
    },
  };
  script.runInThisContext().call(module.exports, module.exports, requireBeside(folder), module, program, folder);
}

/** Where a file's compiled code is kept. It fits one Node and one processor; another one's is refused by V8, and made anew. */
function codeOf(file, end) {
  return file.replace(/\.cjs$/, `.${process.version}-${process.arch}${end}`);
}

/** What `require` means in the program. */
function requireBeside(folder) {
  const plain = createRequire(program);
  const loaded = new Map();
  return (name) => {
    if (!TERMINAL.has(name)) return plain(name);
    if (!loaded.has(name)) loaded.set(name, loadKept(join(folder, name), plain));
    return loaded.get(name);
  };
}

/** Loads a CommonJS library with its compiled code. */
function loadKept(file, plain) {
  const kept = codeOf(file, '.code');
  const cachedData = existsSync(kept) ? readFileSync(kept) : undefined;
  const text = `(function (exports, require, module) {${readFileSync(file, 'utf8')}\n})`;
  const script = new vm.Script(text, { filename: file, cachedData });
  if (cachedData === undefined || script.cachedDataRejected) setTimeout(() => keep(script, kept), KEEP_AFTER).unref();
  const module = { exports: {} };
  script.runInThisContext().call(module.exports, module.exports, plain, module);
  return module.exports;
}

/**
 * The program's text. The bundler leaves ASCII only, and the function around it: nothing is decoded, nothing is put
 * together. Line breaks make it long enough for Node to keep it outside of V8's heap, where it would be collected from the
 * first time before the first frame.
 */
function textOf(path) {
  const file = openSync(path);
  try {
    const { size } = fstatSync(file);
    const bytes = Buffer.allocUnsafeSlow(Math.max(size, OUTSIDE_FROM));
    bytes.fill('\n', readSync(file, bytes, 0, size, 0));
    return bytes.toString('latin1');
  } finally {
    closeSync(file);
  }
}

/** After a while, or at the program's end where that comes first. */
function keepOnce(script, kept) {
  const atEnd = () => {
    if (process.uptime() > WORTH_KEEPING) keep(script, kept);
  };
  const later = () => {
    process.off('exit', atEnd);
    keep(script, kept);
  };
  process.once('exit', atEnd);
  setTimeout(later, KEEP_AFTER).unref();
}

/** Written whole or not at all; where the folder is not ours to write to, every start compiles. */
function keep(script, kept) {
  try {
    writeFileSync(`${kept}.${process.pid}`, script.createCachedData());
    renameSync(`${kept}.${process.pid}`, kept);
  } catch {
    // The next start compiles again.
  }
}

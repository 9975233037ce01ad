#!/usr/bin/env node
/**
 * The program's door: refuses a Node that is too old and a tree that is not built, each with a sentence. It runs the
 * built program as a script with its compiled code beside it, since compiling took half of the time to the first frame.
 */
const { existsSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { createRequire, wrap } = require('node:module');
const { dirname, join } = require('node:path');
const { pathToFileURL } = require('node:url');
const vm = require('node:vm');
const { nodeTooOld } = require('./node-version.js');

const program = join(dirname(__dirname), 'dist', 'lockstep.cjs');
const refusal =
  nodeTooOld(process.versions.node) ?? (existsSync(program) ? null : 'Lockstep is not built yet. In its folder, run: npm start');

/** How long after a start its compiled code is kept, milliseconds: by then the first frame's functions are in it. */
const KEEP_AFTER = 1500;

/** A program that ends sooner than this has shown no frame; its code would be missing what the next start needs. Seconds. */
const WORTH_KEEPING = 0.25;

if (refusal) {
  console.error(refusal);
  process.exitCode = 1;
} else {
  enter();
}

function enter() {
  // Compiled code fits one Node and one processor; another one's is refused by V8, and made anew.
  const kept = join(dirname(program), `lockstep.${process.version}-${process.arch}.code`);
  const cachedData = existsSync(kept) ? readFileSync(kept) : undefined;
  const script = new vm.Script(wrap(readFileSync(program, 'utf8')), { filename: program, cachedData });
  if (cachedData === undefined || script.cachedDataRejected) keepOnce(script, kept);
  const module = { exports: {}, loadBeside: (file) => import(pathToFileURL(join(dirname(program), file)).href) };
  script.runInThisContext().call(module.exports, module.exports, createRequire(program), module, program, dirname(program));
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

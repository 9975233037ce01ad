#!/usr/bin/env node
/** The program's door: refuses a Node that is too old and a tree that is not built, each with a sentence. */
import { existsSync } from 'node:fs';
import module from 'node:module';
import { nodeTooOld } from './node-version.js';

const program = new URL('../dist/lockstep.js', import.meta.url);
const refusal =
  nodeTooOld(process.versions.node) ?? (existsSync(program) ? null : 'Lockstep is not built yet. In its folder, run: npm start');

if (refusal) {
  console.error(refusal);
  process.exitCode = 1;
} else {
  // Node 22.8 and newer keep compiled code from one start to the next.
  module.enableCompileCache?.();
  await import(program.href);
}

/**
 * Is this tree ready to run? Answered by looking at file times only, since every start asks.
 * Knows nothing of how to make it ready; imports Node's own modules alone.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where a build leaves the fingerprint of what it was made from. */
export const BUILD_STAMP = 'dist/.sources';

/** Everything a build is made from. */
const BUILD_SOURCES = ['src', 'package-lock.json', 'scripts/lib/bundle.mjs'];

/**
 * True when node_modules is there and not older than package-lock.json.
 * npm writes node_modules/.package-lock.json last, so a broken-off installation has none.
 * @param root the project's folder.
 */
export function dependenciesReady(root) {
  const installed = modified(join(root, 'node_modules/.package-lock.json'));
  const wanted = modified(join(root, 'package-lock.json'));
  return installed !== null && wanted !== null && installed >= wanted;
}

/**
 * True when dist was built from the sources as they are now.
 * @param root the project's folder.
 */
export function buildReady(root) {
  const stamp = join(root, BUILD_STAMP);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === sourceFingerprint(root);
}

/**
 * A text that changes when a source file is added, removed or written. Not hashed: that would cost more than comparing.
 * @param root the project's folder.
 */
export function sourceFingerprint(root) {
  return BUILD_SOURCES.flatMap((source) => filesBelow(root, source))
    .map((path) => {
      const { size, mtimeMs } = statSync(join(root, path));
      return `${path} ${size} ${mtimeMs}`;
    })
    .join('\n');
}

/**
 * The packages of a list whose program is nowhere on this machine.
 * @template {{ readonly program: string }} Package
 * @param {readonly Package[]} packages entries of debian-packages.mjs.
 * @param {string} path a PATH; the system's own folders are looked into as well, since an ordinary user's PATH may lack sbin.
 * @returns {Package[]}
 */
export function missingPackages(packages, path = process.env.PATH ?? '') {
  const folders = [...path.split(delimiter), '/usr/sbin', '/sbin', '/usr/bin', '/bin'].filter(Boolean);
  return packages.filter(({ program }) => !folders.some((folder) => existsSync(join(folder, program))));
}

/** A file, or every file of a folder that a build reads, tests left out. */
function filesBelow(root, path) {
  if (path !== 'src' && !path.startsWith('src/')) return [path];
  const entries = readdirSync(join(root, path), { withFileTypes: true });
  return entries.flatMap((entry) => {
    const below = `${path}/${entry.name}`;
    if (entry.isDirectory()) return filesBelow(root, below);
    return /\.test\.tsx?$/.test(entry.name) ? [] : [below];
  });
}

function modified(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? null;
}

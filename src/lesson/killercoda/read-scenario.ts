/** Reads a scenario's folder: its index, the files that it names, its assets. The only file here that touches the disk. */
import { createHash } from 'node:crypto';
import { basename, join, posix, resolve, sep } from 'node:path';
import { kindOfPath, namesIn, readSource } from '../../lesson/files.ts';
import { createReport, inOrder, type Report } from '../../lesson/sheet/report.ts';
import type { Source } from '../../lesson/text/decode.ts';
import type { Asset, Lesson } from '../../model/lesson.ts';
import type { Problem } from '../../model/problem.ts';
import { globMatcher } from './glob.ts';
import { type AssetEntry, type PageEntry, readIndex, type ScenarioIndex } from './index-file.ts';
import { scenarioLesson } from './scenario.ts';

/** More files than these are no lesson's assets. */
const MAX_ASSETS = 2_000;

/**
 * Reads a scenario.
 * @param folder its folder.
 * @param indexName which index it has.
 * @param host the plain host that it runs on.
 */
export async function readScenario(
  folder: string,
  indexName: string,
  host: string,
): Promise<{ readonly lesson: Lesson | undefined; readonly problems: readonly Problem[] }> {
  const report = createReport();
  const index = await readSource(join(folder, indexName));
  if (!index.ok) return { lesson: undefined, problems: [index.problem] };
  const read = readIndex(index.source, report);
  if (read === undefined) return { lesson: undefined, problems: report.problems };
  const dir = resolve(folder);
  const { files, hash } = await readFiles(dir, read, index.bytes, report);
  const assets = await assetsOf(dir, read.assets, report);
  const parts = { index: read, file: (name: string) => files.get(name), assets, id: basename(dir), dir, hash, host };
  return { lesson: scenarioLesson(parts, report), problems: inOrder(report.problems) };
}

function namesOf(page: PageEntry | undefined): readonly string[] {
  if (page === undefined) return [];
  const { text, verify, foreground, background, hint, answer } = page;
  return [text, verify, foreground, background, hint, answer].filter((name) => name !== undefined);
}

async function readFiles(
  dir: string,
  index: ScenarioIndex,
  bytes: Uint8Array,
  report: Report,
): Promise<{ readonly files: ReadonlyMap<string, Source>; readonly hash: string }> {
  const hash = createHash('sha256').update(bytes);
  const files = new Map<string, Source>();
  const names = new Set([index.intro, ...index.steps, index.finish].flatMap(namesOf));
  for (const name of names) {
    const path = inside(dir, name);
    // A hint may be the text itself, so what is no file is no trouble here.
    if (path === null || (await kindOfPath(path)) !== 'file') continue;
    const file = await readSource(path);
    if (file.ok) files.set(name, file.source);
    else report.warning(file.problem.place, file.problem.rule, file.problem.message);
    if (file.ok) hash.update(`${name}\n${file.bytes.length}\n`).update(file.bytes);
  }
  return { files, hash: hash.digest('hex') };
}

/** The path of a scenario's file; null where it lies outside of the scenario. */
function inside(dir: string, name: string): string | null {
  if (name.includes('\0') || name.length > 400 || name.includes('\n')) return null;
  const path = resolve(dir, name);
  return path.startsWith(`${dir}${sep}`) ? path : null;
}

async function assetsOf(dir: string, entries: readonly AssetEntry[], report: Report): Promise<readonly Asset[]> {
  if (entries.length === 0) return [];
  const names = await filesBelow(join(dir, 'assets'));
  const assets: Asset[] = [];
  for (const { file, target, chmod, at } of entries) {
    const own = names.filter(globMatcher(file));
    // Some name the folder itself as well.
    const inner = file.replace(/^(?:\.\/)?(?:assets\/)?/, '');
    const found = own.length > 0 || inner === file ? own : names.filter(globMatcher(inner));
    if (found.length === 0) report.warning(at, 'missing-file', `No file in \`assets\` is called \`${file}\`.`, 'It is left out.');
    for (const name of found) {
      const to = targetOf(target, name, own.length > 0 ? file : inner);
      assets.push({ from: join(dir, 'assets', name), to, ...(chmod === undefined ? {} : { mode: chmod }) });
    }
  }
  return assets;
}

/** What a glob matched below a folder keeps its path from there; a file that is named goes straight into the target. */
function targetOf(target: string, name: string, glob: string): string {
  const folder = target.startsWith('~') ? posix.join('/root', target.slice(1)) : posix.resolve('/root', target);
  const fixed = glob.includes('*') ? (/^[^*]*\//.exec(glob)?.[0] ?? '') : posix.dirname(glob);
  return posix.join(folder, fixed === '.' ? name : posix.relative(fixed, name));
}

/** Paths of all files below a folder, relative to it, in order. */
async function filesBelow(root: string, below = ''): Promise<readonly string[]> {
  const found: string[] = [];
  for (const name of await namesIn(join(root, below))) {
    const path = posix.join(below, name);
    const kind = await kindOfPath(join(root, path));
    if (kind === 'file') found.push(path);
    else if (kind === 'folder' && below.split('/').length < 12) found.push(...(await filesBelow(root, path)));
    if (found.length > MAX_ASSETS) break;
  }
  return found.slice(0, MAX_ASSETS);
}

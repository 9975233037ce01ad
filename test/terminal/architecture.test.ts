/**
 * The layers of docs/architecture.md are the ones biome.json enforces: every import from one folder of src/ to another
 * is planted in a copy of the project, and Biome must refuse exactly those that the table does not allow.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

interface Layer {
  readonly folder: string;
  readonly mayImport: readonly string[];
}

/** The table's rows: `| \`folder\` | promise | may import |`. */
function readTable(): readonly Layer[] {
  const text = readFileSync(join(root, 'docs/architecture.md'), 'utf8');
  const section = text.slice(text.indexOf('## Layers'), text.indexOf('## The main pieces'));
  const rows = [...section.matchAll(/^\| `(\w+)` \| .* \| (.*) \|$/gm)];
  const folders = rows.map((row) => row[1]!);
  return rows.map(([, folder, list]) => {
    const mayImport = list === 'everything' ? folders : list === 'nothing' ? [] : list!.split(', ');
    return { folder: folder!, mayImport };
  });
}

const layers = readTable();

/** Libraries that have one home, and folders that use no library and no Node module at all. */
const homes: readonly { readonly library: string; readonly homes: readonly string[] }[] = [
  { library: 'react', homes: ['tui'] },
  { library: 'ink', homes: ['tui'] },
  { library: 'marked', homes: ['lesson'] },
  { library: 'yaml', homes: ['lesson', 'checks'] },
];
const pure = ['model', 'words', 'session', 'report', 'lint'];

interface Plant {
  readonly file: string;
  readonly what: string;
  readonly allowed: boolean;
}

const plants: Plant[] = [];
const copy = mkdtempSync(join(tmpdir(), 'lockstep-layers-'));
const circles: string[] = [];
let refused: ReadonlySet<string>;
let circular: ReadonlySet<string>;

/** Writes a file that imports; deep ones stand one folder lower, where the same rule must hold. */
function plant(folder: string, name: string, from: string, allowed: boolean): void {
  const file = `src/${folder}/${name}.ts`;
  mkdirSync(dirname(join(copy, file)), { recursive: true });
  const statement = name.startsWith('lazy')
    ? `export const planted = () => import('${from}');`
    : `export type { X } from '${from}';`;
  writeFileSync(join(copy, file), `${statement}\n`);
  plants.push({ file, what: `${folder} importing ${from}`, allowed });
}

function plantAll({ folder, mayImport }: Layer): void {
  for (const other of layers.map((layer) => layer.folder).filter((name) => name !== folder)) {
    plant(folder, `planted-${other}`, `../${other}/x.ts`, mayImport.includes(other));
    plant(folder, `lazy-${other}`, `../${other}/x.ts`, mayImport.includes(other));
    plant(folder, `deep/planted-${other}`, `../../${other}/x.ts`, mayImport.includes(other));
  }
  for (const { library, homes: own } of homes) {
    plant(folder, `planted-${library}`, library, own.includes(folder) || folder === 'cli');
  }
  plant(folder, 'planted-node', 'node:fs', !pure.includes(folder));
  plant(folder, 'planted-own', './own.ts', true);
}

beforeAll(() => {
  const files = execFileSync('git', ['ls-files', '-z', '--', 'biome.json', '.gitignore', 'package.json', 'src'], { cwd: root });
  for (const file of files.toString().split('\0').filter(Boolean)) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    copyFileSync(join(root, file), join(copy, file));
  }
  for (const layer of layers) plantAll(layer);
  plantCircles();
  refused = refusedBy('style/noRestrictedImports');
  circular = refusedBy('suspicious/noImportCycles');
});

/** Two files that know each other: by a value, and by no more than a type. */
function plantCircles(): void {
  for (const kind of ['value', 'type']) {
    const [word, one, other] = [kind === 'type' ? 'export type' : 'export', `circle-${kind}-one`, `circle-${kind}-other`];
    writeFileSync(join(copy, `src/tui/${one}.ts`), `${word} { x } from './${other}.ts';\n`);
    writeFileSync(join(copy, `src/tui/${other}.ts`), `${word} { x } from './${one}.ts';\n`);
    circles.push(`src/tui/${one}.ts`, `src/tui/${other}.ts`);
  }
}

/** The files of the copy that a rule of Biome's refuses. */
function refusedBy(rule: string): ReadonlySet<string> {
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
  const args = [biome, 'lint', `--only=${rule}`, '--reporter=json', '--max-diagnostics=none', 'src'];
  const { stdout } = spawnSync(process.execPath, args, { cwd: copy, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  const { diagnostics } = JSON.parse(stdout) as {
    readonly diagnostics: readonly {
      readonly category: string;
      readonly location: { readonly path: string | { readonly file: string } };
    }[];
  };
  const pathOf = ({ location }: (typeof diagnostics)[number]): string =>
    typeof location.path === 'string' ? location.path : location.path.file;
  return new Set(diagnostics.map((one) => relative(copy, join(copy, pathOf(one)))));
}

afterAll(() => rmSync(copy, { recursive: true, force: true }));

test('the table names every folder of src/', () => {
  const folders = readdirSync(join(root, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(layers.map((layer) => layer.folder)).toEqual(expect.arrayContaining(folders.map((entry) => entry.name)));
});

describe.each(layers)('$folder', ({ folder }) => {
  test('is refused every import that the table does not allow', () => {
    const forbidden = plants.filter((one) => one.file.startsWith(`src/${folder}/`) && !one.allowed);
    expect(forbidden.filter((one) => !refused.has(one.file)).map((one) => one.what)).toEqual([]);
    expect(forbidden.length > 0 || folder === 'cli').toBe(true);
  });

  test('is allowed every import that the table allows', () => {
    const allowed = plants.filter((one) => one.file.startsWith(`src/${folder}/`) && one.allowed);
    expect(allowed.filter((one) => refused.has(one.file)).map((one) => one.what)).toEqual([]);
  });
});

test('the project itself has no forbidden import', () => {
  const planted = new Set(plants.map((one) => one.file));
  expect([...refused].filter((file) => !planted.has(file))).toEqual([]);
});

test('files that know each other in a circle are refused, even where it is by a type alone', () => {
  expect([...circular].sort()).toEqual([...circles].sort());
});

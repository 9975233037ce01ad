/** Where the program's own files are: lessons, host definitions, its version. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BugError } from '../model/errors.ts';

/** The program's own folder, whether it runs bundled or from its sources. */
function ownFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    const up = dirname(folder);
    if (up === folder) throw new BugError('the program does not find its own folder');
    folder = up;
  }
  return folder;
}

/** The folder of the lessons that come with the program. */
export function lessonsFolder(): string {
  return join(ownFolder(), 'lessons');
}

/** The folder of the host definitions that come with the program. */
export function hostsFolder(): string {
  return join(ownFolder(), 'fixtures', 'hosts');
}

/** The folder of the class's pages, where the program was built. */
export function pagesFolder(): string {
  return join(ownFolder(), 'dist', 'dashboard');
}

/** The JSON Schema of lesson.yaml, for editors. */
export function schemaFile(): string {
  return join(ownFolder(), 'schema', 'lesson.schema.json');
}

/** The names of the host definitions that come with the program. */
export function knownHosts(): readonly string[] {
  return readdirSync(hostsFolder(), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
}

/** The program's version, from its package.json. */
export function version(): string {
  const text = readFileSync(join(ownFolder(), 'package.json'), 'utf8');
  const parsed: unknown = JSON.parse(text);
  return typeof parsed === 'object' && parsed !== null && 'version' in parsed ? String(parsed.version) : '0';
}

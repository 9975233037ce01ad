/** host.yaml: how a host is called and what it may use, read from its folder. */
import { basename, join, resolve } from 'node:path';
import type { HostDefinition, HostRequirements } from '../model/host.ts';
import type { Problem } from '../model/problem.ts';
import { kindOfPath, readSource } from './files.ts';

/** A host definition, or why there is none. */
type HostDefinitionResult =
  | { readonly ok: true; readonly definition: HostDefinition }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Reads a host's folder.
 * @param dir the folder with host.yaml.
 * @param known names of the known hosts, for the nearest match where there is no such folder.
 */
export async function readHostDefinition(dir: string, known: readonly string[] = []): Promise<HostDefinitionResult> {
  const name = basename(resolve(dir));
  const place = { file: dir, line: 1, column: 1 };
  if ((await kindOfPath(dir)) !== 'folder') {
    const { suggestName } = await import('./sheet/report.ts');
    const suggestion = known.length === 0 ? 'A host is a folder with host.yaml.' : suggestName(name, known);
    return {
      ok: false,
      problems: [{ place, rule: 'unknown-host', message: `There is no host \`${name}\`.`, suggestion, severity: 'error' }],
    };
  }
  const file = await readSource(join(dir, 'host.yaml'));
  if (!file.ok) return { ok: false, problems: [file.problem] };
  const { readHostSheet } = await import('./sheet/host-shape.ts');
  const { sheet, problems } = readHostSheet(file.source);
  return sheet === undefined ? { ok: false, problems } : { ok: true, definition: definitionOf(name, resolve(dir), sheet) };
}

type HostSheet = NonNullable<ReturnType<typeof import('./sheet/host-shape.ts')['readHostSheet']>['sheet']>;

function definitionOf(name: string, dir: string, sheet: HostSheet): HostDefinition {
  return {
    name,
    title: sheet.title?.trim() ?? name,
    dir,
    hostname: sheet.hostname ?? hostnameOf(name),
    user: sheet.user ?? 'ubuntu',
    network: sheet.network ?? 'private',
    limits: {
      memory: sheet.limits?.memory ?? 2 * 1024 ** 3,
      pids: sheet.limits?.pids ?? 512,
      cpus: sheet.limits?.cpus ?? 1,
    },
    ...(sheet.base === undefined ? {} : { base: sheet.base }),
    ...(sheet.requires === undefined ? {} : { requires: requirementsOf(sheet.requires) }),
  };
}

function requirementsOf({ users, commands, paths, ports }: NonNullable<HostSheet['requires']>): HostRequirements {
  return { users: users ?? [], commands: commands ?? [], paths: paths ?? [], ports: ports ?? [] };
}

/** A folder's name as far as a host can be called so. */
function hostnameOf(name: string): string {
  const clean = name
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return clean === '' ? 'host' : clean.slice(0, 63);
}

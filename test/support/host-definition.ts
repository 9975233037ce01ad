/** Host definitions for tests and tools: those in the repository, and small ones made up on the spot. */
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parse } from 'yaml';
import type { HostDefinition } from '../../src/model/host.ts';

const UNITS: Readonly<Record<string, number>> = { MiB: 2 ** 20, GiB: 2 ** 30 };

/**
 * Reads a definition's host.yaml without judging it.
 * @param given a path, or a folder's name in fixtures/hosts below `root`.
 * @param root the repository.
 */
export function readDefinition(given: string, root: string): HostDefinition {
  const dir = existsSync(resolve(given, 'host.yaml')) ? resolve(given) : resolve(root, 'fixtures/hosts', given);
  const found = parse(readFileSync(join(dir, 'host.yaml'), 'utf8'));
  const memory = /^(\d+)([MG]iB)$/.exec(String(found.limits?.memory ?? '2GiB'));
  return {
    name: basename(dir),
    title: found.title ?? basename(dir),
    dir,
    hostname: found.hostname ?? basename(dir),
    user: found.user ?? 'ubuntu',
    network: found.network ?? 'private',
    limits: {
      memory: Number(memory?.[1] ?? 2) * (UNITS[memory?.[2] ?? 'GiB'] ?? 1),
      pids: found.limits?.pids ?? 512,
      cpus: found.limits?.cpus ?? 1,
    },
  };
}

/**
 * Makes a definition up.
 * @param dir its folder, made here.
 * @param files the texts of setup.sh, start.sh and others.
 * @param changes to the definition itself.
 */
export function makeDefinition(
  dir: string,
  files: Readonly<Record<string, string>> = {},
  changes: Partial<HostDefinition> = {},
): HostDefinition {
  mkdirSync(dir, { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(dir, name), text);
    if (name.endsWith('.sh')) chmodSync(join(dir, name), 0o755);
  }
  return {
    name: basename(dir),
    title: `the ${basename(dir)} host`,
    dir,
    hostname: basename(dir),
    user: 'root',
    network: 'private',
    limits: { memory: 512 * 2 ** 20, pids: 200, cpus: 1 },
    ...changes,
  };
}

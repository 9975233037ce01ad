/** The image of a prepared host: setup.sh run once in a container of the base, and the result kept under its key. */
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { HostProgress } from '../../host/host.ts';
import { quote } from '../../host/remote-shell/quote.ts';
import { createRemoteShell } from '../../host/remote-shell/remote-shell.ts';
import { layerKey } from '../../host/sandbox/layer-key.ts';
import { parseStatus, proxies, scriptOf } from '../../host/sandbox/prepare.ts';
import { lineSplitter } from '../../host/sandbox/run-script.ts';
import { setupError } from '../../host/sandbox/setup-error.ts';
import { UserError } from '../../model/errors.ts';
import type { HostDefinition } from '../../model/host.ts';
import { openInside } from './channel.ts';
import { DEFINITION_INSIDE, makeContainer, removeContainer } from './containers.ts';
import { type Engine, explainEngine } from './engine.ts';
import type { Names } from './labels.ts';

const DEFAULT_BASE = 'debian:bookworm';
const PULL_MS = 20 * 60_000;
const SETUP_MS = 45 * 60_000;
const COMMIT_MS = 20 * 60_000;

/** What preparing needs to know. */
export interface ImageContext {
  readonly engine: Engine;
  readonly names: Names;
  readonly definition: HostDefinition;
}

/**
 * The image that a session's container is made from; null where it has not been made yet.
 * @param context engine and definition.
 */
export async function findImage({ engine, definition }: ImageContext): Promise<string | null> {
  const base = await baseIdentity(engine, definition);
  if (base === null) return null;
  if (!existsSync(join(definition.dir, 'setup.sh'))) return definition.base ?? DEFAULT_BASE;
  const image = await imageName(definition, base);
  return (await engine.call(['image', 'inspect', image])).code === 0 ? image : null;
}

/**
 * Makes the image unless it is there. Rejects with a UserError that names the log when setup.sh fails, with the signal's
 * reason when aborted; both leave nothing behind.
 * @param context engine and definition.
 * @param onProgress told how far it is.
 * @param signal ends it.
 */
export async function makeImage(
  context: ImageContext,
  onProgress: (progress: HostProgress) => void,
  signal?: AbortSignal,
): Promise<void> {
  const { engine, names, definition } = context;
  const wanted = definition.base ?? DEFAULT_BASE;
  if ((await baseIdentity(engine, definition)) === null) {
    onProgress({ sentence: `Fetching the image ${wanted}` });
    const pulled = await engine.call(['pull', wanted], { timeoutMs: PULL_MS, signal });
    if (pulled.code !== 0) throw noImage(engine, wanted, pulled.stderr);
  }
  if ((await findImage(context)) !== null) return;
  const image = await imageName(definition, (await baseIdentity(engine, definition)) ?? '');
  const name = `lockstep-setup-${definition.name}-${process.pid}-${names.state}`.toLowerCase();
  onProgress({ sentence: `Preparing ${definition.title}`, fraction: 0 });
  try {
    await makeContainer(engine, names, { name, image: wanted, definition, role: 'setup', network: 'shared' }, { signal });
    await runSetup(context, name, image, onProgress, signal);
    onProgress({ sentence: `Preparing ${definition.title}: keeping the result`, fraction: 1 });
    const about = [`LABEL lockstep.role=image lockstep.state=${names.state}`];
    await engine.say(['commit', ...about.flatMap((each) => ['--change', each]), name, image], { timeoutMs: COMMIT_MS, signal });
  } finally {
    await removeContainer(engine, name);
  }
}

async function baseIdentity(engine: Engine, definition: HostDefinition): Promise<string | null> {
  const found = await engine.call(['image', 'inspect', '--format', '{{.Id}}', definition.base ?? DEFAULT_BASE]);
  if (found.code === 0) return found.stdout.trim();
  if (/no such image|not known|unable to inspect|image not found/i.test(found.stderr)) return null;
  throw explainEngine(engine.program, found.stderr);
}

async function imageName(definition: HostDefinition, base: string): Promise<string> {
  const clean = definition.name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return `lockstep/host-${clean.replace(/^-|-$/g, '') || 'host'}:${await layerKey(definition.dir, process.arch, base)}`;
}

function noImage(engine: Engine, image: string, words: string): UserError {
  const last = words.trim().split('\n').at(-1) ?? '';
  return new UserError('host-no-image', `The image ${image} could not be fetched: ${last}`, {
    tries: [`Is there a network? By hand: ${engine.program} pull ${image}`, 'Without a registry: --host sandbox'],
  });
}

async function runSetup(
  { engine, names, definition }: ImageContext,
  container: string,
  image: string,
  onProgress: (progress: HostProgress) => void,
  signal?: AbortSignal,
): Promise<void> {
  mkdirSync(names.logs, { recursive: true });
  const log = join(names.logs, `prepare-${definition.name}-${image.slice(-16, -8)}.log`);
  const file = openSync(log, 'w');
  const status = lineSplitter((line) => {
    const progress = parseStatus(line);
    if (progress !== null) onProgress({ ...progress, sentence: `Preparing ${definition.title}: ${progress.sentence}` });
  });
  const shell = createRemoteShell({
    open: async () => openInside(engine, container),
    explain: (words) => explainEngine(engine.program, words),
    most: 1,
  });
  const variables = Object.entries({ LOCKSTEP_STATUS_FD: '3', DEBIAN_FRONTEND: 'noninteractive', ...proxies() });
  const script = [
    ...variables.map(([name, value]) => `export ${name}=${quote(value)}`),
    `cd ${DEFINITION_INSIDE}`,
    'exec 3>&1 1>&2',
    scriptOf('setup.sh'),
  ].join('\n');
  try {
    const result = await shell.exec(
      { script, timeoutMs: SETUP_MS, ...(signal === undefined ? {} : { signal }) },
      { onData: (kind, data) => (kind === 'o' ? status.push(data) : void writeSync(file, data)) },
    );
    if (result.code !== 0) throw setupError(definition.title, log, readFileSync(log, 'utf8'), result);
  } finally {
    await shell.close();
    closeSync(file);
  }
}

/** Makes a host ready once: runs its setup.sh in a fresh view with the network and keeps the result as a layer. */
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HostProgress } from '../../host/host.ts';
import { UserError } from '../../model/errors.ts';
import type { HostDefinition } from '../../model/host.ts';
import type { Helper } from './helper.ts';
import type { SandboxPaths } from './paths.ts';
import { runScript } from './run-script.ts';
import { setupError } from './setup-error.ts';

/** Where the definition's folder is seen inside, read only. */
export const DEFINITION_INSIDE = '/run/lockstep/host';
/** Bytes that must be free before setup.sh is started. */
export const PREPARE_NEED = 1 << 30;

const SETUP_MS = 45 * 60_000;
const ASK_MS = 60_000;
const LOOK_AGAIN_MS = 300;
const QUIET_MS = 10 * 60_000;
const PREPARE_LIMITS = { memory: 4 * 2 ** 30, pids: 4096, cpus: 64 };
const PROXY = ['http_proxy', 'https_proxy', 'ftp_proxy', 'no_proxy', 'all_proxy'].flatMap((name) => [name, name.toUpperCase()]);

/** What preparing needs to know. */
export interface PrepareContext {
  readonly helper: Helper;
  readonly paths: SandboxPaths;
  readonly definition: HostDefinition;
  readonly key: string;
  readonly onProgress: (progress: HostProgress) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Prepares the definition unless its layer is there already. Rejects with a UserError that names the log when setup.sh
 * fails, with the signal's reason when aborted; both leave nothing behind.
 * @param context helper, definition, key.
 */
export async function prepareLayer(context: PrepareContext): Promise<void> {
  const { helper, key, signal } = context;
  await takeTurn(context);
  try {
    const found = await helper.ask({ op: 'has_layer', key }, { timeoutMs: ASK_MS, signal });
    if (found['there'] === true) return;
    await makeLayer(context);
  } finally {
    await helper.ask({ op: 'unlock_prepare' }, { timeoutMs: ASK_MS }).catch(() => {});
  }
}

async function takeTurn({ helper, onProgress, signal }: PrepareContext): Promise<void> {
  for (let said = false; ; ) {
    const turn = await helper.ask({ op: 'lock_prepare' }, { timeoutMs: ASK_MS, signal });
    if (turn['locked'] === true) return;
    if (!said) onProgress({ sentence: `Another lockstep (process ${String(turn['by'])}) is preparing a host; waiting for it` });
    said = true;
    await sleep(LOOK_AGAIN_MS, undefined, { signal });
  }
}

/** Waits while packages are being installed on the machine itself: the host is made of the same packages. */
async function awaitQuietMachine({ helper, definition, onProgress, signal }: PrepareContext): Promise<void> {
  const end = Date.now() + QUIET_MS;
  for (let said = false; ; said = true) {
    const { by } = await helper.ask({ op: 'machine_busy' }, { timeoutMs: ASK_MS, signal });
    if (by === null) return;
    if (!said) onProgress({ sentence: `This machine is installing packages (process ${String(by)}); waiting for it` });
    if (Date.now() > end) {
      throw new UserError(
        'host-setup-apt-locked',
        `${definition.title} could not be prepared: process ${String(by)} has been installing packages for too long.`,
        { tries: ['Wait until it has ended, then start again.'] },
      );
    }
    await sleep(LOOK_AGAIN_MS, undefined, { signal });
  }
}

async function makeLayer(context: PrepareContext): Promise<void> {
  const { helper, definition, key, onProgress, signal } = context;
  await helper.ask({ op: 'check_room', need: PREPARE_NEED }, { timeoutMs: ASK_MS, signal });
  await awaitQuietMachine(context);
  onProgress({ sentence: `Preparing ${definition.title}`, fraction: 0 });
  await helper.ask(
    {
      op: 'up',
      prepare: key,
      name: definition.name,
      hostname: definition.hostname,
      private: false,
      definition: definition.dir,
      limits: PREPARE_LIMITS,
    },
    { timeoutMs: ASK_MS, signal },
  );
  await runSetup(context);
  onProgress({ sentence: `Preparing ${definition.title}: keeping the result`, fraction: 1 });
  await helper.ask({ op: 'down' }, { timeoutMs: ASK_MS });
  await helper.ask({ op: 'freeze', name: definition.name }, { timeoutMs: 10 * ASK_MS });
}

async function runSetup({ helper, paths, definition, key, onProgress, signal }: PrepareContext): Promise<void> {
  const log = join(paths.logs, `prepare-${definition.name}-${key.slice(0, 8)}.log`);
  const file = openSync(log, 'w');
  try {
    const result = await runScript(
      helper,
      {
        script: scriptOf('setup.sh'),
        timeoutMs: SETUP_MS,
        maxOutput: 0,
        ...(signal === undefined ? {} : { signal }),
      },
      {
        group: 'user',
        cwd: DEFINITION_INSIDE,
        env: { LOCKSTEP_STATUS_FD: '3', DEBIAN_FRONTEND: 'noninteractive', ...proxies() },
        onOutput: (data) => writeSync(file, data),
        onStatus: (line) => {
          const progress = parseStatus(line);
          if (progress !== null) onProgress({ ...progress, sentence: `Preparing ${definition.title}: ${progress.sentence}` });
        },
      },
    );
    if (result.code !== 0) throw setupError(definition.title, log, readFileSync(log, 'utf8'), result);
  } finally {
    closeSync(file);
  }
}

/**
 * A script that becomes one of the definition's, by its own first line where it may be run.
 * @param name `setup.sh` or `start.sh`.
 */
export function scriptOf(name: 'setup.sh' | 'start.sh'): string {
  return `if [ -x ./${name} ]; then exec ./${name}; fi\nexec sh ./${name}\n`;
}

/** The proxy variables of this program: what installs packages may need them. */
export function proxies(): Record<string, string> {
  return Object.fromEntries(PROXY.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
}

/**
 * A line that setup.sh wrote to its status descriptor, `PERCENT<tab>SENTENCE`; null for anything else.
 * @param line the line without its newline.
 */
export function parseStatus(line: string): HostProgress | null {
  const match = /^(\d{1,3}(?:\.\d+)?)\t(.+)$/.exec(line);
  if (match === null) return null;
  const fraction = Math.min(100, Number(match[1])) / 100;
  // Untrusted text on its way to a screen: nothing that could be an escape sequence.
  return { sentence: (match[2] ?? '').replace(/[\u0000-\u001f\u007f-\u009f]/g, '').slice(0, 200), fraction };
}

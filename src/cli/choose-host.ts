/** `--host`: which kind of host is meant, what `auto` chooses and why, and the host itself. */
import { createHash } from 'node:crypto';
import type { Host } from '../host/host.ts';
import { refuseEarly } from '../host/sandbox/probe.ts';
import { createSandboxHost } from '../host/sandbox/sandbox.ts';
import { UserError } from '../model/errors.ts';
import type { HostDefinition, HostKind } from '../model/host.ts';
import { nearestWord } from './nearest-word.ts';

/** A kind of host, and for ssh which one. */
export type HostChoice = { readonly kind: Exclude<HostKind, 'ssh'> } | { readonly kind: 'ssh'; readonly target: string };

const WORDS = ['sandbox', 'docker', 'podman', 'local'] as const;

/** What was chosen, and the sentence that explains it where there is something to explain. */
export interface Chosen {
  readonly choice: HostChoice;
  readonly because: string | null;
}

/**
 * Reads the option and, for `auto` or nothing, chooses: the sandbox wherever it can run, then an engine that answers.
 * Never this machine itself, nor another one.
 * @param word what was typed; undefined for nothing.
 * @throws UserError `bad-option` for a word that is none, with what the sandbox lacks where nothing works.
 */
export async function chooseHost(word: string | undefined): Promise<Chosen> {
  if (word === undefined || word === 'auto') return automatic(word === 'auto');
  const kind = WORDS.find((each) => each === word);
  if (kind !== undefined) return { choice: { kind }, because: null };
  if (word.startsWith('ssh://')) {
    const { parseTarget } = await import('../host/ssh/target.ts');
    parseTarget(word);
    return { choice: { kind: 'ssh', target: word }, because: null };
  }
  const meant = nearestWord(word, ['auto', ...WORDS]);
  throw new UserError(
    'bad-option',
    `--host ${word} is not one of: auto, sandbox, docker, podman, ssh://[USER@]HOST[:PORT], local.`,
    { tries: meant === null ? [] : [`Did you mean \`--host ${meant}\`?`], exitCode: 2 },
  );
}

async function automatic(asked: boolean): Promise<Chosen> {
  try {
    refuseEarly(false);
    return { choice: { kind: 'sandbox' }, because: asked ? 'Host: the sandbox, which this machine can run by itself.' : null };
  } catch (error) {
    const { createEngine } = await import('../host/docker/engine.ts');
    for (const program of ['docker', 'podman'] as const) {
      const version = ['version', '--format', '{{.Server.Version}}'];
      const found = await createEngine({ program })
        .call(version, { timeoutMs: 5_000 })
        .catch(() => null);
      if (found?.code === 0) {
        const why = error instanceof Error ? error.message : String(error);
        return { choice: { kind: program }, because: `Host: ${program}, since the sandbox cannot run here. ${why}` };
      }
    }
    throw error;
  }
}

/**
 * What a session on this kind of host is called apart from others of the same lesson; empty for the sandbox.
 * @param choice the host.
 */
export function hostSuffix(choice: HostChoice): string {
  if (choice.kind === 'sandbox') return '';
  if (choice.kind !== 'ssh') return `--${choice.kind}`;
  return `--ssh-${createHash('sha256').update(choice.target).digest('hex').slice(0, 12)}`;
}

/** Where and for whom. */
export interface HostOptions {
  readonly stateDir: string;
  readonly session: string;
  readonly network: 'private' | 'shared';
}

/**
 * The host, not started. Each driver is loaded only when it is the one.
 * @param definition what the lesson expects.
 * @param choice which kind.
 * @param options where and for whom.
 */
export async function createHost(definition: HostDefinition, choice: HostChoice, options: HostOptions): Promise<Host> {
  switch (choice.kind) {
    case 'sandbox':
      return createSandboxHost(definition, options);
    case 'docker':
    case 'podman': {
      const { createDockerHost } = await import('../host/docker/docker.ts');
      return createDockerHost(definition, { ...options, program: choice.kind });
    }
    case 'ssh': {
      const { createSshHost } = await import('../host/ssh/ssh.ts');
      const config = process.env['LOCKSTEP_SSH_CONFIG'];
      return createSshHost(definition, { target: choice.target, ...(config === undefined ? {} : { config }) });
    }
    case 'local': {
      const { createLocalHost } = await import('../host/local/local.ts');
      return createLocalHost(definition);
    }
  }
}

/** Whether the kinds of host other than the sandbox work here, each with a sentence and what to do instead. */
import { spawnSync } from 'node:child_process';
import { connect } from 'node:net';
import { hostname } from 'node:os';
import { createEngine } from '../host/docker/engine.ts';
import { privilege } from '../host/sandbox/privilege.ts';
import type { Question } from '../model/check.ts';
import { messageOf, UserError } from '../model/errors.ts';
import type { HostDefinition } from '../model/host.ts';
import type { Lesson } from '../model/lesson.ts';

const ENGINE_MS = 8_000;
const PORT_MS = 1_000;

/** One answer. */
export interface Answer {
  /** `off`: not there, which is no trouble unless it is wanted. */
  readonly mark: '✓' | '!' | '-';
  readonly sentence: string;
  readonly tries: readonly string[];
}

/**
 * Docker or Podman: whether the client is there and the engine answers.
 * @param program which.
 */
export async function engineAnswer(program: 'docker' | 'podman'): Promise<Answer> {
  try {
    const version = program === 'docker' ? '{{.Server.Version}}' : '{{.Client.Version}}';
    const said = await createEngine({ program }).say(['version', '--format', version], { timeoutMs: ENGINE_MS });
    const at = process.env['DOCKER_HOST'];
    const where = program === 'docker' && at !== undefined ? ` at ${at}` : '';
    return { mark: '✓', sentence: `${program} ${said}${where} answers: --host ${program}`, tries: [] };
  } catch (error) {
    const missing = error instanceof UserError && error.code.endsWith('-missing');
    return { mark: missing ? '-' : '!', sentence: messageOf(error), tries: error instanceof UserError ? error.tries : [] };
  }
}

/** OpenSSH's client, which a host over ssh is reached with. */
export function sshAnswer(): Answer {
  const version = spawnSync('ssh', ['-V'], { encoding: 'utf8' });
  return version.error === undefined
    ? { mark: '✓', sentence: `${version.stderr.trim().split(',')[0]}: --host ssh://HOST`, tries: [] }
    : { mark: '-', sentence: 'The program ssh is not installed here.', tries: ['apt-get install -y openssh-client'] };
}

/**
 * A named host over ssh: whether it can be reached and is what the lesson expects.
 * @param target `ssh://…`.
 * @param definition what is expected.
 */
export async function sshHostAnswer(target: string, definition: HostDefinition): Promise<Answer> {
  const { createHost } = await import('./choose-host.ts');
  const host = await createHost(definition, { kind: 'ssh', target }, { stateDir: '/', session: 'doctor', network: 'shared' });
  try {
    await host.prepare(() => {});
    return { mark: '✓', sentence: `${target} answers and is what ${definition.title} asks for.`, tries: [] };
  } catch (error) {
    return { mark: '!', sentence: messageOf(error), tries: error instanceof UserError ? error.tries : [] };
  } finally {
    await host.stop();
  }
}

/** This very machine as a host. */
export function localAnswer(): Answer {
  const have = privilege();
  return have === 'root' || have === 'sudo'
    ? { mark: '✓', sentence: `${hostname()} itself: --host local, which changes this machine and asks first`, tries: [] }
    : {
        mark: '-',
        sentence: `${hostname()} itself (--host local) cannot be used: checks need root without a password.`,
        tries: ['Let sudo ask no password, or run as root; on a machine that may be changed only.'],
      };
}

/**
 * The ports that a lesson uses, by its checks and monitors.
 * @param lesson the lesson.
 */
export function portsOf(lesson: Lesson): readonly number[] {
  const ports = lesson.sections.flatMap((section) => [
    ...(section.monitor === undefined ? [] : [portOfUrl(section.monitor.url)]),
    ...section.checks.flatMap((check) => portsOfQuestion(check.question)),
  ]);
  return [...new Set(ports.filter((port) => port > 0))].sort((a, b) => a - b);
}

function portsOfQuestion(question: Question): readonly number[] {
  if (question.kind === 'port') return [question.port];
  return question.kind === 'http' ? [portOfUrl(question.url)] : [];
}

function portOfUrl(text: string): number {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null) return 0;
  return Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
}

/**
 * Whether something on this machine listens on a port that a lesson uses: it would be in the way with
 * `--network shared` and `--host local`.
 * @param port TCP port.
 */
export function portAnswer(port: number): Promise<Answer> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: PORT_MS });
    const free = (): void => {
      socket.destroy();
      resolve({ mark: '✓', sentence: `port ${port} is free`, tries: [] });
    };
    socket.once('error', free);
    socket.once('timeout', free);
    socket.once('connect', () => {
      socket.destroy();
      resolve({
        mark: '!',
        sentence: `port ${port} is in use on this machine`,
        tries: ['In the way only with --network shared or --host local.'],
      });
    });
  });
}

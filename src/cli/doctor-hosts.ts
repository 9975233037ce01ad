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
import type { CommandWords } from '../words/command-words.ts';
import { inLanguage } from '../words/words.ts';

type Said = CommandWords['doctor'];

const ENGINE_MS = 8_000;
const PORT_MS = 1_000;

/** One answer. */
export interface Answer {
  /** `off`: not there, which is no trouble unless it is wanted. */
  readonly mark: '✓' | '!' | '-';
  readonly sentence: string;
  readonly tries: readonly string[];
}

/** Which hosts can be used. */
export interface Usable {
  readonly sandbox: boolean;
  readonly docker: boolean;
  readonly podman: boolean;
}

/**
 * What it all comes to, for somebody who only wants to know that.
 * @param named the host that was asked about, with the word for it; null where none was.
 * @param usable which hosts can be used.
 * @param said the words of `doctor`.
 */
export function outcome(named: { readonly word: string; readonly works: boolean } | null, usable: Usable, said: Said): string {
  if (named !== null) return named.works ? said.canRun(`lockstep run --host ${named.word}`) : said.cannotRunOn(named.word);
  // An engine that answers is taken where the sandbox cannot run.
  return usable.sandbox || usable.docker || usable.podman ? said.canRun('lockstep run') : said.cannotRun;
}

/**
 * Docker or Podman: whether the client is there and the engine answers.
 * @param program which.
 * @param said the words of `doctor`.
 */
export async function engineAnswer(program: 'docker' | 'podman', said: Said): Promise<Answer> {
  try {
    const format = program === 'docker' ? '{{.Server.Version}}' : '{{.Client.Version}}';
    const version = await createEngine({ program }).say(['version', '--format', format], { timeoutMs: ENGINE_MS });
    const at = program === 'docker' ? (process.env['DOCKER_HOST'] ?? null) : null;
    return { mark: '✓', sentence: said.engine(program, version, at), tries: [] };
  } catch (error) {
    const missing = error instanceof UserError && error.code.endsWith('-missing');
    return failed(missing ? '-' : '!', error);
  }
}

function failed(mark: '!' | '-', error: unknown): Answer {
  return { mark, sentence: inLanguage(messageOf(error)), tries: error instanceof UserError ? error.tries.map(inLanguage) : [] };
}

/** OpenSSH's client, which a host over ssh is reached with. */
export function sshAnswer(): Answer {
  const version = spawnSync('ssh', ['-V'], { encoding: 'utf8' });
  return version.error === undefined
    ? { mark: '✓', sentence: `${version.stderr.trim().split(',')[0]}: --host ssh://HOST`, tries: [] }
    : { mark: '-', sentence: inLanguage('The program ssh is not installed here.'), tries: ['apt-get install -y openssh-client'] };
}

/**
 * A named host over ssh: whether it can be reached and is what the lesson expects.
 * @param target `ssh://…`.
 * @param definition what is expected.
 * @param said the words of `doctor`.
 */
export async function sshHostAnswer(target: string, definition: HostDefinition, said: Said): Promise<Answer> {
  const { createHost } = await import('./choose-host.ts');
  const host = await createHost(definition, { kind: 'ssh', target }, { stateDir: '/', session: 'doctor', network: 'shared' });
  try {
    await host.prepare(() => {});
    return { mark: '✓', sentence: said.sshHost(target, inLanguage(definition.title)), tries: [] };
  } catch (error) {
    return failed('!', error);
  } finally {
    await host.stop();
  }
}

/**
 * This very machine as a host.
 * @param said the words of `doctor`.
 */
export function localAnswer(said: Said): Answer {
  const have = privilege();
  return have === 'root' || have === 'sudo'
    ? { mark: '✓', sentence: said.local(hostname()), tries: [] }
    : {
        mark: '-',
        sentence: said.noLocal(hostname()),
        tries: [said.noLocalTry],
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
 * @param said the words of `doctor`.
 */
export function portAnswer(port: number, said: Said): Promise<Answer> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: PORT_MS });
    const free = (): void => {
      socket.destroy();
      resolve({ mark: '✓', sentence: said.free(port), tries: [] });
    };
    socket.once('error', free);
    socket.once('timeout', free);
    socket.once('connect', () => {
      socket.destroy();
      resolve({
        mark: '!',
        sentence: said.inUse(port),
        tries: [said.inUseTry],
      });
    });
  });
}

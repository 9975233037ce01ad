/**
 * One connection of the user's own OpenSSH client for everything (ControlMaster): their configuration, agent, jump hosts
 * and known_hosts count. Comes back with growing pauses after a drop; what was running is not run again.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ConnectionNews } from '../../host/remote-shell/prepared-host.ts';
import { explainSsh, nameOf, type SshTarget } from './target.ts';

const CONNECT_SECONDS = 10;
const READY_MS = 30_000;
const LOOK_MS = 20;
const GIVE_UP_MS = 90_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;

/** A connection that is made when it is first needed. */
export interface SshConnection {
  /** Resolves when it stands; rejects with a UserError that says why it does not. */
  connect(): Promise<void>;
  /** The arguments of `ssh` for a command on the host by way of the connection. */
  args(options: readonly string[], command: string): readonly string[];
  close(): Promise<void>;
  onLost(listener: (sentence: string) => void): () => void;
  /** Told when it is cut and when it stands again. */
  onNews(listener: (news: ConnectionNews) => void): () => void;
}

/**
 * A connection, not made yet.
 * @param target where to.
 * @param config another file than the user's ssh configuration.
 */
export function createConnection(target: SshTarget, config?: string): SshConnection {
  return new MasterConnection(target, config);
}

class MasterConnection implements SshConnection {
  readonly #target: SshTarget;
  readonly #common: readonly string[];
  readonly #lost = new Set<(sentence: string) => void>();
  readonly #news = new Set<(news: ConnectionNews) => void>();
  #folder: string | null = null;
  #master: ChildProcess | null = null;
  #connecting: Promise<void> | null = null;
  #stood = false;
  #closing = new AbortController();

  constructor(target: SshTarget, config?: string) {
    this.#target = target;
    this.#common = [
      ...(config === undefined ? [] : ['-F', config]),
      ...(target.port === null ? [] : ['-p', String(target.port)]),
      ...(target.user === null ? [] : ['-l', target.user]),
      ...['BatchMode=yes', 'ClearAllForwardings=yes', 'ForwardAgent=no', 'ForwardX11=no', 'PermitLocalCommand=no'].flatMap(set),
      ...['RemoteCommand=none', 'ControlPersist=no', 'LogLevel=ERROR'].flatMap(set),
    ];
  }

  connect(): Promise<void> {
    if (this.#master !== null && this.#connecting === null) return Promise.resolve();
    this.#connecting ??= (this.#stood ? this.#again() : this.#once()).finally(() => {
      this.#connecting = null;
    });
    return this.#connecting;
  }

  args(options: readonly string[], command: string): readonly string[] {
    // Without the connection it must fail: a second one beside it could ask, or run something twice.
    const by = ['-S', this.#socket(), ...set('ControlMaster=no'), ...set('ProxyCommand=false')];
    return [...by, ...this.#common, ...options, '--', this.#target.host, command];
  }

  onLost(listener: (sentence: string) => void): () => void {
    this.#lost.add(listener);
    return () => this.#lost.delete(listener);
  }

  onNews(listener: (news: ConnectionNews) => void): () => void {
    this.#news.add(listener);
    return () => this.#news.delete(listener);
  }

  #tell(news: ConnectionNews): void {
    for (const listener of [...this.#news]) listener(news);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#connecting?.catch(() => {});
    const master = this.#master;
    this.#master = null;
    this.#stood = false;
    if (master !== null) await ended(master);
    if (this.#folder !== null) rmSync(this.#folder, { recursive: true, force: true });
    this.#folder = null;
    this.#closing = new AbortController();
  }

  #socket(): string {
    // Short: a socket's path may have 107 bytes, of which OpenSSH takes 17 for itself.
    this.#folder ??= mkdtempSync(join(tmpdir().length < 60 ? tmpdir() : '/tmp', 'lockstep-ssh-'));
    return join(this.#folder, 'c');
  }

  /** Tries until it stands again or too much time has gone. What can never become right by waiting is not tried again. */
  async #again(): Promise<void> {
    const end = Date.now() + GIVE_UP_MS;
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
      try {
        await this.#once();
        return;
      } catch (error) {
        const hopeless = !/^ssh-(unreachable|lost)$/.test((error as { code?: string }).code ?? '');
        if (hopeless || Date.now() > end || this.#closing.signal.aborted) throw error;
      }
      await sleep(pause, undefined, { signal: this.#closing.signal });
    }
  }

  async #once(): Promise<void> {
    const socket = this.#socket();
    rmSync(socket, { force: true });
    const alive = [`ConnectTimeout=${CONNECT_SECONDS}`, 'ServerAliveInterval=5', 'ServerAliveCountMax=3'].flatMap(set);
    // Its command ends with our end of its input, so that it does not outlive a program that was killed.
    const args = ['-M', '-T', '-S', socket, ...alive, ...this.#common, '--', this.#target.host, 'exec cat'];
    const master = spawn('ssh', args, { stdio: ['pipe', 'ignore', 'pipe'], detached: true });
    master.stdin.on('error', () => {});
    let words = '';
    let over = false;
    master.stderr.on('data', (data: Buffer) => {
      words = `${words}${data.toString()}`.slice(-8192);
    });
    master.once('error', (error) => {
      words += error.message;
      over = true;
    });
    master.once('close', () => {
      over = true;
      this.#dropped(master);
    });
    const late = Date.now() + READY_MS;
    while (!existsSync(socket)) {
      if (Date.now() > late || this.#closing.signal.aborted) {
        words += '\nit did not answer in time';
        await ended(master);
      }
      if (over) throw explainSsh(this.#target, words);
      await sleep(LOOK_MS);
    }
    this.#master = master;
    this.#stood = true;
  }

  /** The connection ended although nobody asked: it is made again, and given up only after a while. */
  #dropped(master: ChildProcess): void {
    if (this.#master !== master) return;
    this.#master = null;
    const cutAt = Date.now();
    this.#tell({ type: 'cut' });
    this.connect().then(
      () => this.#tell({ type: 'back', afterMs: Date.now() - cutAt }),
      () => {
        if (this.#closing.signal.aborted) return;
        const sentence = `The connection to ${nameOf(this.#target)} was lost and could not be made again.`;
        for (const listener of [...this.#lost]) listener(sentence);
      },
    );
  }
}

function set(option: string): readonly string[] {
  return ['-o', option];
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 3_000);
  await gone;
  clearTimeout(timer);
}

/**
 * A host that somebody else made and that stays when the lesson ends: what ssh and local have in common. It is asked
 * whether it is what the lesson expects, and nothing on it is prepared, started or thrown away.
 */

import type { Host, HostNews, HostProgress, ShellCommand, ShellRequest } from '../../host/host.ts';
import { UserError } from '../../model/errors.ts';
import type { HostDefinition } from '../../model/host.ts';
import { prepareLogin } from './login.ts';
import { createRemoteShell, type RemoteShell } from './remote-shell.ts';
import { checkRequirements } from './requirements.ts';
import { ShellHost } from './shell-host.ts';
import type { Channel, OpenChannel } from './worker.ts';

/** The connection was cut, or stands again after so many milliseconds. */
export type ConnectionNews = { readonly type: 'cut' } | { readonly type: 'back'; readonly afterMs: number };

/** How a prepared host is reached. */
export interface Reach {
  readonly kind: 'ssh' | 'local';
  /** The host in words. */
  readonly where: string;
  /** Connects where it is not connected; gives the way to start programs there. */
  connect(): Promise<OpenChannel>;
  /** The error for a connection that ended with these last words. */
  explain(words: string): Error;
  /** The local command whose terminal is that of a program on the host. */
  terminal(words: readonly string[]): ShellCommand;
  /** Starts a program there as the user who connects, with pipes; waits for a connection. Absent where none can be cut. */
  readonly keep?: (words: readonly string[]) => Promise<Channel>;
  disconnect(): Promise<void>;
  /** Told when the connection is cut and when it is there again. */
  readonly onNews?: (listener: (news: ConnectionNews) => void) => () => void;
  /** Called once when the host is given up. */
  onLost(listener: (sentence: string) => void): () => void;
  /** Scripts at the same time. */
  readonly most: number;
}

/**
 * A host for one session.
 * @param definition what the lesson expects.
 * @param reach how it is reached.
 */
export function createPreparedHost(definition: HostDefinition, reach: Reach): Host {
  return new PreparedHost(definition, reach);
}

class PreparedHost extends ShellHost implements Host {
  readonly kind: 'ssh' | 'local';
  readonly capabilities = { snapshots: false, reset: false };
  readonly definition: HostDefinition;
  readonly #reach: Reach;
  #shell: RemoteShell | null = null;
  /** Shells outlive a connection that is cut. */
  #kept = false;

  constructor(definition: HostDefinition, reach: Reach) {
    super();
    this.definition = definition;
    this.kind = reach.kind;
    this.#reach = reach;
  }

  async prepare(onProgress: (progress: HostProgress) => void, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    onProgress({ sentence: `Looking at ${this.#reach.where}` });
    await checkRequirements(this.#open(), this.definition, this.#reach.where);
  }

  async isPrepared(): Promise<boolean> {
    return false; // asked anew each time: it is somebody else's
  }

  async start(): Promise<void> {
    await this.#open().user();
  }

  async shellCommand(request: ShellRequest): Promise<ShellCommand> {
    const login = await prepareLogin(this.running(), request);
    const { keeper } = login;
    const { keep } = this.#reach;
    const command = this.#reach.terminal(login.words);
    this.#kept = keeper !== null && keep !== undefined;
    return keeper === null || keep === undefined ? command : { ...command, kept: (how) => keep(keeper(how)) };
  }

  async snapshot(): Promise<void> {
    throw this.#cannot('has no snapshots');
  }

  async rewind(): Promise<void> {
    throw this.#cannot('has no snapshots, so that it cannot go back');
  }

  async reset(): Promise<void> {
    throw this.#cannot('is not ours to reset');
  }

  async stop(): Promise<void> {
    const shell = this.#shell;
    this.#shell = null;
    await shell?.exec({ script: 'rm -rf /run/lockstep-shell.???????? /tmp/lockstep-shell.????????' }).catch(() => {});
    await shell?.close();
    await this.#reach.disconnect();
  }

  /** Its files are the learner's own: they stay. */
  async destroy(): Promise<void> {
    await this.stop();
  }

  onLost(listener: (sentence: string) => void): () => void {
    return this.#reach.onLost(listener);
  }

  onNews(listener: (news: HostNews) => void): () => void {
    return this.#reach.onNews?.((news) => listener(this.#inWords(news))) ?? (() => {});
  }

  #inWords(news: ConnectionNews): HostNews {
    const connection = `The connection to ${this.#reach.where}`;
    if (news.type === 'cut') {
      const shells = this.#kept ? 'Your shell and what runs in it go on there.' : 'Your shell there ends with it.';
      return { sentence: `${connection} was cut; connecting again… ${shells}`, tone: 'problem' };
    }
    const after = Math.max(1, Math.round(news.afterMs / 1000));
    const lost = this.#kept ? 'Nothing was lost, nothing was run twice.' : 'What was running is not run again by itself.';
    return { sentence: `${connection} is back after ${after} s. ${lost}`, tone: 'info' };
  }

  #open(): RemoteShell {
    this.#shell ??= createRemoteShell({
      open: () => this.#reach.connect(),
      explain: (words) => this.#reach.explain(words),
      most: this.#reach.most,
    });
    return this.#shell;
  }

  protected override running(): RemoteShell {
    if (this.#shell === null) throw new UserError('host-not-running', `${this.#reach.where} is not in use any more.`);
    return this.#shell;
  }

  #cannot(what: string): UserError {
    return new UserError('host-cannot', `${this.#reach.where} ${what}.`, {
      tries: ['A sandbox or a container can: --host sandbox, --host docker.'],
    });
  }
}

/**
 * A host that somebody else made and that stays when the lesson ends: what ssh and local have in common. It is asked
 * whether it is what the lesson expects, and nothing on it is prepared, started or thrown away.
 */

import type { Host, HostProgress, ShellCommand, ShellRequest } from '../../host/host.ts';
import { UserError } from '../../model/errors.ts';
import type { HostDefinition } from '../../model/host.ts';
import { prepareLogin } from './login.ts';
import { createRemoteShell, type RemoteShell } from './remote-shell.ts';
import { checkRequirements } from './requirements.ts';
import { ShellHost } from './shell-host.ts';
import type { OpenChannel } from './worker.ts';

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
  disconnect(): Promise<void>;
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
    return this.#reach.terminal(login.words);
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

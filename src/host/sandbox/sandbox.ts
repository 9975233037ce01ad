/**
 * The embedded host: a throwaway copy-on-write view of this machine, made of overlayfs and namespaces by a privileged
 * helper. Puts the driver's parts together; knows nothing of lessons, checks or screens.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ExecRequest, Host, HostProgress, ShellCommand, ShellRequest, WriteRequest } from '../../host/host.ts';
import { UserError } from '../../model/errors.ts';
import type { HostDefinition } from '../../model/host.ts';
import type { AskOptions, Question } from './connection.ts';
import { readHostFile, statFile, writeHostFile } from './files.ts';
import { type Helper, startHelper } from './helper.ts';
import { folderOf, type SandboxPaths, sandboxPaths } from './paths.ts';
import { PREPARE_NEED } from './prepare.ts';
import { PreparedHost } from './prepared-host.ts';
import { explainFailure, refuseEarly } from './probe.ts';
import { runScript, streamScript } from './run-script.ts';
import { dropFiles, hasFiles } from './sessions.ts';
import { Shells } from './shells.ts';
import { hasStartScript, runStartScript } from './start-script.ts';
import { goneError } from './trouble.ts';

const MINUTE = 60_000;
/** Bytes that must be free for a host that needs no preparation. */
const PLAIN_NEED = 256 << 20;

/** Where and for whom. */
export interface SandboxOptions {
  /** The program's state folder, absolute; the driver keeps everything in `sandbox/` below it. */
  readonly stateDir: string;
  /** Names the session; its files are kept under it. */
  readonly session: string;
  /** Overrides the definition's network. */
  readonly network?: 'private' | 'shared';
  /** `auto` (default): a disk image, or memory where that cannot be mounted. */
  readonly storage?: 'auto' | 'image' | 'memory';
  /** Version of cgroups, 0 for none, to try what other machines have; by default what fits. */
  readonly cgroups?: 0 | 1 | 2;
  /** Where helper.py lies; by default found by itself. */
  readonly programDir?: string;
}

/**
 * A sandbox for one session. Nothing is started before it is asked for.
 * @param definition the host definition.
 * @param options where and for whom.
 */
export function createSandboxHost(definition: HostDefinition, options: SandboxOptions): Host {
  return new SandboxHost(definition, options);
}

class SandboxHost implements Host {
  readonly kind = 'sandbox';
  readonly capabilities = { snapshots: true, reset: true };
  readonly takesShellsEarly = true;
  readonly definition: HostDefinition;
  readonly #options: SandboxOptions;
  readonly #paths: SandboxPaths;
  readonly #prepared: PreparedHost;
  readonly #shells: Shells;
  readonly #lost = new Set<(sentence: string) => void>();
  #helper: Promise<Helper> | null = null;
  #shellCount = 0;
  /** Resolves when the helper has been asked to bring the sandbox up: shells may be asked for from then on. */
  #coming: Promise<void> = Promise.resolve();

  constructor(definition: HostDefinition, options: SandboxOptions) {
    this.definition = definition;
    this.#options = options;
    this.#paths = sandboxPaths(options.stateDir);
    this.#prepared = new PreparedHost(definition, this.#paths, options.session);
    this.#shells = new Shells(join(this.#paths.base, 'pycache'), options.programDir);
  }

  async prepare(onProgress: (progress: HostProgress) => void, signal?: AbortSignal): Promise<void> {
    if (await this.isPrepared()) return;
    await this.#prepareLayer(await this.#prepared.key(), onProgress, signal);
  }

  async #prepareLayer(key: string, onProgress: (progress: HostProgress) => void, signal?: AbortSignal): Promise<void> {
    const helper = await this.#open();
    await this.#prepared.make(key, helper, onProgress, signal).catch((error) => this.#explain(error));
  }

  async isPrepared(): Promise<boolean> {
    return !this.#prepared.wanted || this.#prepared.isThere(await this.#helper);
  }

  start(onProgress?: (progress: HostProgress) => void): Promise<void> {
    let asked = (): void => {};
    const coming = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const started = this.#start(asked, onProgress);
    this.#coming = Promise.race([coming, started]);
    this.#coming.catch(() => {});
    return started;
  }

  async #start(asked: () => void, onProgress?: (progress: HostProgress) => void): Promise<void> {
    const first = this.#helper === null;
    const { storage, whyMemory, broughtUp } = await this.#open(first ? this.#upQuestion() : undefined);
    if (storage === 'memory' && this.#options.storage !== 'memory') {
      onProgress?.({ sentence: `Files are kept in memory and are lost at the end: ${whyMemory}` });
    }
    await this.#bringUp(onProgress, asked, first ? broughtUp : null);
  }

  /**
   * `asked` is called as soon as what comes next may be asked for. The helper does one after the other: that it is up need
   * not be heard before its start.sh and its multiplexer are asked for. `coming`: it is being brought up already.
   */
  async #bringUp(
    onProgress?: (progress: HostProgress) => void,
    asked: () => void = () => {},
    coming: Promise<void> | null = null,
  ): Promise<void> {
    const helper = await this.#running();
    const begun: { script?: Promise<void> } = {};
    const onSent = (): void => {
      begun.script = runStartScript(helper, this.definition, onProgress);
      begun.script.catch(() => {});
      this.#shells.borrow(helper);
      asked();
    };
    if (coming !== null) onSent();
    await (coming ?? this.#up({ onSent }))
      .catch((error) => {
        delete begun.script;
        return this.#upAnew(error, onProgress);
      })
      .catch((error) => this.#explain(error));
    try {
      await (begun.script ?? runStartScript(helper, this.definition, onProgress));
    } catch (error) {
      await this.#ask({ op: 'down' }).catch(() => {});
      throw error;
    }
  }

  /** A prepared host that is gone, for whatever reason, is prepared again; the session's own files stay. */
  async #upAnew(error: unknown, onProgress: (progress: HostProgress) => void = () => {}): Promise<void> {
    const code = error instanceof UserError ? error.code : '';
    if (code !== 'sandbox-layer-gone' || !this.#prepared.wanted) throw error;
    onProgress({ sentence: 'The prepared host that this session began on is gone; it is prepared again' });
    await this.#prepareLayer(await this.#prepared.key(), onProgress);
    await this.#up({ anew: true });
  }

  /** Throws what the machine lacks instead of what failed because of that. */
  async #explain(error: unknown): Promise<never> {
    const code = error instanceof UserError ? error.code : '';
    const unclear = code === 'sandbox-failed' || code === 'sandbox-start-failed' || code === 'sandbox-no-image';
    throw unclear ? await explainFailure(error, this.#options) : error;
  }

  async #up({ anew = false, onSent }: { readonly anew?: boolean; readonly onSent?: () => void }): Promise<void> {
    await this.#ask(await this.#upQuestion(anew), onSent === undefined ? {} : { onSent });
  }

  /** `anew`: on the host as it is prepared now, should the one that the session began on be gone. */
  async #upQuestion(anew = false): Promise<Question> {
    const { definition } = this;
    return {
      op: 'up',
      anew,
      name: definition.name,
      layer: this.#prepared.wanted ? await this.#prepared.key() : null,
      hostname: definition.hostname,
      private: (this.#options.network ?? definition.network) === 'private',
      definition: definition.dir,
      limits: definition.limits,
    };
  }

  async shellCommand(request: ShellRequest): Promise<ShellCommand> {
    await this.#coming;
    const helper = await this.#running();
    const { user, env = {}, rcFile: rc } = request;
    this.#shellCount += 1;
    const token = `s${this.#shellCount}`;
    const question = { op: 'register_shell', token, user, env, rc, after_start: hasStartScript(this.definition) };
    // That it has been sent is enough: what the shell's program asks is heard after it.
    await new Promise<void>((onSent, reject) => {
      this.#ask(question, { onSent }).catch(reject);
    });
    return this.#shells.command(helper.folder, token);
  }

  async exec(request: ExecRequest) {
    return runScript(await this.#running(), request);
  }

  async stream(request: Pick<ExecRequest, 'script' | 'user'>) {
    return streamScript(await this.#running(), request);
  }

  async stat(path: string, user = 'root') {
    return statFile(await this.#running(), path, user);
  }

  async readFile(path: string, options: { readonly user?: string; readonly maxBytes?: number } = {}) {
    return readHostFile(await this.#running(), path, options);
  }

  async writeFile(path: string, content: Buffer, request: WriteRequest) {
    return writeHostFile(await this.#running(), path, content, request);
  }

  async snapshot(id: string): Promise<void> {
    await this.#ask({ op: 'snapshot', id: folderOf(id) }, { timeoutMs: 10 * MINUTE });
  }

  async rewind(id: string): Promise<void> {
    await this.#ask({ op: 'stage', id: folderOf(id), name: id }, { timeoutMs: 10 * MINUTE });
    await this.#ask({ op: 'down' });
    await this.#ask({ op: 'swap' });
    await this.#bringUp();
  }

  async reset(): Promise<void> {
    await this.#open();
    if (this.#prepared.wanted) {
      const key = await this.#prepared.key();
      await this.#ask({ op: 'down' });
      if (!(await this.#prepared.isKept(key, await this.#running()))) await this.#prepareLayer(key, () => {}); // before anything is thrown away
    }
    await this.#ask({ op: 'down' });
    await this.#ask({ op: 'drop', snapshots: true });
    await this.#ask({ op: 'empty_trash' }, { timeoutMs: 10 * MINUTE }); // the disk may have been full
    await this.#bringUp();
  }

  async stop(): Promise<void> {
    const helper = await this.#helper?.catch(() => null);
    if (!helper) return;
    if (helper.storage === 'memory') {
      await this.#ask({ op: 'down' }); // the files last as long as the helper
      return;
    }
    await this.#close();
  }

  async destroy(): Promise<void> {
    if (this.#helper === null && !hasFiles(this.#paths, this.#options.session)) return;
    await this.#open();
    try {
      await this.#ask({ op: 'down' });
      await dropFiles(await this.#running());
    } finally {
      await this.#close();
    }
  }

  onLost(listener: (sentence: string) => void): () => void {
    this.#lost.add(listener);
    return () => this.#lost.delete(listener);
  }

  #open(up?: Promise<Question>): Promise<Helper> {
    this.#helper ??= this.#startHelper(up).catch((error) => {
      this.#helper = null;
      return this.#explain(error);
    });
    return this.#helper;
  }

  async #startHelper(up?: Promise<Question>): Promise<Helper> {
    refuseEarly(this.#options.storage !== 'memory' && !existsSync(this.#paths.image));
    const helper = await startHelper({
      paths: this.#paths,
      session: this.#options.session,
      storage: this.#options.storage ?? 'auto',
      need: this.#prepared.wanted ? PREPARE_NEED : PLAIN_NEED,
      cgroups: this.#options.cgroups,
      programDir: this.#options.programDir,
      up,
    });
    helper.onLost((sentence) => {
      this.#helper = null;
      this.#shells.giveBack();
      void helper.close();
      for (const listener of [...this.#lost]) listener(sentence);
    });
    return helper;
  }

  async #running(): Promise<Helper> {
    if (this.#helper === null) throw goneError();
    return this.#helper;
  }

  async #ask(question: Question, options: Partial<AskOptions> = {}) {
    return (await this.#running()).ask(question, { timeoutMs: MINUTE, ...options });
  }

  async #close(): Promise<void> {
    const helper = await this.#helper;
    this.#helper = null;
    this.#shells.giveBack();
    await helper?.close();
  }
}

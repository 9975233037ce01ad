/**
 * A container as a host, by the command line of Docker or Podman. Its image is made once from the same definition as the
 * sandbox's layer; a session's files are the container's. Knows nothing of lessons, checks or screens.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Host, HostProgress, ShellCommand, ShellRequest } from '../../host/host.ts';
import { prepareLogin } from '../../host/remote-shell/login.ts';
import { createRemoteShell, type RemoteShell } from '../../host/remote-shell/remote-shell.ts';
import { ShellHost } from '../../host/remote-shell/shell-host.ts';
import { folderOf } from '../../host/sandbox/paths.ts';
import { scriptOf } from '../../host/sandbox/prepare.ts';
import { UserError } from '../../model/errors.ts';
import type { HostDefinition } from '../../model/host.ts';
import { openInside, terminalInside } from './channel.ts';
import { DEFINITION_INSIDE, findContainer, makeContainer, removeContainer, stopContainer, sweep } from './containers.ts';
import { createEngine, type Engine, type EngineOptions } from './engine.ts';
import { findImage, type ImageContext, makeImage } from './image.ts';
import { type Names, namesFor, removeOwner, writeOwner } from './labels.ts';

/** Scripts at the same time. */
const MOST = 8;
const START_SCRIPT_MS = 180_000;
const COMMIT_MS = 10 * 60_000;
const LAST_LINES = 5;
/** What a boot would not find any more: the container's /run is a folder like any other. */
const AS_AFTER_A_BOOT = `rm -rf /run/lockstep-shell.????????
find /run -xdev -path '/run/lockstep.*' -prune -o \\( -type s -o -type p -o -name '*.pid' \\) -exec rm -f {} +
`;

/** Where and for whom. */
export interface DockerOptions extends EngineOptions {
  /** The program's state folder, absolute; notes and logs are kept below it. */
  readonly stateDir: string;
  /** Names the session; its container is named after it. */
  readonly session: string;
  /** Overrides the definition's network. */
  readonly network?: 'private' | 'shared';
}

/**
 * A container for one session. Nothing is started before it is asked for.
 * @param definition the host definition.
 * @param options engine, where and for whom.
 */
export function createDockerHost(definition: HostDefinition, options: DockerOptions): Host {
  return new DockerHost(definition, options);
}

class DockerHost extends ShellHost implements Host {
  readonly kind: 'docker' | 'podman';
  readonly capabilities = { snapshots: true, reset: true };
  readonly definition: HostDefinition;
  readonly #network: 'private' | 'shared';
  readonly #engine: Engine;
  readonly #names: Names;
  readonly #context: ImageContext;
  readonly #lost = new Set<(sentence: string) => void>();
  #shell: RemoteShell | null = null;
  #watch: ChildProcess | null = null;

  constructor(definition: HostDefinition, options: DockerOptions) {
    super();
    this.definition = definition;
    this.kind = options.program;
    this.#network = options.network ?? definition.network;
    this.#engine = createEngine(options);
    this.#names = namesFor(options.stateDir, options.session, options.program);
    this.#context = { engine: this.#engine, names: this.#names, definition };
  }

  async prepare(onProgress: (progress: HostProgress) => void, signal?: AbortSignal): Promise<void> {
    if (!(await this.isPrepared())) await makeImage(this.#context, onProgress, signal);
  }

  async isPrepared(): Promise<boolean> {
    return (await findContainer(this.#engine, this.#names.container)) !== null || (await findImage(this.#context)) !== null;
  }

  async start(onProgress?: (progress: HostProgress) => void): Promise<void> {
    const { container } = this.#names;
    await sweep(this.#engine, this.#names);
    writeOwner(this.#names.note);
    const found = await findContainer(this.#engine, container);
    if (found === null) await this.#make(await this.#image());
    else {
      // One that runs is a killed program's: what it left must not meet the services that start.sh brings up.
      if (found.running) await stopContainer(this.#engine, container);
      await this.#engine.say(['start', container]);
    }
    await this.#bringUp(onProgress);
  }

  async #image(): Promise<string> {
    const image = await findImage(this.#context);
    if (image !== null) return image;
    throw new UserError('host-not-prepared', `${this.definition.title} has not been prepared.`, {
      tries: ['Start the lesson again; it prepares the host first.'],
    });
  }

  async #make(image: string): Promise<void> {
    const { definition } = this;
    const name = this.#names.container;
    await makeContainer(this.#engine, this.#names, { name, image, definition, role: 'session', network: this.#network });
  }

  async #bringUp(onProgress?: (progress: HostProgress) => void): Promise<void> {
    this.#watchEnd();
    this.#shell = createRemoteShell({
      open: async () => openInside(this.#engine, this.#names.container),
      explain: (words) => gone(words),
      most: MOST,
    });
    await this.#shell.exec({ script: AS_AFTER_A_BOOT });
    await this.#runStartScript(onProgress);
  }

  async #runStartScript(onProgress?: (progress: HostProgress) => void): Promise<void> {
    if (!existsSync(join(this.definition.dir, 'start.sh'))) return;
    const { title } = this.definition;
    onProgress?.({ sentence: `Starting ${title}` });
    const script = `cd ${DEFINITION_INSIDE}\n${scriptOf('start.sh')}`;
    const result = await this.exec({ script, timeoutMs: START_SCRIPT_MS });
    if (result.code === 0) return;
    const words = `${result.stdout}${result.stderr}`.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, '').trimEnd();
    const how = result.timedOut ? 'did not end in time' : `ended with ${result.code ?? result.signal}`;
    await this.#down();
    throw new UserError(
      'host-start-failed',
      `${title} did not start: start.sh ${how}.\n  ${words.split('\n').slice(-LAST_LINES).join('\n  ')}`,
      { tries: ['Start the session afresh: lockstep reset LESSON'] },
    );
  }

  /** The engine's client waits for the container's end; when it comes without being asked for, it is told. */
  #watchEnd(): void {
    const watch = spawn(this.#engine.program, ['wait', this.#names.container], {
      stdio: 'ignore',
      env: this.#engine.env,
      detached: true,
    });
    this.#watch = watch;
    watch.once('error', () => {});
    watch.once('close', () => {
      if (this.#watch !== watch) return;
      this.#watch = null;
      void this.#shell?.close();
      this.#shell = null;
      for (const listener of [...this.#lost]) listener('The container has ended without being asked to.');
    });
  }

  async shellCommand(request: ShellRequest): Promise<ShellCommand> {
    return terminalInside(this.#engine, this.#names.container, await prepareLogin(this.running(), request));
  }

  async snapshot(id: string): Promise<void> {
    const about = ['--change', `LABEL lockstep.role=snapshot lockstep.state=${this.#names.state}`];
    // Not paused: a shell that is opened meanwhile would be refused, and requests would wait.
    const words = ['commit', '--pause=false', ...about, this.#names.container, this.#snapshot(id)];
    await this.#engine.say(words, { timeoutMs: COMMIT_MS });
  }

  async rewind(id: string): Promise<void> {
    const image = this.#snapshot(id);
    if ((await this.#engine.call(['image', 'inspect', image])).code !== 0) {
      throw new UserError('host-no-snapshot', `There is no snapshot ${id}.`, { tries: ['Start afresh: lockstep reset LESSON'] });
    }
    await this.#again(image);
  }

  #snapshot(id: string): string {
    return `${this.#names.snapshots}:${folderOf(id)}`;
  }

  async reset(): Promise<void> {
    await this.prepare(() => {}); // before anything is thrown away
    const image = await this.#image();
    await this.#again(image);
    await this.#dropSnapshots();
  }

  async #again(image: string): Promise<void> {
    await this.#down();
    await removeContainer(this.#engine, this.#names.container);
    writeOwner(this.#names.note);
    await this.#make(image);
    await this.#bringUp();
  }

  async stop(): Promise<void> {
    if (this.#shell !== null || this.#watch !== null) await this.#down();
  }

  async #down(): Promise<void> {
    const [shell, watch] = [this.#shell, this.#watch];
    this.#shell = null;
    this.#watch = null;
    watch?.kill('SIGKILL');
    await stopContainer(this.#engine, this.#names.container);
    await shell?.close();
    removeOwner(this.#names.note);
  }

  async destroy(): Promise<void> {
    const there = await findContainer(this.#engine, this.#names.container).catch(() => null);
    await this.stop();
    if (there !== null) await removeContainer(this.#engine, this.#names.container);
    await this.#dropSnapshots();
    removeOwner(this.#names.note);
  }

  async #dropSnapshots(): Promise<void> {
    const listed = await this.#engine.call(['images', '--format', '{{.Repository}}:{{.Tag}}', this.#names.snapshots]);
    const images = listed.stdout.split('\n').filter(Boolean);
    if (images.length > 0) await this.#engine.call(['rmi', '--force', ...images]);
  }

  onLost(listener: (sentence: string) => void): () => void {
    this.#lost.add(listener);
    return () => this.#lost.delete(listener);
  }

  protected override running(): RemoteShell {
    if (this.#shell === null) throw gone('');
    return this.#shell;
  }
}

function gone(words: string): UserError {
  const last = words.trim().split('\n').at(-1) ?? '';
  return new UserError('host-gone', `The container is not running any more${last === '' ? '.' : `: ${last}`}`, {
    tries: ['Start the lesson again; your files are kept.'],
  });
}

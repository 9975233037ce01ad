/** The drivers that the contract suite runs over. A driver that cannot run here says why. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createDockerHost } from '../../src/host/docker/docker.ts';
import type { Host } from '../../src/host/host.ts';
import { createLocalHost } from '../../src/host/local/local.ts';
import { probeSandbox } from '../../src/host/sandbox/probe.ts';
import { createSandboxHost } from '../../src/host/sandbox/sandbox.ts';
import { createSshHost } from '../../src/host/ssh/ssh.ts';
import { startDockerEngine, startPodman, whyNoDocker, whyNoPodman } from './docker-engine.ts';
import { readDefinition } from './host-definition.ts';
import { startSshd, whyNoSshd } from './sshd.ts';
import { openThrowawayMachine, whyNoThrowawayMachine } from './throwaway-machine.ts';

/** The repository. */
export const ROOT = new URL('../..', import.meta.url).pathname.replace(/\/$/, '');
/** A place for state folders that is on a disk: /tmp may be memory. */
const STATES = '/var/tmp';

/** One driver under test. */
export interface HostDriver {
  readonly name: string;
  /** Why it cannot run here; null when it can. */
  readonly unavailable: string | null;
  /** False where a process that detaches itself and clears its environment too gets away from a deadline. */
  readonly holdsAll: boolean;
  /** True for a host that stays as it is when a session ends: it has no snapshots and no reset. */
  readonly foundNotMade: boolean;
  /** A host that is ready to be started, with an ordinary user `ubuntu`, and how to be rid of it. */
  create(): Promise<{ readonly host: Host; readonly dispose: () => Promise<void> }>;
}

/** A fresh state folder; removed by `dispose`. */
export function temporaryState(): { readonly stateDir: string; readonly dispose: () => void } {
  const stateDir = mkdtempSync(join(STATES, 'lockstep-test-'));
  return { stateDir, dispose: () => rmSync(stateDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 }) };
}

async function sandboxDriver(root: string, storage: 'image' | 'memory', cgroups?: 0 | 2): Promise<HostDriver> {
  const state = temporaryState();
  const programDir = join(root, 'src/host/sandbox');
  const probes = await probeSandbox({ stateDir: state.stateDir, programDir });
  state.dispose();
  const why = probes.find((probe) => !probe.ok && (!probe.warning || (storage === 'image' && probe.name === 'image')));
  return {
    name: `sandbox (${storage}${cgroups === undefined ? '' : cgroups === 0 ? ', without cgroups' : ', cgroups version 2'})`,
    unavailable: why?.sentence ?? (process.getuid?.() === 0 ? null : 'these tests run as root'),
    holdsAll: cgroups !== 0,
    foundNotMade: false,
    async create() {
      const { stateDir, dispose } = temporaryState();
      const host = createSandboxHost(readDefinition('bare', root), {
        stateDir,
        session: 'contract',
        storage,
        programDir,
        ...(cgroups === undefined ? {} : { cgroups }),
      });
      return {
        host,
        async dispose() {
          await host.destroy();
          dispose();
        },
      };
    },
  };
}

/** What start.sh of a bare host leaves: the ordinary user. */
function prepareMachine(root: string, run: (script: string) => string): void {
  run(readFileSync(join(root, 'fixtures/hosts/bare/start.sh'), 'utf8'));
}

function localDriver(root: string): HostDriver {
  return {
    name: 'local (in a throwaway machine)',
    unavailable: whyNoThrowawayMachine(),
    holdsAll: false,
    foundNotMade: true,
    async create() {
      const machine = await openThrowawayMachine();
      prepareMachine(root, machine.run);
      const host = createLocalHost(readDefinition('bare', root), { prefix: machine.enter });
      return { host, dispose: () => host.destroy().finally(() => machine.close()) };
    },
  };
}

function sshDriver(root: string): HostDriver {
  return {
    name: 'ssh (a real sshd on loopback)',
    unavailable: whyNoThrowawayMachine() ?? whyNoSshd(),
    holdsAll: false,
    foundNotMade: true,
    async create() {
      const machine = await openThrowawayMachine();
      prepareMachine(root, machine.run);
      const sshd = await startSshd(machine);
      const host = createSshHost(readDefinition('bare', root), {
        target: `ssh://ubuntu@127.0.0.1:${sshd.port}`,
        config: sshd.config,
      });
      return {
        host,
        async dispose() {
          await host.destroy();
          sshd.dispose();
          await machine.close();
        },
      };
    },
  };
}

async function engineDriver(root: string, program: 'docker' | 'podman'): Promise<HostDriver> {
  return {
    name: `${program} (an engine of its own)`,
    unavailable: program === 'docker' ? await whyNoDocker() : whyNoPodman(),
    holdsAll: false,
    foundNotMade: false,
    async create() {
      const engine = program === 'docker' ? await startDockerEngine(root) : startPodman(root);
      const { stateDir, dispose } = temporaryState();
      const host = createDockerHost(readDefinition('bare', root), { program, env: engine.env, stateDir, session: 'contract' });
      return {
        host,
        async dispose() {
          await host.destroy();
          await engine.close();
          dispose();
        },
      };
    },
  };
}

/**
 * Why there is no sandbox with a disk image here; null where there can be one. Asks no engine.
 * @param root the repository.
 */
export async function whyNoSandbox(root: string = ROOT): Promise<string | null> {
  return (await sandboxDriver(root, 'image')).unavailable;
}

/**
 * All drivers.
 * @param root the repository.
 */
export async function hostDrivers(root: string = ROOT): Promise<readonly HostDriver[]> {
  return [
    await sandboxDriver(root, 'image'),
    await sandboxDriver(root, 'memory', 2),
    await sandboxDriver(root, 'image', 0),
    localDriver(root),
    sshDriver(root),
    await engineDriver(root, 'docker'),
    await engineDriver(root, 'podman'),
  ];
}

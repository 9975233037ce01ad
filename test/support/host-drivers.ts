/** The drivers that the contract suite runs over. A driver that cannot run here says why. */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Host } from '../../src/host/host.ts';
import { probeSandbox } from '../../src/host/sandbox/probe.ts';
import { createSandboxHost } from '../../src/host/sandbox/sandbox.ts';
import { readDefinition } from './host-definition.ts';

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
  /** A host that is ready to be started, with an ordinary user `ubuntu`, and how to be rid of it. */
  create(): Promise<{ readonly host: Host; readonly dispose: () => Promise<void> }>;
}

/** A fresh state folder; removed by `dispose`. */
export function temporaryState(): { readonly stateDir: string; readonly dispose: () => void } {
  const stateDir = mkdtempSync(join(STATES, 'lockstep-test-'));
  return { stateDir, dispose: () => rmSync(stateDir, { recursive: true, force: true }) };
}

async function sandboxDriver(storage: 'image' | 'memory', cgroups?: 0 | 2): Promise<HostDriver> {
  const state = temporaryState();
  const probes = await probeSandbox({ stateDir: state.stateDir });
  state.dispose();
  const why = probes.find((probe) => !probe.ok && (!probe.warning || (storage === 'image' && probe.name === 'image')));
  return {
    name: `sandbox (${storage}${cgroups === undefined ? '' : cgroups === 0 ? ', without cgroups' : ', cgroups version 2'})`,
    unavailable: why?.sentence ?? (process.getuid?.() === 0 ? null : 'these tests run as root'),
    holdsAll: cgroups !== 0,
    async create() {
      const { stateDir, dispose } = temporaryState();
      const host = createSandboxHost(readDefinition('bare', ROOT), {
        stateDir,
        session: 'contract',
        storage,
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

/** All drivers. */
export async function hostDrivers(): Promise<readonly HostDriver[]> {
  return [await sandboxDriver('image'), await sandboxDriver('memory', 2), await sandboxDriver('image', 0)];
}

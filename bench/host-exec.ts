/**
 * What a round of checks costs on each kind of host: twenty in one batch, beside one alone, a script that asks
 * nothing, and the same twenty one by one; and beside goss, where the machine has Go and the module proxy gives it.
 */
import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { runChecks } from '../src/checks/checks.ts';
import type { Host } from '../src/host/host.ts';
import { createLocalHost } from '../src/host/local/local.ts';
import type { Check } from '../src/model/check.ts';
import { readDefinition } from '../test/support/host-definition.ts';
import { hostDrivers } from '../test/support/host-drivers.ts';
import { openThrowawayMachine, whyNoThrowawayMachine } from '../test/support/throwaway-machine.ts';
import type { Measurement } from './measurement.ts';

const GOSS = 'github.com/goss-org/goss/cmd/goss@v0.4.8';
const GOSS_MS = 180_000;
const BATCH_TARGET = 1.5;
/** Twenty files that every Debian has. */
const PATHS = [
  ...['/etc/passwd', '/etc/group', '/etc/shadow', '/etc/hostname', '/etc/hosts', '/etc/fstab', '/etc/profile', '/etc/issue'],
  ...['/etc/debian_version', '/etc/os-release', '/etc/nsswitch.conf', '/etc/login.defs', '/etc/shells', '/etc/environment'],
  ...['/etc/bash.bashrc', '/etc/host.conf', '/etc/ld.so.conf', '/etc/deluser.conf', '/etc/adduser.conf', '/etc/pam.conf'],
];

/** What was measured, and what could not be, with the reason. */
export interface HostBenchmarks {
  readonly measurements: readonly Measurement[];
  readonly notRun: readonly string[];
}

/** What is run and how thoroughly. */
export interface HostBenchOptions {
  /** The repository. */
  readonly root: string;
  readonly rounds: number;
  readonly note: (text: string) => void;
}

/**
 * Measures every driver that can run here.
 * @param options how thoroughly.
 */
export async function measureHosts({ root, rounds, note }: HostBenchOptions): Promise<HostBenchmarks> {
  const measurements: Measurement[] = [];
  const notRun: string[] = [];
  for (const driver of await hostDrivers(root)) {
    // One sandbox is enough: they differ in where files are kept.
    if (/^sandbox \((memory|.*without)/.test(driver.name)) continue;
    if (driver.unavailable !== null) {
      notRun.push(`${driver.name}: ${driver.unavailable}`);
      continue;
    }
    note(`checks: ${driver.name}`);
    const { host, dispose } = await driver.create();
    try {
      await host.prepare(() => {});
      await host.start();
      measurements.push(await measureHost(driver.name.replace(/ \(.*/, ''), host, rounds));
    } finally {
      await dispose();
    }
  }
  const goss = await measureGoss(root, rounds, note);
  if (typeof goss === 'string') notRun.push(`goss: ${goss}`);
  else measurements.push(goss);
  return { measurements, notRun };
}

function checksOf(paths: readonly string[]): readonly Check[] {
  return paths.map((path, index) => ({
    id: `bench/${index + 1}`,
    title: path,
    timeoutMs: 10_000,
    question: { kind: 'file', path, type: 'file', owner: 'root' },
    timing: {},
    place: { file: 'bench', line: 1, column: 1 },
  }));
}

/** The samples of one thing, in milliseconds; the first one only warms up. */
async function times(rounds: number, what: () => Promise<unknown>): Promise<readonly number[]> {
  const samples: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const began = performance.now();
    await what();
    if (round > 0) samples.push(performance.now() - began);
  }
  return samples;
}

/** One batch of twenty, and that every check in it was really answered. */
async function batch(host: Host): Promise<void> {
  const { verdicts } = await runChecks(host, checksOf(PATHS));
  const wrong = Object.values(verdicts).filter(({ status }) => status === 'error');
  if (wrong.length > 0) throw new Error(`checks could not be asked: ${JSON.stringify(wrong[0])}`);
}

async function measureHost(name: string, host: Host, rounds: number): Promise<Measurement> {
  return {
    title: `20 checks on ${name}`,
    unit: 'ms',
    smallerIsBetter: true,
    ours: { label: 'one batch', samples: await times(rounds, () => batch(host)) },
    others: [
      { label: 'one check alone', samples: await times(rounds, () => runChecks(host, checksOf(PATHS.slice(0, 1)))) },
      { label: 'a script that asks nothing', samples: await times(rounds, () => host.exec({ script: ':' })) },
      {
        label: 'one by one',
        samples: await times(rounds, async () => {
          for (const check of checksOf(PATHS)) await runChecks(host, [check]);
        }),
      },
    ],
    targets: { 'one check alone': BATCH_TARGET },
  };
}

/** The same twenty questions asked by goss, each time from its start, beside ours on this machine; or why not. */
async function measureGoss(root: string, rounds: number, note: HostBenchOptions['note']): Promise<Measurement | string> {
  const why = whyNoThrowawayMachine();
  if (why !== null) return why;
  if (spawnSync('go', ['version']).status !== 0) return 'this machine has no Go to install it with';
  note('checks: goss');
  const folder = mkdtempSync('/var/tmp/lockstep-bench-goss-');
  try {
    const env = { ...process.env, GOBIN: folder };
    const made = spawnSync('go', ['install', GOSS], { env, encoding: 'utf8', timeout: GOSS_MS, cwd: folder });
    const goss = join(folder, 'goss');
    if (!existsSync(goss))
      return `\`go install ${GOSS}\` failed: ${made.stderr
        .trim()
        .split('\n')
        .at(-1)
        ?.replace(/https?:\/\/\S+/g, '…')}`;
    const file = join(folder, 'goss.yaml');
    writeFileSync(
      file,
      `file:\n${PATHS.map((path) => `  ${path}:\n    exists: true\n    filetype: file\n    owner: root\n`).join('')}`,
    );
    const machine = await openThrowawayMachine();
    machine.run('useradd --create-home --shell /bin/bash ubuntu 2>/dev/null || :');
    const host = createLocalHost(readDefinition('bare', root), { prefix: machine.enter });
    try {
      await host.start();
      await host.prepare(() => {});
      return {
        title: '20 checks on this machine',
        unit: 'ms',
        smallerIsBetter: true,
        ours: { label: 'one batch', samples: await times(rounds, () => batch(host)) },
        others: [
          {
            label: 'goss',
            samples: await times(rounds, () =>
              promisify(execFile)(goss, ['-g', file, 'validate']).catch((error: { code?: unknown }) => {
                if (error.code !== 1) throw error; // 1: a file is not as asked, which is an answer as well
              }),
            ),
          },
        ],
        targets: {},
      };
    } finally {
      await host.destroy();
      await machine.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * What a round of checks costs on each kind of host: twenty files, twenty of several kinds and twenty commands in one batch, beside one
 * alone, a script that asks nothing, and the same twenty one by one; and beside goss, where the machine has Go and the module proxy gives it.
 */
import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { runChecks } from '../src/checks/checks.ts';
import type { Host } from '../src/host/host.ts';
import { createLocalHost } from '../src/host/local/local.ts';
import type { Check, Question } from '../src/model/check.ts';
import { readDefinition } from '../test/support/host-definition.ts';
import { hostDrivers } from '../test/support/host-drivers.ts';
import { openThrowawayMachine, whyNoThrowawayMachine } from '../test/support/throwaway-machine.ts';
import type { Measurement, Series } from './measurement.ts';

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
      measurements.push(...(await measureHost(driver.name.replace(/ \(.*/, ''), host, rounds)));
    } finally {
      await dispose();
    }
  }
  const goss = await measureGoss(root, rounds, note);
  if (typeof goss === 'string') notRun.push(`goss: ${goss}`);
  else measurements.push(goss);
  return { measurements, notRun };
}

/** Twenty files: whether they are there, and whose they are. */
const FILES: readonly Question[] = PATHS.map((path) => ({ kind: 'file', path, type: 'file', owner: 'root' }));

/** Twenty commands that do nothing: what keeping them apart costs. */
const COMMANDS: readonly Question[] = PATHS.map((path) => ({ kind: 'command', run: `: ${path}` }));

/** Twenty questions as a section of a lesson mixes them: files, their text, ini files, ports, processes, sockets. */
const MIX: readonly Question[] = [
  ...FILES.slice(0, 6),
  ...PATHS.slice(6, 11).map((path): Question => ({ kind: 'file', path, contains: [{ text: 'e' }] })),
  ...PATHS.slice(16, 19).map((path): Question => ({ kind: 'ini', path, lacks: [{ section: 'nothing' }] })),
  ...[22, 80].map((port): Question => ({ kind: 'port', port })),
  ...['sh', 'no-such-program'].map((text): Question => ({ kind: 'process', match: { text } })),
  ...['/run/a.sock', '/run/b.sock'].map((path): Question => ({ kind: 'socket', path })),
];

function checksOf(questions: readonly Question[]): readonly Check[] {
  return questions.map((question, index) => ({
    id: `bench/${index + 1}`,
    title: question.kind,
    timeoutMs: 10_000,
    question,
    timing: {},
    place: { file: 'bench', line: 1, column: 1 },
  }));
}

/** The samples of several things in milliseconds, which take turns round by round; the first round only warms up. */
async function takeTurns(rounds: number, things: Readonly<Record<string, () => Promise<unknown>>>): Promise<readonly Series[]> {
  const series = Object.entries(things).map(([label, what]) => ({ label, what, samples: [] as number[] }));
  for (let round = 0; round <= rounds; round += 1) {
    for (const { what, samples } of series) {
      const began = performance.now();
      await what();
      if (round > 0) samples.push(performance.now() - began);
    }
  }
  return series.map(({ label, samples }) => ({ label, samples }));
}

/** One batch, and that every check in it was really answered. */
async function batch(host: Host, questions: readonly Question[]): Promise<void> {
  const { verdicts } = await runChecks(host, checksOf(questions));
  const wrong = Object.values(verdicts).filter(({ status }) => status === 'error');
  if (wrong.length > 0) throw new Error(`checks could not be asked: ${JSON.stringify(wrong[0])}`);
}

async function oneByOne(host: Host, questions: readonly Question[]): Promise<void> {
  for (const question of questions) await batch(host, [question]);
}

async function measureHost(name: string, host: Host, rounds: number): Promise<readonly Measurement[]> {
  const measurement = async (
    title: string,
    questions: readonly Question[],
    targets: Readonly<Record<string, number>> = { 'one check alone': BATCH_TARGET },
  ): Promise<Measurement> => {
    const [ours, ...others] = await takeTurns(rounds * 3, {
      'one batch': () => batch(host, questions),
      'one check alone': () => batch(host, questions.slice(0, 1)),
      'a script that asks nothing': () => host.exec({ script: ':' }),
      'one by one': () => oneByOne(host, questions),
    });
    if (ours === undefined) throw new Error('nothing was measured');
    return { title: `${title} on ${name}`, unit: 'ms', smallerIsBetter: true, ours, others, targets };
  };
  return [
    await measurement('20 checks', FILES),
    await measurement('20 checks of six kinds', MIX),
    // Each is a program of its own whatever is done, so no target.
    await measurement('20 commands', COMMANDS, {}),
  ];
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
      const [ours, ...others] = await takeTurns(rounds * 3, {
        'one batch': () => batch(host, FILES),
        goss: () =>
          promisify(execFile)(goss, ['-g', file, 'validate']).catch((error: { code?: unknown }) => {
            if (error.code !== 1) throw error; // 1: a file is not as asked, which is an answer as well
          }),
      });
      if (ours === undefined) throw new Error('nothing was measured');
      return { title: '20 checks on this machine', unit: 'ms', smallerIsBetter: true, ours, others, targets: {} };
    } finally {
      await host.destroy();
      await machine.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

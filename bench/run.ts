/** All benchmarks, one after the other; in each, the programs take turns round by round. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { measureEcho } from './echo.ts';
import { measureFirstFrame } from './first-frame.ts';
import type { Measurement } from './measurement.ts';
import { programSubject } from './program-subject.ts';
import { streams } from './streams.ts';
import { type Subject, tmuxSubject } from './subject.ts';
import { measureThroughput } from './throughput.ts';

/** What is run and how thoroughly. */
export interface BenchOptions {
  /** Absolute path of the built program's door. */
  readonly program: string;
  /** An empty home folder. */
  readonly home: string;
  /** Rounds of each benchmark; the one of starts has twice as many. */
  readonly rounds: number;
  /** Told what is being measured. */
  readonly note: (text: string) => void;
}

/** Output that a learner meets: plain lines, and colours. */
const STREAMS = ['numbers', 'colours'];

/**
 * Runs everything.
 * @param options what and how thoroughly.
 */
export async function runBenchmarks({ program, home, rounds, note }: BenchOptions): Promise<readonly Measurement[]> {
  // Neither the temporary folder nor anybody's home is visible on the sandbox host; this is.
  const folder = mkdtempSync('/var/lib/lockstep-bench-');
  chmodSync(folder, 0o755);
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = folder;
  const subjects = { ours: programSubject({ program, home, folder }), tmux: tmuxSubject() };
  try {
    note('start to first frame');
    const shows = 'A short tour of Lockstep';
    const firstFrame = await measureFirstFrame({ program: [process.execPath, program], shows, home, rounds: rounds * 2 });
    const echo = await measureEchoes(subjects, rounds, note);
    const throughput = [];
    for (const name of STREAMS) throughput.push(await measureStream(name, subjects, rounds, note));
    return [echo, ...throughput, firstFrame];
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Pair {
  readonly ours: Subject;
  readonly tmux: Subject;
}

/** Every round's median is one sample. */
async function measureEchoes({ ours, tmux }: Pair, rounds: number, note: BenchOptions['note']): Promise<Measurement> {
  const samples = { ours: [] as number[], tmux: [] as number[] };
  for (let round = 1; round <= rounds; round += 1) {
    note(`keystroke echo, round ${round} of ${rounds}`);
    samples.ours.push((await measureEcho(ours, { keys: 120 })).medianMs);
    samples.tmux.push((await measureEcho(tmux, { keys: 120 })).medianMs);
  }
  return compare('keystroke to echo', 'ms', true, samples, 2);
}

async function measureStream(
  name: string,
  { ours, tmux }: Pair,
  rounds: number,
  note: BenchOptions['note'],
): Promise<Measurement> {
  const stream = streams.find((one) => one.name === name);
  if (stream === undefined) throw new Error(`no stream ${name}`);
  const samples = { ours: [] as number[], tmux: [] as number[] };
  for (let round = 1; round <= rounds; round += 1) {
    note(`throughput of ${name}, round ${round} of ${rounds}`);
    samples.ours.push((await measureThroughput(ours, stream, { megabytes: 10 })).megabytesPerSecond);
    samples.tmux.push((await measureThroughput(tmux, stream, { megabytes: 10 })).megabytesPerSecond);
  }
  return compare(`output throughput, ${name}`, 'MB/s', false, samples, 1);
}

function compare(
  title: string,
  unit: string,
  smallerIsBetter: boolean,
  samples: { readonly ours: readonly number[]; readonly tmux: readonly number[] },
  target: number,
): Measurement {
  return {
    title,
    unit,
    smallerIsBetter,
    ours: { label: 'Lockstep', samples: samples.ours },
    others: [{ label: 'tmux', samples: samples.tmux }],
    targets: { tmux: target },
  };
}

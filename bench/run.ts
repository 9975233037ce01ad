/** All benchmarks, one after the other; in each, the programs take turns round by round. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { measureEcho } from './echo.ts';
import { measureFirstFrame } from './first-frame.ts';
import { type Measurement, median } from './measurement.ts';
import { measureIdle, measureInterrupt, measureMemory } from './pane-life.ts';
import { programSubject } from './program-subject.ts';
import { measureScrollSteps } from './scroll-step.ts';
import { streams } from './streams.ts';
import { rawSubject, type Subject, tmuxSubject } from './subject.ts';
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

/** Kinds of output, and how many times tmux's speed each is to have. */
const STREAMS: Readonly<Record<string, number | undefined>> = {
  numbers: 1.1,
  colours: 1.3,
  'dense screens': 1.8,
  unicode: 2.5,
  'cursor moves': undefined,
  'scroll region': undefined,
};

/** Rounds of what takes seconds and hardly varies. */
const FEW = 3;

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
  const subjects = { ours: programSubject({ program, home, folder }), tmux: tmuxSubject(), raw: rawSubject() };
  const few = Math.min(FEW, rounds);
  try {
    note('start to first frame and prompt');
    const command = [process.execPath, program] as const;
    const starts = await measureFirstFrame({ program: command, shows: 'A short tour of Lockstep', home, rounds: rounds * 2 });
    const echoes = await measureEchoes(subjects, rounds, note);
    const streamed = [];
    for (const [name, target] of Object.entries(STREAMS))
      streamed.push(...(await measureStream(name, target, subjects, rounds, note)));
    note('scrolling a lesson of 100 KB');
    const steps = await measureScrollSteps({ program: command, home, folder });
    return [...starts, ...echoes, ...streamed, ...(await measureLife(subjects, few, note)), scrollRow(steps)];
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Subjects {
  readonly ours: Subject;
  readonly tmux: Subject;
  /** Nothing in between: the limit. */
  readonly raw: Subject;
}

type Samples = Record<keyof Subjects, number[]>;

/** One measurement of each subject, round after round. */
async function inTurn<T>(
  subjects: Subjects,
  rounds: number,
  note: (round: string) => void,
  measure: (subject: Subject) => Promise<T>,
  names: readonly (keyof Subjects)[] = ['ours', 'tmux', 'raw'],
): Promise<Record<keyof Subjects, T[]>> {
  const results: Record<keyof Subjects, T[]> = { ours: [], tmux: [], raw: [] };
  for (let round = 1; round <= rounds; round += 1) {
    note(`round ${round} of ${rounds}`);
    for (const name of names) results[name].push(await measure(subjects[name]));
  }
  return results;
}

function pick<T>(results: Record<keyof Subjects, T[]>, value: (result: T) => number): Samples {
  return { ours: results.ours.map(value), tmux: results.tmux.map(value), raw: results.raw.map(value) };
}

/** Every round's median, and its 99th percentile, is one sample. */
async function measureEchoes(subjects: Subjects, rounds: number, note: BenchOptions['note']): Promise<Measurement[]> {
  const results = await inTurn(
    subjects,
    rounds,
    (round) => note(`keystroke echo, ${round}`),
    (subject) => measureEcho(subject, { keys: 120 }),
  );
  const row = { unit: 'ms', smallerIsBetter: true, target: 1.5 };
  return [
    compare({ ...row, title: 'keystroke to echo', samples: pick(results, (one) => one.medianMs) }),
    compare({ ...row, title: 'keystroke to echo, 99 %', samples: pick(results, (one) => one.p99Ms) }),
    compare({
      title: 'CPU for a key',
      unit: 'ms',
      smallerIsBetter: true,
      samples: pick(results, (one) => one.cpuMsPerKey),
      raw: false,
    }),
  ];
}

async function measureStream(
  name: string,
  target: number | undefined,
  subjects: Subjects,
  rounds: number,
  note: BenchOptions['note'],
): Promise<Measurement[]> {
  const stream = streams.find((one) => one.name === name);
  if (stream === undefined) throw new Error(`no stream ${name}`);
  const results = await inTurn(
    subjects,
    rounds,
    (round) => note(`throughput of ${name}, ${round}`),
    (subject) => measureThroughput(subject, stream, { megabytes: 10 }),
  );
  return [
    compare({
      title: `output throughput, ${name}`,
      unit: 'MB/s',
      smallerIsBetter: false,
      samples: pick(results, (one) => one.megabytesPerSecond),
      target,
    }),
    compare({
      title: `CPU for a megabyte, ${name}`,
      unit: 'ms',
      smallerIsBetter: true,
      samples: pick(results, (one) => one.cpuMsPerMegabyte),
      target: 1,
      raw: false,
    }),
  ];
}

/** Being interrupted, doing nothing, remembering. */
async function measureLife(subjects: Subjects, rounds: number, note: BenchOptions['note']): Promise<Measurement[]> {
  const interrupts = await inTurn(
    subjects,
    rounds,
    (round) => note(`Ctrl-C in a flood, ${round}`),
    (subject) => measureInterrupt(subject),
  );
  const idle = await inTurn(
    subjects,
    rounds,
    (round) => note(`doing nothing, ${round}`),
    (subject) => measureIdle(subject),
    ['ours', 'tmux'],
  );
  const memory = await inTurn(subjects, rounds, (round) => note(`memory, ${round}`), measureMemory, ['ours', 'tmux']);
  const ofMemory = { unit: 'MB', smallerIsBetter: true };
  return [
    compare({
      title: 'Ctrl-C in `yes` to the next prompt',
      unit: 'ms',
      smallerIsBetter: true,
      samples: pick(interrupts, (one) => median(one)),
      atMost: 10,
    }),
    compare({
      title: 'CPU a second while idle',
      unit: 'ms',
      smallerIsBetter: true,
      samples: pick(idle, (value) => value),
      atMost: 1,
      raw: false,
    }),
    compare({ ...ofMemory, title: 'memory after 100,000 lines', samples: pick(memory, (one) => one.after), raw: false }),
    {
      ...ofMemory,
      title: 'memory after 200,000 lines',
      ours: { label: 'Lockstep', samples: memory.ours.map((one) => one.afterTwice) },
      others: [
        { label: 'after 100,000', samples: memory.ours.map((one) => one.after) },
        { label: 'at the prompt', samples: memory.ours.map((one) => one.before) },
      ],
      targets: { 'after 100,000': 1.2 },
    },
  ];
}

function scrollRow(samples: readonly number[]): Measurement {
  return {
    title: 'one step of scrolling a lesson of 100 KB',
    unit: 'ms',
    smallerIsBetter: true,
    ours: { label: 'Lockstep', samples },
    others: [],
    atMost: 2,
    targets: {},
  };
}

interface Row {
  readonly title: string;
  readonly unit: string;
  readonly smallerIsBetter: boolean;
  readonly samples: Samples;
  /** Times tmux. */
  readonly target?: number | undefined;
  readonly atMost?: number;
  /** False where nothing in between has nothing to compare. */
  readonly raw?: boolean;
}

function compare({ title, unit, smallerIsBetter, samples, target, atMost, raw = true }: Row): Measurement {
  return {
    title,
    unit,
    smallerIsBetter,
    ours: { label: 'Lockstep', samples: samples.ours },
    others: [{ label: 'tmux', samples: samples.tmux }, ...(raw ? [{ label: 'raw pty', samples: samples.raw }] : [])],
    ...(atMost === undefined ? {} : { atMost }),
    targets: target === undefined ? {} : { tmux: target },
  };
}

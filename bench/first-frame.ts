/**
 * From the start of a program to the first thing a person can read on its screen: Lockstep on its tour, tmux with its
 * status line, Node doing nothing at all, and Node saying one word, which nothing written for Node that shows anything can
 * beat. All of them are started a second time: the first one fills the caches.
 */
import { spawnSync } from 'node:child_process';
import { type LaunchedProgram, launchProgram } from '../test/support/launch-program.ts';
import type { Measurement } from './measurement.ts';

/** A server of its own, which ends with its last session. */
const TMUX = ['tmux', '-L', `lockstep-bench-${process.pid}`] as const;

/** The same kind of shell as in the sandbox, without anybody's settings. */
const SHELL = 'exec env PS1="ready: " bash --norc --noprofile';

const SIZE = { cols: 120, rows: 34 };

/** What to measure and how often. */
export interface FirstFrameOptions {
  /** Command line of the program, ours, up to its arguments. */
  readonly program: readonly [string, ...string[]];
  /** What its first frame shows. */
  readonly shows: string;
  /** Home folder with the program's state. */
  readonly home: string;
  readonly rounds: number;
}

/**
 * Measures all of them, in turn, round after round; and how long it is until each has a shell at its prompt.
 * @param options what and how often.
 */
export async function measureFirstFrame({ program, shows, home, rounds }: FirstFrameOptions): Promise<readonly Measurement[]> {
  const ours: number[] = [];
  const oursPrompt: number[] = [];
  const tmux: number[] = [];
  const tmuxPrompt: number[] = [];
  const node: number[] = [];
  const word: number[] = [];
  for (let round = -1; round < rounds; round += 1) {
    const times = {
      ours: await untilShown([...program, 'run', 'tour'], shows, /ubuntu@\S+:\S*[$#]/, home),
      tmux: await untilShown([...TMUX, '-f', '/dev/null', 'new-session', SHELL], '[0] 0:', /^ready:/m, home),
      node: await untilEnded([process.execPath, '-e', '0'], home),
      word: await untilWord(home),
    };
    // The first round is the first start.
    if (round < 0) continue;
    ours.push(times.ours.frame);
    oursPrompt.push(times.ours.prompt);
    tmux.push(times.tmux.frame);
    tmuxPrompt.push(times.tmux.prompt);
    node.push(times.node);
    word.push(times.word);
  }
  const frame: Measurement = {
    title: 'start to first frame',
    unit: 'ms',
    smallerIsBetter: true,
    ours: { label: 'Lockstep', samples: ours },
    others: [
      { label: '`node -e 0`', samples: node },
      { label: 'Node, one word on a terminal', samples: word },
      { label: 'tmux', samples: tmux },
    ],
    targets: { '`node -e 0`': 1.5 },
  };
  const prompt: Measurement = {
    title: 'start to a shell at its prompt',
    unit: 'ms',
    smallerIsBetter: true,
    ours: { label: 'Lockstep', samples: oursPrompt },
    others: [
      { label: 'its first frame', samples: ours },
      { label: 'tmux', samples: tmuxPrompt },
    ],
    targets: { 'its first frame': 2 },
  };
  return [frame, prompt];
}

/** Both in one start, milliseconds. */
async function untilShown(
  command: readonly [string, ...string[]],
  text: string,
  prompt: RegExp,
  home: string,
): Promise<{ readonly frame: number; readonly prompt: number }> {
  const begun = performance.now();
  const program = launchProgram(command, { ...SIZE, home });
  try {
    await program.waitFor(text, 30_000);
    const frame = performance.now() - begun;
    await program.waitFor(prompt, 30_000);
    return { frame, prompt: performance.now() - begun };
  } finally {
    await end(program);
  }
}

async function untilEnded(command: readonly [string, ...string[]], home: string): Promise<number> {
  const begun = performance.now();
  const program = launchProgram(command, { ...SIZE, home });
  await program.exit(30_000);
  const time = performance.now() - begun;
  await program.kill();
  return time;
}

async function untilWord(home: string): Promise<number> {
  const begun = performance.now();
  const program = launchProgram([process.execPath, '-e', 'process.stdout.write("ready")'], { ...SIZE, home });
  await program.waitFor('ready', 30_000);
  const time = performance.now() - begun;
  await program.exit(30_000);
  await program.kill();
  return time;
}

/** Asked to end first, so that Lockstep takes its host down; tmux's server would outlive its client. */
async function end(program: LaunchedProgram): Promise<void> {
  spawnSync(TMUX[0], [...TMUX.slice(1), 'kill-server'], { stdio: 'ignore' });
  try {
    program.signal('SIGTERM');
  } catch {
    // It has ended by itself, a moment ago.
  }
  await program.exit(15_000).catch(() => undefined);
  await program.kill();
}

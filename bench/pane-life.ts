/** What a pane costs when nothing happens, how much it remembers, and how soon it listens in a flood. */
import { cpuMs, residentMegabytes } from './process-use.ts';
import { processesOf, type Running, run, type Subject, waitForText } from './subject.ts';

const SHELL = 'exec env PS1="ready: " bash --norc --noprofile';

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** A subject with a shell at its prompt, ended afterwards. */
async function withShell<T>(subject: Subject, work: (program: Running) => Promise<T>): Promise<T> {
  const program = run(subject, SHELL);
  try {
    await subject.enter?.(program, SHELL);
    await waitForText(program, 'ready:');
    return await work(program);
  } finally {
    program.kill();
  }
}

/**
 * CPU time of a pane whose shell waits at its prompt, milliseconds a second.
 * @param subject the program to measure.
 * @param options `settleMs`: left alone before; `seconds`: watched for so long.
 */
export function measureIdle(
  subject: Subject,
  { settleMs = 2_000, seconds = 4 }: { readonly settleMs?: number; readonly seconds?: number } = {},
): Promise<number> {
  return withShell(subject, async (program) => {
    await sleep(settleMs);
    const processes = processesOf(subject, program);
    const before = cpuMs(processes);
    await sleep(seconds * 1000);
    return (cpuMs(processes) - before) / seconds;
  });
}

/** Memory in RAM, megabytes: at the prompt, after 100,000 lines of output, after as many again. */
export interface MemoryResult {
  readonly before: number;
  readonly after: number;
  readonly afterTwice: number;
}

/**
 * Has the shell print 100,000 lines twice.
 * @param subject the program to measure.
 */
export function measureMemory(subject: Subject): Promise<MemoryResult> {
  return withShell(subject, async (program) => {
    const processes = processesOf(subject, program);
    const print = async (end: string): Promise<number> => {
      // The word in two pieces, so that typing it is not yet seeing it.
      const seen = waitForText(program, end);
      program.write(`seq -f 'line %.0f of the output of a program' 100000; clear; echo ${end.slice(0, 3)}''${end.slice(3)}\r`);
      await seen;
      await sleep(500);
      return residentMegabytes(processes);
    };
    await sleep(1_000);
    const before = residentMegabytes(processes);
    return { before, after: await print('PRINTED-ONCE'), afterTwice: await print('PRINTED-AGAIN') };
  });
}

/**
 * From Ctrl-C into the output of `yes` to the shell's next prompt on the outer terminal, milliseconds.
 * @param subject the program to measure.
 * @param options `times`: how often.
 */
export function measureInterrupt(subject: Subject, { times = 8 }: { readonly times?: number } = {}): Promise<readonly number[]> {
  return withShell(subject, async (program) => {
    const samples: number[] = [];
    while (samples.length < times) {
      await sleep(150);
      program.write('yes\r');
      // Off the beat of anybody's frames.
      await sleep(300 + samples.length * 7);
      const prompt = waitForText(program, 'ready:', 20_000);
      const start = performance.now();
      program.write('\x03');
      await prompt;
      samples.push(performance.now() - start);
    }
    return samples;
  });
}

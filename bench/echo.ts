/** From a key into a pane to its echo on the outer terminal. */
import { cpuMs } from './process-use.ts';
import { processesOf, quantile, type Running, run, type Subject, waitForText } from './subject.ts';

/** What came of it; times in milliseconds. */
export interface EchoResult {
  readonly medianMs: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  /** Bytes written to the outer terminal for one key. */
  readonly bytesPerKey: number;
  /** CPU that the program itself used for one key. */
  readonly cpuMsPerKey: number;
  readonly samples: readonly number[];
}

/** Letters that occur in no escape sequence either side writes. */
const LETTERS = 'QWEYUIOGXVN';
/** Keys a line, so that no line wraps. */
const LINE = 60;

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function once(program: Running, letter: string, heard: { listener: (bytes: Buffer) => void }): Promise<number> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no echo of ${letter}`)), 10_000);
    const code = letter.charCodeAt(0);
    heard.listener = (bytes) => {
      if (!bytes.includes(code)) return;
      const took = performance.now() - start;
      clearTimeout(timer);
      heard.listener = () => {};
      resolve(took);
    };
    const start = performance.now();
    program.write(letter);
  });
}

/**
 * Types letters at a bash prompt, one at a time at about a typist's pace.
 * @param subject the program to measure.
 * @param options `keys`: how many; `pauseMs`: between an echo and the next key.
 */
export async function measureEcho(
  subject: Subject,
  { keys = 300, pauseMs = 20 }: { readonly keys?: number; readonly pauseMs?: number } = {},
): Promise<EchoResult> {
  const inner = 'exec env PS1="ready: " bash --norc --noprofile';
  const program = run(subject, inner);
  const heard = { listener: (_bytes: Buffer) => {} };
  let bytesOut = 0;
  program.onData((bytes) => {
    bytesOut += bytes.length;
    heard.listener(bytes);
  });
  try {
    await subject.enter?.(program, inner);
    await waitForText(program, 'ready:');
    await sleep(300);
    for (let warm = 0; warm < LINE; warm++) await once(program, LETTERS.charAt(warm % LETTERS.length), heard);
    const processes = processesOf(subject, program);
    const samples: number[] = [];
    let cpu = 0;
    let bytes = 0;
    while (samples.length < keys) {
      program.write('\x15');
      await sleep(100);
      const [cpuBefore, bytesBefore] = [cpuMs(processes), bytesOut];
      for (let key = 0; key < LINE && samples.length < keys; key++) {
        // Off the beat of anybody's timers.
        await sleep(pauseMs + (samples.length % 7));
        samples.push(await once(program, LETTERS.charAt(key % LETTERS.length), heard));
      }
      cpu += cpuMs(processes) - cpuBefore;
      bytes += bytesOut - bytesBefore;
    }
    return {
      medianMs: quantile(samples, 0.5),
      p95Ms: quantile(samples, 0.95),
      p99Ms: quantile(samples, 0.99),
      bytesPerKey: bytes / keys,
      cpuMsPerKey: cpu / keys,
      samples,
    };
  } finally {
    program.kill();
  }
}

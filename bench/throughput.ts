/** How fast a pane takes the output of its inner program. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cpuMs } from './process-use.ts';
import { type Stream, writeStream } from './streams.ts';
import { processesOf, run, type Subject, waitForText } from './subject.ts';

/** What came of it. */
export interface ThroughputResult {
  /** Megabytes (10⁶) of the inner program's output a second, until its end is seen on the outer terminal. */
  readonly megabytesPerSecond: number;
  readonly seconds: number;
  /** CPU time of the program itself. */
  readonly cpuMsPerMegabyte: number;
}

/** Written on an empty screen, so that it stands in the output in one piece. */
const END = 'ALL-IS-SHOWN';

/**
 * Has the inner program write a stream, and waits until what it wrote last is on the outer terminal.
 * @param subject the program to measure.
 * @param stream what is written.
 * @param options `megabytes`: how much of it.
 */
export async function measureThroughput(
  subject: Subject,
  stream: Stream,
  { megabytes = 10 }: { readonly megabytes?: number } = {},
): Promise<ThroughputResult> {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-bench-'));
  // Another user may be the one to read it.
  chmodSync(folder, 0o755);
  try {
    const { path, bytes } = writeStream(stream, megabytes * 1e6, folder);
    const inner = `printf READY; read go; cat ${path}; printf '\\033[r\\033[m\\033[2J\\033[H${END}'; read stop`;
    const program = run(subject, inner);
    try {
      await subject.enter?.(program, inner);
      await waitForText(program, 'READY');
      await new Promise((resolve) => setTimeout(resolve, 200));
      const end = waitForText(program, END, 300_000);
      const processes = processesOf(subject, program);
      const before = cpuMs(processes);
      const start = performance.now();
      program.write('\r');
      await end;
      const seconds = (performance.now() - start) / 1000;
      const cpu = cpuMs(processes) - before;
      return { megabytesPerSecond: bytes / 1e6 / seconds, seconds, cpuMsPerMegabyte: cpu / (bytes / 1e6) };
    } finally {
      program.kill();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

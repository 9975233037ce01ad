/**
 * Writes what a person sees into a file while they see it. It is given every piece of output and knows nothing of what
 * is typed: a secret that the terminal does not echo cannot get into it. Nothing is kept in memory; each event is
 * handed to the system as one whole line, so that a killed program leaves a file that is valid up to its last line.
 */
import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { messageOf, UserError } from '../model/errors.ts';
import { type CastEvent, eventLine, headerLine } from './asciicast.ts';

/** What a recording is made of. */
export interface RecorderOptions {
  readonly path: string;
  /** Replace a file that is there. */
  readonly force: boolean;
  readonly title: string;
  readonly cols: number;
  readonly rows: number;
  /** `TERM` and `SHELL` are kept, nothing else. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Called once, when the file can be written no more; the recording ends there. */
  readonly onTrouble: (sentence: string) => void;
}

/** A recording under way. */
export interface Recorder {
  /** What was shown. */
  output(data: string | Uint8Array): void;
  /** A place to go back to. */
  marker(label: string): void;
  resized(cols: number, rows: number): void;
  /** Ends it; safe to call twice. */
  close(): void;
}

/**
 * Begins a recording.
 * @param options where to, and of what.
 * @throws UserError where the file is there already, or cannot be made.
 */
export function createRecorder(options: RecorderOptions): Recorder {
  const { path, now } = options;
  const begun = now();
  const decoder = new StringDecoder('utf8');
  let fd: number | null = openNew(path, options.force);
  let size = 0;

  function put(line: string): void {
    if (fd === null) return;
    const bytes = Buffer.from(line);
    try {
      for (let written = 0; written < bytes.length; ) written += writeSync(fd, bytes, written);
      size += bytes.length;
    } catch (thrown) {
      const sentence = `The recording ends here: ${path} cannot be written (${messageOf(thrown)}).`;
      cutAndClose();
      options.onTrouble(sentence);
    }
  }

  /** Half a line is no line. */
  function cutAndClose(): void {
    if (fd === null) return;
    const last = fd;
    fd = null;
    try {
      ftruncateSync(last, size);
    } catch {
      // A device or a pipe has no length to be cut to.
    }
    closeSync(last);
  }

  function event(code: CastEvent['code'], data: string): void {
    if (data !== '') put(eventLine({ at: Math.max(0, now() - begun) / 1000, code, data }));
  }

  put(headerLine(headerOf(options, begun)));
  return {
    output: (data) => event('o', typeof data === 'string' ? data : decoder.write(Buffer.from(data))),
    marker: (label) => event('m', label),
    resized: (cols, rows) => event('r', `${cols}x${rows}`),
    close: cutAndClose,
  };
}

function headerOf({ title, cols, rows, env }: RecorderOptions, begun: number) {
  const kept = Object.fromEntries(['TERM', 'SHELL'].flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));
  return { width: cols, height: rows, timestamp: Math.floor(begun / 1000), title, env: kept as Record<string, string> };
}

/** The learner's own file, for nobody else's eyes; one that is there is only replaced when asked to. */
function openNew(path: string, force: boolean): number {
  try {
    return openSync(path, force ? 'w' : 'wx', 0o600);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'EEXIST')
      throw new UserError('recording-exists', `${path} is there already; a recording would replace it.`, {
        tries: ['Give another name to --record, or add --force.'],
        exitCode: 2,
      });
    throw new UserError('recording-file', `The recording ${path} cannot be written: ${messageOf(thrown)}`, {
      tries: ['Give --record a file in a folder that you may write to.'],
      exitCode: 2,
      cause: thrown,
    });
  }
}

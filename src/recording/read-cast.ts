/** Reads a recording event by event, never the whole of it at once. It shows nothing. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileReasonOf, UserError } from '../model/errors.ts';
import { type CastEvent, type CastHeader, readEvent, readHeader } from './asciicast.ts';

/** A recording that is being read. */
export interface CastReader {
  readonly header: CastHeader;
  /** The events in order, once. A last line that is not whole is where a killed program stopped: it ends there. */
  readonly events: AsyncGenerator<CastEvent, void, undefined>;
  close(): void;
}

/**
 * Opens a recording and reads its first line.
 * @param path the file.
 * @throws UserError for a file that is not there or is no asciicast v2; reading on throws it for a line that is no event.
 */
export async function readCast(path: string): Promise<CastReader> {
  const stream = createReadStream(path, { encoding: 'utf8' });
  const lines = createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })[Symbol.asyncIterator]();
  const next = async (): Promise<string | null> => {
    try {
      const { value, done } = await Promise.race([lines.next(), failed]);
      return done ? null : value;
    } catch (thrown) {
      throw new UserError('recording-file', `The recording ${path} cannot be read: ${fileReasonOf(thrown)}.`, { cause: thrown });
    }
  };
  const failed = new Promise<never>((_, reject) => stream.once('error', reject));
  failed.catch(() => {});
  const header = readHeader((await next()) ?? '');
  if (header === null || typeof header === 'number') {
    stream.destroy();
    throw refused(path, header);
  }
  return { header, events: eventsOf(path, next), close: () => stream.destroy() };
}

function refused(path: string, version: number | null): UserError {
  return new UserError(
    'no-recording',
    version === null ? `${path} is no recording: its first line is no asciicast header.` : `${path} is an asciicast v${version}.`,
    { tries: ['lockstep replay plays asciicast v2, which lockstep run --record and asciinema write.'], exitCode: 2 },
  );
}

async function* eventsOf(path: string, next: () => Promise<string | null>): AsyncGenerator<CastEvent, void, undefined> {
  let number = 1;
  let line = await next();
  while (line !== null) {
    number += 1;
    const following = await next();
    const event = line.trim() === '' ? 'other' : readEvent(line);
    if (event === null && following !== null)
      throw new UserError('no-recording', `${path}:${number} is no event of a recording.`, { exitCode: 2 });
    if (event !== null && event !== 'other') yield event;
    line = following;
  }
}

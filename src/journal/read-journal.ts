/**
 * What the bytes of a journal say. Pure. A last line that was not written to its end is normal (the program was killed
 * while it wrote); anything else that does not fit the chain is damage, and what stands before it is still good.
 */
import type { DurableEvent } from '../session/events.ts';
import { CHAIN_START, decodeLine, isEvent, isHeader, JOURNAL_VERSION } from './record.ts';

/** A journal as far as it can be trusted. */
export interface JournalContents {
  /** `good`; `torn`: only its last line is not whole; `broken`: damaged; `newer`: of a format we do not know. */
  readonly state: 'good' | 'torn' | 'broken' | 'newer';
  readonly events: readonly DurableEvent[];
  /** The good lines, each with its newline. */
  readonly lines: readonly string[];
  /** Hash of the last good line. */
  readonly lastHash: string;
  /** Bytes of the file that are good. Where a whole last line lacks only its newline, one less than `lines` make up. */
  readonly goodBytes: number;
  /** Number of the first bad line, from 1; 0 where there is none. */
  readonly badLine: number;
}

/**
 * Reads as far as the chain holds.
 * @param bytes the whole file.
 */
export function readContents(bytes: Buffer): JournalContents {
  const pieces = bytes.toString('utf8').split('\n');
  // A file that ends in a newline leaves an empty piece behind it.
  const whole = pieces.at(-1) === '' ? pieces.slice(0, -1) : pieces;
  const events: DurableEvent[] = [];
  const lines: string[] = [];
  let lastHash = CHAIN_START;
  let goodBytes = 0;
  const contents = (state: JournalContents['state'], badLine: number): JournalContents => {
    return { state, events, lines, lastHash, goodBytes: Math.min(goodBytes, bytes.length), badLine };
  };
  for (const [index, line] of whole.entries()) {
    const decoded = decodeLine(line, index, lastHash);
    const last = index === whole.length - 1;
    if (!decoded.ok) return contents(last && isTorn(line, pieces.length > whole.length) ? 'torn' : 'broken', index + 1);
    if (index === 0) {
      if (!isHeader(decoded.body)) return contents('broken', 1);
      if (decoded.body.version > JOURNAL_VERSION) return contents('newer', 1);
    } else {
      if (!isEvent(decoded.body)) return contents('broken', index + 1);
      events.push(decoded.body);
    }
    lines.push(`${line}\n`);
    lastHash = decoded.hash;
    goodBytes += Buffer.byteLength(line) + 1;
  }
  return contents('good', 0);
}

/** A write that broke off has no newline; after a power cut it may also have one, behind a stretch of zeros. */
function isTorn(line: string, newline: boolean): boolean {
  return !newline || line.includes('\0');
}

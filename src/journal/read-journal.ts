/**
 * What the bytes of a journal say. Pure. A last line that was not written to its end is normal (the program was killed
 * while it wrote); anything else that does not fit the chain is damage, and what stands before it is still good.
 */
import type { DurableEvent } from '../session/events.ts';
import { CHAIN_START, decodeLine, isEvent, isHeader, JOURNAL_VERSION, type JournalHeader } from './record.ts';

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
  const endsInNewline = pieces.at(-1) === '';
  const whole = endsInNewline ? pieces.slice(0, -1) : pieces;
  const good = { events: [] as DurableEvent[], lines: [] as string[], lastHash: CHAIN_START, goodBytes: 0 };
  for (const [index, line] of whole.entries()) {
    const decoded = decodeLine(line, index, good.lastHash);
    const trouble = decoded.ok ? wrongBody(index, decoded.body) : isTorn(line, index, whole, endsInNewline) ? 'torn' : 'broken';
    if (!decoded.ok || trouble !== null) return { ...good, state: trouble ?? 'broken', badLine: index + 1 };
    if (isEvent(decoded.body)) good.events.push(decoded.body);
    good.lines.push(`${line}\n`);
    good.lastHash = decoded.hash;
    good.goodBytes = Math.min(bytes.length, good.goodBytes + Buffer.byteLength(line) + 1);
  }
  return { ...good, state: 'good', badLine: 0 };
}

/** The header comes first and nowhere else. */
function wrongBody(index: number, body: JournalHeader | DurableEvent): 'broken' | 'newer' | null {
  if (index > 0) return isEvent(body) ? null : 'broken';
  if (!isHeader(body)) return 'broken';
  return body.version > JOURNAL_VERSION ? 'newer' : null;
}

/** A last line that broke off has no newline; after a power cut it may also have one, behind a stretch of zeros. */
function isTorn(line: string, index: number, whole: readonly string[], endsInNewline: boolean): boolean {
  return index === whole.length - 1 && (!endsInNewline || line.includes('\0'));
}

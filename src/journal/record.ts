/**
 * One line of a journal, and its place in the chain: every line names the hash of the line before it, so that a line
 * that was changed, lost or moved is noticed. Pure: text in, text out. The chain guards against damage, not against
 * someone who writes a whole new one.
 */
import { createHash } from 'node:crypto';
import type { DurableEvent } from '../session/events.ts';

/** Version of the format. A journal of a newer one is refused, never rewritten. */
export const JOURNAL_VERSION = 1;

const FORMAT = 'lockstep-journal';

/** What the first line's `prev` is. */
export const CHAIN_START = '0'.repeat(64);

/** The first line of a journal. */
export interface JournalHeader {
  readonly format: string;
  readonly version: number;
  /** When it was begun, ISO 8601. */
  readonly begun: string;
}

/** A line and its hash, which the next one names. */
export interface EncodedLine {
  /** With its newline. */
  readonly text: string;
  readonly hash: string;
}

/** What a line turned out to be. */
export type DecodedLine =
  | { readonly ok: true; readonly hash: string; readonly body: JournalHeader | DurableEvent }
  | { readonly ok: false; readonly why: 'not-json' | 'wrong-hash' | 'wrong-order' };

/**
 * Writes a line.
 * @param seq its number in the file, 0 for the header.
 * @param prev hash of the line before it, `CHAIN_START` for the header.
 * @param body what it says.
 */
export function encodeLine(seq: number, prev: string, body: JournalHeader | DurableEvent): EncodedLine {
  const sealed = `{"seq":${seq},"prev":"${prev}","body":${JSON.stringify(body)}`;
  const hash = sha256(sealed);
  return { text: `${sealed},"hash":"${hash}"}\n`, hash };
}

/**
 * The header of a journal begun now.
 * @param now ms since the epoch.
 */
export function newHeader(now: number): JournalHeader {
  return { format: FORMAT, version: JOURNAL_VERSION, begun: new Date(now).toISOString() };
}

/**
 * Reads a line and proves that it belongs where it stands. The hash is taken over the text as it was written: nothing
 * is parsed and written again to be compared.
 * @param line without its newline.
 * @param seq the number it must have.
 * @param prev the hash it must name.
 */
export function decodeLine(line: string, seq: number, prev: string): DecodedLine {
  const parts = /^(.*),"hash":"([0-9a-f]{64})"\}$/.exec(line);
  const [, sealed = '', hash = ''] = parts ?? [];
  const value = parts === null ? undefined : parse(line);
  if (value === undefined) return { ok: false, why: 'not-json' };
  if (sha256(sealed) !== hash) return { ok: false, why: 'wrong-hash' };
  if (value.seq !== seq || value.prev !== prev) return { ok: false, why: 'wrong-order' };
  return { ok: true, hash, body: value.body };
}

/**
 * True for the first line's body.
 * @param body what a line says.
 */
export function isHeader(body: JournalHeader | DurableEvent): body is JournalHeader {
  return 'format' in body && body.format === FORMAT && typeof body.version === 'number';
}

/**
 * True for the body of every other line, as far as all events are alike.
 * @param body what a line says.
 */
export function isEvent(body: JournalHeader | DurableEvent): body is DurableEvent {
  return 'type' in body && typeof body.type === 'string' && typeof body.at === 'number';
}

interface Envelope {
  readonly seq: number;
  readonly prev: string;
  readonly body: JournalHeader | DurableEvent;
}

function parse(line: string): Envelope | undefined {
  try {
    const value: unknown = JSON.parse(line);
    const envelope = value as Envelope;
    return typeof envelope.body === 'object' && envelope.body !== null ? envelope : undefined;
  } catch {
    return undefined;
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

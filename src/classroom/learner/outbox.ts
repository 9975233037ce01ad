/**
 * The journal as an outbox: its lines from any number on, as reports. It reads the file that the program writes, no
 * further than what is on the disk for good, and remembers only where lines begin. It never writes.
 */
import { open } from 'node:fs/promises';
import type { JournalIdentity, Report } from '../../classroom/protocol/report.ts';
import { CHAIN_START, decodeLine } from '../../journal/record.ts';
import { BugError } from '../../model/errors.ts';
import { type JournalLine, reportOf } from './report-of.ts';

/** The part of an open journal that is needed. */
export interface SavedJournal {
  /** Absolute path of its file. */
  readonly path: string;
  /** Bytes of it that are on the disk for good, whole lines. */
  readonly savedBytes: number;
  onSaved(listener: () => void): () => void;
}

/** Reads a journal from where the class server left off. */
export interface Outbox {
  /** Looks at what was written since; cheap where nothing was. */
  refresh(): Promise<void>;
  /** Lines that are on the disk. */
  readonly count: number;
  /** Hash of the newest line; null before the first. */
  readonly head: string | null;
  /** Which journal it is; null before its first line. */
  readonly identity: JournalIdentity | null;
  /**
   * Reports of lines that are on the disk.
   * @param from number of the first, from 0.
   * @param most how many at most.
   */
  read(from: number, most: number): Promise<readonly Report[]>;
}

/** Bytes read at a time. */
const chunkBytes = 256 * 1024;

/**
 * The outbox of an open journal.
 * @param journal the journal.
 * @param lesson which lesson it is of, for the time before its own line says so.
 */
export function createOutbox(journal: SavedJournal, lesson: { readonly id: string; readonly hash: string }): Outbox {
  /** Where each line begins, and, as the last, where the next one will. */
  const starts: number[] = [0];
  const hashes: string[] = [];
  let begun: JournalIdentity | null = null;
  let refreshing: Promise<void> | null = null;

  async function look(): Promise<void> {
    const until = journal.savedBytes;
    for (let at = starts.at(-1) ?? 0; at < until; at = starts.at(-1) ?? 0) {
      const bytes = await readBytes(journal.path, at, Math.min(until, at + chunkBytes), until);
      if (bytes.length === 0) return;
      take(bytes, at);
    }
  }

  function take(bytes: Buffer, offset: number): void {
    let from = 0;
    for (let end = bytes.indexOf(0x0a); end >= 0; end = bytes.indexOf(0x0a, from)) {
      const line = decode(bytes.toString('utf8', from, end), hashes.length, hashes.at(-1) ?? CHAIN_START);
      hashes.push(line.hash);
      starts.push(offset + end + 1);
      // Its first event says what was begun; the lesson's text may have changed since.
      if (begun === null && 'type' in line.body && line.body.type === 'session-started')
        begun = { id: hashes[0] ?? '', lesson: line.body.lesson, lessonHash: line.body.hash };
      from = end + 1;
    }
  }

  return {
    async refresh() {
      refreshing ??= look().finally(() => {
        refreshing = null;
      });
      await refreshing;
    },
    get count() {
      return hashes.length;
    },
    get head() {
      return hashes.at(-1) ?? null;
    },
    get identity() {
      const [id] = hashes;
      return begun ?? (id === undefined ? null : { id, lesson: lesson.id, lessonHash: lesson.hash });
    },
    async read(from, most) {
      const to = Math.min(hashes.length, from + most);
      const [first, last] = [starts[from], starts[to]];
      if (first === undefined || last === undefined || to <= from) return [];
      const text = (await readBytes(journal.path, first, last, last)).toString('utf8');
      const lines = text.split('\n').slice(0, -1);
      return lines.map((line, index) => {
        const seq = from + index;
        return reportOf(decode(line, seq, hashes[seq - 1] ?? CHAIN_START));
      });
    },
  };
}

function decode(line: string, seq: number, prev: string): JournalLine {
  const decoded = decodeLine(line, seq, prev);
  if (!decoded.ok) throw new BugError(`line ${seq + 1} of the open journal cannot be read: ${decoded.why}`);
  return { seq, hash: decoded.hash, body: decoded.body };
}

/** Bytes of the file; where they end inside of the first line, more of it, up to `limit`. */
async function readBytes(path: string, from: number, to: number, limit: number): Promise<Buffer> {
  const handle = await open(path, 'r');
  try {
    for (let end = to; ; end = Math.min(limit, end + chunkBytes)) {
      const bytes = Buffer.alloc(end - from);
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, from);
      const read = bytes.subarray(0, bytesRead);
      if (end >= limit || read.includes(0x0a) || bytesRead < bytes.length) return read;
    }
  } finally {
    await handle.close();
  }
}

/**
 * What survives a crash: the durable events of one session, in order, each on the disk before the next one counts.
 * Knows nothing of what events mean; the session is made from them by replaying.
 */
import { readFileSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { messageOf, UserError } from '../model/errors.ts';
import type { DurableEvent } from '../session/events.ts';
import { type JournalFile, openJournalFile } from './journal-file.ts';
import { nameAside, writeAside } from './keep-aside.ts';
import { acquireLock, type JournalLock } from './lock.ts';
import { makePrivateFolder } from './private-folder.ts';
import { type JournalContents, readContents } from './read-journal.ts';
import { encodeLine, newHeader } from './record.ts';
import { LineWriter, type WriterNews } from './writer.ts';

export { claimSession, findSession } from './lesson-sessions.ts';
export { resetJournal } from './reset-journal.ts';
export { sessionFolder } from './state-folder.ts';

/** What a trouble is about; `recovered` takes an earlier `not-saved` back. */
export type TroubleKind = 'torn' | 'broken' | 'not-saved' | 'vanished' | 'recovered' | 'lost';

/** Told whenever the learner should know something about what is kept: a sentence, and a stable word for it. */
export type TroubleListener = (sentence: string, kind: TroubleKind) => void;

/** One session's events, held by this program alone until it is closed. */
export interface Journal {
  /** What was there when it was opened. */
  readonly events: readonly DurableEvent[];
  /** Takes an event; it is on its way to the disk when this returns, in order. Never throws for the disk's sake. */
  append(event: DurableEvent): void;
  /** Resolves when everything appended so far is on the disk, or when `onTrouble` has told that it is not. */
  flush(): Promise<void>;
  /** Bytes of the file that are on the disk for good, whole lines: others may read that far while it is open. */
  readonly savedBytes: number;
  /** Called whenever `savedBytes` has grown. Returns the way to unsubscribe. */
  onSaved(listener: () => void): () => void;
  /** Flushes, gives up the lock. What could not be saved even now is told as `lost`. Safe to call twice. */
  close(): Promise<void>;
}

/** How a journal is opened. */
export interface JournalOptions {
  /** Absolute path of the file; it and its folder are made where there are none. */
  readonly path: string;
  readonly onTrouble: TroubleListener;
  /** Milliseconds since the epoch; default the system's clock. */
  readonly now?: () => number;
  /** Milliseconds between two tries while the disk refuses; default 2000. */
  readonly retryMs?: number;
  /** How the file is opened; for tests that need a disk with a will of its own. */
  readonly openFile?: (path: string) => Promise<JournalFile>;
}

/**
 * Opens a journal and reads it. A last line that was not written to its end is cut off and kept aside; a damaged journal
 * is kept aside whole, and a new one goes on from the events before the damage. Both are told.
 * @throws UserError `journal-locked` while another program has it open, `journal-newer` when it was written by a newer
 *   Lockstep, `state-not-writable` when its folder cannot be made or written to.
 */
export async function openJournal(options: JournalOptions): Promise<Journal> {
  const { path, onTrouble, now = Date.now, retryMs = 2000, openFile = openJournalFile } = options;
  await makePrivateFolder(dirname(path));
  const lock = await lockOrExplain(path);
  try {
    const contents = readWhole(path);
    if (contents.state === 'newer') throw newerJournal(path);
    await mend(path, contents, onTrouble);
    const file = await openFile(path);
    await trim(file, contents);
    const savedListeners = new Set<() => void>();
    const writer = new LineWriter({
      file,
      onSaved: () => {
        for (const listener of savedListeners) listener();
      },
      lines: contents.lines,
      retryMs,
      onNews: (news) => onTrouble(...describeNews(news, path)),
    });
    return makeJournal({ contents, writer, savedListeners, lock, now, path, onTrouble });
  } catch (error) {
    await lock.release();
    throw error instanceof UserError ? error : notWritable(path, error);
  }
}

/**
 * The events of a journal as far as they can be trusted, without opening it: another program may have it.
 * @param path the journal; none there means no events.
 */
export async function readJournal(path: string): Promise<readonly DurableEvent[]> {
  return readWhole(path).events;
}

interface Parts {
  readonly contents: JournalContents;
  readonly writer: LineWriter;
  readonly savedListeners: Set<() => void>;
  readonly lock: JournalLock;
  readonly now: () => number;
  readonly path: string;
  readonly onTrouble: TroubleListener;
}

function makeJournal({ contents, writer, savedListeners, lock, now, path, onTrouble }: Parts): Journal {
  let seq = contents.lines.length;
  let prev = contents.lastHash;
  const add = (body: Parameters<typeof encodeLine>[2]) => {
    const line = encodeLine(seq, prev, body);
    seq += 1;
    prev = line.hash;
    writer.append(line.text);
  };
  let closing: Promise<void> | null = null;
  const close = async () => {
    await writer.close();
    if (writer.waiting > 0) onTrouble(notSaved(writer.waiting, path), 'lost');
    await lock.release();
  };
  return {
    events: contents.events,
    append(event) {
      if (seq === 0) add(newHeader(now()));
      add(event);
    },
    flush: () => writer.flush(),
    get savedBytes() {
      return writer.savedBytes;
    },
    onSaved(listener) {
      savedListeners.add(listener);
      return () => savedListeners.delete(listener);
    },
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

async function lockOrExplain(path: string): Promise<JournalLock> {
  try {
    return await acquireLock(path);
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    throw notWritable(path, cause);
  }
}

function readWhole(path: string): JournalContents {
  try {
    return readContents(readFileSync(path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return readContents(Buffer.alloc(0));
    throw error;
  }
}

/**
 * Makes the file hold exactly the good lines and keeps the rest. In this order nothing is lost wherever it breaks off:
 * what is bad has its second name, and the good lines are on the disk, before the journal's own name changes hands.
 */
async function mend(path: string, contents: JournalContents, onTrouble: TroubleListener): Promise<void> {
  if (contents.state === 'torn') {
    const bytes = await readFile(path);
    const kept = await writeAside(bytes.subarray(contents.goodBytes), (n) => `${path}.torn-${n}`);
    onTrouble(`The last thing written before the program ended was not whole; its remains are in ${kept}.`, 'torn');
  }
  if (contents.state === 'broken') {
    const mended = `${path}.mended`;
    await writeFile(mended, contents.lines.join(''), { mode: 0o600, flush: true });
    const kept = await nameAside(path, (n) => `${path}.broken-${n}`);
    await rename(mended, path);
    const rest = contents.events.length === 0 ? 'The lesson starts afresh.' : stillCount(contents.events.length);
    onTrouble(`The record of this lesson is damaged at line ${contents.badLine}; it is kept as ${kept}. ${rest}`, 'broken');
  }
}

/**
 * Cuts off what is not good; a whole last line that lacks only its newline gets it. A file that is as it should be is not
 * touched: its lines were synced when they were written, or will be with the next one.
 */
async function trim(file: JournalFile, { lines, goodBytes }: JournalContents): Promise<void> {
  const length = Buffer.byteLength(lines.join(''));
  if (goodBytes === length && (await file.size()) === length) return;
  if (length > 0) await file.write(Buffer.from('\n'), length - 1);
  await file.cut(length);
  await file.sync();
}

function notWritable(path: string, cause: unknown): UserError {
  return new UserError('state-not-writable', `Your progress cannot be kept in ${dirname(path)}: ${messageOf(cause)}.`, {
    tries: ['Make room or make it writable, or set LOCKSTEP_STATE to another folder.'],
    cause,
  });
}

function newerJournal(path: string): UserError {
  return new UserError('journal-newer', `The record of this lesson (${path}) was written by a newer Lockstep.`, {
    tries: ['Use that version, or start the lesson afresh: lockstep reset LESSON'],
  });
}

function describeNews(news: WriterNews, path: string): [string, TroubleKind] {
  switch (news.type) {
    case 'stuck':
      return [
        `Your progress cannot be saved right now (${messageOf(news.cause)}); it is kept in memory and tried again. Make room in the file system of ${path}.`,
        'not-saved',
      ];
    case 'vanished':
      return [`The record of this lesson was deleted while it was in use; it is written again to ${path}.`, 'vanished'];
    case 'recovered':
      return ['Your progress is saved again.', 'recovered'];
  }
}

function notSaved(events: number, path: string): string {
  return events === 1 ? `1 event could not be saved to ${path}.` : `${events} events could not be saved to ${path}.`;
}

function stillCount(events: number): string {
  return events === 1 ? 'The one event before it still counts.' : `The ${events} events before it still count.`;
}

/** Puts a session and a class together for as long as the lesson is followed. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { backoff } from '../classroom/learner/backoff.ts';
import { type ClassLink, startClassLink } from '../classroom/learner/class-link.ts';
import { ClassTrouble } from '../classroom/learner/class-trouble.ts';
import type { SavedJournal } from '../classroom/learner/outbox.ts';
import type { PicturedTerminal } from '../classroom/learner/screen-sharer.ts';
import { forgetWish, type Seat, writeSeat, writeWish } from '../classroom/learner/seat-file.ts';
import type { SignedRecord } from '../classroom/protocol/record.ts';
import { recordPage } from '../classroom/record/record-page.ts';
import type { Engine, Tab } from '../engine/engine.ts';
import { makePrivateFolder } from '../journal/private-folder.ts';
import type { Lesson } from '../model/lesson.ts';
import { rowRuns } from '../terminal/row-runs.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { watchTerminals } from '../tui/watch-terminals.ts';
import { words } from '../words/words.ts';
import { joinWanted, type Membership, type WantedSeat } from './class-seat.ts';

/** What a class is followed with. */
export interface FollowOptions {
  readonly engine: Engine;
  readonly journal: SavedJournal;
  readonly lesson: Lesson;
  readonly stateDir: string;
  readonly membership: Membership;
  /** The terminal tab that the learner sees now. */
  readonly shownTab: () => Tab | undefined;
}

/** A class that is being followed. */
export interface FollowedClass {
  /**
   * Says the last things and leaves; call it once the session is closed.
   * @returns what to tell the learner: where their completion record is, where there is one.
   */
  close(): Promise<string | null>;
}

/**
 * Begins to follow a class; returns at once, and never holds the lesson up.
 * @param options session, journal, and the seat.
 */
export function followClass(options: FollowOptions): FollowedClass {
  const { engine, membership, stateDir } = options;
  const closed = new AbortController();
  let link: ClassLink | null = null;
  const begin = (seat: Seat): void => {
    if (!closed.signal.aborted) link = startLink(options, seat);
  };
  if ('seat' in membership) begin(membership.seat);
  else void keepJoining(options, membership.wanted, closed.signal, begin);

  const terminals = watchTerminals(engine, (_, terminal) => {
    if (terminal === options.shownTab()?.terminal) link?.terminalChanged();
  });
  const off = engine.onChange(() => {
    terminals.follow();
    link?.follow(engine.view.class?.share ?? null);
    // Another tab may be shown now, or the same one at another size.
    link?.terminalChanged();
  });
  terminals.follow();
  return {
    async close() {
      closed.abort();
      off();
      terminals.close();
      const signed = engine.view.finished ? await link?.record() : null;
      await link?.close();
      return signed ? keepRecord(signed, stateDir).catch(() => null) : null;
    },
  };
}

function startLink({ engine, journal, lesson, stateDir, shownTab }: FollowOptions, seat: Seat): ClassLink {
  let writing: Promise<void> = Promise.resolve();
  return startClassLink({
    seat,
    journal,
    lesson: { id: lesson.id, hash: lesson.hash },
    tell: (news) => engine.hear(news),
    // One after the other: what was said last is what is remembered.
    remember: (next) => {
      writing = writing.then(() => writeSeat(stateDir, next)).catch(() => {});
    },
    picture: () => {
      const tab = shownTab();
      return tab === undefined ? null : pictureOf(tab.terminal);
    },
    now: Date.now,
  });
}

/** Writes the record, as a page for people and as the file that `lockstep verify` reads. */
async function keepRecord(signed: SignedRecord, stateDir: string): Promise<string> {
  const folder = join(stateDir, 'records');
  await makePrivateFolder(folder);
  const { lesson, signedAt } = signed.record;
  const date = new Date(signedAt).toISOString().slice(0, 10);
  const name = `${lesson.id.replaceAll(/[^A-Za-z0-9_-]+/g, '-').slice(0, 60)}-${date}`;
  const page = join(folder, `${name}.html`);
  await writeFile(join(folder, `${name}.json`), `${JSON.stringify(signed, null, 2)}\n`, { mode: 0o600 });
  await writeFile(page, recordPage(signed), { mode: 0o600 });
  return words().program.record(page, name);
}

/** The class could not be reached when the lesson was started: it is asked for the seat again and again. */
async function keepJoining(
  { engine, stateDir, lesson }: FollowOptions,
  wanted: WantedSeat,
  signal: AbortSignal,
  joined: (seat: Seat) => void,
): Promise<void> {
  const tell = (status: 'offline' | 'removed', sentence: string): void =>
    engine.hear({ type: 'class-link-changed', at: Date.now(), status, waiting: 0, sentence });
  engine.hear({ type: 'class-entered', at: Date.now(), name: wanted.name, facts: { title: '', gate: null } });
  tell('offline', `The class server at ${wanted.url} has not been reached yet.`);
  // Whoever leaves before it can be reached wants the same the next time.
  await writeWish(stateDir, { version: 1, ...wanted, lesson: lesson.id }).catch(() => {});
  for (let tries = 1; !signal.aborted; tries += 1) {
    await pause(backoff(tries, Math.random()), signal);
    if (signal.aborted) return;
    try {
      const seat = await joinWanted(wanted, stateDir);
      if (seat.class.lesson === lesson.id) joined(seat);
      else tell('removed', `The class is taught with the lesson ${seat.class.lesson}, not with this one.`);
      return;
    } catch (thrown) {
      const gone = !(thrown instanceof ClassTrouble) || (thrown.facts.kind === 'refused' && thrown.facts.status === 403);
      tell(gone ? 'removed' : 'offline', thrown instanceof Error ? thrown.message : String(thrown));
      if (!gone) continue;
      await forgetWish(stateDir).catch(() => {});
      return;
    }
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    timer.unref();
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function pictureOf(terminal: Terminal): PicturedTerminal {
  const rows = Array.from({ length: terminal.rows }, (_, y) => rowRuns(terminal.paintRow(y)));
  const { row, col, visible } = terminal.cursor;
  return { cols: terminal.cols, rows, cursor: visible ? { row, col } : null };
}

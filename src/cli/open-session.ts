/** Puts a session together: lesson, host, journal, engine. What can be refused is refused before any screen is drawn. */
import { join } from 'node:path';
import type { SavedJournal } from '../classroom/learner/outbox.ts';
import { createEngine } from '../engine/create-engine.ts';
import type { Engine } from '../engine/engine.ts';
import { type ShellSurroundings, shellOpener } from '../engine/open-shell.ts';
import type { Host } from '../host/host.ts';
import { claimSession, openJournal, resetJournal, sessionFolder } from '../journal/journal.ts';
import type { Lesson } from '../model/lesson.ts';
import type { Actor } from '../session/events.ts';
import { words } from '../words/words.ts';
import { createHost, type HostChoice, hostSuffix } from './choose-host.ts';
import { loadHostDefinition } from './find-lesson.ts';
import { version } from './places.ts';

/** How a session is to be run. */
export interface SessionOptions {
  readonly stateDir: string;
  readonly lesson: Lesson;
  readonly actor: Actor;
  readonly network?: 'private' | 'shared';
  /** Default: the sandbox. */
  readonly host?: HostChoice;
  /** `dumb` where shells have a terminal that shows nothing but text. */
  readonly term?: 'dumb';
  /** The outer terminal's colours, where there is a screen. */
  readonly colors?: ShellSurroundings['colors'];
}

/** What a host is made of. */
type HostOptions = Pick<SessionOptions, 'stateDir' | 'lesson' | 'network' | 'host'>;

const sandbox: HostChoice = { kind: 'sandbox' };

/**
 * The name of a session's folder and host: a play of the program never touches what a learner did, and what was done on
 * one kind of host is not done on another.
 * @param session the name of the lesson's sessions.
 */
function sessionName(session: string, actor: Actor, host: HostChoice = sandbox): string {
  return `${session}${hostSuffix(host)}${actor === 'learner' ? '' : '--auto'}`;
}

/** A lesson's session on one kind of host. */
export interface SessionPlace {
  /** What its host is called. */
  readonly session: string;
  /** Its journal's path. */
  readonly path: string;
  /** What the learner should know when it is new; null for nothing. */
  readonly note: string | null;
}

/**
 * Where a lesson's session is; from now on it is this lesson's.
 * @param stateDir the state folder.
 * @param lesson which lesson.
 * @param actor whose session.
 * @param host which of its hosts.
 */
export async function placeOfSession(
  stateDir: string,
  lesson: Lesson,
  actor: Actor,
  host: HostChoice = sandbox,
): Promise<SessionPlace> {
  const { session: base, namesake } = await claimSession(stateDir, lesson);
  const session = sessionName(base, actor, host);
  const note = namesake === null ? null : words().program.namesake(namesake.id, namesake.title, namesake.path);
  return { session, path: join(sessionFolder(stateDir, session), 'journal.jsonl'), note };
}

/**
 * The lesson's host, not started.
 * @param options whose and which.
 * @param session what it is called.
 */
export async function openHost(options: HostOptions, session: string): Promise<Host> {
  const { lesson, stateDir, network, host = sandbox } = options;
  const definition = await loadHostDefinition(lesson, stateDir);
  return createHost(definition, host, { stateDir, session, network: network ?? definition.network });
}

/** A session and the place it happens at. */
export interface OpenedSession {
  readonly engine: Engine;
  readonly host: Host;
  /** Its journal, as far as it is on the disk. */
  readonly saved: SavedJournal;
}

/**
 * A session ready to start. The journal is locked from here on; `engine.close()` frees everything.
 * @param options whose and which.
 * @throws UserError when another program has this session, or its host cannot be used.
 */
export async function openSession(options: SessionOptions): Promise<OpenedSession> {
  const { lesson, stateDir, actor } = options;
  const { session, path, note } = await placeOfSession(stateDir, lesson, actor, options.host);
  const host = await openHost(options, session);
  if (actor === 'program') {
    await resetJournal(path);
    await host.destroy();
  }
  const troubles: string[] = [];
  let tell = (sentence: string): void => void troubles.push(sentence);
  const journal = await openJournal({ path, onTrouble: (sentence) => tell(sentence) });
  const engine = createEngine({
    lesson,
    host,
    journal,
    openShell: shellOpener(host, lesson.user, options),
    version: version(),
    actor,
    now: Date.now,
  });
  tell = (sentence) => engine.notice(sentence, 'problem');
  for (const sentence of troubles) tell(sentence);
  if (note !== null) engine.notice(note, 'info');
  const saved: SavedJournal = {
    path,
    get savedBytes() {
      return journal.savedBytes;
    },
    onSaved: (listener) => journal.onSaved(listener),
  };
  return { engine, host, saved };
}

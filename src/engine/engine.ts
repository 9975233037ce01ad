/**
 * The only conductor: feeds events to the session, performs its effects, owns lifetimes.
 * This file holds the promise that screens and the plain player use.
 */
import type { Given } from '../model/answer.ts';
import type { PassingClassEvent } from '../session/class-events.ts';
import type { SessionEvent } from '../session/events.ts';
import type { View } from '../session/view.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** A terminal tab. */
export interface Tab {
  /** From 1; the first is the shell. */
  readonly number: number;
  readonly title: string;
  readonly terminal: Terminal;
}

/** What the person in front of it can ask for. Times are put in by the engine. */
export type Intent =
  | { readonly type: 'run'; readonly block: string }
  | { readonly type: 'stop-run' }
  | { readonly type: 'write'; readonly block: string }
  | { readonly type: 'confirm' }
  | { readonly type: 'cancel' }
  | { readonly type: 'hint'; readonly check: string | null }
  /** Answers a question of the open section; `right`: as a player that knows what is. */
  | { readonly type: 'answer'; readonly check: string; readonly given: Given | 'right' }
  | { readonly type: 'skip' }
  | { readonly type: 'advance' }
  | { readonly type: 'view'; readonly section: string }
  | { readonly type: 'check' }
  /** To the start of a section: back by its snapshot, or on by having the ones before it solved. `sure`: the way on is not asked about. */
  | { readonly type: 'go'; readonly section: string; readonly sure?: boolean }
  /** Start a host again that was lost or did not start. */
  | { readonly type: 'restart-host' }
  /** Raise the hand, with one line or an empty one. */
  | { readonly type: 'raise-hand'; readonly note: string }
  | { readonly type: 'lower-hand' }
  /** The message was read and need not be shown any more. */
  | { readonly type: 'read-message'; readonly message: string }
  /** May the instructor look at the terminal? A no also ends what was allowed. */
  | { readonly type: 'share'; readonly allow: boolean };

/** A running session as its screens see it. */
export interface Engine {
  readonly view: View;
  readonly tabs: readonly Tab[];
  /** Does what a person asked; wrong moments are ignored, never an error. */
  ask(intent: Intent): void;
  /** Opens another shell tab; resolves with it. */
  openTab(): Promise<Tab>;
  closeTab(number: number): void;
  /** Gives a tab another name. */
  renameTab(number: number, title: string): void;
  /** Tells the person something that happened around the session, e.g. that the journal's disk is full. */
  notice(sentence: string, tone: 'info' | 'problem'): void;
  /** News of the class that the session belongs to. */
  hear(news: PassingClassEvent): void;
  /** Size for all terminals, now and later. */
  resizeTerminals(cols: number, rows: number): void;
  /** Called after each change of the view or of the tabs. Returns the way to unsubscribe. */
  onChange(listener: () => void): () => void;
  /**
   * Called with each event after it was handled, and with the view after it, for line-by-line reports. `view` may still be
   * behind that one: the end of a section is shown once it is on the disk.
   */
  onEvent(listener: (event: SessionEvent, after: View) => void): () => void;
  /** Starts: host, shell, checks. Resolves when the host is ready or has failed (the view says which). */
  start(): Promise<void>;
  /** Ends everything and keeps everything; safe to call twice. */
  close(): Promise<void>;
}

/**
 * Shows the instructor the learner's terminal while the learner allows it: whole frames, at most a few a second, one at
 * a time, and none once it has ended. What a frame is made of are words and looks, never what a terminal obeys.
 */
import type { ScreenFrame, ScreenRun } from '../../classroom/protocol/learner-api.ts';
import { MOST_BODY_BYTES } from '../../classroom/protocol/words.ts';
import type { ClassView } from '../../session/view.ts';
import { ClassTrouble } from './class-trouble.ts';

/** A terminal as it looks now. */
export interface PicturedTerminal {
  readonly cols: number;
  readonly rows: readonly (readonly ScreenRun[])[];
  readonly cursor: { readonly row: number; readonly col: number } | null;
}

/** What sharing needs. */
export interface SharerOptions {
  readonly send: (frame: ScreenFrame) => Promise<void>;
  readonly picture: () => PicturedTerminal | null;
  /** The server takes no more frames of this request. */
  readonly ended: (request: string) => void;
  /** For tests: milliseconds between two frames. */
  readonly paceMs?: number;
}

/** Four frames a second, milliseconds. */
const framePaceMs = 250;
/** The protocol's most. */
const mostCols = 1000;
const mostRows = 400;

/** Sends frames. */
export class ScreenSharer {
  private readonly options: SharerOptions;
  private share: ClassView['share'] = null;
  private timer: NodeJS.Timeout | null = null;
  private sending: Promise<void> = Promise.resolve();
  private busy = false;
  private dirty = false;
  private sentAt = 0;

  /** @param options what to send and how. */
  constructor(options: SharerOptions) {
    this.options = options;
  }

  /** What the learner allows now. */
  follow(share: ClassView['share']): void {
    const before = this.share;
    if (before?.request === share?.request && before?.status === share?.status) return;
    this.share = share;
    if (before !== null && before.request !== share?.request) this.tellEnd(before);
    if (share?.status === 'on') {
      this.sentAt = 0;
      this.changed();
    }
  }

  /** The terminal may look different now. */
  changed(): void {
    if (this.share?.status !== 'on') return;
    this.dirty = true;
    if (this.timer !== null || this.busy) return;
    const pace = this.options.paceMs ?? framePaceMs;
    this.timer = setTimeout(() => this.send(), Math.max(0, this.sentAt + pace - Date.now()));
    this.timer.unref();
  }

  /** Ends what is shared; resolves when the server knows, or cannot be told. */
  close(): Promise<void> {
    this.follow(null);
    return this.sending;
  }

  private send(): void {
    this.timer = null;
    const { share } = this;
    if (share?.status !== 'on' || !this.dirty) return;
    const picture = this.options.picture();
    if (picture === null) return;
    this.dirty = false;
    this.busy = true;
    this.sentAt = Date.now();
    this.sending = this.options
      .send(frameOf(share.request, picture))
      .catch((thrown: unknown) => {
        if (thrown instanceof ClassTrouble && thrown.word === 'not-shared') this.options.ended(share.request);
        // A frame that was lost is made good by the next one.
        else this.dirty = true;
      })
      .finally(() => {
        this.busy = false;
        if (this.dirty) this.changed();
      });
  }

  private tellEnd({ request, status }: NonNullable<ClassView['share']>): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.dirty = false;
    const end = status === 'asked' ? 'refused' : 'ended';
    const last = this.sending;
    this.sending = last
      .then(() => this.options.send({ request, end, cols: 1, rows: [], cursor: null }))
      // The server ends it by itself once the program is gone.
      .catch(() => {});
  }
}

/**
 * A frame within the protocol's limits: where looks would make it too large, it is text alone.
 * @param request what the learner has agreed to.
 * @param picture the terminal.
 */
export function frameOf(request: string, { cols, rows, cursor }: PicturedTerminal): ScreenFrame {
  const shown = rows.slice(-mostRows);
  const cut = rows.length - shown.length;
  const place = cursor === null || cursor.row < cut ? null : { row: cursor.row - cut, col: cursor.col };
  const frame: ScreenFrame = { request, cols: Math.min(cols, mostCols), rows: shown.map(fitRuns), cursor: place };
  if (Buffer.byteLength(JSON.stringify(frame)) <= MOST_BODY_BYTES) return frame;
  return { ...frame, rows: shown.map((runs) => fitRuns([{ text: runs.map(({ text }) => text).join('') }])) };
}

/** At most a thousand runs, each of at most a thousand characters. */
function fitRuns(runs: readonly ScreenRun[]): ScreenRun[] {
  return runs.flatMap((run) => (run.text.length <= 1000 ? [run] : [{ ...run, text: run.text.slice(0, 1000) }])).slice(0, 1000);
}

/**
 * Leave to look at a learner's screen: asked for by an instructor, given by the learner, ended by either. Who looks, and
 * how the pictures get there, is the screen desk's.
 */
import type { ScreenFrame } from '../../classroom/protocol/learner-api.ts';
import type { SeatChange } from '../../classroom/store/class-store.ts';
import type { SeatRow } from '../../classroom/store/rows.ts';
import type { LiveSeat } from './cohort.ts';
import { Refused } from './refused.ts';
import type { ScreenDesk } from './screens.ts';
import { newId } from './secrets.ts';

/** What sharing works on. */
export interface SharingOptions {
  readonly screens: ScreenDesk;
  /** Keeps what becomes of a seat's leave, and tells the learner. */
  readonly change: (seat: LiveSeat, change: SeatChange) => Promise<void>;
  /** Hands a picture on to whoever looks by way of another server process. */
  readonly passOn: (seat: string, json: string) => Promise<void>;
}

/** Everybody's leave to look. */
export class Sharing {
  readonly #options: SharingOptions;

  /** @param options what it works on. */
  constructor(options: SharingOptions) {
    this.#options = options;
  }

  /**
   * Asks to see a screen; where that is asked already, or allowed, nothing changes.
   * @returns the request, which the learner's answer names.
   */
  async ask(seat: LiveSeat): Promise<string> {
    const { share } = seat.row;
    if (share && share.state !== 'refused') return share.request;
    const request = newId();
    await this.#options.change(seat, { share: { request, state: 'asked' } });
    return request;
  }

  /** Ends looking at a screen, and asking for it. */
  async end(seat: LiveSeat): Promise<void> {
    if (!seat.row.share) return;
    const { request } = seat.row.share;
    await this.#options.change(seat, { share: null });
    this.#options.screens.end(seat.row.seat, request, 'ended');
  }

  /**
   * Takes a picture of a learner's screen, or the learner's no.
   * @throws Refused where nobody has asked for it.
   */
  async show(seat: LiveSeat, frame: ScreenFrame): Promise<void> {
    const { screens, change, passOn } = this.#options;
    const { share } = seat.row;
    const id = seat.row.seat;
    if (share === null || share.request !== frame.request || share.state === 'refused') {
      throw new Refused(403, 'not-shared', 'Nobody looks at this screen any more.');
    }
    if (frame.end !== undefined) {
      await change(seat, { share: frame.end === 'refused' ? { ...share, state: 'refused' } : null });
      screens.end(id, frame.request, frame.end);
      return;
    }
    if (share.state === 'asked') await change(seat, { share: { ...share, state: 'yes' } });
    const json = JSON.stringify(frame);
    screens.show(id, json);
    await passOn(id, json);
  }

  /** Another process has changed a seat: whoever looks at it here is told how it ended there. */
  changedElsewhere(before: SeatRow['share'] | undefined, after: SeatRow): void {
    if (!before || before.state === 'refused') return;
    if (after.share?.state === 'refused') this.#options.screens.end(after.seat, before.request, 'refused');
    else if (after.share?.request !== before.request) this.#options.screens.end(after.seat, before.request, 'ended');
  }
}

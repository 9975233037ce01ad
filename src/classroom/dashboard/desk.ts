/** What the parts of the page share: the class as it is, and what an instructor can do with it. */
import type { ClassClient } from '../../classroom/instructor/class-client.ts';
import type { ClassView } from '../../classroom/instructor/class-view.ts';
import type { SeatFilter } from '../../classroom/instructor/seat-order.ts';
import type { SendRequest } from '../../classroom/protocol/instructor-api.ts';

/** Whom something is said to, with the words for it. */
export interface Draft {
  readonly to: SendRequest['to'];
  /** "Kim", "11 learners", "everybody". */
  readonly name: string;
  readonly kind: SendRequest['kind'];
  readonly check: string | null;
  readonly text: string;
  /** Done once it is sent. */
  readonly sent?: () => void;
}

/** The page as its parts see it. */
export interface Desk {
  readonly client: ClassClient;
  /** The class as it is now. */
  view(): ClassView;
  /** The server's time, ms. */
  now(): number;
  filter(): SeatFilter;
  setFilter(change: Partial<SeatFilter>): void;
  openSeat(seat: string): void;
  /** Opens the dialog to write something. */
  write(draft: Draft): void;
  /**
   * Does what was clicked, and says what came of it.
   * @param work the request.
   * @param done what to say when it went well.
   */
  attempt<Result>(work: () => Promise<Result>, done: (result: Result) => string): Promise<void>;
}

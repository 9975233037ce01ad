/**
 * What can happen between a session and the class it belongs to. A session without a class never sees any of it; what
 * an instructor wrote is untrusted text until it is drawn.
 */

/** The class as its server told it last. */
export interface ClassFacts {
  readonly title: string;
  /** Nobody goes on from before this section (its id) to it until it is released; null: nobody is held. */
  readonly gate: string | null;
}

/** Something an instructor said. */
export interface ClassMessage {
  readonly id: string;
  readonly kind: 'hint' | 'message' | 'answer';
  /** The check that a hint is about. */
  readonly check: string | null;
  readonly text: string;
}

/** How the program stands with the class server. `removed`: the seat is no longer in the class. */
export type ClassLinkStatus = 'connecting' | 'online' | 'offline' | 'removed';

/** What the journal keeps of a class. */
export type DurableClassEvent =
  | { readonly type: 'hand-raised'; readonly at: number; readonly note: string }
  | { readonly type: 'hand-lowered'; readonly at: number }
  /** It stands on the learner's screen, and does so again after a restart until it was read. */
  | {
      readonly type: 'message-shown';
      readonly at: number;
      readonly message: string;
      readonly kind: ClassMessage['kind'];
      readonly check: string | null;
      readonly text: string;
    }
  | { readonly type: 'message-read'; readonly at: number; readonly message: string };

/** What moves the session but is not kept. */
export type PassingClassEvent =
  /** The learner has a seat: from here on there is a class. `facts` as far as they were known before. */
  | { readonly type: 'class-entered'; readonly at: number; readonly name: string; readonly facts: ClassFacts }
  | { readonly type: 'class-told'; readonly at: number; readonly facts: ClassFacts }
  /** `waiting`: journal lines that the server does not have yet; `sentence`: what is in the way, null where nothing is. */
  | {
      readonly type: 'class-link-changed';
      readonly at: number;
      readonly status: ClassLinkStatus;
      readonly waiting: number;
      readonly sentence: string | null;
    }
  | { readonly type: 'message-arrived'; readonly at: number; readonly message: ClassMessage }
  | { readonly type: 'message-dismissed'; readonly at: number; readonly message: string }
  /** The learner wants help, with one line or none. */
  | { readonly type: 'hand-asked'; readonly at: number; readonly note: string }
  | { readonly type: 'hand-withdrawn'; readonly at: number }
  /** The instructor has seen to it; `raised`: hands raised no later than this, ms since the epoch by the learner's clock. */
  | { readonly type: 'hand-seen'; readonly at: number; readonly raised: number }
  /** May the instructor look at the terminal? */
  | { readonly type: 'share-asked'; readonly at: number; readonly request: string }
  /** The learner's answer; a no also ends what was allowed. */
  | { readonly type: 'share-answered'; readonly at: number; readonly allow: boolean }
  /** The instructor does not look any more. */
  | { readonly type: 'share-ended'; readonly at: number; readonly request: string };

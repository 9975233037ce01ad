/**
 * Keeps a stream of server-sent events open: connects again when it ends, waits longer each time, and gives up only when
 * it is refused. Runs in a browser and in Node alike.
 */
import { messageOf, UserError } from '../../model/errors.ts';
import { createEventReader } from './event-stream.ts';

/** How a stream stands. */
export type Connection =
  | { readonly state: 'connecting' }
  | { readonly state: 'live' }
  /** It is tried again in `retryInMs`. */
  | { readonly state: 'lost'; readonly retryInMs: number; readonly sentence: string }
  /** It is not tried again: the secret is wrong, or what was asked for is no longer there. */
  | { readonly state: 'refused'; readonly code: string; readonly sentence: string }
  | { readonly state: 'ended' };

/** A stream that is kept open. */
export interface Following {
  /** Connects now instead of waiting on. */
  retry(): void;
  close(): void;
}

/** What a stream is followed with. */
export interface FollowOptions {
  /** Opens it; rejects with a UserError where it is refused for good. */
  readonly open: (signal: AbortSignal) => Promise<Response>;
  readonly event: (data: string) => void;
  readonly connection: (connection: Connection) => void;
  /** Whether an end without an error is the end; otherwise it is connected again. */
  readonly endsForGood?: boolean;
  /** A number in [0, 1), so that a whole room does not come back in the same moment. */
  readonly random?: () => number;
}

/** Waits between two tries: the first, and the longest, milliseconds. */
const FIRST_WAIT = 500;
const LONGEST_WAIT = 10_000;
/** A stream that has said nothing for so long is taken for dead, milliseconds; the server says something more often. */
const SILENCE = 60_000;

/**
 * Follows a stream until it is closed or refused.
 * @param options what to open and whom to tell.
 */
export function followStream(options: FollowOptions): Following {
  const random = options.random ?? Math.random;
  let closed = false;
  let attempt = 0;
  let wake: (() => void) | null = null;
  let current = new AbortController();

  const once = async (): Promise<'again' | 'stop'> => {
    current = new AbortController();
    if (attempt === 0) options.connection({ state: 'connecting' });
    try {
      const response = await options.open(current.signal);
      attempt = 0;
      options.connection({ state: 'live' });
      await readAll(response, current, options.event);
      if (options.endsForGood && !closed) options.connection({ state: 'ended' });
      return options.endsForGood ? 'stop' : 'again';
    } catch (error) {
      if (closed || !(error instanceof UserError)) return 'again';
      options.connection({ state: 'refused', code: error.code, sentence: error.message });
      return 'stop';
    }
  };

  const wait = async (): Promise<void> => {
    const retryInMs = Math.round(Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** attempt) * (0.5 + random() / 2));
    attempt += 1;
    options.connection({ state: 'lost', retryInMs, sentence: 'The class server does not answer.' });
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, retryInMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    wake = null;
  };

  const run = async (): Promise<void> => {
    while (!closed && (await once()) === 'again') {
      if (!closed) await wait();
    }
  };
  void run();

  return {
    retry: () => wake?.(),
    close() {
      closed = true;
      current.abort();
      wake?.();
    },
  };
}

/** Reads until the end; a stream that falls silent is broken off. */
async function readAll(response: Response, controller: AbortController, event: (data: string) => void): Promise<void> {
  if (!response.body) return;
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  const events = createEventReader();
  let silence = setTimeout(() => controller.abort(), SILENCE);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      clearTimeout(silence);
      silence = setTimeout(() => controller.abort(), SILENCE);
      for (const data of events.push(decoder.decode(value, { stream: true }))) event(data);
    }
  } finally {
    clearTimeout(silence);
  }
}

/**
 * The error for an answer that is none: what the server said, or that it could not be reached.
 * @param response the answer; its body is read.
 */
export async function refusalOf(response: Response): Promise<UserError> {
  try {
    const { error, sentence } = (await response.json()) as { readonly error?: unknown; readonly sentence?: unknown };
    if (typeof error === 'string' && typeof sentence === 'string') return new UserError(error, sentence);
  } catch (error) {
    return new UserError(`status-${response.status}`, `The class server answered with ${response.status}.`, {
      cause: messageOf(error),
    });
  }
  return new UserError(`status-${response.status}`, `The class server answered with ${response.status}.`);
}

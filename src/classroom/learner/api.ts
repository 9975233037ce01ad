/**
 * The class server as a learner's program reaches it: one function a request, each with a deadline, each answer read by
 * the protocol's own schema. What goes wrong is a `ClassTrouble`, which says whether trying again can help.
 */
import type * as z from 'zod';
import {
  type ClassNews,
  classNews,
  type JoinAnswer,
  joinAnswer,
  type ReportsAnswer,
  type ReportsRequest,
  refusal,
  reportsAnswer,
  type ScreenFrame,
  type SeatAnswer,
  seatAnswer,
} from '../../classroom/protocol/learner-api.ts';
import { type SignedRecord, signedRecord } from '../../classroom/protocol/record.ts';
import { PROTOCOL, STREAM_QUIET_MS } from '../../classroom/protocol/words.ts';
import { ClassTrouble, unreachable, unreadable } from './class-trouble.ts';
import { createEventStreamReader } from './event-stream.ts';

/** The requests that a learner's program makes. */
export interface ClassApi {
  join(code: string, name: string): Promise<JoinAnswer>;
  seat(): Promise<SeatAnswer>;
  report(batch: ReportsRequest): Promise<ReportsAnswer>;
  screen(frame: ScreenFrame): Promise<void>;
  /** A signed record of what is known of a journal, whose newest line has this hash. */
  record(journal: string, head: string): Promise<SignedRecord>;
  /**
   * News as they come, until the stream ends.
   * @param onOpen called once the server has let us in.
   */
  news(onOpen: () => void, onNews: (news: ClassNews) => void): Promise<void>;
}

/** How a server is reached. */
export interface ApiOptions {
  /** The class's address, e.g. `https://class.example:8443`; what comes behind it is ours. */
  readonly url: string;
  /** The seat's token; absent before there is one. */
  readonly token?: string;
  /** Ends everything that is under way. */
  readonly signal?: AbortSignal;
  /** For tests: how long an answer may take, and how long a stream may be silent, milliseconds. */
  readonly deadlineMs?: number;
  readonly silenceMs?: number;
}

/** An answer that takes longer has been lost, milliseconds. */
const answerMs = 15_000;
/** An answer's most bytes; a class of hundreds has some thousand. */
const mostAnswerBytes = 1024 * 1024;

/**
 * The requests to one class.
 * @param options address and token.
 */
export function createClassApi(options: ApiOptions): ClassApi {
  const { url, token, signal, deadlineMs = answerMs, silenceMs = 3 * STREAM_QUIET_MS } = options;

  async function send(method: 'GET' | 'POST', path: string, body: unknown, until: AbortSignal): Promise<Response> {
    const headers: Record<string, string> = { accept: path.endsWith('/stream') ? 'text/event-stream' : 'application/json' };
    if (token !== undefined) headers['authorization'] = `Bearer ${token}`;
    if (body !== undefined) headers['content-type'] = 'application/json';
    try {
      const response = await fetch(`${url}/api/v1${path}`, {
        method,
        headers,
        signal: until,
        // A token is for the server that it came from, and for no other.
        redirect: 'error',
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (!response.ok) throw await refused(response, until);
      return response;
    } catch (cause) {
      throw cause instanceof ClassTrouble ? cause : unreachable(url, cause);
    }
  }

  async function ask<T>(method: 'GET' | 'POST', path: string, body: unknown, shape: z.ZodType<T>): Promise<T> {
    const deadline = ending(signal, deadlineMs);
    try {
      const response = await send(method, path, body, deadline.signal);
      const text = await bounded(response, deadline.signal).catch((cause: unknown) => {
        throw unreachable(url, cause);
      });
      const read = shape.safeParse(parsed(text));
      if (!read.success) throw unreadable(url);
      return read.data;
    } finally {
      deadline.done();
    }
  }

  return {
    join: (code, name) => ask('POST', '/join', { protocol: PROTOCOL, code, name }, joinAnswer),
    seat: () => ask('GET', '/seat', undefined, seatAnswer),
    report: (batch) => ask('POST', '/reports', batch, reportsAnswer),
    record: (journal, head) => ask('POST', '/seat/record', { journal, head }, signedRecord),
    async screen(frame) {
      const deadline = ending(signal, deadlineMs);
      try {
        const response = await send('POST', '/seat/screen', frame, deadline.signal);
        await response.body?.cancel();
      } finally {
        deadline.done();
      }
    },
    async news(onOpen, onNews) {
      const silence = ending(signal, deadlineMs);
      try {
        const response = await send('GET', '/seat/stream', undefined, silence.signal);
        silence.extend(silenceMs);
        onOpen();
        await readNews(response, silence.signal, () => silence.extend(silenceMs), onNews);
        if (silence.signal.aborted) throw unreachable(url, silence.signal.reason);
      } catch (cause) {
        throw cause instanceof ClassTrouble ? cause : unreachable(url, cause);
      } finally {
        silence.done();
      }
    },
  };
}

/** A signal of its own for one request: aborts with the parent, or when its time is over. */
interface Ending {
  readonly signal: AbortSignal;
  /** So long from now on, milliseconds. */
  extend(ms: number): void;
  /** The request is over: ends what may be left of it. */
  done(): void;
}

function ending(parent: AbortSignal | undefined, ms: number): Ending {
  const own = new AbortController();
  const abort = (): void => own.abort();
  let timer = setTimeout(abort, ms);
  parent?.addEventListener('abort', abort);
  if (parent?.aborted) abort();
  return {
    signal: own.signal,
    extend(more) {
      clearTimeout(timer);
      timer = setTimeout(abort, more);
    },
    done() {
      clearTimeout(timer);
      parent?.removeEventListener('abort', abort);
      abort();
    },
  };
}

async function readNews(
  response: Response,
  signal: AbortSignal,
  heard: () => void,
  onNews: (news: ClassNews) => void,
): Promise<void> {
  const reader = createEventStreamReader();
  const decoder = new TextDecoder();
  for await (const bytes of pieces(response, signal)) {
    heard();
    for (const data of reader.push(decoder.decode(bytes, { stream: true }))) {
      // News of a later protocol are left alone.
      const read = classNews.safeParse(parsed(data));
      if (read.success) onNews(read.data);
    }
  }
}

async function refused(response: Response, signal: AbortSignal): Promise<ClassTrouble> {
  const text = await bounded(response, signal).catch(() => '');
  const read = refusal.safeParse(parsed(text));
  const seconds = Number(response.headers.get('retry-after'));
  return new ClassTrouble({
    kind: 'refused',
    status: response.status,
    word: read.success ? read.data.error : `http-${response.status}`,
    ...(read.success && typeof read.data['next'] === 'number' ? { next: read.data['next'] } : {}),
    retryAfterMs: Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 600) * 1000 : 0,
  });
}

/**
 * The body, piece by piece, until it ends or the signal aborts. Node 20's fetch may lose its own signal once the headers
 * are there (it holds the request weakly), so the body is cancelled by hand.
 */
async function* pieces(response: Response, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader();
  if (reader === undefined) return;
  const cancel = (): void => void reader.cancel().catch(() => {});
  signal.addEventListener('abort', cancel);
  try {
    if (signal.aborted) cancel();
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    signal.removeEventListener('abort', cancel);
    cancel();
  }
}

async function bounded(response: Response, signal: AbortSignal): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of pieces(response, signal)) {
    size += part.length;
    if (size > mostAnswerBytes) throw new RangeError('an answer that is too long');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

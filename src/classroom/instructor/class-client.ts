/**
 * The instructor's side of the protocol: one function a request. Used by the page and by `lockstep class watch`; knows
 * nothing of either, and keeps nothing but the address and the secret.
 */

import type { ClassUpdate, ProjectorView, SeatPage, SendRequest } from '../../classroom/protocol/instructor-api.ts';
import type { ScreenFrame } from '../../classroom/protocol/learner-api.ts';
import { UserError } from '../../model/errors.ts';
import { type Connection, type Following, followStream, refusalOf } from './follow-stream.ts';

/** What an instructor can ask of a class server. Requests reject with a UserError that says why. */
export interface ClassClient {
  /** The class as it is, and as it changes. */
  follow(listener: ClassListener): Following;
  seat(seat: string): Promise<SeatPage>;
  /** Resolves with the number of seats it went to. */
  send(request: SendRequest): Promise<number>;
  /** Holds everybody before a section; null releases. */
  gate(section: string | null): Promise<void>;
  handSeen(seat: string): Promise<void>;
  askForScreen(seat: string): Promise<void>;
  endScreen(seat: string): Promise<void>;
  /** The learner's terminal while it is shared. */
  followScreen(seat: string, listener: ScreenListener): Following;
  removeSeat(seat: string): Promise<void>;
  /** Attendance and completion, as the server writes it. */
  exported(format: 'csv' | 'json' | 'html'): Promise<Blob>;
  /** Progress without names; the client's secret may be the join code for this one. */
  projector(): Promise<ProjectorView>;
}

/** Who hears of a class. */
export interface ClassListener {
  readonly update: (update: ClassUpdate) => void;
  readonly connection: (connection: Connection) => void;
}

/** Who hears of a shared terminal. */
export interface ScreenListener {
  readonly frame: (frame: ScreenFrame) => void;
  readonly connection: (connection: Connection) => void;
}

/** What a client needs. */
export interface ClientOptions {
  /** Where the server is, without a slash at its end; empty for the page's own server. */
  readonly address: string;
  /** The instructor's secret. */
  readonly secret: string;
  /** Checks an update where server and client may not be of one version; the page's are. */
  readonly checked?: (update: unknown) => ClassUpdate;
}

/** Statuses that another try does not change. */
const FINAL = [400, 401, 403, 404, 405, 410];

/**
 * A client of one class server.
 * @param options where it is and who asks.
 */
export function createClassClient({ address, secret, checked = (update) => update as ClassUpdate }: ClientOptions): ClassClient {
  const ask = async (method: string, path: string, body?: unknown): Promise<Response> => {
    const response = await reach(`${address}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${secret}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw await refusalOf(response);
    return response;
  };

  const open = (path: string) => async (signal: AbortSignal) => {
    const headers = { authorization: `Bearer ${secret}`, accept: 'text/event-stream' };
    const response = await fetch(`${address}/api/v1${path}`, { headers, signal });
    if (response.ok) return response;
    const refusal = await refusalOf(response);
    throw FINAL.includes(response.status) ? refusal : new Error(refusal.message);
  };

  const seatPath = (seat: string, rest = '') => `/seats/${encodeURIComponent(seat)}${rest}`;

  return {
    follow: ({ update, connection }) =>
      followStream({ open: open('/class/stream'), event: (data) => update(checked(JSON.parse(data))), connection }),
    followScreen: (seat, { frame, connection }) =>
      followStream({
        open: open(seatPath(seat, '/screen')),
        event: (data) => frame(JSON.parse(data) as ScreenFrame),
        connection,
        endsForGood: true,
      }),
    seat: async (seat) => (await (await ask('GET', seatPath(seat))).json()) as SeatPage,
    send: async (request) => ((await (await ask('POST', '/messages', request)).json()) as { readonly sent: number }).sent,
    gate: async (section) => void (await ask('POST', '/gate', { section })),
    handSeen: async (seat) => void (await ask('POST', seatPath(seat, '/hand-seen'), {})),
    askForScreen: async (seat) => void (await ask('POST', seatPath(seat, '/share'), {})),
    endScreen: async (seat) => void (await ask('DELETE', seatPath(seat, '/share'))),
    removeSeat: async (seat) => void (await ask('DELETE', seatPath(seat))),
    exported: async (format) => (await ask('GET', `/export?format=${format}`)).blob(),
    projector: async () => (await (await ask('GET', '/projector')).json()) as ProjectorView,
  };
}

async function reach(address: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(address, init);
  } catch (cause) {
    throw new UserError('no-answer', 'The class server does not answer. Nothing was changed; try again.', { cause });
  }
}

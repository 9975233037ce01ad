/**
 * Routes and who may use them. There is no way to add a route without a role: it is looked at before the body is read.
 * Everything that goes wrong becomes a refusal here; what is neither a refusal nor the database's trouble is our bug.
 */
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { type Context, Hono } from 'hono';
import { StoreTrouble } from '../../classroom/store/database.ts';
import type { LiveSeat } from './cohort.ts';
import { beginStream, type EventStream } from './event-stream.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import { cannotKeep, Refused } from './refused.ts';

/** Who may use a route. */
export type Role = 'anybody' | 'seat' | 'instructor';

/** A request on its way through the program. */
export type RequestContext = Context<{ Bindings: HttpBindings }>;

/** What a handler is given. */
export interface Call {
  readonly context: RequestContext;
  /** Where the request comes from. */
  readonly address: string;
}

/** What a handler of a seat's route is given. */
export interface SeatCall extends Call {
  readonly seat: LiveSeat;
}

/** Finds out who asks; throws a Refused where it is not who may. */
export interface Doorkeeper {
  seat(context: RequestContext, address: string): Promise<LiveSeat>;
  instructor(context: RequestContext, address: string): void;
}

/** What the routes are built with. */
export interface RouterOptions {
  readonly doorkeeper: Doorkeeper;
  readonly addressOf: (context: RequestContext) => string;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** A route as it was added; for whoever wants to try them all. */
export interface AddedRoute {
  readonly method: Method;
  readonly path: string;
  readonly role: Role;
}

type Method = 'GET' | 'POST' | 'DELETE';

/** A page may run and show only what comes from this server as a file; nobody may put it into a frame. */
const CONTENT_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** On every answer. */
const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': CONTENT_POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

/** Routes with roles. */
export class Router {
  readonly app = new Hono<{ Bindings: HttpBindings }>();
  readonly routes: AddedRoute[] = [];
  readonly #options: RouterOptions;

  constructor(options: RouterOptions) {
    this.#options = options;
    this.app.use('*', async (context, next) => {
      await next();
      // A stream has its own, written already.
      if (context.res === RESPONSE_ALREADY_SENT) return;
      for (const [name, value] of Object.entries(SECURITY_HEADERS)) {
        if (!(name === 'cache-control' && context.res.headers.has(name))) context.res.headers.set(name, value);
      }
    });
    this.app.onError((error, context) => this.#refuse(error, context));
    this.app.notFound((context) => this.#refuse(new Refused(404, 'not-found', 'There is nothing here.'), context));
  }

  /** A route that needs nothing. */
  anybody(method: Method, path: string, handler: (call: Call) => Promise<Response> | Response): void {
    this.#add(method, path, 'anybody', handler);
  }

  /** A route for a seat, by its token. */
  seat(method: Method, path: string, handler: (call: SeatCall) => Promise<Response> | Response): void {
    this.#add(method, path, 'seat', async (call) =>
      handler({ ...call, seat: await this.#options.doorkeeper.seat(call.context, call.address) }),
    );
  }

  /** A route for the instructor, by the secret. */
  instructor(method: Method, path: string, handler: (call: Call) => Promise<Response> | Response): void {
    this.#add(method, path, 'instructor', (call) => {
      this.#options.doorkeeper.instructor(call.context, call.address);
      return handler(call);
    });
  }

  /**
   * Answers with a stream of events.
   * @param mostWaiting bytes that may wait for a slow client.
   * @param use what is done with the stream.
   */
  stream({ env }: RequestContext, mostWaiting: number, use: (stream: EventStream) => void): Response {
    const onSlow = (): void => this.#options.metrics.add('lockstep_slow_readers_total');
    use(beginStream(env.outgoing, SECURITY_HEADERS, mostWaiting, onSlow));
    return RESPONSE_ALREADY_SENT;
  }

  #add(method: Method, path: string, role: Role, handler: (call: Call) => Promise<Response> | Response): void {
    this.routes.push({ method, path, role });
    this.app.on(method, path, async (context) => {
      const response = await handler({ context, address: this.#options.addressOf(context) });
      this.#count(path, response === RESPONSE_ALREADY_SENT ? 200 : response.status);
      return response;
    });
  }

  #refuse(error: unknown, context: RequestContext): Response {
    const refused = this.#refusalOf(error, context);
    const { status, word, message, extra, retryAfter } = refused;
    this.#count('refused', status);
    if (status !== 404) this.#options.log('refused', { status, word, path: context.req.path.slice(0, 100) });
    const headers: Record<string, string> = retryAfter === null ? {} : { 'retry-after': String(retryAfter) };
    // What is left of a body that was too large is not read.
    if (status === 413) headers['connection'] = 'close';
    if (status === 401) headers['www-authenticate'] = 'Bearer';
    return context.json({ error: word, sentence: message, ...extra }, status as 400, headers);
  }

  #refusalOf(
    error: unknown,
    context: RequestContext,
  ): Refused | { status: 500; word: string; message: string; extra: object; retryAfter: null } {
    if (error instanceof Refused) return error;
    if (error instanceof StoreTrouble) {
      this.#options.log('store-trouble', { where: context.req.path.slice(0, 100), sentence: error.message });
      return cannotKeep();
    }
    this.#options.log('bug', {
      path: context.req.path.slice(0, 100),
      stack: error instanceof Error ? (error.stack ?? '') : String(error),
    });
    return { status: 500, word: 'bug', message: 'This is a bug in Lockstep.', extra: {}, retryAfter: null };
  }

  #count(route: string, status: number): void {
    this.#options.metrics.add('lockstep_requests_total', 1, `route="${route}",status="${status}"`);
  }
}

/** The token of `Authorization: Bearer …`; null where there is none. */
export function bearerOf(context: RequestContext): string | null {
  const header = context.req.header('authorization');
  const found = header === undefined ? null : /^Bearer ([!-~]{1,500})$/i.exec(header);
  return found?.[1] ?? null;
}

/** 204. */
export function nothing(): Response {
  return new Response(null, { status: 204 });
}

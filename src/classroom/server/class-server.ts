/**
 * A class server: opens or resumes a class on its database, and listens. Knows nothing of lessons as texts, of hosts and
 * of the command line; what it is started with comes in as data, and all that people read goes out as data.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { getRequestListener } from '@hono/node-server';
import type { ClassLesson } from '../../classroom/protocol/learner-api.ts';
import { fingerprintOf, newSigningKey, publicKeyOf } from '../../classroom/record/sign.ts';
import { type ClassStore, openClassStore } from '../../classroom/store/class-store.ts';
import { type DatabasePlace, openDatabase } from '../../classroom/store/open-database.ts';
import type { ClassRow } from '../../classroom/store/rows.ts';
import { makePrivateFolder } from '../../journal/private-folder.ts';
import { messageOf, UserError } from '../../model/errors.ts';
import { chooseClass, secretFile } from './choose-class.ts';
import { Classroom } from './classroom.ts';
import { makeDoorkeeper } from './doorkeeper.ts';
import { orderlyEnd } from './end-server.ts';
import { hearOthers } from './hear-others.ts';
import { addInstructorRoutes } from './instructor-routes.ts';
import { addLearnerRoutes, CodeGuard } from './learner-routes.ts';
import { openLog } from './log.ts';
import { Metrics } from './metrics.ts';
import { addPublicRoutes } from './public-routes.ts';
import { type AddedRoute, type RequestContext, Router } from './routes.ts';
import { hashOf, newId, newJoinCode, newToken } from './secrets.ts';

/** What a class server is started with. */
export interface ClassServerOptions {
  readonly lesson: ClassLesson;
  /** What the class is called; null: as it was, or as its lesson. */
  readonly title: string | null;
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  readonly database: DatabasePlace;
  /** Folder for what only this machine's instructor may read; it is made. */
  readonly folder: string;
  /** How long a new join code is valid, ms; null: for ever. */
  readonly codeLastsMs: number | null;
  /** A new class, whatever there is. */
  readonly fresh: boolean;
  /** Join code of the class to go on with; null: the one that was served from here. */
  readonly code: string | null;
  /** A new join code and a new secret; the old ones are worth nothing from then on. */
  readonly newSecrets: boolean;
  /** PEM texts. */
  readonly tls: { readonly cert: string; readonly key: string } | null;
  /** The last entry of X-Forwarded-For is believed. */
  readonly behindProxy: boolean;
  /** Folder of the pages; null where there is none. */
  readonly pages: string | null;
  /** File of the log; null: standard error. */
  readonly log: string | null;
  /** The server's clock; default the system's. */
  readonly now?: () => number;
  /** For tests: how long headers, and a whole request, may take to come, ms. */
  readonly patience?: { readonly headersMs: number; readonly requestMs: number };
}

/** A class server that listens. */
export interface RunningClass {
  readonly port: number;
  readonly id: string;
  readonly title: string;
  readonly code: string;
  readonly codeExpiresAt: number | null;
  /** For the instructor's page. */
  readonly secret: string;
  /** Of the key that signs records. */
  readonly fingerprint: string;
  /** How many seats there were already; null for a new class. */
  readonly resumedSeats: number | null;
  /** All routes with their roles. */
  readonly routes: readonly AddedRoute[];
  /** Ends in order. Safe to call twice. */
  close(): Promise<void>;
}

/** A request must have come whole within this, ms: slow senders do not hold connections. */
const REQUEST_MS = 20_000;
const HEADERS_MS = 10_000;
const KEEP_ALIVE_MS = 65_000;
/** How often Node looks for requests that take too long, ms; by default it is twice a minute. */
const LOOK_MS = 1000;
/** Connections at once. */
const MOST_CONNECTIONS = 20_000;

/**
 * Starts a class server.
 * @throws UserError where it cannot: the database, the address, another server on the same class.
 */
export async function openClassServer(options: ClassServerOptions): Promise<RunningClass> {
  const { now = Date.now } = options;
  await makePrivateFolder(options.folder);
  const { log, written } = openLog(options.log);
  const metrics = new Metrics();
  const origin = newId();
  const database = await openDatabase(options.database, (sentence) => log('database', { sentence }));
  try {
    const store = await openClassStore(database, origin);
    const { row, resumed } = await findOrBegin(store, options, now());
    const secret = await instructorSecret(store, row.id, options, now());
    let secrets = await store.secrets(row.id);
    const room = await Classroom.open({ store, log, metrics, now }, row);
    const hearing = await hearOthers({
      room,
      origin,
      log,
      onClassChanged: async () => {
        secrets = await store.secrets(row.id);
      },
    });
    const router = new Router({
      doorkeeper: makeDoorkeeper(room, () => secrets),
      addressOf: options.behindProxy ? forwardedAddress : socketAddress,
      log,
      metrics,
    });
    const codes = new CodeGuard(room);
    addLearnerRoutes(router, { room, codes, log, metrics });
    addInstructorRoutes(router, room, metrics);
    addPublicRoutes(router, room, codes, options.pages);
    const server = makeServer(router, options);
    const end = orderlyEnd(server);
    await listen(server, options);
    const address = server.address();
    log('started', { class: row.id, port: typeof address === 'object' ? (address?.port ?? 0) : 0, dialect: store.dialect });
    let closing: Promise<void> | null = null;
    const close = async (): Promise<void> => {
      const ended = end();
      await room.stop();
      await ended;
      await hearing.stop();
      await store.close();
      log('stopped', { class: row.id });
      await written();
    };
    return {
      port: typeof address === 'object' && address !== null ? address.port : options.port,
      id: row.id,
      title: row.title,
      code: row.code,
      codeExpiresAt: row.codeExpiresAt,
      secret,
      fingerprint: fingerprintOf(publicKeyOf(row.signingKey)),
      resumedSeats: resumed ? [...room.cohort.present()].length : null,
      routes: router.routes,
      close: () => {
        closing ??= close();
        return closing;
      },
    };
  } catch (error) {
    await database.close().catch(() => {});
    throw error;
  }
}

/** The class to go on with, brought up to date, or a new one. */
async function findOrBegin(
  store: ClassStore,
  options: ClassServerOptions,
  now: number,
): Promise<{ readonly row: ClassRow; readonly resumed: boolean }> {
  const { lesson, title, codeLastsMs } = options;
  const codeExpiresAt = codeLastsMs === null ? null : now + codeLastsMs;
  const wanted = { lesson: lesson.id, folder: options.folder, code: options.code };
  const found = options.fresh ? null : await chooseClass(store, wanted);
  if (found) {
    const expired = found.codeExpiresAt !== null && found.codeExpiresAt <= now;
    const code = options.newSecrets || expired ? { code: newJoinCode(), codeExpiresAt } : {};
    const gate = lesson.sections.some(({ id }) => id === found.gate) ? {} : { gate: null };
    const change = { lesson, ...(title === null ? {} : { title }), ...code, ...gate };
    await store.changeClass(found.id, change);
    return { row: { ...found, ...change }, resumed: true };
  }
  const row: ClassRow = {
    id: newId(),
    lesson,
    title: title ?? lesson.title,
    code: newJoinCode(),
    codeExpiresAt,
    gate: null,
    startedAt: now,
    signingKey: newSigningKey(),
  };
  if (options.fresh) await store.addClass(row);
  // Another server may have begun one since we looked.
  else if (!(await store.addFirstClass(row))) return findOrBegin(store, options, now);
  return { row, resumed: false };
}

/** The secret that this machine's instructor has; the database only knows its hash. */
async function instructorSecret(store: ClassStore, id: string, options: ClassServerOptions, now: number): Promise<string> {
  const file = secretFile(options.folder, id);
  const kept = options.newSecrets ? null : readSecret(file);
  if (kept !== null && (await store.secrets(id)).includes(hashOf(kept))) return kept;
  const secret = newToken();
  writeFileSync(file, `${secret}\n`, { mode: 0o600 });
  await store.addSecret(id, hashOf(secret), now);
  if (options.newSecrets) await store.dropOtherSecrets(id, hashOf(secret));
  return secret;
}

function readSecret(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return null;
  }
}

function makeServer(router: Router, { tls, patience }: ClassServerOptions): Server {
  const listener = getRequestListener(router.app.fetch, { overrideGlobalObjects: false });
  const { headersMs, requestMs } = patience ?? { headersMs: HEADERS_MS, requestMs: REQUEST_MS };
  const limits = {
    requestTimeout: requestMs,
    headersTimeout: headersMs,
    keepAliveTimeout: KEEP_ALIVE_MS,
    connectionsCheckingInterval: Math.min(LOOK_MS, headersMs / 2),
  };
  const handle = (...[request, response]: Parameters<typeof listener>): void => {
    listener(request, response).catch(() => response.destroy());
  };
  const server = tls ? createTlsServer({ ...limits, ...tls }, handle) : createHttpServer(limits, handle);
  server.maxConnections = MOST_CONNECTIONS;
  return server;
}

async function listen(server: Server, { host, port }: ClassServerOptions): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(cannotListen(host, port, cause)));
    server.listen(port, host, resolve);
  });
}

function cannotListen(host: string, port: number, cause: NodeJS.ErrnoException): UserError {
  const why: Readonly<Record<string, string>> = {
    EADDRINUSE: `Another program listens on port ${port} already.`,
    EACCES: `This user may not listen on port ${port}.`,
    EADDRNOTAVAIL: `This machine has no address ${host}.`,
  };
  return new UserError('cannot-listen', why[cause.code ?? ''] ?? `The class server cannot listen: ${messageOf(cause)}.`, {
    tries: ['Name another address: --listen HOST:PORT'],
    cause,
  });
}

function socketAddress(context: RequestContext): string {
  return context.env.incoming.socket.remoteAddress ?? '';
}

/** The entry that the proxy itself has added; those before it are the client's own words. */
function forwardedAddress(context: RequestContext): string {
  const last = context.req.header('x-forwarded-for')?.split(',').at(-1)?.trim();
  return last === undefined || last === '' ? socketAddress(context) : last;
}

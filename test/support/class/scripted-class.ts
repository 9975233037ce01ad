/**
 * A class server that a test writes the lines of: the instructor's routes over a snapshot that the test changes. What is
 * sent both ways is held against the protocol, so that a test here cannot agree with a page on something else.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type ClassSnapshot,
  classUpdate,
  gateRequest,
  projectorView,
  type SeatPage,
  type SeatStand,
  type SendRequest,
  seatPage,
  sendRequest,
} from '../../../src/classroom/protocol/instructor-api.ts';
import { type ScreenFrame, screenFrame } from '../../../src/classroom/protocol/learner-api.ts';
import { clustersOf } from './class-cohort.ts';

/** The project's folder: this file may have been bundled somewhere else in it. */
function projectFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}
const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html',
  js: 'text/javascript',
  css: 'text/css',
  svg: 'image/svg+xml',
};
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The secret that it knows. */
export const SECRET = 'the-instructors-secret-of-a-test';

/** A running one. */
export interface ScriptedClass {
  readonly address: string;
  /** What was asked of it, but for pages and streams: `POST /gate`. */
  readonly asked: readonly { readonly what: string; readonly body: unknown }[];
  readonly sent: readonly SendRequest[];
  snapshot(): ClassSnapshot;
  /** Changes seats, and tells who listens. */
  change(seats: readonly SeatStand[], removed?: readonly string[]): void;
  /** Changes one seat. */
  changeSeat(seat: string, change: Partial<SeatStand>): void;
  gate(section: string | null): void;
  /** What a learner's page says besides the stand. */
  page(seat: string, page: Omit<SeatPage, 'stand'>): void;
  showScreen(frame: ScreenFrame): void;
  /** Breaks every stream, as a server that was killed. */
  breakStreams(): void;
  /** Refuses streams until it is true again. */
  answers(yes: boolean): void;
  close(): Promise<void>;
}

/**
 * Starts one on a port of its own.
 * @param first the class to begin with.
 */
export async function startScriptedClass(first: ClassSnapshot): Promise<ScriptedClass> {
  let now = first;
  let answering = true;
  const streams = new Set<ServerResponse>();
  const screens = new Set<ServerResponse>();
  const pages = new Map<string, Omit<SeatPage, 'stand'>>();
  const asked: { what: string; body: unknown }[] = [];
  const sent: SendRequest[] = [];

  const tell = (seats: readonly SeatStand[], removed: readonly string[]): void => {
    const { class: about, clusters, medians } = now;
    write(streams, classUpdate.parse({ type: 'changed', class: about, seats, removed, clusters, medians, now: now.now }));
  };
  const change = (seats: readonly SeatStand[], removed: readonly string[] = []): void => {
    const all = new Map(now.seats.map((one) => [one.seat, one]));
    for (const one of seats) all.set(one.seat, one);
    for (const one of removed) all.delete(one);
    now = { ...now, seats: [...all.values()], clusters: clustersOf([...all.values()]) };
    tell(seats, removed);
  };
  const changeSeat = (seat: string, part: Partial<SeatStand>): void => {
    const before = now.seats.find((one) => one.seat === seat);
    if (!before) throw new Error(`there is no seat ${seat}`);
    change([{ ...before, ...part }]);
  };
  const gate = (section: string | null): void => {
    now = { ...now, class: { ...now.class, gate: section } };
    tell([], []);
  };

  const routes: readonly [RegExp, (response: ServerResponse, body: unknown, seat: string) => void][] = [
    [
      /^GET \/class\/stream$/,
      (response) => {
        openStream(response, streams);
        write(new Set([response]), classUpdate.parse({ type: 'snapshot', snapshot: now }));
      },
    ],
    [
      /^POST \/messages$/,
      (response, body) => {
        const request = sendRequest.parse(body);
        sent.push(request);
        answer(response, 200, { sent: recipients(now, request) });
      },
    ],
    [
      /^POST \/gate$/,
      (response, body) => {
        gate(gateRequest.parse(body).section);
        answer(response, 204);
      },
    ],
    [
      /^POST \/seats\/([^/]+)\/hand-seen$/,
      (response, _body, seat) => {
        changeSeat(seat, { hand: null });
        answer(response, 204);
      },
    ],
    [
      /^POST \/seats\/([^/]+)\/share$/,
      (response, _body, seat) => {
        changeSeat(seat, { sharing: 'asked' });
        answer(response, 200, { request: 'share-request-1' });
      },
    ],
    [
      /^DELETE \/seats\/([^/]+)\/share$/,
      (response, _body, seat) => {
        changeSeat(seat, { sharing: 'no' });
        answer(response, 204);
      },
    ],
    [/^GET \/seats\/([^/]+)\/screen$/, (response) => openStream(response, screens)],
    [
      /^GET \/seats\/([^/]+)$/,
      (response, _body, seat) => {
        const stand = now.seats.find((one) => one.seat === seat);
        if (!stand) return answer(response, 404, { error: 'unknown-seat', sentence: 'There is no such seat.' });
        answer(response, 200, seatPage.parse({ stand, ...(pages.get(seat) ?? { journals: [], messages: [] }) }));
      },
    ],
    [
      /^DELETE \/seats\/([^/]+)$/,
      (response, _body, seat) => {
        change([], [seat]);
        answer(response, 204);
      },
    ],
    [
      /^GET \/export\?format=(csv|json|html)$/,
      (response) => response.writeHead(200, { 'content-type': 'text/csv' }).end('name\n'),
    ],
    [/^GET \/projector$/, (response) => answer(response, 200, projectorView.parse(wall(now)))],
  ];

  const api = async (request: IncomingMessage, response: ServerResponse, path: string): Promise<void> => {
    const bearer = request.headers.authorization;
    const open = path === '/projector' && bearer === `Bearer ${now.class.code}`;
    if (!open && bearer !== `Bearer ${SECRET}`) {
      return answer(response, 401, { error: 'wrong-secret', sentence: 'This is not the secret of this class.' });
    }
    if (!answering) return void request.socket.destroy();
    const what = `${request.method} ${path}`;
    const body = await readBody(request);
    if (!/stream|screen|projector/.test(path)) asked.push({ what, body });
    const found = routes.find(([pattern]) => pattern.test(what));
    if (found) found[1](response, body, found[0].exec(what)?.[1] ?? '');
    else answer(response, 404, { error: 'unknown-path', sentence: 'There is nothing here.' });
  };

  const server = createServer((request, response) => {
    const url = request.url ?? '/';
    if (url.startsWith('/api/v1')) void api(request, response, url.slice('/api/v1'.length));
    else givePage(response, url);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    sent,
    snapshot: () => now,
    change,
    changeSeat,
    gate,
    page: (seat, page) => void pages.set(seat, page),
    showScreen: (frame) => write(screens, screenFrame.parse(frame)),
    breakStreams() {
      for (const stream of [...streams, ...screens]) stream.destroy();
    },
    answers(yes) {
      answering = yes;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function recipients({ seats, clusters }: ClassSnapshot, { to }: SendRequest): number {
  if (to.type === 'seat') return 1;
  if (to.type === 'all') return seats.length;
  return clusters.find(({ check, reason }) => check === to.check && reason === to.reason)?.seats.length ?? 0;
}

function wall({ class: about, seats, lesson }: ClassSnapshot): unknown {
  const count = (id: string, ...statuses: readonly string[]): number =>
    seats.filter(({ sections }) => statuses.includes(sections[id]?.status ?? '')).length;
  return {
    title: about.title,
    seats: seats.length,
    online: seats.filter(({ online }) => online).length,
    hands: seats.filter(({ hand }) => hand).length,
    gate: about.gate,
    sections: lesson.sections.map(({ id, title }) => ({
      id,
      title,
      here: count(id, 'open'),
      done: count(id, 'done', 'skipped'),
    })),
  };
}

function openStream(response: ServerResponse, streams: Set<ServerResponse>): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.flushHeaders();
  streams.add(response);
  response.on('close', () => streams.delete(response));
}

function write(streams: ReadonlySet<ServerResponse>, data: unknown): void {
  for (const stream of streams) stream.write(`data: ${JSON.stringify(data)}\n\n`);
}

function answer(response: ServerResponse, status: number, body?: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(body === undefined ? '' : JSON.stringify(body));
}

function givePage(response: ServerResponse, url: string): void {
  const name = url === '/' ? 'index.html' : /\.\w+$/.test(url) ? url.slice(1) : `${url.slice(1)}.html`;
  try {
    const content = readFileSync(join(projectFolder(), 'dist/dashboard', name));
    const type = TYPES[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
    response.writeHead(200, { 'content-type': type, 'content-security-policy': POLICY }).end(content);
  } catch {
    response.writeHead(404).end();
  }
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const piece of request) text += String(piece);
  return text === '' ? null : JSON.parse(text);
}

/** A class server that does what a test says: keeps reports as the protocol asks, and fails in between as it is told. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { type ClassNews, joinRequest, reportsRequest, screenFrame } from '../../src/classroom/protocol/learner-api.ts';
import type { Report } from '../../src/classroom/protocol/report.ts';

/** What happens to a request. `lost`: it is done, and its answer never comes. */
export type Fault = 'drop' | 'lost' | 'slow' | number | null;

const seatId = 'seat-of-ada';
const token = 'a-token-of-a-learner-1234';

/** One class with one seat. */
export class ScriptedClass {
  readonly journals = new Map<string, Report[]>();
  readonly requests: string[] = [];
  readonly frames: unknown[] = [];
  readonly bodies: string[] = [];
  readonly records: unknown[] = [];
  gate: string | null = null;
  lesson = 'l';
  code = 'ZERG-42';
  /** Asked before each request is done. */
  fault: (path: string, method: string) => Fault = () => null;
  /** Refuses a batch for what is in it. */
  refuses: (report: Report) => boolean = () => false;
  shared = true;
  removed = false;
  private server: Server | null = null;
  private port = 0;
  private readonly sockets = new Set<Socket>();
  private readonly streams = new Set<ServerResponse>();

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get online(): boolean {
    return this.streams.size > 0;
  }

  /** All reports of the only journal. */
  get reports(): readonly Report[] {
    return [...this.journals.values()].flat();
  }

  get seat() {
    return {
      version: 1 as const,
      url: this.url,
      seat: seatId,
      token,
      name: 'Ada',
      class: this.forLearner(),
      journals: {},
    };
  }

  async start(): Promise<this> {
    const server = createServer((request, response) => {
      this.answer(request, response).catch(() => response.destroy());
    });
    server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    this.port = (server.address() as AddressInfo).port;
    this.server = server;
    return this;
  }

  /** As by SIGKILL: every connection breaks, nothing is said. */
  async stop(): Promise<void> {
    const { server } = this;
    this.server = null;
    const closed = new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
    for (const socket of this.sockets) socket.destroy();
    this.streams.clear();
    await closed;
  }

  tell(news: ClassNews): void {
    for (const stream of this.streams) stream.write(`data: ${JSON.stringify(news)}\n\n`);
  }

  /** Any bytes on the streams. */
  write(text: string): void {
    for (const stream of this.streams) stream.write(text);
  }

  hold(gate: string | null): void {
    this.gate = gate;
    this.tell({ type: 'class', class: this.forLearner() });
  }

  private forLearner() {
    return { id: 'class-12345', title: 'Zerg mode', lesson: this.lesson, gate: this.gate };
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '').replace('/api/v1', '');
    const method = request.method ?? '';
    this.requests.push(`${method} ${path}`);
    const body = await bodyOf(request);
    if (body !== '') this.bodies.push(body);
    const fault = this.fault(path, method);
    if (fault === 'drop') return void response.destroy();
    if (fault === 'slow') return;
    if (typeof fault === 'number')
      return void response.writeHead(fault, { 'content-type': 'text/plain' }).end('something is wrong');
    const { status, value } = this.handle(path, method, body, request, response);
    if (fault === 'lost') return void response.destroy();
    if (value !== undefined) response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    else if (status === 204) response.writeHead(204).end();
  }

  private handle(
    path: string,
    method: string,
    body: string,
    request: IncomingMessage,
    response: ServerResponse,
  ): { readonly status: number; readonly value?: unknown } {
    if (path === '/join') return this.join(joinRequest.parse(JSON.parse(body)));
    if (this.removed || request.headers.authorization !== `Bearer ${token}`) return refusal(401, 'unknown-seat');
    switch (`${method} ${path}`) {
      case 'GET /seat': {
        const journals = Object.fromEntries([...this.journals].map(([id, reports]) => [id, reports.length]));
        return { status: 200, value: { seat: seatId, name: 'Ada', class: this.forLearner(), journals } };
      }
      case 'POST /reports':
        return this.append(body);
      case 'GET /seat/stream':
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write(`data: ${JSON.stringify({ type: 'class', class: this.forLearner() })}\n\n`);
        this.streams.add(response);
        response.on('close', () => this.streams.delete(response));
        return { status: 200 };
      case 'POST /seat/record':
        this.records.push(JSON.parse(body));
        return refusal(409, 'behind');
      case 'POST /seat/screen':
        this.frames.push(screenFrame.parse(JSON.parse(body)));
        return this.shared ? { status: 204 } : refusal(403, 'not-shared');
      default:
        return refusal(404, 'not-found');
    }
  }

  private join({ code, name }: { readonly code: string; readonly name: string }) {
    if (code === 'OLD') return refusal(403, 'code-expired');
    if (code !== this.code) return refusal(403, 'wrong-code');
    return { status: 200, value: { seat: seatId, token, name, class: this.forLearner() } };
  }

  private append(body: string) {
    const read = reportsRequest.safeParse(JSON.parse(body));
    if (!read.success || read.data.reports.some((report) => this.refuses(report))) return refusal(400, 'bad-request');
    const { journal, reports } = read.data;
    const known = this.journals.get(journal.id) ?? [];
    if ((reports[0]?.seq ?? 0) > known.length)
      return { ...refusal(409, 'gap'), value: { ...refusal(409, 'gap').value, next: known.length } };
    if (reports.some(({ seq, hash }) => known[seq] !== undefined && known[seq].hash !== hash))
      return refusal(409, 'other-journal');
    this.journals.set(journal.id, [...known, ...reports.filter(({ seq }) => seq >= known.length)]);
    return { status: 200, value: { next: this.journals.get(journal.id)?.length ?? 0 } };
  }
}

function refusal(status: number, error: string) {
  return { status, value: { error, sentence: 'The server says no.' } };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

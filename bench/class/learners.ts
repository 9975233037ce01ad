/**
 * Simulated learners: each has its own token, journal, stream and connections, and reports as a learner's program does.
 * Nothing is shared between them but this process.
 */
import { createHash } from 'node:crypto';
import { Agent, type IncomingMessage, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { ClassLesson, JoinAnswer } from '../../src/classroom/protocol/learner-api.ts';
import type { Report, ReportedEvent } from '../../src/classroom/protocol/report.ts';

/** A server as learners see it. */
export interface Place {
  readonly base: string;
  readonly code: string;
}

/** A check's verdict that should be seen on the dashboard. */
interface Awaited {
  readonly check: string;
  readonly at: number;
}

/** One learner. */
export class SimulatedLearner {
  readonly seat: string;
  readonly reports: Report[] = [];
  acknowledged = 0;
  /** Requests that were refused or broke off. */
  troubles = 0;
  readonly awaited: Awaited[] = [];
  readonly #place: Place;
  readonly #token: string;
  readonly #lesson: ClassLesson;
  readonly #checks: readonly string[];
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  #sending = false;
  #stream: IncomingMessage | null = null;
  #fails = new Map<string, boolean>();

  constructor(place: Place, answer: JoinAnswer, lesson: ClassLesson) {
    this.#place = place;
    this.#token = answer.token;
    this.#lesson = lesson;
    this.seat = answer.seat;
    this.#checks = lesson.sections.flatMap(({ checks }) => checks.map(({ id }) => id));
    this.#add({ type: 'journal-begun', at: Date.now() });
    this.#add({ type: 'session-started', at: Date.now(), host: 'sandbox', version: '1' });
    this.#add({ type: 'section-opened', at: Date.now(), section: lesson.sections[0]?.id ?? '' });
  }

  /** Opens the stream of news; resolves when it is open. */
  async listen(): Promise<void> {
    this.#stream = await new Promise((resolve, reject) => {
      request(`${this.#place.base}/api/v1/seat/stream`, { headers: { authorization: `Bearer ${this.#token}` }, agent: false })
        .on('response', (response) => resolve(response.resume()))
        .on('error', reject)
        .end();
    });
  }

  /** Something happens: a check's verdict turns, or a section is done and the next one opened. */
  happen(): void {
    const at = Date.now();
    const n = this.reports.length;
    if (n % 10 === 0) {
      const section = this.#lesson.sections[(n / 10) % this.#lesson.sections.length]?.id ?? '';
      this.#add({ type: 'section-opened', at, section });
    } else if (n % 3 === 0) this.#add({ type: 'step-started', at, block: `block:${n}`, by: 'learner' });
    else {
      const check = this.#checks[n % this.#checks.length] ?? '';
      const fails = !(this.#fails.get(check) ?? false);
      this.#fails.set(check, fails);
      this.#add({
        type: 'verdict-changed',
        at,
        check,
        verdict: fails ? { status: 'fail', reason: 'file-missing' } : { status: 'pass' },
      });
      this.awaited.push({ check, at });
    }
    void this.send();
  }

  /** Sends what is not acknowledged yet, until all is. */
  async send(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    while (this.acknowledged < this.reports.length) {
      const next = await this.#post(this.reports.slice(this.acknowledged, this.acknowledged + 200)).catch(() => null);
      if (next === null) {
        this.troubles += 1;
        await pause(200 + Math.random() * 300);
      } else this.acknowledged = next;
    }
    this.#sending = false;
  }

  leave(): void {
    this.#stream?.destroy();
    this.#agent.destroy();
  }

  #add(event: ReportedEvent): void {
    const seq = this.reports.length;
    this.reports.push({ seq, hash: createHash('sha256').update(`${this.seat} ${seq} ${event.at}`).digest('hex'), event });
  }

  #post(reports: readonly Report[]): Promise<number | null> {
    const journal = { id: this.reports[0]?.hash, lesson: this.#lesson.id, lessonHash: 'bench' };
    const body = JSON.stringify({ journal, reports });
    return postJson(`${this.#place.base}/api/v1/reports`, body, this.#token, this.#agent).then(({ status, text }) =>
      status === 200 ? (JSON.parse(text) as { next: number }).next : null,
    );
  }
}

/** Joins so many learners, half of them at each place; waits where the server asks for it. */
export async function joinAll(
  places: readonly Place[],
  count: number,
  lesson: ClassLesson,
  note: (text: string) => void,
): Promise<SimulatedLearner[]> {
  const learners: SimulatedLearner[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let n = next++; n < count; n = next++) {
      learners.push(await joinOne(places[n % places.length] as Place, n, lesson));
      if (n % 100 === 0) note(`${n} of ${count} have joined`);
    }
  };
  await Promise.all(Array.from({ length: 8 }, work));
  return learners;
}

async function joinOne(place: Place, n: number, lesson: ClassLesson): Promise<SimulatedLearner> {
  const body = JSON.stringify({ protocol: 1, code: place.code, name: `Learner ${n}` });
  for (;;) {
    const { status, text } = await postJson(`${place.base}/api/v1/join`, body, null, undefined);
    if (status === 200) return new SimulatedLearner(place, JSON.parse(text) as JoinAnswer, lesson);
    if (status !== 429) throw new Error(`joining: ${status} ${text}`);
    await pause(500);
  }
}

function postJson(
  url: string,
  body: string,
  token: string | null,
  agent: Agent | undefined,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      method: 'POST',
      ...(agent ? { agent } : {}),
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      },
    });
    sent.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (piece: string) => {
        text += piece;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      response.on('error', reject);
    });
    sent.on('error', reject).end(body);
  });
}

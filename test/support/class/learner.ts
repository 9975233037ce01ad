/** A learner's side without a program: a journal made up, and the requests that a learner's program would make. */
import { createHash, randomUUID } from 'node:crypto';
import type { ClassNews, JoinAnswer } from '../../../src/classroom/protocol/learner-api.ts';
import type { Report, ReportedEvent } from '../../../src/classroom/protocol/report.ts';
import { type OpenStream, openEvents } from './events.ts';

/** An answer: status and body. */
export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came.
  readonly body: any;
  readonly headers: Headers;
}

/** Sends a request; a body that is a string goes as it is. */
export async function ask(
  url: string,
  { method = 'GET', token, body }: { method?: string; token?: string | null; body?: unknown } = {},
): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers: {
      ...(token == null ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const json = response.headers.get('content-type')?.startsWith('application/json') ?? false;
  return { status: response.status, body: json ? JSON.parse(text) : text, headers: response.headers };
}

/** A journal that grows. */
export class FakeJournal {
  readonly reports: Report[] = [];
  readonly lesson: string;
  readonly #salt = randomUUID();

  constructor(lesson = 'test-lesson') {
    this.lesson = lesson;
    this.add({ type: 'journal-begun', at: Date.now() });
  }

  get id(): string {
    return this.reports[0]!.hash;
  }

  get head(): string {
    return this.reports.at(-1)!.hash;
  }

  add(...events: ReportedEvent[]): void {
    for (const event of events) {
      const seq = this.reports.length;
      const hash = createHash('sha256')
        .update(`${this.#salt} ${seq} ${JSON.stringify(event)}`)
        .digest('hex');
      this.reports.push({ seq, hash, event });
    }
  }

  request(from = 0, to = this.reports.length): object {
    return { journal: { id: this.id, lesson: this.lesson, lessonHash: 'abc' }, reports: this.reports.slice(from, to) };
  }
}

/** A learner in a class. */
export class TestLearner {
  readonly base: string;
  readonly answer: JoinAnswer;
  readonly journal = new FakeJournal();
  #sent = 0;

  private constructor(base: string, answer: JoinAnswer) {
    this.base = base;
    this.answer = answer;
  }

  static async join(base: string, code: string, name: string): Promise<TestLearner> {
    const { status, body } = await ask(`${base}/api/v1/join`, { method: 'POST', body: { protocol: 1, code, name } });
    if (status !== 200) throw new Error(`joining: ${status} ${JSON.stringify(body)}`);
    return new TestLearner(base, body as JoinAnswer);
  }

  get seat(): string {
    return this.answer.seat;
  }

  get token(): string {
    return this.answer.token;
  }

  ask(method: string, path: string, body?: unknown): Promise<Answer> {
    return ask(`${this.base}/api/v1${path}`, { method, token: this.token, body });
  }

  /** Does something, and reports all that was not reported yet. */
  async does(...events: ReportedEvent[]): Promise<Answer> {
    this.journal.add(...events);
    const answer = await this.ask('POST', '/reports', this.journal.request(this.#sent));
    if (answer.status === 200) this.#sent = answer.body.next;
    return answer;
  }

  stream(): Promise<OpenStream<ClassNews>> {
    return openEvents<ClassNews>(`${this.base}/api/v1/seat/stream`, this.token);
  }
}

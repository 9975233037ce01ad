/** What learners' programs ask: joining, reports, the stream, the screen, the record. */
import {
  type JoinAnswer,
  joinRequest,
  type ReportsAnswer,
  recordRequest,
  reportsRequest,
  type SeatAnswer,
  screenFrame,
} from '../../classroom/protocol/learner-api.ts';
import { recordOf } from '../../classroom/record/make-record.ts';
import { signRecord } from '../../classroom/record/sign.ts';
import type { Classroom } from './classroom.ts';
import { Buckets, limitKey } from './limits.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import { readBody } from './read-body.ts';
import { Refused, tooMany } from './refused.ts';
import { nothing, type Router } from './routes.ts';
import { sameCode } from './secrets.ts';

/** Bytes that may wait for a learner's program. */
const MOST_WAITING = 512 * 1024;

/** Limits: wrong codes by address and by all, new seats, and what one seat may send. */
const LIMITS = {
  wrongCode: { burst: 60, perSecond: 1 },
  wrongCodes: { burst: 300, perSecond: 20 },
  joins: { burst: 1000, perSecond: 100 },
  reports: { burst: 100, perSecond: 20 },
  screens: { burst: 40, perSecond: 20 },
  records: { burst: 10, perSecond: 0.5 },
} as const;

/** What wrong codes were tried; joining and the projector share it. */
export class CodeGuard {
  readonly #byAddress = new Buckets(LIMITS.wrongCode);
  readonly #byAll = new Buckets(LIMITS.wrongCodes);
  readonly #room: Classroom;

  constructor(room: Classroom) {
    this.#room = room;
  }

  /**
   * Lets a code pass.
   * @param typed as it came.
   * @param address who tries.
   * @throws Refused `too-many`, `wrong-code`.
   */
  check(typed: string, address: string): void {
    const now = performance.now();
    const key = limitKey(address);
    const wait = Math.max(this.#byAddress.wait(key, now), this.#byAll.wait('all', now));
    if (wait > 0) throw tooMany(wait);
    if (sameCode(typed, this.#room.cohort.row.code)) return;
    this.#byAddress.take(key, now);
    this.#byAll.take('all', now);
    throw new Refused(403, 'wrong-code', 'There is no class with this code here. Codes are not case-sensitive.');
  }
}

/** What the routes work with. */
export interface LearnerRoutes {
  readonly room: Classroom;
  readonly codes: CodeGuard;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** Adds the learners' routes. */
export function addLearnerRoutes(router: Router, { room, codes, metrics }: LearnerRoutes): void {
  const joins = new Buckets(LIMITS.joins);
  const reports = new Buckets(LIMITS.reports);
  const screens = new Buckets(LIMITS.screens);
  const records = new Buckets(LIMITS.records);
  const limit = (buckets: Buckets, key: string): void => {
    const wait = buckets.take(key, performance.now());
    if (wait > 0) throw tooMany(wait);
  };

  router.anybody('POST', '/api/v1/join', async ({ context, address }) => {
    const { code, name } = await readBody(context.env.incoming, joinRequest);
    codes.check(code, address);
    const expires = room.cohort.row.codeExpiresAt;
    if (expires !== null && room.now() >= expires) {
      throw new Refused(403, 'code-expired', 'This join code is not valid any more. Ask the instructor for a new one.');
    }
    limit(joins, 'all');
    const clean = plainName(name);
    if (clean === '') throw new Refused(400, 'bad-request', 'The name has nothing in it that can be shown.');
    const { seat, token } = await room.join(clean);
    const answer: JoinAnswer = { seat: seat.row.seat, token, name: clean, class: room.cohort.forLearner() };
    return context.json(answer);
  });

  router.seat('GET', '/api/v1/seat', ({ context, seat }) => {
    const journals = Object.fromEntries([...seat.journals.values()].map(({ row }) => [row.id, row.next]));
    const answer: SeatAnswer = { seat: seat.row.seat, name: seat.row.name, class: room.cohort.forLearner(), journals };
    return context.json(answer);
  });

  router.seat('POST', '/api/v1/reports', async ({ context, seat }) => {
    limit(reports, seat.row.seat);
    const request = await readBody(context.env.incoming, reportsRequest);
    const { next, added } = await room.report(seat, request);
    metrics.add('lockstep_reports_total', added, 'new="yes"');
    metrics.add('lockstep_reports_total', request.reports.length - added, 'new="no"');
    const answer: ReportsAnswer = { next };
    return context.json(answer);
  });

  router.seat('GET', '/api/v1/seat/stream', ({ context, seat }) =>
    router.stream(context, MOST_WAITING, (stream) => room.desk.open(seat, stream)),
  );

  router.seat('POST', '/api/v1/seat/screen', async ({ context, seat }) => {
    limit(screens, seat.row.seat);
    await room.sharing.show(seat, await readBody(context.env.incoming, screenFrame));
    return nothing();
  });

  router.seat('POST', '/api/v1/seat/record', async ({ context, seat }) => {
    limit(records, seat.row.seat);
    const { journal, head } = await readBody(context.env.incoming, recordRequest);
    await room.cohort.catchUp([seat.row.seat]);
    const own = seat.journals.get(journal);
    if (!own) throw new Refused(409, 'behind', 'Nothing of this journal is known yet.', { extra: { next: 0 } });
    if (own.row.head !== head) {
      const known = await room.store.reportWithHash(own.row.n, head);
      if (known) throw new Refused(409, 'other-journal', 'There are newer reports of this journal than this one.');
      throw new Refused(409, 'behind', 'Not all of this journal is known yet.', { extra: { next: own.row.next } });
    }
    const record = recordOf({ room: room.cohort.row, seat: seat.row, journal: own.row, stand: own.stand, now: room.now() });
    return context.json(signRecord(record, room.cohort.row.signingKey));
  });
}

/** A name on one line, without what is not to be seen: control and format characters, halves of surrogate pairs. */
function plainName(name: string): string {
  return name
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
}

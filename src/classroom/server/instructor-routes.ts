/** What instructors' screens ask: the class, one seat, saying something, the gate, looking at a screen, the export. */
import * as z from 'zod';
import { gateRequest, type SeatPage, sendRequest } from '../../classroom/protocol/instructor-api.ts';
import { type ExportFormat, exportFormats, exportText } from '../../classroom/record/export-class.ts';
import { seatStandOf } from '../../classroom/stand/seat-stand.ts';
import { attendanceOf } from './attendance.ts';
import type { Classroom } from './classroom.ts';
import type { LiveSeat } from './cohort.ts';
import type { Metrics } from './metrics.ts';
import { readBody } from './read-body.ts';
import { Refused } from './refused.ts';
import { type Call, nothing, type Router } from './routes.ts';

/** Bytes that may wait for an instructor's screen: some snapshots of a large class. */
const MOST_WAITING = 32 * 1024 * 1024;
/** Bytes that may wait for one who looks at a screen: pictures are whole, so the next one is as good. */
const MOST_PICTURES_WAITING = 4 * 1024 * 1024;
/** Reports of one journal on a learner's page; the newest. */
const MOST_REPORTS = 2000;

/** What an instructor says is shown as it is, but for what terminals obey. */
const plainSaying = (text: string): string => text.replace(/[^\P{Cc}\n\t]|[\p{Cs}\u202a-\u202e\u2066-\u2069]/gu, '').trim();

/** Adds the instructor's routes. */
export function addInstructorRoutes(router: Router, room: Classroom, metrics: Metrics): void {
  const seatOf = ({ context }: Call): LiveSeat => {
    const seat = room.cohort.seat(context.req.param('seat') ?? '');
    if (!seat) throw new Refused(404, 'no-seat', 'There is no such seat.');
    return seat;
  };

  router.instructor('GET', '/api/v1/class', () => jsonText(room.feed.snapshotJson()));

  router.instructor('GET', '/api/v1/class/stream', ({ context }) =>
    router.stream(context, MOST_WAITING, (stream) => room.feed.open(stream)),
  );

  router.instructor('GET', '/api/v1/seats/:seat', async (call) => call.context.json(await pageOf(room, seatOf(call))));

  router.instructor('POST', '/api/v1/messages', async ({ context }) => {
    const request = await readBody(context.env.incoming, sendRequest);
    const text = plainSaying(request.text);
    if (text === '') throw new Refused(400, 'bad-request', 'The message has nothing in it that can be shown.');
    if (request.check !== null && !room.cohort.index.checks.has(request.check)) {
      throw new Refused(404, 'no-check', 'The lesson has no such check.');
    }
    return context.json({ sent: await room.send({ ...request, text }) });
  });

  router.instructor('POST', '/api/v1/gate', async ({ context }) => {
    await room.setGate((await readBody(context.env.incoming, gateRequest)).section);
    return nothing();
  });

  router.instructor('POST', '/api/v1/seats/:seat/hand-seen', async (call) => {
    await room.seeHand(seatOf(call));
    return nothing();
  });

  router.instructor('POST', '/api/v1/seats/:seat/share', async (call) => {
    const seat = seatOf(call);
    await readBody(call.context.env.incoming, z.strictObject({}));
    return call.context.json({ request: await room.sharing.ask(seat) });
  });

  router.instructor('DELETE', '/api/v1/seats/:seat/share', async (call) => {
    await room.sharing.end(seatOf(call));
    return nothing();
  });

  router.instructor('GET', '/api/v1/seats/:seat/screen', (call) => {
    const seat = seatOf(call);
    if (!seat.row.share || seat.row.share.state === 'refused') {
      throw new Refused(409, 'not-shared', 'This screen is not shared.');
    }
    return router.stream(call.context, MOST_PICTURES_WAITING, (stream) => room.screens.watch(seat.row.seat, stream));
  });

  router.instructor('DELETE', '/api/v1/seats/:seat', async (call) => {
    await room.remove(seatOf(call));
    return nothing();
  });

  router.instructor('GET', '/api/v1/export', ({ context }) => {
    const format = exportFormats.find((one) => one === context.req.query('format'));
    if (!format) throw new Refused(400, 'bad-request', `The format is one of ${exportFormats.join(', ')}.`);
    return exported(room, format);
  });

  router.instructor('GET', '/metrics', () => {
    const seats = [...room.cohort.present()].map((seat) => room.cohort.facts(seat));
    metrics.set('lockstep_seats', seats.length);
    metrics.set('lockstep_seats_online', seats.filter(({ online }) => online).length);
    const raised = seats.filter(({ journal, handSeenAt }) => journal?.hand && journal.hand.at > handSeenAt);
    metrics.set('lockstep_hands_raised', raised.length);
    metrics.set('lockstep_dashboards', room.feed.size);
    return new Response(metrics.text(), { headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' } });
  });
}

function jsonText(text: string): Response {
  return new Response(text, { headers: { 'content-type': 'application/json; charset=utf-8' } });
}

const CONTENT_TYPES: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
  html: 'text/html; charset=utf-8',
};

function exported(room: Classroom, format: ExportFormat): Response {
  const text = exportText(attendanceOf(room.cohort, room.now()), format);
  const name = `class-${room.cohort.row.id}.${format}`;
  return new Response(text, {
    headers: { 'content-type': CONTENT_TYPES[format], 'content-disposition': `attachment; filename="${name}"` },
  });
}

async function pageOf(room: Classroom, seat: LiveSeat): Promise<SeatPage> {
  const { cohort } = room;
  const journals = await Promise.all(
    [...seat.journals.values()].map(async ({ row }) => {
      const reports = await room.store.reports(row.n, Math.max(0, row.next - MOST_REPORTS), MOST_REPORTS);
      return {
        id: row.id,
        lesson: cohort.row.lesson.id,
        reports: reports.map(({ seq, hash, event, receivedAt }) => ({ seq, hash, event, receivedAt })),
      };
    }),
  );
  return {
    stand: seatStandOf(cohort.facts(seat), cohort.figures(), room.now()),
    journals,
    messages: seat.messages.map((message) => ({ ...message, shownAt: cohort.shownAt(seat, message.id) })),
  };
}

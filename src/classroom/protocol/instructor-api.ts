/**
 * What an instructor's screen (the page, `lockstep class watch`) and the class server say to each other. All paths begin
 * with `/api/v1`; the instructor's secret goes into `Authorization: Bearer …`, never into an address.
 *
 * | request | answer |
 * |---|---|
 * | `GET /class` | classSnapshot |
 * | `GET /class/stream` | server-sent events, each `data:` one classUpdate; first a whole snapshot; at most a few a second |
 * | `GET /seats/:seat` | seatPage |
 * | `POST /messages` sendRequest | `{ sent: number of seats }` |
 * | `POST /gate` gateRequest | 204 |
 * | `POST /seats/:seat/hand-seen` | 204 |
 * | `POST /seats/:seat/share` `{}` | `{ request }`; `DELETE` ends it |
 * | `GET /seats/:seat/screen` | server-sent events, each `data:` one screenFrame, while the learner allows it |
 * | `DELETE /seats/:seat` | 204; the seat's token is worth nothing from then on, its reports are kept |
 * | `GET /export?format=csv|json|html` | attendance and completion |
 * | `GET /projector` | projectorView: progress without names; with the join code instead of the secret |
 *
 * The pages are files that the server gives to anybody, since nothing of the class is in them: `/` tells a learner how to
 * join (the join code is its fragment, `/#CODE`), `/instructor` is the dashboard (`/instructor#SECRET`), `/projector` the
 * view for the wall (`/projector#CODE`). A fragment is never sent to a server and is in no log. `/NAME` is `NAME.html`.
 */
import * as z from 'zod';
import { classLesson, message } from './learner-api.ts';
import { hostKind, report, verdict } from './report.ts';
import { displayName, hash, lessonId, moment, opaqueId, saying, sequence } from './words.ts';

/** How a section stands for one seat. */
export const sectionStand = z.strictObject({
  status: z.enum(['locked', 'open', 'done', 'skipped']),
  openedAt: moment.optional(),
  closedAt: moment.optional(),
  solvedBy: z.literal('program').optional(),
  hints: sequence,
});

/** A seat as the instructor sees it. Times are the server's, but for those inside a section, which are the learner's. */
export const seatStand = z.strictObject({
  seat: opaqueId,
  name: displayName,
  joinedAt: moment,
  online: z.boolean(),
  /** When something was last heard. */
  heardAt: moment,
  /** `working`: something happened lately; `waiting`: held by the gate, or nothing happened for long; `done`: finished. */
  state: z.enum(['working', 'waiting', 'done', 'offline', 'not-started']),
  host: hostKind.nullable(),
  hand: z.strictObject({ at: moment, note: z.string() }).nullable(),
  /** The open section's id; null before the first and after the last. */
  open: lessonId.nullable(),
  /** By section id. */
  sections: z.record(lessonId, sectionStand),
  /** By check id: the newest verdict, and since when. */
  checks: z.record(lessonId, z.strictObject({ verdict, since: moment })),
  /** Ms on the open section over the class's median for it; 1 is the median, null where there is none yet. */
  pace: z.number().nullable(),
  /** How much this seat needs help: greater is more; what the matrix is sorted by. */
  need: z.number(),
  sharing: z.enum(['no', 'asked', 'yes', 'refused']),
});

/** Seats that fail the same check of their open section for the same reason. */
export const cluster = z.strictObject({
  check: lessonId,
  reason: z.string(),
  seats: z.array(opaqueId),
  /** Of how many on that section. */
  of: sequence,
});

export const classSnapshot = z.strictObject({
  class: z.strictObject({
    id: opaqueId,
    title: z.string(),
    code: z.string(),
    codeExpiresAt: moment.nullable(),
    gate: lessonId.nullable(),
    startedAt: moment,
  }),
  lesson: classLesson,
  seats: z.array(seatStand),
  clusters: z.array(cluster),
  /** Median ms by section of those who are through. */
  medians: z.record(lessonId, z.number()),
  now: moment,
});

/** Seats that changed, whole, and what is computed over all of them. */
export const classUpdate = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('snapshot'), snapshot: classSnapshot }),
  z.strictObject({
    type: z.literal('changed'),
    class: classSnapshot.shape.class,
    seats: z.array(seatStand),
    removed: z.array(opaqueId),
    clusters: z.array(cluster),
    medians: z.record(lessonId, z.number()),
    now: moment,
  }),
]);

/** One learner: everything that was reported, oldest first, and everything that was said. */
export const seatPage = z.strictObject({
  stand: seatStand,
  journals: z.array(
    z.strictObject({
      id: hash,
      lesson: lessonId,
      reports: z.array(z.strictObject({ ...report.shape, receivedAt: moment })),
    }),
  ),
  messages: z.array(z.strictObject({ ...message.shape, shownAt: moment.nullable() })),
});

/** To one, to a cluster (everybody who fails this check for this reason now), to all. */
export const sendRequest = z.strictObject({
  to: z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('seat'), seat: opaqueId }),
    z.strictObject({ type: z.literal('cluster'), check: lessonId, reason: z.string().max(64) }),
    z.strictObject({ type: z.literal('all') }),
  ]),
  kind: z.enum(['hint', 'message', 'answer']),
  check: lessonId.nullable(),
  text: saying,
});

/** Hold everybody before this section; null releases. */
export const gateRequest = z.strictObject({ section: lessonId.nullable() });

/** For the wall: how many are where. */
export const projectorView = z.strictObject({
  title: z.string(),
  seats: sequence,
  online: sequence,
  hands: sequence,
  gate: lessonId.nullable(),
  sections: z.array(z.strictObject({ id: lessonId, title: z.string(), here: sequence, done: sequence })),
});

export type SectionStand = z.infer<typeof sectionStand>;
export type SeatStand = z.infer<typeof seatStand>;
export type Cluster = z.infer<typeof cluster>;
export type ClassSnapshot = z.infer<typeof classSnapshot>;
export type ClassUpdate = z.infer<typeof classUpdate>;
export type SeatPage = z.infer<typeof seatPage>;
export type SendRequest = z.infer<typeof sendRequest>;
export type ProjectorView = z.infer<typeof projectorView>;

/** A dashboard that is open during the load: notes how long after it happened each verdict is seen. */
import { type IncomingMessage, request } from 'node:http';
import type { ClassUpdate, SeatStand } from '../../src/classroom/protocol/instructor-api.ts';
import type { SimulatedLearner } from './learners.ts';

/** What the dashboard saw. */
export interface Seen {
  /** Ms from an event to its being read here. */
  readonly latencies: number[];
  readonly bytes: () => number;
  close(): void;
}

/** Opens the stream. */
export async function openDashboard(base: string, secret: string, learners: readonly SimulatedLearner[]): Promise<Seen> {
  const bySeat = new Map(learners.map((learner) => [learner.seat, learner]));
  const latencies: number[] = [];
  let bytes = 0;
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request(`${base}/api/v1/class/stream`, { headers: { authorization: `Bearer ${secret}` }, agent: false })
      .on('response', resolve)
      .on('error', reject)
      .end();
  });
  let pieces: string[] = [];
  response.setEncoding('utf8');
  response.on('data', (piece: string) => {
    bytes += piece.length;
    pieces.push(piece);
    if (!piece.includes('\n\n')) return;
    const blocks = pieces.join('').split('\n\n');
    pieces = [blocks.pop() ?? ''];
    for (const block of blocks) if (block.startsWith('data: ')) take(JSON.parse(block.slice(6)) as ClassUpdate);
  });
  const take = (update: ClassUpdate): void => {
    const now = Date.now();
    for (const stand of update.type === 'snapshot' ? update.snapshot.seats : update.seats) {
      const learner = bySeat.get(stand.seat);
      if (learner) noteSeen(learner, stand, now, latencies);
    }
  };
  return { latencies, bytes: () => bytes, close: () => response.destroy() };
}

/** A stand holds everything before it as well: what is older than a verdict that is seen has been seen. */
function noteSeen(learner: SimulatedLearner, stand: SeatStand, now: number, latencies: number[]): void {
  const { awaited } = learner;
  let seen = 0;
  for (const [n, { check, at }] of awaited.entries()) if ((stand.checks[check]?.since ?? 0) >= at) seen = n + 1;
  for (const { at } of awaited.splice(0, seen)) latencies.push(now - at);
}

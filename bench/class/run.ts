/**
 * Load on a class server: learners at ten times a workshop's pace, a dashboard open, everything counted in the database
 * afterwards. Servers are the built program, each a process of its own.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'libsql';
import type { ClassSnapshot } from '../../src/classroom/protocol/instructor-api.ts';
import { readLesson } from '../../src/lesson/lesson.ts';
import { startPostgres, type TestPostgres } from '../../test/support/class/postgres.ts';
import { type ServedClass, serveClass } from '../../test/support/class/served-class.ts';
import { openDashboard } from './dashboard.ts';
import { joinAll, type SimulatedLearner } from './learners.ts';

/** What is measured: how many learners, on what, for how long. */
export interface Load {
  readonly database: 'sqlite' | 'postgres';
  readonly servers: number;
  readonly learners: number;
  readonly seconds: number;
  readonly root: string;
  readonly note: (text: string) => void;
}

/** What came of it. Times in ms, memory in bytes; memory and processor time are all servers' together. */
export interface LoadResult extends Omit<Load, 'root' | 'note'> {
  readonly eventsPerSecond: number;
  readonly sent: number;
  readonly kept: number;
  readonly lost: number;
  readonly doubled: number;
  readonly troubles: number;
  readonly p50: number;
  readonly p99: number;
  readonly worst: number;
  /** Of the process that plays the learners and the dashboard: how late its own timers came (99 %), and its processor time. */
  readonly playersLag: number;
  readonly playersCpuSeconds: number;
  readonly unseen: number;
  readonly memory: number;
  readonly cpuSeconds: number;
  readonly dashboardBytesPerSecond: number;
}

const LESSON = 'uwsgi-zerg-mode';
const FASTER = 10;

/**
 * How many journal lines a learner writes in a second of a workshop: what the lesson makes everybody write (sections,
 * steps, each check's turn to failing and to passing) and as much again for what goes wrong, over the time it takes.
 */
export async function workshopRate(root: string): Promise<number> {
  const result = await readLesson(join(root, 'lessons', LESSON), { hosts: ['galaxy', 'bare'] });
  if (!result.ok) throw new Error(`the lesson cannot be read: ${JSON.stringify(result.problems[0])}`);
  const { sections, minutes = 90 } = result.lesson;
  const lines = sections.reduce((sum, { blocks, checks }) => sum + 3 + 2 * blocks.length + 2 * checks.length, 3);
  return (2 * lines) / (minutes * 60);
}

/** Runs one load. */
export async function runLoad(load: Load): Promise<LoadResult> {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-load-'));
  const cluster = load.database === 'postgres' ? await startPostgres(['shared_buffers=256MB']) : null;
  const address = cluster?.newDatabase() ?? null;
  const servers: ServedClass[] = [];
  try {
    for (let n = 0; n < load.servers; n += 1) {
      const own = join(folder, `server-${n}`);
      mkdirSync(own);
      const code = servers[0] ? ['--code', servers[0].code] : [];
      const args = address === null ? [] : ['--database', address, ...code];
      servers.push(await serveClass(own, { args, lesson: LESSON, root: load.root }));
    }
    const measured = await measure(load, servers);
    for (const server of servers) await server.stop();
    const rows = address === null ? countFile(folder) : countCluster(cluster as TestPostgres, address);
    return { ...measured.result, ...compare(measured.learners, rows) };
  } finally {
    for (const server of servers) await server.kill();
    await cluster?.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}

type Counted = Pick<LoadResult, 'kept' | 'lost' | 'doubled'>;

async function measure(
  { database, learners: count, seconds, root, note, servers: serverCount }: Load,
  servers: readonly ServedClass[],
): Promise<{ readonly learners: readonly SimulatedLearner[]; readonly result: Omit<LoadResult, keyof Counted> }> {
  const [first] = servers;
  if (!first) throw new Error('no server');
  const { lesson } = (await (await instructor(first, '/api/v1/class')).json()) as ClassSnapshot;
  const learners = await joinAll(servers, count, lesson, note);
  note('opening streams');
  for (let from = 0; from < learners.length; from += 50) {
    await Promise.all(
      learners.slice(from, from + 50).map(async (learner) => {
        await learner.listen();
        await learner.send();
      }),
    );
  }
  const dashboard = await openDashboard(first.base, first.secret, learners);
  const before = await usage(servers);
  const sentBefore = total(learners);
  const perSecond = (await workshopRate(root)) * FASTER;
  let memory = 0;
  const lag = monitorEventLoopDelay({ resolution: 10 });
  lag.enable();
  const own = process.cpuUsage();
  const end = performance.now() + seconds * 1000;
  const happenings = learners.map((learner) => keepHappening(learner, perSecond, end));
  while (performance.now() < end) {
    await pause(2000);
    memory = Math.max(memory, (await usage(servers)).memory);
    note(`${Math.max(0, Math.round((end - performance.now()) / 1000))} s to go, ${total(learners) - sentBefore} events`);
  }
  await Promise.all(happenings);
  await Promise.all(learners.map((learner) => learner.send()));
  const patience = performance.now() + 10_000;
  while (learners.some(({ awaited }) => awaited.length > 0) && performance.now() < patience) await pause(100);
  const after = await usage(servers);
  const sent = total(learners);
  const sorted = dashboard.latencies.sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  const result = {
    database,
    servers: serverCount,
    learners: count,
    seconds,
    sent,
    eventsPerSecond: (sent - sentBefore) / seconds,
    troubles: learners.reduce((sum, { troubles }) => sum + troubles, 0),
    p50: at(0.5),
    p99: at(0.99),
    worst: at(1),
    playersLag: lag.percentile(99) / 1e6,
    playersCpuSeconds: (process.cpuUsage(own).user + process.cpuUsage(own).system) / 1e6,
    unseen: learners.reduce((sum, { awaited }) => sum + awaited.length, 0),
    memory: Math.max(memory, after.memory),
    cpuSeconds: after.cpuSeconds - before.cpuSeconds,
    dashboardBytesPerSecond: dashboard.bytes() / seconds,
  };
  dashboard.close();
  for (const learner of learners) learner.leave();
  return { learners, result };
}

const total = (learners: readonly SimulatedLearner[]): number => learners.reduce((sum, { reports }) => sum + reports.length, 0);

/** Events come at random, on the average so many a second. */
async function keepHappening(learner: SimulatedLearner, perSecond: number, end: number): Promise<void> {
  for (;;) {
    const wait = (-Math.log(1 - Math.random()) / perSecond) * 1000;
    if (performance.now() + wait > end) return;
    await pause(wait);
    learner.happen();
  }
}

function instructor({ base, secret }: ServedClass, path: string): Promise<Response> {
  return fetch(base + path, { headers: { authorization: `Bearer ${secret}` } });
}

async function usage(servers: readonly ServedClass[]): Promise<{ readonly memory: number; readonly cpuSeconds: number }> {
  const texts = await Promise.all(servers.map(async (server) => (await instructor(server, '/metrics')).text()));
  const read = (name: string): number =>
    texts.reduce((sum, text) => sum + Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1] ?? 0), 0);
  return { memory: read('process_resident_memory_bytes'), cpuSeconds: read('process_cpu_seconds_total') };
}

/** For each journal: how many lines there are, and how many different numbers from 0 on. */
type Rows = ReadonlyMap<string, { readonly count: number; readonly numbers: number; readonly last: number }>;

const COUNT =
  'SELECT j.id AS id, COUNT(*) AS count, COUNT(DISTINCT r.seq) AS numbers, MAX(r.seq) AS last FROM reports r JOIN journals j ON j.n = r.journal GROUP BY j.n, j.id';

function countFile(folder: string): Rows {
  const file = new Database(join(folder, 'server-0/state/class', LESSON, 'class.db'));
  const rows = file.prepare(COUNT).all() as { id: string; count: number; numbers: number; last: number }[];
  file.close();
  return new Map(rows.map((row) => [row.id, row]));
}

function countCluster(cluster: TestPostgres, address: string): Rows {
  const lines = cluster.query(address, COUNT).split('\n');
  return new Map(
    lines.map((line) => {
      const [id = '', count, numbers, last] = line.split('|');
      return [id, { count: Number(count), numbers: Number(numbers), last: Number(last) }];
    }),
  );
}

function compare(learners: readonly SimulatedLearner[], rows: Rows): Counted {
  let [kept, lost, doubled] = [0, 0, 0];
  for (const { reports } of learners) {
    const row = rows.get(reports[0]?.hash ?? '') ?? { count: 0, numbers: 0, last: -1 };
    kept += row.count;
    doubled += row.count - row.numbers;
    lost += Math.max(0, reports.length - row.numbers) + Number(row.last !== reports.length - 1);
  }
  return { kept, lost, doubled };
}

/** The results of a load as bench/RESULTS-CLASS.md. Pure. */
import type { LoadResult } from './run.ts';

/** What was measured where. */
export interface LoadCircumstances {
  readonly date: string;
  readonly machine: string;
  readonly system: string;
  /** The machine's load average before anything was measured: other work makes everything slower. */
  readonly loadBefore: number;
  readonly versions: string;
  /** Events a learner has in a second of a workshop. */
  readonly workshopRate: number;
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MiB`;

/** Writes them. */
export function loadMarkdown(results: readonly LoadResult[], at: LoadCircumstances): string {
  const rows = results.map(
    (own) =>
      `| ${own.database}, ${own.servers} ${own.servers === 1 ? 'server' : 'servers'} | ${own.learners} | ${own.eventsPerSecond.toFixed(0)} | ${own.sent} | ${own.kept} | ${own.lost} | ${own.doubled} | ${own.p50} ms | ${own.p99} ms ${own.p99 < 1000 ? '✓' : '✗'} | ${own.worst} ms | ${own.playersLag.toFixed(0)} ms | ${megabytes(own.memory)} | ${((own.cpuSeconds / own.seconds) * 100).toFixed(0)} % | ${own.troubles} |`,
  );
  return `# Load on a class server

Written by \`npm run bench:class\`; not to be edited. Simulated learners, each with its own token, journal, stream and connection, for ${results[0]?.seconds ?? 0} s at ten times a workshop's pace (${at.workshopRate.toFixed(3)} events a second and learner, times ten), a dashboard open all the time, everything on one machine: the servers, the database, and the process that plays the learners and the dashboard.

- ${at.date}
- ${at.machine}; ${at.system}; load average before: ${at.loadBefore.toFixed(1)}
- ${at.versions}

| on | learners | events/s | events sent | in the database | lost | doubled | event to dashboard, median | 99 % (target < 1000 ms) | worst | players' own delay, 99 % | memory | processor | refused or broken off, sent again |
|---|---|---|---|---|---|---|---|---|---|---|---|---|---|
${rows.join('\n')}

${growth(results)}

Counted in the database after the servers have stopped: a learner's journal is whole when its lines are there, each once, from 0 to the last. Memory and processor are the servers' own, without PostgreSQL's; 100 % is one core. *Players' own delay* is how late timers came in the process that plays learners and dashboard: where it is large, the machine had no time for them, and what the dashboard saw late it may have been sent in time.
`;
}

/** Ten times the learners: how many times the processor time and the memory. */
function growth(results: readonly LoadResult[]): string {
  const lines = [...new Set(results.map(({ database }) => database))].flatMap((database) => {
    const own = results.filter((result) => result.database === database).sort((a, b) => a.learners - b.learners);
    const [small, large] = [own[0], own.at(-1)];
    if (!small || !large || small === large) return [];
    const times = (of: (result: LoadResult) => number): string => (of(large) / of(small)).toFixed(1);
    return [
      `- ${database}: ${times(({ learners }) => learners)} times the learners take ${times(({ cpuSeconds }) => cpuSeconds)} times the processor time and ${times(({ memory }) => memory)} times the memory`,
    ];
  });
  return `## Growth\n\n${lines.join('\n')}`;
}

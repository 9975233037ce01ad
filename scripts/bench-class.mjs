/**
 * `npm run bench:class`: load on a class server, over SQLite and over PostgreSQL with two servers; writes
 * bench/RESULTS-CLASS.md. `npm run bench:class -- SECONDS [LEARNERS…]` measures shorter, or other numbers of learners.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { prepareBuild, prepareDependencies, preparePackages, ROOT } from './lib/prepare.mjs';
import { runScript, ScriptError, step } from './lib/say.mjs';

await runScript(async () => {
  const [seconds = 60, ...learners] = process.argv.slice(2).map(Number);
  if (!(seconds >= 1) || learners.some((count) => !(count >= 1))) {
    throw new ScriptError('How long, and how many learners? npm run bench:class -- 60 200 2000');
  }
  await prepareDependencies();
  await preparePackages('test');
  await prepareBuild();
  const { loadTypeScript } = await import('./lib/load-typescript.mjs');
  const { runLoad, workshopRate } = await loadTypeScript('bench/class/run.ts');
  const { loadMarkdown } = await loadTypeScript('bench/class/write-results.ts');
  const circumstances = await circumstancesNow(workshopRate);
  const results = [];
  for (const [database, servers] of [
    ['sqlite', 1],
    ['postgres', 2],
  ]) {
    for (const count of learners.length > 0 ? learners : [200, 2000]) {
      const load = { database, servers, learners: count, seconds, root: ROOT };
      results.push(await step(`${count} learners on ${database}`, (note) => runLoad({ ...load, note })));
    }
  }
  const text = loadMarkdown(results, circumstances);
  writeFileSync(join(ROOT, 'bench/RESULTS-CLASS.md'), text);
  process.stdout.write(text);
  return results.some(({ lost, doubled }) => lost > 0 || doubled > 0) ? 1 : 0;
});

async function circumstancesNow(workshopRate) {
  const [cpu] = cpus();
  const postgres = execFileSync('psql', ['--version'], { encoding: 'utf8' }).trim().replace('psql (PostgreSQL) ', '');
  return {
    date: new Date().toISOString().slice(0, 10),
    machine: `${cpus().length} × ${cpu.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
    system: `Linux ${release()}`,
    loadBefore: loadavg()[0],
    versions: `Node ${process.versions.node}, PostgreSQL ${postgres}`,
    workshopRate: await workshopRate(ROOT),
  };
}

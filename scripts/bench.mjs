/**
 * `npm run bench [ROUNDS]`: measures the built program beside tmux and Node, and writes bench/RESULTS.md.
 * `npm run bench -- growth`: measures only how reading and setting grow with the text, and replaces that part of it.
 * `npm run bench -- page`: what an update costs the instructor's page, printed and not kept.
 * Needs root, since the measured program runs its sandbox and a folder that is visible inside it is made.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, release, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { prepareBuild, prepareDependencies, preparePackages, ROOT } from './lib/prepare.mjs';
import { runScript, ScriptError, step } from './lib/say.mjs';

await runScript(async () => {
  if (process.argv[2] === 'growth') return measureGrowthAlone();
  if (process.argv[2] === 'page') return measurePage();
  const rounds = Number(process.argv[2] ?? 5);
  if (!Number.isInteger(rounds) || rounds < 1) throw new ScriptError('How many rounds? npm run bench -- 5');
  if (process.getuid() !== 0) throw new ScriptError('The benchmarks need root: sudo npm run bench');
  await prepareDependencies();
  await preparePackages('test');
  await prepareBuild();
  const { loadTypeScript } = await import('./lib/load-typescript.mjs');
  const { runBenchmarks } = await loadTypeScript('bench/run.ts');
  const { measureHosts } = await loadTypeScript('bench/host-exec.ts');
  const { resultsMarkdown } = await loadTypeScript('bench/write-results.ts');
  const home = mkdtempSync(join(tmpdir(), 'lockstep-bench-home-'));
  try {
    const program = join(ROOT, 'bin/lockstep.js');
    const measurements = await step('Measuring', (note) => runBenchmarks({ program, home, rounds, note }));
    const { measureGrowth, withGrowth } = await loadTypeScript('bench/growth.ts');
    const growth = await step('Measuring growth', async (note) => measureGrowth({ rounds, note }));
    const hosts = await step('Measuring checks on each kind of host', (note) => measureHosts({ root: ROOT, rounds, note }));
    const results = resultsMarkdown([...measurements, ...hosts.measurements], circumstances(), hosts.notRun);
    const text = withGrowth(results, growth);
    writeFileSync(join(ROOT, 'bench/RESULTS.md'), text);
    process.stdout.write(`${text.slice(0, text.indexOf('## Spread'))}`);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
});

async function measureGrowthAlone() {
  await prepareDependencies();
  const { loadTypeScript } = await import('./lib/load-typescript.mjs');
  const { growthMarkdown, measureGrowth, withGrowth } = await loadTypeScript('bench/growth.ts');
  const growth = await step('Measuring growth', async (note) => measureGrowth({ rounds: 7, note }));
  const path = join(ROOT, 'bench/RESULTS.md');
  writeFileSync(path, withGrowth(readFileSync(path, 'utf8'), growth));
  process.stdout.write(growthMarkdown(growth));
}

async function measurePage() {
  await prepareDependencies();
  await preparePackages('test');
  await prepareBuild();
  const { loadTypeScript } = await import('./lib/load-typescript.mjs');
  const { dashboardLines, measureDashboard } = await loadTypeScript('bench/dashboard.ts');
  const measurement = await step('Measuring', (note) => measureDashboard(3, note));
  process.stdout.write(dashboardLines(measurement));
}

function circumstances() {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return {
    date: new Date().toISOString().slice(0, 10),
    machine: `${cpus().length} × ${cpu.model.trim()}, ${memory} GiB`,
    system: `Linux ${release()}`,
    versions: {
      Node: process.versions.node,
      tmux: execFileSync('tmux', ['-V'], { encoding: 'utf8' }).trim().replace('tmux ', ''),
    },
  };
}

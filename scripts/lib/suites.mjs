/**
 * What `npm test` is made of. A tool of `check` counts as one test; a vitest project counts its tests, as the reporter
 * in test/support wrote them down.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runGroup } from './run-group.mjs';
import { afterSecondTry, brokenFiles, totalOf, worthAnotherTry } from './second-try.mjs';

const MINUTE = 60_000;

/** The tools of `check` by name, each with its program in node_modules and its arguments. */
const TOOLS = {
  biome: ['@biomejs/biome/bin/biome', 'ci', '--error-on-warnings', '.'],
  tsc: ['typescript/bin/tsc', '--noEmit'],
  // What runs in a browser is checked apart: it has the document, and nothing of Node.
  'tsc of the pages': ['typescript/bin/tsc', '--noEmit', '-p', 'src/classroom/dashboard'],
  knip: ['knip/bin/knip.js', '--treat-config-hints-as-errors'],
};

/** Every suite by name, in the order they run; `built`: it drives the built program. */
export const SUITES = {
  check: { built: false, run: runTools },
  unit: { built: false, run: (context) => runVitest('unit', 10 * MINUTE, context) },
  terminal: { built: true, run: (context) => runVitest('terminal', 30 * MINUTE, context, { tries: 2 }) },
  class: { built: true, run: (context) => runVitest('class', 15 * MINUTE, context, { tries: 2 }) },
  browser: { built: true, run: (context) => runVitest('browser', 10 * MINUTE, context, { tries: 2 }) },
  host: { built: true, run: (context) => runVitest('host', 45 * MINUTE, context, { tries: 2 }) },
};

/** A suite that could not run at all, or broke off: one failure with its reason. */
export function failure(suite, name, reason) {
  return { suite, passed: 0, failed: 1, skipped: [], failures: [{ name, reason }] };
}

/** One result for several. */
export function sum(suite, results) {
  return {
    suite,
    passed: results.reduce((total, { passed }) => total + passed, 0),
    failed: results.reduce((total, { failed }) => total + failed, 0),
    skipped: results.flatMap(({ skipped }) => skipped),
    failures: results.flatMap(({ failures }) => failures),
    atSecondTry: results.flatMap(({ atSecondTry = [] }) => atSecondTry),
  };
}

async function runTools({ root, env, colours }) {
  const results = [];
  for (const [name, [program, ...args]] of Object.entries(TOOLS)) {
    process.stdout.write(`${name} ${args.join(' ')}\n`);
    const toolEnv = colours ? env : { ...env, NO_COLOR: '1' };
    const { code, timedOut } = await runNode(join(root, 'node_modules', program), args, {
      root,
      env: toolEnv,
      deadline: 5 * MINUTE,
    });
    const reason = timedOut ? 'took more than 5 minutes' : `exit code ${code}`;
    results.push(
      code === 0 ? { suite: 'check', passed: 1, failed: 0, skipped: [], failures: [] } : failure('check', name, reason),
    );
  }
  return sum('check', results);
}

/**
 * Runs a project. With two tries, the files in which something failed run once more: they drive real programs on real
 * hosts, on a machine that may have other work, and what fails twice fails. What passed only then is told by name.
 */
async function runVitest(project, deadline, context, { tries = 1 } = {}) {
  const first = await vitestOnce(project, deadline, context, context.filters);
  if (tries < 2 || !worthAnotherTry(first)) return judgeReport(project, first.report, first);
  const files = brokenFiles(first.report);
  process.stdout.write(`\n── ${project}: a second try of ${files.join(', ')}\n`);
  const second = await vitestOnce(project, deadline, context, files);
  if (second.report === null || second.timedOut) return judgeReport(project, first.report, first);
  return judgeReport(project, afterSecondTry(first.report, second.report), second);
}

async function vitestOnce(project, deadline, { root, env, colours }, filters) {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-report-'));
  const report = join(folder, 'report.json');
  const reporters = ['--reporter=default', '--reporter=./test/support/reporter.ts'];
  // Said on the command line, since the tests themselves are about colours too and see the environment.
  const args = ['run', '--project', `${project}*`, ...reporters, ...(colours ? [] : ['--no-color']), ...filters];
  const program = join(root, 'node_modules/vitest/vitest.mjs');
  try {
    const { code, timedOut } = await runNode(program, args, { root, env: { ...env, LOCKSTEP_TEST_REPORT: report }, deadline });
    return { report: readReport(report), code, timedOut, minutes: deadline / MINUTE };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * A vitest run's result. A run that broke off, ended badly without a failed test or ran nothing is a failure as well.
 * @param project its name.
 * @param report what the reporter wrote; null where it did not come to that.
 * @param end how the process ended.
 */
export function judgeReport(project, report, { code, timedOut, minutes }) {
  if (timedOut) {
    return sum(project, [
      ...(report ? [totalOf(project, report)] : []),
      failure(project, project, `took more than ${minutes} minutes`),
    ]);
  }
  if (!report) return failure(project, project, `broke off with exit code ${code} before its results were known`);
  const result = totalOf(project, report);
  if (result.passed + result.failed + result.skipped.length === 0) return failure(project, project, 'no test was found');
  if (code !== 0 && result.failed === 0) return sum(project, [result, failure(project, project, `exit code ${code}`)]);
  return result;
}

function runNode(program, args, { root, env, deadline }) {
  return runGroup(process.execPath, [program, ...args], { cwd: root, env, deadline });
}

function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

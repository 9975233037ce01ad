/** `lockstep doctor [LESSON]`: which kinds of host can be used here, and if not, what to do. */
import { parseArgs } from 'node:util';
import { probeSandbox } from '../host/sandbox/probe.ts';
import { stateFolder } from '../journal/state-folder.ts';
import type { Lesson } from '../model/lesson.ts';
import { chooseHost, type HostChoice } from './choose-host.ts';
import { type Answer, engineAnswer, localAnswer, portAnswer, portsOf, sshAnswer, sshHostAnswer } from './doctor-hosts.ts';
import { defaultLesson, loadHostDefinition, loadLesson, locateLesson } from './find-lesson.ts';
import { version } from './places.ts';

/** The smallest terminal that a lesson fits in. */
const smallest = { cols: 60, rows: 20 };

/**
 * Runs the command.
 * @param args a lesson whose ports and host are looked at; `--host ssh://…` to try that one.
 * @returns 0 when the sandbox host, or the host that was named, can be used; 1 when it cannot.
 */
export async function doctor(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { host: { type: 'string' } },
  });
  const stateDir = stateFolder(process.env);
  const lesson = await loadLesson(await locateLesson(positionals[0] ?? defaultLesson), stateDir);
  const named = values.host === undefined || values.host === 'auto' ? null : (await chooseHost(values.host)).choice;
  console.log(`Lockstep ${version()}, Node ${process.versions.node}, ${process.platform} ${process.arch}\n`);
  const sandboxWorks = await tellOfSandbox(stateDir);
  const otherWorks = await tellOfOthers(named, lesson, stateDir);
  console.log('\nTerminal');
  for (const [ok, sentence] of terminal()) tell({ mark: ok ? '✓' : '!', sentence, tries: [] });
  console.log(`\nPorts of "${lesson.title}"`);
  const ports = portsOf(lesson);
  if (ports.length === 0) tell({ mark: '✓', sentence: 'none', tries: [] });
  for (const port of ports) tell(await portAnswer(port));
  console.log(`\nState folder: ${stateDir}`);
  return (named === null || named.kind === 'sandbox' ? sandboxWorks : otherWorks) ? 0 : 1;
}

async function tellOfSandbox(stateDir: string): Promise<boolean> {
  console.log('Sandbox host (the default)');
  const probes = await probeSandbox({ stateDir });
  for (const { ok, warning, sentence, tries } of probes) tell({ mark: ok ? '✓' : warning ? '!' : '✗', sentence, tries });
  return probes.every((probe) => probe.ok || probe.warning);
}

/** Tells of each other kind; answers for the one that was named. */
async function tellOfOthers(named: HostChoice | null, lesson: Lesson, stateDir: string): Promise<boolean> {
  console.log('\nOther hosts');
  const answers: Record<string, Answer> = {
    docker: await engineAnswer('docker'),
    podman: await engineAnswer('podman'),
    ssh: sshAnswer(),
    local: localAnswer(),
  };
  for (const answer of Object.values(answers)) tell(answer);
  if (named?.kind === 'ssh') {
    const answer = await sshHostAnswer(named.target, await loadHostDefinition(lesson, stateDir));
    tell(answer);
    return answer.mark === '✓';
  }
  return named !== null && answers[named.kind]?.mark === '✓';
}

function tell({
  mark,
  sentence,
  tries,
}: {
  readonly mark: string;
  readonly sentence: string;
  readonly tries: readonly string[];
}): void {
  console.log(`  ${mark} ${sentence}`);
  if (mark !== '✓') for (const line of tries) console.log(`      ${line}`);
}

function terminal(): readonly (readonly [boolean, string])[] {
  const { stdout, env } = process;
  if (stdout.isTTY !== true) return [[true, 'no terminal: lessons play by themselves, in plain text']];
  const depth = stdout.getColorDepth(env);
  const colours = depth >= 24 ? 'true colour' : depth >= 8 ? '256 colours' : depth >= 4 ? '16 colours' : 'no colours';
  const fits = stdout.columns >= smallest.cols && stdout.rows >= smallest.rows;
  const size = `${stdout.columns} columns × ${stdout.rows} rows`;
  return [
    [fits, fits ? size : `${size}: make it at least ${smallest.cols} × ${smallest.rows}`],
    [depth >= 4, env['NO_COLOR'] ? 'NO_COLOR is set: no colours are used' : `${colours} (TERM=${env['TERM'] ?? 'not set'})`],
  ];
}

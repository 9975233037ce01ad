/** `lockstep doctor [LESSON]`: which kinds of host can be used here, and if not, what to do. */
import { probeSandbox } from '../host/sandbox/probe.ts';
import { stateFolder } from '../journal/state-folder.ts';
import type { Lesson } from '../model/lesson.ts';
import type { CommandWords } from '../words/command-words.ts';
import { inLanguage } from '../words/words.ts';
import { chooseHost, type HostChoice } from './choose-host.ts';
import { commandWords } from './command-words.ts';
import {
  type Answer,
  engineAnswer,
  localAnswer,
  outcome,
  portAnswer,
  portsOf,
  sshAnswer,
  sshHostAnswer,
  type Usable,
} from './doctor-hosts.ts';
import { defaultLesson, loadHostDefinition, loadLesson, locateLesson } from './find-lesson.ts';
import { version } from './places.ts';
import { readArguments } from './read-arguments.ts';
import { tell as say } from './tell.ts';

type Said = CommandWords['doctor'];

/** The smallest terminal that a lesson fits in. */
const smallest = { cols: 60, rows: 20 };

/**
 * Runs the command.
 * @param args a lesson whose ports and host are looked at; `--host ssh://…` to try that one.
 * @returns 0 when the sandbox host, or the host that was named, can be used; 1 when it cannot.
 */
export async function doctor(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(
    'doctor',
    {
      args: [...args],
      allowPositionals: true,
      options: { host: { type: 'string' } },
    },
    1,
  );
  const stateDir = stateFolder(process.env);
  const lesson = await loadLesson(await locateLesson(positionals[0] ?? defaultLesson), stateDir);
  const named = values.host === undefined || values.host === 'auto' ? null : (await chooseHost(values.host)).choice;
  console.log(`Lockstep ${version()}, Node ${process.versions.node}, ${process.platform} ${process.arch}\n`);
  const said = (await commandWords()).doctor;
  const sandboxWorks = await tellOfSandbox(stateDir, said);
  const others = await tellOfOthers(named, lesson, stateDir, said);
  console.log(`\n${said.terminal}`);
  for (const [ok, sentence] of terminal(said)) tell({ mark: ok ? '✓' : '!', sentence, tries: [] });
  console.log(`\n${said.ports(lesson.title)}`);
  const ports = portsOf(lesson);
  if (ports.length === 0) tell({ mark: '✓', sentence: said.noPorts, tries: [] });
  for (const port of ports) tell(await portAnswer(port, said));
  console.log(`\n${said.stateFolder(stateDir)}`);
  const works = named === null || named.kind === 'sandbox' ? sandboxWorks : others.named;
  const asked = named === null ? null : { word: named.kind === 'ssh' ? named.target : named.kind, works };
  say(`\n${outcome(asked, { ...others, sandbox: sandboxWorks }, said)}`);
  return works ? 0 : 1;
}

async function tellOfSandbox(stateDir: string, said: Said): Promise<boolean> {
  console.log(said.sandbox);
  const probes = await probeSandbox({ stateDir });
  for (const { ok, warning, sentence, tries } of probes) {
    tell({ mark: ok ? '✓' : warning ? '!' : '✗', sentence: inLanguage(sentence), tries: tries.map(inLanguage) });
  }
  return probes.every((probe) => probe.ok || probe.warning);
}

/** Tells of each other kind: whether the engines can be used, and the one that was named. */
async function tellOfOthers(
  named: HostChoice | null,
  lesson: Lesson,
  stateDir: string,
  said: Said,
): Promise<Omit<Usable, 'sandbox'> & { readonly named: boolean }> {
  console.log(`\n${said.others}`);
  const answers: Record<string, Answer> = {
    docker: await engineAnswer('docker', said),
    podman: await engineAnswer('podman', said),
    ssh: sshAnswer(),
    local: localAnswer(said),
  };
  for (const answer of Object.values(answers)) tell(answer);
  const engines = { docker: answers['docker']?.mark === '✓', podman: answers['podman']?.mark === '✓' };
  if (named?.kind === 'ssh') {
    const answer = await sshHostAnswer(named.target, await loadHostDefinition(lesson, stateDir), said);
    tell(answer);
    return { ...engines, named: answer.mark === '✓' };
  }
  return { ...engines, named: named !== null && answers[named.kind]?.mark === '✓' };
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
  const lines = [`  ${mark} ${sentence}`, ...(mark === '✓' ? [] : tries.map((line) => `      ${line}`))];
  say(lines.join('\n'));
}

function terminal(said: Said): readonly (readonly [boolean, string])[] {
  const { stdout, env } = process;
  if (stdout.isTTY !== true) return [[true, said.noTerminal]];
  const depth = stdout.getColorDepth(env);
  const { many, few, none } = said.colours;
  const colours = depth >= 24 ? said.colours.true : depth >= 8 ? many : depth >= 4 ? few : none;
  const { columns, rows } = stdout;
  const fits = columns >= smallest.cols && rows >= smallest.rows;
  return [
    [fits, fits ? said.size(columns, rows) : said.tooSmall(columns, rows, `${smallest.cols} × ${smallest.rows}`)],
    [depth >= 4, env['NO_COLOR'] ? said.noColor : `${colours} (TERM=${env['TERM'] ?? said.notSet})`],
  ];
}

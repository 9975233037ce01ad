/** `lockstep test [LESSON…]`: tries lessons on fresh hosts, and tells what does not hold. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { failReasons } from '../checks/reasons.ts';
import { authorizeSandbox } from '../host/sandbox/privilege.ts';
import { findSession, openJournal, sessionFolder } from '../journal/journal.ts';
import { stateFolder } from '../journal/state-folder.ts';
import { readDuration } from '../lesson/text/units.ts';
import type { WrongAnswer } from '../lesson/wrong-answer.ts';
import { UserError } from '../model/errors.ts';
import type { Lesson } from '../model/lesson.ts';
import type { TestCase } from '../report/test-case.ts';
import { testJson, testJunit, testTap } from '../report/test-machine.ts';
import { createTestText } from '../report/test-text.ts';
import { settleNote } from '../trial/patience.ts';
import { tryLesson } from '../trial/trial.ts';
import { chooseHost, type HostChoice } from './choose-host.ts';
import { fromHere, loadLesson, problemError } from './find-lesson.ts';
import { lessonPaths } from './lesson-paths.ts';
import { openHost } from './open-session.ts';
import { networkOf, oneOf, wholeNumber } from './options.ts';
import { version } from './places.ts';
import { readArguments } from './read-arguments.ts';
import { stopOnSignals } from './stop-on-signals.ts';

const formats = ['text', 'junit', 'tap', 'json'] as const;
type Format = (typeof formats)[number];

interface TestOptions {
  readonly stateDir: string;
  readonly repeat: number;
  readonly wrong: boolean;
  readonly isolated: boolean;
  readonly budgetMs: number;
  readonly settleMs: number;
  readonly network: 'private' | 'shared' | undefined;
  readonly host: HostChoice;
}

/**
 * Runs the command.
 * @param args its arguments.
 * @returns 0 when everything holds, 1 when something does not, 130 and the like when it was stopped.
 */
export async function test(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments('test', {
    args: [...args],
    allowPositionals: true,
    options: {
      repeat: { type: 'string', default: '1' },
      wrong: { type: 'boolean', default: false },
      isolated: { type: 'boolean', default: false },
      budget: { type: 'string', default: '5m' },
      settle: { type: 'string' },
      format: { type: 'string', default: 'text' },
      network: { type: 'string' },
      host: { type: 'string' },
    },
  });
  const format = oneOf('format', values.format, formats);
  const options: TestOptions = {
    stateDir: stateFolder(process.env),
    repeat: wholeNumber('repeat', values.repeat),
    wrong: values.wrong,
    isolated: values.isolated,
    budgetMs: timeOf('budget', values.budget),
    settleMs: timeOf('settle', values.settle ?? '30s'),
    network: networkOf(values.network),
    host: await throwawayHost(values.host),
  };
  const lessons: Lesson[] = [];
  for (const path of await lessonPaths(positionals)) lessons.push(await loadLesson(path, options.stateDir));
  if (options.host.kind === 'sandbox')
    await authorizeSandbox({ interactive: process.stdin.isTTY === true, say: (sentence) => console.error(sentence) });
  const stopped = stopOnSignals();
  const text = createTestText();
  const cases: TestCase[] = [];
  const tell = (told: TestCase): void => {
    const { place } = told;
    const testCase = place === undefined ? told : { ...told, place: { ...place, file: fromHere(place.file) } };
    cases.push(testCase);
    if (format === 'text') for (const line of text.lines(testCase)) console.log(line);
  };
  for (const lesson of lessons) {
    const told = values.settle === undefined ? null : settleNote(lesson, options.settleMs);
    if (told !== null) console.error(`${lesson.id}: ${told}`);
    await testOne(lesson, options, stopped.signal, tell);
  }
  if (format === 'text') for (const line of text.summary(cases)) console.log(line);
  else process.stdout.write(machineText(format, cases));
  return stopped.code() || (cases.some(({ status }) => status === 'failed') ? 1 : 0);
}

/** Its host is its own, and nobody's progress is touched; both are gone afterwards. */
async function testOne(
  lesson: Lesson,
  options: TestOptions,
  signal: AbortSignal,
  tell: (testCase: TestCase) => void,
): Promise<void> {
  const { stateDir, repeat, isolated, budgetMs, settleMs, network, host: choice } = options;
  const wrong = options.wrong ? await wrongAnswersOf(lesson) : [];
  const session = `${findSession(stateDir, lesson).session}--test`;
  const folder = sessionFolder(stateDir, session);
  // The journal is only there for its lock: two tests of one lesson would share a host.
  const lock = await openJournal({ path: join(folder, 'journal.jsonl'), onTrouble: (sentence) => note(sentence) });
  try {
    const host = await openHost({ stateDir, lesson, host: choice, ...(network === undefined ? {} : { network }) }, session);
    try {
      for (let run = 1; run <= repeat && !signal.aborted; run += 1) {
        await host.destroy();
        const frame = { version: version(), now: Date.now, signal, tell, note };
        await tryLesson({ lesson, host, wrong, isolated, budgetMs, settleMs, run, ...frame });
      }
    } finally {
      await host.destroy();
    }
  } finally {
    await lock.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function wrongAnswersOf(lesson: Lesson): Promise<readonly WrongAnswer[]> {
  const { readWrongAnswers } = await import('../lesson/read-wrong-answers.ts');
  const { answers, problems } = await readWrongAnswers({ lesson, reasons: Object.keys(failReasons) });
  if (problems.length > 0)
    throw problemError('bad-wrong-answer', 'The wrong answers of this lesson cannot be tried yet.', problems);
  return answers;
}

/** For people who wait; results are the only thing on stdout. */
function note(sentence: string): void {
  if (process.stderr.isTTY) console.error(`… ${sentence}`);
}

function machineText(format: Exclude<Format, 'text'>, cases: readonly TestCase[]): string {
  return { junit: testJunit, tap: testTap, json: testJson }[format](cases);
}

/** A test begins on a fresh host, again and again: only one that can be thrown away will do. */
async function throwawayHost(word: string | undefined): Promise<HostChoice> {
  const { choice, because } = await chooseHost(word);
  if (because !== null) console.error(because);
  if (choice.kind !== 'local' && choice.kind !== 'ssh') return choice;
  throw new UserError('bad-option', `A lesson is not tested on a host of kind ${choice.kind}, which cannot be made afresh.`, {
    tries: ['Use sandbox, docker or podman.'],
    exitCode: 2,
  });
}

function timeOf(option: string, text: string): number {
  const read = readDuration(text);
  if (read.ok && read.value > 0) return read.value;
  throw new UserError('usage', `\`${text}\` is no time for --${option}.`, {
    tries: [`A number with its unit: --${option} 90s, --${option} 5m.`],
    exitCode: 2,
  });
}

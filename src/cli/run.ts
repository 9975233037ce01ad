/** `lockstep run`: follow a lesson on the screen, or have it played. */
import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { stateFolder } from '../journal/state-folder.ts';
import { UserError } from '../model/errors.ts';
import type { Lesson, Section } from '../model/lesson.ts';
import { inLanguage, words } from '../words/words.ts';
import { chooseHost, type HostChoice } from './choose-host.ts';
import type { Asking, Shelf } from './choose-lesson.ts';
import type { Membership } from './class-seat.ts';
import { courseAt, courseNeedsChoice } from './course-at.ts';
import { defaultLesson, loadLesson, locateLesson } from './find-lesson.ts';
import { sectionNamed } from './go-to-section.ts';
import { networkOf } from './options.ts';
import { readArguments } from './read-arguments.ts';
import type { RecordTo } from './record.ts';
import type { PlainTextOptions } from './run-in-plain-text.ts';
import { tellAside } from './tell.ts';

/**
 * Runs the command.
 * @param args its arguments.
 * @param joined the class that was just joined, where one was.
 * @returns the exit code.
 */
export async function run(args: readonly string[], joined?: Membership): Promise<number> {
  const { values, positionals } = readArguments(
    'run',
    {
      args: [...args],
      allowPositionals: true,
      options: {
        auto: { type: 'boolean', default: false },
        plain: { type: 'boolean', default: false },
        network: { type: 'string' },
        prefix: { type: 'string' },
        record: { type: 'string' },
        force: { type: 'boolean', default: false },
        host: { type: 'string' },
        section: { type: 'string' },
        fresh: { type: 'boolean', default: false },
        yes: { type: 'boolean', default: false },
        class: { type: 'string' },
        code: { type: 'string' },
        name: { type: 'string' },
      },
    },
    1,
  );
  const network = networkOf(values.network);
  const stateDir = stateFolder(process.env);
  const terminal = isTerminal();
  const plain = values.plain || process.env['TERM'] === 'dumb';
  const learner = terminal && !values.auto;
  const screen = terminal && !plain;
  const path = await lessonPath(positionals[0], { stateDir, plain }, learner);
  if (path === null) return 0;
  const record = recordTo(values, learner || screen);
  const lesson = await loadLesson(path, stateDir);
  const section = sectionOf(lesson, values.section, learner);
  const membership = await membershipIn(lesson, stateDir, values, learner, joined);
  const host = await agreedHost(lesson, stateDir, values, learner);
  if (host === null) return 0;
  const options = {
    stateDir,
    lesson,
    host,
    ...section,
    ...(membership === null ? {} : { membership }),
    ...(network === undefined ? {} : { network }),
    ...(values.prefix === undefined ? {} : { prefix: values.prefix }),
    ...(record === undefined ? {} : { record }),
  };
  return follow(options, learner, screen);
}

/** On a screen, at a prompt, or by itself. */
async function follow(options: PlainTextOptions, learner: boolean, screen: boolean): Promise<number> {
  if (screen) return (await import('./run-on-screen.ts')).runOnScreen({ ...options, auto: !learner });
  if (learner) return (await import('./run-in-plain-text.ts')).runInPlainText(options);
  return (await import('./run-plain.ts')).runPlain(options);
}

/** The class that this lesson is followed in: the one that was named, or the one whose seat was taken before. */
async function membershipIn(
  lesson: Lesson,
  stateDir: string,
  values: { readonly class?: string | undefined; readonly code?: string | undefined; readonly name?: string | undefined },
  learner: boolean,
  joined: Membership | undefined,
): Promise<Membership | null> {
  const named = values.class ?? values.code ?? values.name;
  if (named !== undefined && (values.class === undefined || !learner)) throw classNeeds(values.class === undefined);
  // Without a class nothing of it is loaded.
  const remembered = ['class.json', 'class-wanted.json'].some((name) => existsSync(join(stateDir, name)));
  if (joined === undefined && named === undefined && !(learner && remembered)) return null;
  const { membershipFor, sameLesson, seatAt } = await import('./class-seat.ts');
  if (values.class === undefined && joined === undefined) return membershipFor(stateDir, lesson.id);
  const { class: address = '', code, name } = values;
  const wish = { stateDir, address, ...(code === undefined ? {} : { code }), ...(name === undefined ? {} : { name }) };
  const membership = joined ?? (await seatAt(wish));
  if ('seat' in membership) sameLesson(membership.seat, lesson.id);
  else if (joined === undefined) tellAside(words().program.startsAllTheSame);
  return membership;
}

function classNeeds(url: boolean): UserError {
  return url
    ? new UserError('bad-option', '--code and --name belong to --class URL.', { exitCode: 2 })
    : new UserError('bad-option', '--class is for learners: it needs a terminal, and no --auto.', { exitCode: 2 });
}

function isTerminal(): boolean {
  return process.stdin.isTTY === true && process.stdout.isTTY === true;
}

/** The host to use once all that must be asked before has been agreed to; null where it was not. */
async function agreedHost(
  lesson: Lesson,
  stateDir: string,
  values: { readonly host?: string | undefined; readonly fresh: boolean; readonly yes: boolean },
  own: boolean,
): Promise<HostChoice | null> {
  if (lesson.notes !== undefined && !(await toldOf(lesson.notes, own))) return null;
  const { choice, because } = await chooseHost(values.host);
  if (because !== null) tellAside(inLanguage(because));
  if (choice.kind === 'local' && !(await agreed(lesson, values.yes))) return null;
  return !own || !values.fresh || (await beginAfresh(lesson, stateDir, choice, values.yes)) ? choice : null;
}

async function agreed(lesson: Lesson, yes: boolean): Promise<boolean> {
  const { mayChangeThisMachine } = await import('./ask-local.ts');
  return mayChangeThisMachine(lesson, hostname(), yes);
}

async function toldOf(notes: readonly string[], ask: boolean): Promise<boolean> {
  const { tellNotes } = await import('./tell-notes.ts');
  return tellNotes(notes, ask);
}

function sectionOf(lesson: Lesson, word: string | undefined, own: boolean): { readonly section?: Section } {
  if (word === undefined) return {};
  if (own) return { section: sectionNamed(lesson, word) };
  throw new UserError('bad-option', '--section leads to a section of your own session: it needs a terminal, and no --auto.', {
    exitCode: 2,
  });
}

/** False where the learner would rather keep what there is. */
async function beginAfresh(lesson: Lesson, stateDir: string, host: HostChoice, sure: boolean): Promise<boolean> {
  const { mayThrowAway, startAfresh } = await import('./start-afresh.ts');
  if (!sure && !(await mayThrowAway(lesson))) {
    console.log(words().program.nothingChanged);
    return false;
  }
  const { authorizeSandbox } = await import('../host/sandbox/privilege.ts');
  if (host.kind === 'sandbox')
    await authorizeSandbox({ interactive: true, say: (sentence) => console.error(inLanguage(sentence)) });
  await startAfresh(lesson, stateDir, host);
  return true;
}

/** Where the lesson is; of a course, and where none is named, one is chosen. Null: none after all. */
async function lessonPath(wanted: string | undefined, asking: Asking, learner: boolean): Promise<string | null> {
  if (wanted === undefined && !learner) return locateLesson(defaultLesson);
  let path = wanted === undefined ? await choose(null, asking) : await locateLesson(wanted);
  // A course may hold courses.
  for (let course = path && (await courseAt(path)); course; course = path && (await courseAt(path))) {
    if (!learner) throw courseNeedsChoice(course);
    path = await choose(course, asking);
  }
  return path;
}

/** Asking is loaded only where something is asked. */
async function choose(course: Shelf | null, asking: Asking): Promise<string | null> {
  const { chooseLesson, ownShelf } = await import('./choose-lesson.ts');
  return chooseLesson(course ?? ownShelf(), asking);
}

function recordTo({ record, force }: { record?: string | undefined; force: boolean }, screen: boolean): RecordTo | undefined {
  if (record === undefined) return undefined;
  if (record !== '' && screen) return { path: record, force };
  throw new UserError('bad-option', record === '' ? '--record needs a file.' : '--record needs a terminal to record.', {
    tries: [record === '' ? '--record lesson.cast' : 'Without one, keep the plain text: lockstep run LESSON > FILE'],
    exitCode: 2,
  });
}

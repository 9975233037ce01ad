/** `lockstep check LESSON`: asks the checks of the section that is open, once, and tells the verdicts. */
import { runChecks } from '../checks/checks.ts';
import { authorizeSandbox } from '../host/sandbox/privilege.ts';
import { openJournal } from '../journal/journal.ts';
import { stateFolder } from '../journal/state-folder.ts';
import type { Check, Verdict } from '../model/check.ts';
import { UserError } from '../model/errors.ts';
import type { Lesson, Section } from '../model/lesson.ts';
import { isForLearner } from '../session/answers.ts';
import { replay } from '../session/apply.ts';
import { initialState, type SectionState } from '../session/state.ts';
import { inLanguage } from '../words/words.ts';
import { chooseHost, type HostChoice } from './choose-host.ts';
import { loadLesson, locateLesson } from './find-lesson.ts';
import { openHost, placeOfSession } from './open-session.ts';
import { readArguments } from './read-arguments.ts';
import { tell, tellAside } from './tell.ts';

const marks: Readonly<Record<Verdict['status'], string>> = { pass: '✓', fail: '✗', error: '!', pending: '·' };

/** Exit codes: every check passes, one does not, one could not be asked. */
const exit = { pass: 0, fail: 1, error: 3 };

/**
 * Runs the command.
 * @param args its arguments.
 * @returns the exit code.
 */
export async function check(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(
    'check',
    {
      args: [...args],
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false }, host: { type: 'string' } },
    },
    1,
  );
  const [wanted] = positionals;
  if (wanted === undefined)
    throw new UserError('usage', 'Whose checks are to be asked?', {
      tries: ['lockstep check LESSON; lockstep list names them.'],
      exitCode: 2,
    });
  const stateDir = stateFolder(process.env);
  const lesson = await loadLesson(await locateLesson(wanted), stateDir);
  const { choice: host } = await chooseHost(values.host);
  const { section, verdicts } = await ask(lesson, stateDir, host);
  if (values.json) console.log(JSON.stringify(asJson(lesson, section, verdicts), null, 2));
  else for (const line of asText(lesson, section, verdicts)) tell(line);
  const statuses = Object.values(verdicts).map((verdict) => verdict.status);
  if (statuses.includes('error')) return exit.error;
  return statuses.every((status) => status === 'pass') ? exit.pass : exit.fail;
}

async function ask(
  lesson: Lesson,
  stateDir: string,
  choice: HostChoice,
): Promise<{ readonly section: Section; readonly verdicts: Readonly<Record<string, Verdict>> }> {
  if (choice.kind === 'sandbox') {
    await authorizeSandbox({ interactive: process.stdin.isTTY === true, say: (sentence) => console.error(inLanguage(sentence)) });
  }
  const { session: name, path } = await placeOfSession(stateDir, lesson, 'learner', choice);
  const journal = await openJournal({ path, onTrouble: (sentence) => console.error(inLanguage(sentence)) });
  try {
    const state = replay(initialState(lesson, choice.kind), journal.events);
    const section = openWork(lesson, state.open);
    const host = await openHost({ stateDir, lesson, host: choice }, name);
    const aside = ({ sentence }: { readonly sentence: string }): void => tellAside(inLanguage(sentence));
    try {
      await host.prepare(aside);
      await host.start();
      const { verdicts } = await runChecks(host, section.checks, {});
      return { section, verdicts: { ...verdicts, ...answered(section, state.sections[section.index]?.verdicts ?? {}) } };
    } finally {
      await host.stop();
    }
  } finally {
    await journal.close();
  }
}

/** What the learner has answered is in the journal; no host knows it. */
function answered(section: Section, known: SectionState['verdicts']): Readonly<Record<string, Verdict>> {
  const questions = section.checks.filter(isForLearner);
  return Object.fromEntries(questions.flatMap(({ id }) => (known[id] === undefined ? [] : [[id, known[id].verdict]])));
}

/** The open section, or the next one with something to check where only reading is left in between. */
function openWork(lesson: Lesson, open: number): Section {
  const section =
    lesson.sections.slice(open).find((each) => each.kind === 'work') ?? lesson.sections.findLast((each) => each.kind === 'work');
  if (!section) throw new UserError('nothing-to-check', `"${lesson.title}" has nothing to check.`);
  return section;
}

function titled(section: Section, verdicts: Readonly<Record<string, Verdict>>): readonly (readonly [Check, Verdict])[] {
  return section.checks.flatMap((each) => {
    const verdict = verdicts[each.id];
    return verdict ? [[each, verdict] as const] : [];
  });
}

function asText(lesson: Lesson, section: Section, verdicts: Readonly<Record<string, Verdict>>): readonly string[] {
  const lines = titled(section, verdicts).map(([each, verdict]) => {
    const tail = verdict.status === 'pass' ? '' : `: ${inLanguage(verdict.sentence)}`;
    return `  ${marks[verdict.status]} ${each.title}${tail}`;
  });
  return [`${lesson.title}: ${section.title}`, ...lines];
}

function asJson(lesson: Lesson, section: Section, verdicts: Readonly<Record<string, Verdict>>): object {
  return {
    lesson: lesson.id,
    section: section.id,
    checks: titled(section, verdicts).map(([each, verdict]) => ({ id: each.id, title: each.title, ...verdict })),
  };
}

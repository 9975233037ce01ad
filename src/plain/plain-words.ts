/** What steps, checks, sections and files are called in plain words. Pure. */
import type { WritePreview } from '../session/events.ts';
import type { CheckView, MonitorView, QuestionView, SectionView, StepView, View } from '../session/view.ts';
import { words } from '../words/words.ts';

/**
 * What a step does and how far it is, e.g. `run 3 commands (done)`.
 * @param step the step.
 */
export function stepWords(step: StepView): string {
  const count = step.commands.length;
  const what =
    step.kind === 'write' ? words().told.writeStep(step.path) : count > 1 ? words().step.runCommands(count) : words().told.runOne;
  const { optional, running, done, failed } = words().step;
  const notes = [step.optional ? optional : '', { todo: '', running, done, failed }[step.status]].filter((note) => note !== '');
  return notes.length === 0 ? what : `${what} (${notes.join(', ')})`;
}

/** A question is answered, not asked of a host. */
function answerWords({ asks, status }: CheckView): string | null {
  if (asks === undefined) return null;
  const { answered, notAnswered, notRight } = words().told;
  return status === 'pass' ? answered : status === 'unknown' ? notAnswered : notRight;
}

/**
 * A check and its verdict, e.g. `not yet: there is a directory ~/tour. There is nothing.`
 * @param check the check.
 */
export function checkWords(check: CheckView): string {
  const verdict = check.regressed === true ? words().told.noLonger : (answerWords(check) ?? words().told.verdicts[check.status]);
  const why = check.status === 'pass' || check.sentence === undefined ? '' : `. ${check.sentence}`;
  return `${verdict}: ${check.title}${why}`;
}

/**
 * What a section is called, with its number where it has one.
 * @param section the section.
 */
export function sectionWords(section: SectionView): string {
  return section.number > 0 ? words().told.section(section.number, section.shortTitle) : section.shortTitle;
}

/**
 * How many checks of a section have passed.
 * @param section the section.
 */
export function tally(section: SectionView): string {
  const own = section.checks.filter((check) => check.regressed !== true);
  return words().told.tally(own.filter((check) => check.status === 'pass').length, own.length);
}

/**
 * Requests so far.
 * @param monitor what was counted.
 */
export function requestWords(monitor: MonitorView): string {
  const why = monitor.failure === null ? '' : ` (${monitor.failure})`;
  return words().told.requests(monitor.url, monitor.served, monitor.failed, why);
}

/**
 * A file before it is written: where, as whom, what changes.
 * @param preview what would be written.
 */
export function previewWords(preview: WritePreview): readonly string[] {
  const { told } = words();
  const say = preview.exists ? told.thisChanges : told.thisMakes;
  const signs = { ' ': '  ', '+': '+ ', '-': '- ' } as const;
  return [
    say(preview.path, preview.as, `${preview.owner}:${preview.group}`, preview.mode),
    preview.exists ? told.diff : told.itsLines,
    ...preview.diff.map((line) => (line.sign === 'gap' ? told.stay : `${signs[line.sign]}${line.text}`.trimEnd())),
  ];
}

/**
 * What going to another section would do.
 * @param question where to, and how.
 * @param sections all sections of the lesson.
 */
export function goWords(question: Extract<QuestionView, { type: 'go' }>, sections: readonly SectionView[]): readonly string[] {
  const section = sections.find((each) => each.id === question.section);
  const name = section ? sectionWords(section) : words().parts.thatSection;
  const lost = question.lost === 0 ? '' : ` ${words().told.lost(question.lost)}`;
  const solved = question.solved === 0 ? '' : ` ${words().told.solved(question.solved)}`;
  const how = words().told.how[question.how];
  return [`${words().told.goTo(name)} ${how}${lost}${solved}`.replace('  ', ' ').trim()];
}

/**
 * What held in earlier sections and holds no longer.
 * @param question the checks, and whether starting the services again was tried.
 */
export function driftWords({ checks, times }: Extract<QuestionView, { type: 'drift' }>): readonly string[] {
  const tried = times === 2 ? [words().told.servicesDidNotHelp] : [];
  return [words().told.drift, ...checks.map((check) => `  ${checkWords(check)}`), ...tried];
}

/**
 * Why the open section is not done: its checks that have not passed.
 * @param section the section.
 */
export function missingWords(section: SectionView): readonly string[] {
  const left = section.checks.filter((check) => check.status !== 'pass' && check.regressed !== true);
  if (left.length === 0) return [words().told.beingAsked(sectionWords(section))];
  return [words().told.notDone(sectionWords(section)), ...left.map((check) => `  ${checkWords(check)}`)];
}

/**
 * The section after the open one, if the open one lets on.
 * @param view the session's view.
 */
export function onwardFrom(view: View): {
  readonly open: SectionView | undefined;
  readonly next: SectionView | undefined;
  readonly may: boolean;
} {
  const open = view.sections[view.open];
  const next = view.sections[view.open + 1];
  const may = open !== undefined && (open.status !== 'open' || open.kind === 'reading');
  return { open, next, may };
}

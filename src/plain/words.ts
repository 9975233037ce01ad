/** What steps, checks, sections and files are called in plain words. Pure. */
import type { WritePreview } from '../session/events.ts';
import type { CheckView, MonitorView, QuestionView, SectionView, StepView, View } from '../session/view.ts';

/**
 * What a step does and how far it is, e.g. `run 3 commands (done)`.
 * @param step the step.
 */
export function stepWords(step: StepView): string {
  const count = step.commands.length;
  const what = step.kind === 'write' ? `write ${step.path ?? 'a file'}` : count > 1 ? `run ${count} commands` : 'run a command';
  const states = { todo: '', running: 'running', done: 'done', failed: 'failed' } as const;
  const notes = [step.optional ? 'optional' : '', states[step.status]].filter((note) => note !== '');
  return notes.length === 0 ? what : `${what} (${notes.join(', ')})`;
}

const verdicts: Readonly<Record<CheckView['status'], string>> = {
  pass: 'passed',
  fail: 'not yet',
  error: 'could not tell',
  pending: 'waiting',
  unknown: 'not asked yet',
};

/** A question is answered, not asked of a host. */
function answerWords({ asks, status }: CheckView): string | null {
  if (asks === undefined) return null;
  return status === 'pass' ? 'answered' : status === 'unknown' ? 'not answered yet' : 'not right yet';
}

/**
 * A check and its verdict, e.g. `not yet: there is a directory ~/tour. There is nothing.`
 * @param check the check.
 */
export function checkWords(check: CheckView): string {
  const verdict = check.regressed === true ? 'no longer' : (answerWords(check) ?? verdicts[check.status]);
  const why = check.status === 'pass' || check.sentence === undefined ? '' : `. ${check.sentence}`;
  return `${verdict}: ${check.title}${why}`;
}

/**
 * What a section is called, with its number where it has one.
 * @param section the section.
 */
export function sectionWords(section: SectionView): string {
  return section.number > 0 ? `Section ${section.number}: ${section.shortTitle}` : section.shortTitle;
}

/**
 * How many checks of a section have passed.
 * @param section the section.
 */
export function tally(section: SectionView): string {
  const own = section.checks.filter((check) => check.regressed !== true);
  return `${own.filter((check) => check.status === 'pass').length} of ${own.length} passed`;
}

/**
 * Requests so far.
 * @param monitor what was counted.
 */
export function requestWords(monitor: MonitorView): string {
  const why = monitor.failure === null ? '' : ` (${monitor.failure})`;
  return `Requests to ${monitor.url}: ${monitor.served} served, ${monitor.failed} failed${why}.`;
}

/**
 * A file before it is written: where, as whom, what changes.
 * @param preview what would be written.
 */
export function previewWords(preview: WritePreview): readonly string[] {
  const kind = preview.exists ? 'changes' : 'makes the new file';
  const rights = `${preview.owner}:${preview.group}, mode ${preview.mode}`;
  const signs = { ' ': '  ', '+': '+ ', '-': '- ' } as const;
  return [
    `This ${kind} ${preview.path}, as ${preview.as} (${rights}).`,
    preview.exists ? 'Lines with + are added, lines with - are removed:' : 'Its lines:',
    ...preview.diff.map((line) => (line.sign === 'gap' ? '  (lines that stay)' : `${signs[line.sign]}${line.text}`.trimEnd())),
  ];
}

/**
 * What going to another section would do.
 * @param question where to, and how.
 * @param sections all sections of the lesson.
 */
export function goWords(question: Extract<QuestionView, { type: 'go' }>, sections: readonly SectionView[]): readonly string[] {
  const section = sections.find((each) => each.id === question.section);
  const name = section ? sectionWords(section) : 'that section';
  const lost = question.lost === 0 ? '' : ` The work of ${question.lost} sections is thrown away by that.`;
  const solved = question.solved === 0 ? '' : ` The program does ${question.solved} sections for you on the way.`;
  const how = { rewind: 'The host goes back to how it was there.', afresh: 'The host is made afresh.', 'catch-up': '' }[
    question.how
  ];
  return [`You are about to go to the start of ${name}. ${how}${lost}${solved}`.replace('  ', ' ').trim()];
}

/**
 * What held in earlier sections and holds no longer.
 * @param question the checks, and whether starting the services again was tried.
 */
export function driftWords({ checks, times }: Extract<QuestionView, { type: 'drift' }>): readonly string[] {
  const tried = times === 2 ? ['Starting the services of the host again did not help.'] : [];
  return [
    'Something that held when you were here holds no longer:',
    ...checks.map((check) => `  ${checkWords(check)}`),
    ...tried,
  ];
}

/**
 * Why the open section is not done: its checks that have not passed.
 * @param section the section.
 */
export function missingWords(section: SectionView): readonly string[] {
  const left = section.checks.filter((check) => check.status !== 'pass' && check.regressed !== true);
  if (left.length === 0) return [`${sectionWords(section)} is not done yet: its checks are being asked.`];
  return [`${sectionWords(section)} is not done yet.`, ...left.map((check) => `  ${checkWords(check)}`)];
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

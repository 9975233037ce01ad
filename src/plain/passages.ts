/** Longer pieces that are said as a whole: how it works, a section, its checks, the list of sections. Pure. */
import type { View } from '../session/view.ts';
import { words } from '../words/words.ts';
import { checkWords, requestWords, sectionWords, tally } from './plain-words.ts';
import { textLines, wrapped } from './text.ts';

/**
 * Said once: what this is and how it works.
 * @param view the session's view.
 * @param prefix the key that leads back from the shell.
 * @param cols cells of a line.
 */
export function introduction(view: View, prefix: string, cols: number): readonly string[] {
  const { title, minutes } = view.lesson;
  return [
    words().passages.title(title, view.workTotal, minutes),
    '',
    ...[words().passages.how, words().passages.shell(prefix)].flatMap((sentence) => wrapped(sentence, cols)),
    ...(view.workDone > 0 ? ['', words().passages.goingOn(view.workDone, view.workTotal)] : []),
    '',
  ];
}

/**
 * The section that is shown.
 * @param view the session's view.
 * @param cols cells of a line.
 */
export function sectionLines(view: View, cols: number): readonly string[] {
  const section = view.sections[view.shown];
  if (!section) return [];
  const { states } = words().passages;
  const place = section.number > 0 ? words().passages.place(view.workTotal) : '';
  const head = `=== ${sectionWords(section)}${place}${section.kind === 'work' || section.status === 'locked' ? states[section.status] : ''} ===`;
  if (section.status === 'locked') return ['', head, '', words().passages.opensLater];
  const introduced = view.shown === 0 ? textLines(view.lesson.introduction, cols, []) : [];
  const parts = [introduced, textLines(section.body, cols, section.steps), textLines(section.explain, cols, [])];
  return ['', head, ...parts.filter((part) => part.length > 0).flatMap((part) => ['', ...part])];
}

/**
 * The checks of the open section with their verdicts.
 * @param view the session's view.
 * @param cols cells of a line.
 */
export function checksLines(view: View, cols: number): readonly string[] {
  const open = view.sections[view.open];
  if (!open || open.checks.length === 0) return [words().passages.noChecks];
  return [
    words().passages.checks(sectionWords(open), tally(open)),
    ...open.checks.map((check) => `  ${checkWords(check)}`),
    ...(open.monitor ? [requestWords(open.monitor)] : []),
  ].flatMap((line) => wrapped(line, cols));
}

/**
 * All sections, numbered, to go to one.
 * @param view the session's view.
 */
export function sectionList(view: View): readonly string[] {
  return view.sections.map((section, index) => {
    const here = index === view.open ? words().passages.youAreHere : '';
    return `  ${index + 1}  ${sectionWords(section)} (${words().passages.listStates[section.status]}${here})`;
  });
}

/**
 * The next hint to ask for, or what to say where there is none.
 * @param view the session's view.
 */
export function hintFor(view: View): { readonly ask: string | null } | { readonly say: readonly string[] } {
  const open = view.sections[view.open];
  if (!open) return { say: [] };
  const left = open.checks.filter((check) => check.status !== 'pass' && check.regressed !== true);
  const check = left.find(
    (each) => each.hasHint && each.hint === undefined && (each.asks === undefined || each.status === 'fail'),
  );
  if (check) return { ask: check.id };
  if (open.hints.length < open.hintCount && left.length > 0) return { ask: null };
  const known = [...left.flatMap((each) => each.hint ?? []), ...open.hints];
  if (left.length === 0 || known.length === 0) return { say: [words().passages.noHint] };
  return { say: [words().passages.allHints, ...known.map((hint) => `  ${hint}`)] };
}

/**
 * What is said when there is nothing to go on to.
 * @param view the session's view.
 */
export function farewellHint(view: View): readonly string[] {
  return [view.finished ? words().passages.endQuit : words().passages.nothingAfter];
}

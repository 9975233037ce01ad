/** Longer pieces that are said as a whole: how it works, a section, its checks, the list of sections. Pure. */
import type { View } from '../session/view.ts';
import { textLines, wrapped } from './text.ts';
import { checkWords, requestWords, sectionWords, tally } from './words.ts';

/**
 * Said once: what this is and how it works.
 * @param view the session's view.
 * @param prefix the key that leads back from the shell.
 * @param cols cells of a line.
 */
export function introduction(view: View, prefix: string, cols: number): readonly string[] {
  const minutes = view.lesson.minutes === undefined ? '' : `, about ${view.lesson.minutes} minutes`;
  return [
    `${view.lesson.title} (${view.workTotal} sections${minutes}), in plain text`,
    '',
    ...[
      'Lines are only ever added, and nothing is said by colour or place. You read a section, do its steps, and go on when its checks have passed; they are asked by themselves, and you are told when one turns. The prompt takes a number or a letter from the list of choices; Enter alone lists them. Blocks of the lesson have a number in brackets; where the text speaks of keys of the screen, use the choices instead.',
      `"shell" gives the terminal to a real shell, where you may do everything by hand; ${prefix} leads back. While a step runs, Ctrl-C stops it. "quit" leaves, and your place is kept.`,
    ].flatMap((sentence) => wrapped(sentence, cols)),
    ...(view.workDone > 0 ? ['', `Going on where you were: ${view.workDone} of ${view.workTotal} sections done.`] : []),
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
  const states = { locked: ', still locked', open: '', done: ', done', skipped: ', skipped' } as const;
  const place = section.number > 0 ? ` (of ${view.workTotal})` : '';
  const head = `=== ${sectionWords(section)}${place}${section.kind === 'work' || section.status === 'locked' ? states[section.status] : ''} ===`;
  if (section.status === 'locked') return ['', head, '', 'It opens when the sections before it are done.'];
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
  if (!open || open.checks.length === 0) return ['There are no checks in this section.'];
  return [
    `${sectionWords(open)}, checks: ${tally(open)}.`,
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
    const here = index === view.open ? ', you are here' : '';
    return `  ${index + 1}  ${sectionWords(section)} (${section.status}${here})`;
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
  if (left.length === 0 || known.length === 0) return { say: ['There is no hint to give here.'] };
  return { say: ['All hints were given:', ...known.map((hint) => `  ${hint}`)] };
}

/**
 * What is said when there is nothing to go on to.
 * @param view the session's view.
 */
export function farewellHint(view: View): readonly string[] {
  return [view.finished ? 'This is the end of the lesson; quit leaves.' : 'There is nothing after this section; quit leaves.'];
}

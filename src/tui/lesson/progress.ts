/** Small questions about a view that several parts of the screen ask; pure. */
import type { SectionView, StepView, View } from '../../session/view.ts';
import { words } from '../../words/words.ts';

/**
 * The section that is shown.
 * @param view the session's view.
 */
export function shownSection(view: View): SectionView | undefined {
  return view.sections[view.shown];
}

/**
 * The section that is open.
 * @param view the session's view.
 */
export function openSection(view: View): SectionView | undefined {
  return view.sections[view.open];
}

/**
 * The section that Enter leads to now, if the open one is done or only to be read.
 * @param view the session's view.
 */
export function nextSection(view: View): SectionView | undefined {
  const open = openSection(view);
  const waiting = open !== undefined && (open.status !== 'open' || open.kind === 'reading');
  return waiting ? view.sections[view.open + 1] : undefined;
}

/**
 * What a section is called in one line: `Section 3 · Configure uWSGI`, or its title where it has no number.
 * @param section the section.
 */
export function sectionName(section: SectionView): string {
  return section.number > 0 ? words().parts.sectionTitle(section.number, section.shortTitle) : section.shortTitle;
}

/**
 * The step that is next in a section: one that is running, then required ones, then optional ones.
 * @param section the section.
 */
export function nextStep(section: SectionView): StepView | undefined {
  const left = section.steps.filter((step) => step.status !== 'done');
  return left.find((step) => step.status === 'running') ?? left.find((step) => !step.optional) ?? left[0];
}

/**
 * Whether nothing has been done yet: whoever sees this may see the program for the first time.
 * @param view the session's view.
 */
export function isFresh(view: View): boolean {
  return (
    view.workDone === 0 &&
    view.open <= 1 &&
    view.sections.every((section) => section.steps.every((step) => step.status === 'todo'))
  );
}

/**
 * Whether there is no host that a step could be done on until it is started again.
 * @param view the session's view.
 */
export function isHostGone({ host }: Pick<View, 'host'>): boolean {
  return host.status === 'lost' || host.status === 'failed';
}

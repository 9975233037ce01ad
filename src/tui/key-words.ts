/**
 * What the footer says of a key at this moment, by what the key means. The keys themselves and their order are the table's
 * (`keys.ts`). Pure.
 */
import { words } from '../words/words.ts';
import { handWords, messageWords, shareWords } from './classroom/perform-class-key.ts';
import type { Command } from './keys.ts';
import { isHostGone, nextSection, openSection, sectionName, shownSection } from './lesson/progress.ts';
import { stepAction } from './lesson/render-step.ts';
import { hintable, openQuestion, type Situation } from './situation.ts';
import { onward } from './ui-state.ts';

/** Its words in the footer; null while it does nothing. */
type FooterWords = (situation: Situation) => string | null;

const footerOf: Partial<Record<Command, FooterWords>> = {
  'switch-pane': ({ ui }) => (ui.focus === 'shell' ? words().bar.lesson : words().bar.shell),
  act: actWords,
  answer: answerWords,
  hint: hintWords,
  'share-screen': shareWords,
  'read-message': messageWords,
  'next-stop': stopWords,
  'stop-run': ({ view }) => (view.running === null && view.going === undefined ? null : words().bar.stop),
  'restart-host': ({ view }) => (isHostGone(view) ? words().bar.startAgain : null),
  sections: () => words().bar.goTo,
  back: backWords,
  'page-down': (situation) =>
    situation.reading.top < situation.reading.lastTop && actWords(situation) !== words().bar.readOn ? words().bar.readOn : null,
  zoom: ({ ui }) => (ui.zoomed ? words().bar.bothPanes : null),
  'raise-hand': handWords,
  help: () => words().bar.help,
  quit: () => words().bar.quit,
  'back-up': () => words().bar.move,
  'back-search': () => words().bar.search,
  'back-older': ({ ui }) => ((ui.back?.found?.total ?? 0) > 1 ? words().bar.nextUp : null),
  'back-newer': ({ ui }) => ((ui.back?.found?.total ?? 0) > 1 ? words().bar.nextDown : null),
  'back-select': ({ ui }) => (ui.back?.anchor === null ? words().bar.select : null),
  'back-select-lines': ({ ui }) => (ui.back?.anchor === null ? words().bar.lines : null),
  'back-copy': ({ ui }) => (ui.back?.anchor == null ? null : words().bar.copy),
  'back-leave': ({ ui }) => (ui.back?.anchor == null ? words().bar.backToShell : words().bar.dropIt),
};

/**
 * What the footer says of a key now.
 * @param command what the key means.
 * @param situation the moment.
 * @returns null where it does nothing now, or is never in the footer.
 */
export function footerWords(command: Command, situation: Situation): string | null {
  return footerOf[command]?.(situation) ?? null;
}

/** What Enter does now; null while it does nothing. */
function actWords(situation: Situation): string | null {
  const { view, reading, settled } = situation;
  if (reading.marked === null) return view.shown === view.open && openQuestion(view) !== undefined ? words().bar.answer : null;
  if (!settled) return null;
  if (reading.marked === onward) return onwardWords(situation);
  if (!reading.markSeen) return words().bar.toNextStep;
  if (isHostGone(view)) return null;
  const step = shownSection(view)?.steps.find((each) => each.block === reading.marked);
  return step && step.status !== 'running' ? stepAction(step) : null;
}

function onwardWords({ view, reading }: Situation): string | null {
  const next = nextSection(view);
  if (!reading.markSeen) return openSection(view)?.kind === 'reading' ? words().bar.readOn : words().bar.whatHappened;
  // Held before the gate, asking again changes nothing.
  const held = view.class?.held;
  return next && !(held?.waiting === true && !held.passable) ? sectionName(next) : null;
}

/** Whether there is a question to answer, where Enter is for something else. */
function answerWords(situation: Situation): string | null {
  return openQuestion(situation.view) !== undefined && actWords(situation) !== words().bar.answer ? words().bar.answer : null;
}

/** Whether there is another stop for the mark. */
function stopWords({ reading }: Situation): string | null {
  return reading.document.anchors.length > 1 ? words().bar.nextStep : null;
}

/** Whether there is a hint to be had: of a check, or of the section. */
function hintWords({ view }: Situation): string | null {
  const open = openSection(view);
  const ofSection = open !== undefined && open.status === 'open' && open.hints.length < open.hintCount;
  return hintable(view) !== undefined || ofSection ? words().bar.hint : null;
}

/** Where Esc leads while another section is read than the one that is open. */
function backWords({ view }: Situation): string | null {
  const open = openSection(view);
  if (view.shown === view.open || !open) return null;
  return words().bar.backTo(open.number > 0 ? words().parts.section(open.number) : open.shortTitle);
}

/** Moving in the text and acting on its stops: what such keys do, as data. Pure. */
import { openSection, shownSection } from './lesson/progress.ts';
import type { Anchor } from './lesson/rendered.ts';
import { act, nothingHappens, type Outcome } from './outcome.ts';
import { openSheet } from './perform-answer-key.ts';
import { openQuestion, type Situation } from './situation.ts';
import { onward, type UiAction } from './ui-state.ts';

/** Lines of a page: one row of the page before stays, to go on reading from. */
export function pageOf({ reading }: Situation): number {
  return Math.max(1, reading.height - 1);
}

/**
 * Scrolls the lesson.
 * @param situation the moment.
 * @param lines positive: further down.
 */
export function scrollBy(situation: Situation, lines: number): Outcome {
  return scrollTo(situation, situation.reading.top + lines);
}

/**
 * Scrolls the lesson to a line, as far as the text goes.
 * @param situation the moment.
 * @param top the first line to show.
 */
export function scrollTo({ view, reading }: Situation, top: number): Outcome {
  const section = shownSection(view);
  const clamped = Math.max(0, Math.min(top, reading.lastTop));
  if (!section || clamped === reading.top) return nothingHappens;
  const place = { top: clamped, width: reading.width, total: reading.document.lines.length };
  return act({ type: 'lesson-scrolled', section: section.id, place });
}

/**
 * Acts on the marked stop; where there is none, on the question that waits for its answer. A stop is first brought into sight and only then acted on: nobody runs what they cannot see.
 * @param situation the moment.
 */
export function performAct(situation: Situation): Outcome {
  const { view, reading } = situation;
  const section = shownSection(view);
  const place = reading.document.anchors.find((anchor) => anchor.block === reading.marked);
  if (reading.marked === null && section?.id === openSection(view)?.id) return openSheet(openQuestion(view));
  if (!section || !place || !situation.settled) return nothingHappens;
  if (!reading.markSeen) return bringIntoSight(situation, place);
  const released: UiAction = { type: 'mark-released', section: section.id };
  if (place.block === onward) return { actions: [released], effects: [{ type: 'ask', intent: { type: 'advance' } }] };
  const step = section.steps.find((each) => each.block === place.block);
  if (!step || step.status === 'running') return nothingHappens;
  return { actions: [released], effects: [{ type: 'ask', intent: { type: step.kind, block: step.block } }] };
}

/** Where the end of a section is longer than the pane, it is read page by page. */
function bringIntoSight(situation: Situation, place: Anchor): Outcome {
  const { top, height } = situation.reading;
  const reading = openSection(situation.view)?.kind === 'reading';
  const begun = place.top >= top && place.top < top + height;
  return place.block === onward && (reading || begun) ? scrollBy(situation, pageOf(situation)) : reveal(situation, place);
}

/**
 * Marks another stop and brings it into sight; where the marked one is out of sight, that one first.
 * @param situation the moment.
 * @param step forwards or back.
 */
export function markStop(situation: Situation, step: 1 | -1): Outcome {
  const { view, reading } = situation;
  const section = shownSection(view);
  const { anchors } = reading.document;
  const at = anchors.findIndex((anchor) => anchor.block === reading.marked);
  const wanted = at < 0 ? firstFrom(anchors, reading.top, step) : anchors[reading.markSeen ? at + step : at];
  if (!section || !wanted) return nothingHappens;
  const marked: UiAction = { type: 'block-marked', section: section.id, mark: wanted.block };
  return { actions: [marked, ...reveal(situation, wanted).actions], effects: [] };
}

function firstFrom(anchors: readonly Anchor[], top: number, step: 1 | -1): Anchor | undefined {
  return step === 1 ? anchors.find((anchor) => anchor.bottom > top) : anchors.findLast((anchor) => anchor.top < top);
}

/** Scrolls as little as shows the place, its first line above all, with a line of text before it. */
function reveal(situation: Situation, place: Anchor): Outcome {
  const { top, height } = situation.reading;
  if (place.top >= top && place.bottom <= top + height) return nothingHappens;
  const first = Math.max(0, place.top - 1);
  return scrollTo(situation, first < top ? first : Math.min(first, Math.max(top, place.bottom - height)));
}

/**
 * Brings a stop of the text into sight.
 * @param stop a block's id, or `onward`.
 * @param situation the moment.
 */
export function showStop(stop: string, situation: Situation): Outcome {
  const place = situation.reading.document.anchors.find((anchor) => anchor.block === stop);
  return place ? reveal(situation, place) : nothingHappens;
}

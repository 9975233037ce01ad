/**
 * From a key to what it does: changes of the screen's own state, and things to ask of the engine, as data. Pure;
 * `run-tui.ts` carries them out.
 */
import type { Intent } from '../engine/engine.ts';
import type { Command } from './keys.ts';
import { nextSection, openSection, shownSection } from './lesson/progress.ts';
import type { Anchor } from './lesson/rendered.ts';
import { performInOverlay } from './perform-overlay-key.ts';
import { hintable, isBusy, type Situation, shownTab } from './situation.ts';
import { onward, type UiAction } from './ui-state.ts';

/** A thing to carry out. */
export type KeyEffect =
  | { readonly type: 'ask'; readonly intent: Intent }
  | { readonly type: 'open-tab' }
  | { readonly type: 'close-tab'; readonly tab: number }
  /** Positive: back into what was printed. */
  | { readonly type: 'scroll-shell'; readonly lines: number }
  | { readonly type: 'send'; readonly text: string }
  | { readonly type: 'quit' };

/** What a key does. */
export interface Outcome {
  readonly actions: readonly UiAction[];
  readonly effects: readonly KeyEffect[];
}

const nothingHappens: Outcome = { actions: [], effects: [] };

/**
 * What a key does now.
 * @param key as the table writes it, e.g. `Enter`.
 * @param situation the moment.
 */
export function performKey(key: string, situation: Situation): Outcome {
  const { view, ui } = situation;
  const read: readonly UiAction[] = view.notice ? [{ type: 'notice-read', at: view.notice.at }] : [];
  const outcome =
    view.question !== null || ui.overlay !== null ? performInOverlay(key, situation) : performCommand(key, situation);
  return { actions: [...read, ...outcome.actions], effects: outcome.effects };
}

/**
 * Scrolls the lesson, whoever has the keys (the wheel).
 * @param lines positive: further down.
 * @param situation the moment.
 */
export function scrollLesson(lines: number, situation: Situation): Outcome {
  return scrollBy(situation, lines);
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

function performCommand(key: string, situation: Situation): Outcome {
  // A shell that has the keys but is just not there must not turn what is typed into commands.
  const scopes = situation.ui.focus === 'shell' ? ['anywhere'] : ['anywhere', 'lesson'];
  const binding = situation.keys.table.find((each) => scopes.includes(each.scope) && each.keys.includes(key));
  return binding ? commands[binding.command](situation, key) : nothingHappens;
}

type Perform = (situation: Situation, key: string) => Outcome;

const commands: Readonly<Record<Command, Perform>> = {
  'switch-pane': ({ ui, tabs }) => {
    if (ui.focus === 'shell') return act({ type: 'focus-moved', to: 'lesson' });
    return tabs.length > 0 ? act({ type: 'focus-moved', to: 'shell' }) : nothingHappens;
  },
  act: performAct,
  'next-stop': (situation) => markStop(situation, 1),
  'previous-stop': (situation) => markStop(situation, -1),
  'line-down': (situation) => scrollBy(situation, 1),
  'line-up': (situation) => scrollBy(situation, -1),
  'page-down': (situation) => scrollBy(situation, pageOf(situation)),
  'page-up': (situation) => scrollBy(situation, -pageOf(situation)),
  top: (situation) => scrollTo(situation, 0),
  bottom: (situation) => scrollTo(situation, situation.reading.lastTop),
  hint: performHint,
  'all-checks': () => act({ type: 'overlay-opened', overlay: { type: 'checks', top: 0 } }),
  'check-now': () => ask({ type: 'check' }),
  'stop-run': ({ view }) => (view.running === null ? nothingHappens : ask({ type: 'stop-run' })),
  sections: ({ view }) => act({ type: 'overlay-opened', overlay: { type: 'sections', at: view.shown } }),
  'next-section': ({ view }) => {
    if (view.shown < view.open) return viewSection(view, view.shown + 1);
    return nextSection(view) ? ask({ type: 'advance' }) : nothingHappens;
  },
  'previous-section': ({ view }) => viewSection(view, view.shown - 1),
  back: (situation) => {
    const { view } = situation;
    return view.shown === view.open ? commands['switch-pane'](situation, '') : viewSection(view, view.open);
  },
  skip: ({ view }) => {
    const open = openSection(view);
    return open?.status === 'open' && open.kind === 'work' ? ask({ type: 'skip' }) : nothingHappens;
  },
  'choose-tab': ({ tabs }, key) =>
    tabs.some((tab) => tab.number === Number(key))
      ? act({ type: 'tab-chosen', tab: Number(key) }, { type: 'focus-moved', to: 'shell' })
      : nothingHappens,
  'new-tab': ({ view }) => (view.host.status === 'ready' ? { actions: [], effects: [{ type: 'open-tab' }] } : nothingHappens),
  'close-tab': ({ tabs, ui }) => {
    const tab = shownTab(tabs, ui);
    return tab && tabs.length > 1 ? { actions: [], effects: [{ type: 'close-tab', tab: tab.number }] } : nothingHappens;
  },
  'shell-back': ({ layout }) => scrollShell(layout.terminal.rows - 1),
  'shell-forward': ({ layout }) => scrollShell(1 - layout.terminal.rows),
  'send-prefix': ({ tabs, keys }) =>
    tabs.length > 0
      ? { actions: [{ type: 'focus-moved', to: 'shell' }], effects: [{ type: 'send', text: keys.prefixByte }] }
      : nothingHappens,
  zoom: () => act({ type: 'zoom-toggled' }),
  help: () => act({ type: 'overlay-opened', overlay: { type: 'help', top: 0 } }),
  quit: (situation) =>
    isBusy(situation) ? act({ type: 'overlay-opened', overlay: { type: 'quit' } }) : { actions: [], effects: [{ type: 'quit' }] },
  yes: () => nothingHappens,
  no: () => nothingHappens,
};

function act(...actions: readonly UiAction[]): Outcome {
  return { actions, effects: [] };
}

function ask(intent: Intent): Outcome {
  return { actions: [], effects: [{ type: 'ask', intent }] };
}

function scrollShell(lines: number): Outcome {
  return { actions: [], effects: [{ type: 'scroll-shell', lines }] };
}

/** One row of the page before stays, to go on reading from. */
function pageOf({ reading }: Situation): number {
  return Math.max(1, reading.height - 1);
}

function scrollBy(situation: Situation, lines: number): Outcome {
  return scrollTo(situation, situation.reading.top + lines);
}

function scrollTo({ view, reading }: Situation, top: number): Outcome {
  const section = shownSection(view);
  const clamped = Math.max(0, Math.min(top, reading.lastTop));
  if (!section || clamped === reading.top) return nothingHappens;
  const place = { top: clamped, width: reading.width, total: reading.document.lines.length };
  return act({ type: 'lesson-scrolled', section: section.id, place });
}

function viewSection(view: Situation['view'], index: number): Outcome {
  const section = view.sections[index];
  return section && section.status !== 'locked' ? ask({ type: 'view', section: section.id }) : nothingHappens;
}

/** What is marked is first brought into sight and only then acted on: nobody runs what they cannot see. */
function performAct(situation: Situation): Outcome {
  const { view, reading } = situation;
  const section = shownSection(view);
  const place = reading.document.anchors.find((anchor) => anchor.block === reading.marked);
  if (!section || !place) return nothingHappens;
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
  return place.block === onward && (reading || begun) ? commands['page-down'](situation, '') : reveal(situation, place);
}

/** A panel of this many rows has no room for a hint; all checks are then shown over the panes. */
const tightPanel = 3;

function performHint({ view, layout }: Situation): Outcome {
  const open = openSection(view);
  const check = hintable(view);
  if (check) {
    const overlay: UiAction = { type: 'overlay-opened', overlay: { type: 'checks', top: 0 } };
    const tight = layout.panel.body.rows <= tightPanel;
    return { actions: tight ? [overlay] : [], effects: [{ type: 'ask', intent: { type: 'hint', check: check.id } }] };
  }
  return open && open.hints.length < open.hintCount ? ask({ type: 'hint', check: null }) : nothingHappens;
}

function markStop(situation: Situation, step: 1 | -1): Outcome {
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

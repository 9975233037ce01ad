/**
 * From a key to what it does: changes of the screen's own state, and things to ask of the engine, as data. Pure;
 * `run-tui.ts` carries them out.
 */
import { classCommands, raiseHand } from './classroom/perform-class-key.ts';
import type { Command } from './keys.ts';
import { nextSection, openSection } from './lesson/progress.ts';
import { lookBack, performLookBack, searchFor } from './look-back/perform-look-back.ts';
import { act, ask, nothingHappens, type Outcome } from './outcome.ts';
import { openSheet } from './perform-answer-key.ts';
import { performInOverlay } from './perform-overlay-key.ts';
import { markStop, pageOf, performAct, scrollBy, scrollTo } from './perform-reading.ts';
import { type Prompt, pressInPrompt } from './prompt.ts';
import { hintable, isBusy, openQuestion, type Situation, shownTab } from './situation.ts';
import type { UiAction } from './ui-state.ts';

/**
 * What a key does now.
 * @param key as the table writes it, e.g. `Enter`.
 * @param situation the moment.
 */
export function performKey(key: string, situation: Situation): Outcome {
  const { view } = situation;
  const read: readonly UiAction[] = view.notice ? [{ type: 'notice-read', at: view.notice.at }] : [];
  const outcome = performWhere(key, situation);
  return { actions: [...read, ...outcome.actions], effects: outcome.effects };
}

/** What lies on top gets the key. */
function performWhere(key: string, situation: Situation): Outcome {
  const { view, ui } = situation;
  if (view.question !== null || ui.overlay !== null) return performInOverlay(key, situation);
  if (ui.prompt !== null) return performPrompt(key, ui.prompt, situation);
  return ui.back?.keys === true ? performLookBack(key, situation) : performCommand(key, situation);
}

function performPrompt(key: string, prompt: Prompt, situation: Situation): Outcome {
  const outcome = key === situation.keys.prefix ? { type: 'left' as const } : pressInPrompt(prompt, key);
  if (outcome.type === 'changed') return act({ type: 'prompted', prompt: outcome.prompt });
  const closed: UiAction = { type: 'prompted', prompt: null };
  if (outcome.type === 'left') return act(closed);
  const done = typed[prompt.for](outcome.text, situation);
  return { ...done, actions: [closed, ...done.actions] };
}

/** What becomes of a line that was typed. */
const typed: Readonly<Record<Prompt['for'], (text: string, situation: Situation) => Outcome>> = {
  search: (text, situation) => searchFor(text, situation),
  'tab-name': (text, situation) => rename(text, situation),
  hand: raiseHand,
};

/** The tab shown gets the name that was typed; where nothing was, it keeps its own. */
function rename(title: string, { tabs, ui }: Situation): Outcome {
  const tab = shownTab(tabs, ui);
  const effects: Outcome['effects'] = [{ type: 'rename-tab', tab: tab?.number ?? 0, title: title.trim() }];
  return tab && title.trim() !== '' ? { actions: [], effects } : nothingHappens;
}

function performCommand(key: string, situation: Situation): Outcome {
  // A shell that has the keys but is just not there must not turn what is typed into commands.
  const scopes = situation.ui.focus === 'shell' ? ['anywhere'] : ['anywhere', 'lesson'];
  const binding = situation.keys.table.find((each) => scopes.includes(each.scope) && each.keys.includes(key));
  return (binding && commands[binding.command]?.(situation, key)) ?? nothingHappens;
}

type Perform = (situation: Situation, key: string) => Outcome;

const switchPane: Perform = ({ ui, tabs }) => {
  if (ui.focus === 'shell') return act({ type: 'focus-moved', to: 'lesson' });
  return tabs.length > 0 ? act({ type: 'focus-moved', to: 'shell' }) : nothingHappens;
};

const commands: Readonly<Partial<Record<Command, Perform>>> = {
  'switch-pane': switchPane,
  act: performAct,
  'next-stop': (situation) => markStop(situation, 1),
  'previous-stop': (situation) => markStop(situation, -1),
  'line-down': (situation) => scrollBy(situation, 1),
  'line-up': (situation) => scrollBy(situation, -1),
  'page-down': (situation) => scrollBy(situation, pageOf(situation)),
  'page-up': (situation) => scrollBy(situation, -pageOf(situation)),
  top: (situation) => scrollTo(situation, 0),
  bottom: (situation) => scrollTo(situation, situation.reading.lastTop),
  answer: ({ view }) => openSheet(openQuestion(view)),
  hint: performHint,
  'all-checks': () => act({ type: 'overlay-opened', overlay: { type: 'checks', top: 0 } }),
  'check-now': () => ask({ type: 'check' }),
  'stop-run': ({ view }) => (view.running === null && view.going === undefined ? nothingHappens : ask({ type: 'stop-run' })),
  'restart-host': ({ view }) =>
    view.host.status === 'lost' || view.host.status === 'failed' ? ask({ type: 'restart-host' }) : nothingHappens,
  sections: ({ view }) => act({ type: 'overlay-opened', overlay: { type: 'sections', at: view.shown } }),
  'next-section': ({ view }) => {
    if (view.shown < view.open) return viewSection(view, view.shown + 1);
    return nextSection(view) ? ask({ type: 'advance' }) : nothingHappens;
  },
  'previous-section': ({ view }) => viewSection(view, view.shown - 1),
  back: (situation) => {
    const { view } = situation;
    return view.shown === view.open ? switchPane(situation, '') : viewSection(view, view.open);
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
  'rename-tab': ({ tabs, ui }) => {
    const tab = shownTab(tabs, ui);
    return tab ? act({ type: 'prompted', prompt: { for: 'tab-name', text: tab.title } }) : nothingHappens;
  },
  'look-back': lookBack,
  'paste-copied': ({ tabs }) =>
    tabs.length > 0 ? { actions: [{ type: 'focus-moved', to: 'shell' }], effects: [{ type: 'paste-copied' }] } : nothingHappens,
  'shell-back': ({ layout }) => scrollShell(layout.terminal.rows - 1),
  'shell-forward': ({ layout }) => scrollShell(1 - layout.terminal.rows),
  'send-prefix': ({ tabs, keys }) =>
    tabs.length > 0
      ? { actions: [{ type: 'focus-moved', to: 'shell' }], effects: [{ type: 'send', text: keys.prefixByte }] }
      : nothingHappens,
  ...classCommands,
  zoom: () => act({ type: 'zoom-toggled' }),
  help: () => act({ type: 'overlay-opened', overlay: { type: 'help', top: 0 } }),
  quit: (situation) =>
    isBusy(situation) ? act({ type: 'overlay-opened', overlay: { type: 'quit' } }) : { actions: [], effects: [{ type: 'quit' }] },
};

function scrollShell(lines: number): Outcome {
  return { actions: [], effects: [{ type: 'scroll-shell', lines }] };
}

function viewSection(view: Situation['view'], index: number): Outcome {
  const section = view.sections[index];
  return section && section.status !== 'locked' ? ask({ type: 'view', section: section.id }) : nothingHappens;
}

/** A panel of this many rows has no room for a hint; all checks are then shown over the panes. */
const tightPanel = 3;

function performHint({ view, layout }: Situation): Outcome {
  const open = openSection(view);
  const check = hintable(view);
  const over: readonly UiAction[] = [{ type: 'overlay-opened', overlay: { type: 'checks', top: 0 } }];
  if (check) {
    const { effects } = ask({ type: 'hint', check: check.id });
    return { actions: layout.panel.body.rows <= tightPanel ? over : [], effects };
  }
  // The section's own hints stand at the end of its text, which may be far from where the reader is.
  const left = open !== undefined && open.status === 'open' && open.hints.length < open.hintCount;
  return left ? { actions: over, effects: ask({ type: 'hint', check: null }).effects } : nothingHappens;
}

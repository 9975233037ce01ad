/**
 * From what the mouse did to what comes of it, as data. No mouse is needed for anything: each click does what some key
 * does. What an inner program has asked for it has had by then. Pure.
 */
import type { MouseEvent } from '../../tui/input/key-event.ts';
import { shownSection } from '../../tui/lesson/progress.ts';
import type { LookBack } from '../../tui/look-back/look-back.ts';
import { copied, intoView } from '../../tui/look-back/perform-look-back.ts';
import { act, nothingHappens, type Outcome } from '../../tui/outcome.ts';
import { scrollOverlay } from '../../tui/perform-overlay-key.ts';
import { performAct, scrollBy } from '../../tui/perform-reading.ts';
import { type Situation, shownTab } from '../../tui/situation.ts';
import type { Pressed, Target } from './pressed.ts';
import { targetAt } from './target.ts';

/** Lines that one notch of the wheel moves. */
const wheelLines = 3;

/**
 * What the mouse does.
 * @param mouse what was reported.
 * @param situation the moment.
 * @param taken whether the program in the shell has had it.
 */
export function performMouse(mouse: MouseEvent, situation: Situation, taken: boolean): Outcome {
  if (mouse.action === 'wheel') return turnWheel(mouse, situation, taken);
  if (mouse.button !== 0) return nothingHappens;
  if (mouse.action === 'press') return press(mouse, situation, taken);
  if (mouse.action === 'move') return taken ? nothingHappens : drag(mouse, situation);
  return release(mouse, situation);
}

function turnWheel(mouse: MouseEvent, situation: Situation, taken: boolean): Outcome {
  if (taken || mouse.button > 1) return nothingHappens;
  const lines = mouse.button === 0 ? -wheelLines : wheelLines;
  const target = targetAt(situation, mouse.col, mouse.row);
  if (target.type === 'overlay') return scrollOverlay(situation, lines);
  return target.type === 'lesson' || target.type === 'stop' ? scrollBy(situation, lines) : nothingHappens;
}

function press(mouse: MouseEvent, situation: Situation, taken: boolean): Outcome {
  const { ui, tabs } = situation;
  const target = targetAt(situation, mouse.col, mouse.row);
  if (target.type === 'overlay') return nothingHappens;
  const focus: Outcome['actions'] =
    target.type === 'shell' && tabs.length > 0 && ui.focus !== 'shell'
      ? [{ type: 'focus-moved', to: 'shell' }]
      : (target.type === 'lesson' || target.type === 'stop') && ui.focus !== 'lesson'
        ? [{ type: 'focus-moved', to: 'lesson' }]
        : [];
  const dropped: Outcome['actions'] = ui.back !== null && target.type === 'shell' ? withoutSelection(ui.back) : [];
  if (taken) return { actions: [...focus, ...dropped], effects: [] };
  const top = shownTab(tabs, ui)?.terminal.history.top ?? 0;
  const line = target.type === 'shell' ? top + target.row : 0;
  const pressed: Pressed = { target, col: mouse.col, row: mouse.row, line };
  return act(...focus, ...dropped, { type: 'mouse-pressed', pressed });
}

function withoutSelection(back: LookBack): Outcome['actions'] {
  return [{ type: 'looked-back', back: back.keys ? { ...back, anchor: null } : null }];
}

/** A selection that grows; beyond the pane's edge the view goes along. */
function drag(mouse: MouseEvent, situation: Situation): Outcome {
  const { ui, tabs, layout } = situation;
  const tab = shownTab(tabs, ui);
  const { pressed } = ui;
  const body = layout.shell?.body;
  if (!tab || !body || pressed?.target.type !== 'shell') return nothingHappens;
  const { history, modes } = tab.terminal;
  const row = mouse.row - body.row;
  const beyond = row < 0 ? row : Math.max(0, row - body.rows + 1);
  const clamped = { line: history.top + row, col: Math.max(0, Math.min(mouse.col - body.col, body.cols - 1)) };
  const anchor = { line: pressed.line, col: pressed.target.col };
  const before = ui.back ?? { tab: tab.number, keys: false, alternate: modes.alternateScreen, lines: false, found: null };
  const back: LookBack = { ...before, anchor, cursor: intoView(clamped, history, body.rows) };
  return {
    actions: [{ type: 'looked-back', back }],
    effects: beyond === 0 ? [] : [{ type: 'show-line', line: history.top + beyond }],
  };
}

function release(mouse: MouseEvent, situation: Situation): Outcome {
  const { ui, tabs } = situation;
  const { pressed } = ui;
  if (pressed === null) return nothingHappens;
  const up: Outcome['actions'] = [{ type: 'mouse-pressed', pressed: null }];
  const tab = shownTab(tabs, ui);
  if (pressed.target.type === 'shell') {
    const selected = tab && ui.back !== null && ui.back.anchor !== null;
    return { actions: up, effects: selected ? [copied(ui.back, tab.terminal.history)] : [] };
  }
  const done = pressed.col === mouse.col && pressed.row === mouse.row ? click(pressed.target, situation) : nothingHappens;
  return { actions: [...up, ...done.actions], effects: done.effects };
}

function click(target: Target, situation: Situation): Outcome {
  switch (target.type) {
    case 'tab':
      return act({ type: 'tab-chosen', tab: target.tab }, { type: 'focus-moved', to: 'shell' });
    case 'new-tab':
      return situation.view.host.status === 'ready' ? { actions: [], effects: [{ type: 'open-tab' }] } : nothingHappens;
    case 'stop':
      return clickStop(target.stop, situation);
    default:
      return nothingHappens;
  }
}

/** The marked one is done, as by Enter; any other is marked first, so that nobody runs what they did not look at. */
function clickStop(stop: string, situation: Situation): Outcome {
  const section = shownSection(situation.view);
  if (!section) return nothingHappens;
  if (situation.reading.marked !== stop) return act({ type: 'block-marked', section: section.id, mark: stop });
  return performAct(situation);
}

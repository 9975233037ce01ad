/**
 * Carries out what a key has led to beyond the screen's own state: asks the engine, moves the shown shell, copies. Which
 * key leads to what is not known here.
 */
import type { Engine, Tab } from '../engine/engine.ts';
import type { Clipboard } from './clipboard.ts';
import type { Follower } from './follow-player.ts';
import type { KeyEffect } from './outcome.ts';

/** What effects are carried out on. */
export interface Actors {
  readonly engine: Engine;
  readonly clipboard: Clipboard;
  /** Learns what was asked for at the keys. */
  readonly follower: Follower;
  /** The tab that is on the screen. */
  readonly shownTab: () => Tab | undefined;
  /** A tab that was asked for is open. */
  readonly opened: (tab: Tab) => void;
  /** No tab could be opened; the engine has told why in a notice. */
  readonly notOpened: () => void;
  /** The learner leaves. */
  readonly quit: () => void;
}

/** To the newest line, however many there are. */
const newest = Number.MAX_SAFE_INTEGER;

/**
 * Carries out one thing.
 * @param effect what.
 * @param actors on whom.
 */
export function carryOut(effect: KeyEffect, actors: Actors): void {
  const { engine, clipboard, follower } = actors;
  switch (effect.type) {
    case 'ask':
      follower.asked(effect.intent);
      engine.ask(effect.intent);
      break;
    case 'open-tab':
      engine.openTab().then(actors.opened, actors.notOpened);
      break;
    case 'close-tab':
      engine.closeTab(effect.tab);
      break;
    case 'scroll-shell':
      actors.shownTab()?.terminal.scroll(effect.lines);
      break;
    case 'show-line':
      actors.shownTab()?.terminal.history.show(effect.line ?? newest);
      break;
    case 'copy':
      clipboard.copy(effect.text, effect.lines);
      break;
    case 'paste-copied':
      clipboard.paste(actors.shownTab());
      break;
    case 'rename-tab':
      engine.renameTab(effect.tab, effect.title);
      break;
    case 'send':
      actors.shownTab()?.terminal.input(effect.text);
      break;
    case 'quit':
      actors.quit();
  }
}

/** What looking back means for the shells: while one does, the view stays whatever is printed. */
import type { Tab } from '../../engine/engine.ts';
import type { LookBack } from './look-back.ts';

/**
 * Holds the shell's view while one looks back in it, and shows the live screen again afterwards.
 * @param tabs the engine's tabs.
 * @param was how one looked back until now.
 * @param now how one does from here on.
 */
export function holdShell(tabs: readonly Tab[], was: LookBack | null, now: LookBack | null): void {
  if ((was === null) === (now === null)) return;
  const history = tabs.find((each) => each.number === (was ?? now)?.tab)?.terminal.history;
  history?.hold(now !== null);
  if (now === null) history?.show(Number.MAX_SAFE_INTEGER);
}

/**
 * Whether there still is what one looks back in: its tab is shown, on the screen that it was.
 * @param back how one looks back.
 * @param shown the tab that is shown.
 */
export function isStillThere(back: LookBack, shown: Tab | undefined): boolean {
  return shown?.number === back.tab && shown.terminal.modes.alternateScreen === back.alternate;
}

/**
 * A screen that the inner program holds back while it draws (`CSI ? 2026 h`, until `l`). A program that forgets to let go
 * is shown all the same after a moment.
 */

/** How long an inner program may hold back its screen, milliseconds. */
const LONGEST_MS = 150;

/** Whether the screen is hidden. */
export interface HoldBack {
  readonly hiding: boolean;
  /**
   * To be told after each piece of output.
   * @param held what the inner program last asked for.
   */
  set(held: boolean): void;
}

/**
 * Hides nothing at first.
 * @param onShow called when what was hidden may be seen, by the program's wish or because it takes too long.
 */
export function createHoldBack(onShow: () => void): HoldBack {
  let hiding = false;
  /** Running, or run out while the program still holds on. */
  let timer: NodeJS.Timeout | undefined;

  function show(): void {
    if (!hiding) return;
    hiding = false;
    onShow();
  }

  return {
    get hiding() {
      return hiding;
    },
    set(held) {
      if (!held) {
        clearTimeout(timer);
        timer = undefined;
        show();
      } else if (timer === undefined) {
        hiding = true;
        timer = setTimeout(show, LONGEST_MS);
        timer.unref();
      }
    },
  };
}

/**
 * The learner's keys on their way to the pty. While the program types a command they wait here, so that the two do not
 * mix; Ctrl-C never waits.
 */

/** A gate. */
export interface KeyGate {
  send(bytes: Buffer | string): void;
  /** Closes or opens the gate; what has waited goes when it opens. */
  hold(hold: boolean): void;
  /** True for a moment after keys went through: their echo may not be on the screen yet. */
  recentlyUsed(): boolean;
}

const ECHO_MS = 300;
const CTRL_C = '\x03';

/**
 * @param write to the pty.
 * @param now milliseconds of any steady clock.
 */
export function createKeyGate(write: (bytes: Buffer | string) => void, now: () => number = () => performance.now()): KeyGate {
  let held: (Buffer | string)[] | null = null;
  let usedAt = Number.NEGATIVE_INFINITY;

  function pass(bytes: Buffer | string): void {
    usedAt = now();
    write(bytes);
  }

  return {
    send(bytes) {
      if (held === null) return pass(bytes);
      if (!bytes.includes(CTRL_C)) {
        held.push(bytes);
        return;
      }
      // Whoever interrupts does not want what came before it.
      held = [];
      pass(bytes);
    },
    hold(hold) {
      if (hold) {
        held ??= [];
        return;
      }
      const waited = held ?? [];
      held = null;
      for (const bytes of waited) pass(bytes);
    },
    recentlyUsed() {
      return now() - usedAt < ECHO_MS;
    },
  };
}

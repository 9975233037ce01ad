/** Listens to the terminals of an engine, whichever there are. */
import type { Engine } from '../engine/engine.ts';
import type { Terminal, TerminalEvent } from '../terminal/terminal.ts';

/** Follows the engine's tabs. */
export interface TerminalWatch {
  /** Looks which terminals there are now; call it when the tabs may have changed. */
  follow(): void;
  close(): void;
}

/**
 * Hears all terminals of an engine.
 * @param engine whose tabs.
 * @param heard called with each event and the terminal that it came from.
 */
export function watchTerminals(engine: Engine, heard: (event: TerminalEvent, terminal: Terminal) => void): TerminalWatch {
  const watched = new Map<Terminal, () => void>();
  return {
    follow() {
      const now = new Set(engine.tabs.map((tab) => tab.terminal));
      for (const [terminal, leave] of watched) {
        if (now.has(terminal)) continue;
        leave();
        watched.delete(terminal);
      }
      for (const terminal of now) {
        if (watched.has(terminal)) continue;
        watched.set(
          terminal,
          terminal.on((event) => heard(event, terminal)),
        );
        // A shell may have been quicker than who listens to it.
        if (terminal.atPrompt) heard({ type: 'prompt' }, terminal);
      }
    },
    close() {
      for (const leave of watched.values()) leave();
      watched.clear();
    },
  };
}

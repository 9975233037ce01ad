/**
 * The full-screen program: draws the engine's view and turns keys into what it can be asked. It closes nothing that it
 * was given; it knows nothing of lessons' files, hosts or journals.
 */
import { Tui } from './tui.ts';
import type { TuiOptions } from './tui-options.ts';

/**
 * Runs the screen until the learner leaves it. The first frame is painted before Ink and React are loaded.
 * @param options engine, compositor and names.
 * @returns resolves with `quit`; rejects where something inside is broken.
 * @throws UserError `bad-prefix` for a prefix that cannot be used.
 */
export async function runTui(options: TuiOptions): Promise<'quit'> {
  const tui = new Tui(options);
  try {
    tui.open();
    return await tui.quit;
  } finally {
    tui.close();
  }
}

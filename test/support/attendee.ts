/** Someone who follows a lesson by doing what the screen says: reads the footer, presses its key, answers its questions. */
import type { LaunchedProgram } from './launch-program.ts';

/** How long one press may take to show, and a step to end, milliseconds. */
const pressMs = 20_000;
const stepMs = 240_000;

/** What Enter does now, in the footer's words; null where it does nothing. */
function actionOf(screen: string): string | null {
  const footer = screen.split('\n').findLast((line) => line.includes('q quit') || line.includes('h help')) ?? '';
  return /(?:^|\s)⏎ (.+?)(?:\s{2,}|$)/.exec(footer)?.[1] ?? null;
}

/** True while a file is shown that waits for a yes. */
function asksToWrite(screen: string): boolean {
  return screen.includes('y write') && screen.includes('n leave it');
}

/**
 * Follows the lesson until the screen is as wished.
 * @param program the running program, its lesson in focus.
 * @param wished true when to stop.
 * @returns every action taken, in order.
 */
export async function followUntil(program: LaunchedProgram, wished: (screen: string) => boolean): Promise<readonly string[]> {
  const taken: string[] = [];
  for (;;) {
    const screen = program.screen();
    if (wished(screen)) return taken;
    const action = asksToWrite(screen) ? 'y' : actionOf(screen);
    if (action === null) {
      await program.waitFor((next) => next !== screen, stepMs);
      continue;
    }
    taken.push(action);
    program.press(action === 'y' ? 'y' : 'Enter');
    if (action === 'y') await program.waitFor((next) => !asksToWrite(next), pressMs);
    else if (action.startsWith('run')) await program.waitFor((next) => actionOf(next) !== action || wished(next), stepMs);
    else await program.waitFor((next) => next !== screen, pressMs);
  }
}

/** The section that is open, as the header names it, e.g. `3 Configure uWSGI`. */
export function openSection(screen: string): string {
  return /^ .*?\s{2,}(.+?)\s{2,}/.exec(screen.split('\n')[0] ?? '')?.[1] ?? '';
}

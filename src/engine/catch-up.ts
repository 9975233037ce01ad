/** Comes to a section by having the ones before it solved: their blocks, then their solutions, judged by their checks. */
import type { Lesson, RunBlock } from '../model/lesson.ts';
import { type Player, play, swift } from './pilot.ts';
import { runBlock } from './run-block.ts';
import type { Tabs } from './tabs.ts';

/** What catching up needs. */
export interface CatchUpOptions {
  readonly lesson: Lesson;
  readonly tabs: Tabs;
  readonly player: Player;
  /** The id of the section to come to. */
  readonly to: string;
  readonly signal: AbortSignal;
}

/**
 * Solves sections until the wished one is open.
 * @param options where to, and with what.
 * @returns null when it is open, otherwise a sentence that says where it got stuck.
 */
export async function catchUp({ lesson, tabs, player, to, signal }: CatchUpOptions): Promise<string | null> {
  const silent = { started: () => {}, finished: () => {} };
  const solve = async (id: string): Promise<string | null> => {
    const section = lesson.sections.find((each) => each.id === id);
    if (!section?.solution || section.solution.length === 0) return null;
    const commands = section.solution.map((text) => ({ text, terminal: 1 }));
    const block: RunBlock = { kind: 'run', id: `${id}:solution`, commands, optional: false, place: section.place };
    return runBlock(tabs, block, silent, signal);
  };
  const index = lesson.sections.findIndex((section) => section.id === to);
  const result = await play(player, swift, signal, { to: index, requiredOnly: true, solve });
  if (result.outcome === 'finished') return null;
  const { open, sections } = player.view;
  const name = sections[open]?.number ? `section ${sections[open].number}` : 'the next section';
  return signal.aborted ? `Stopped in ${name}; it is yours again.` : `Got stuck in ${name}: ${result.sentence}`;
}

/** `sandbox-limit`: a command that the sandbox host refuses to everybody. */
import { limitSentence, sandboxLimits } from '../lesson/sandbox-limits.ts';
import type { Block, Section } from '../model/lesson.ts';
import type { Place, Problem } from '../model/problem.ts';
import type { LintRule } from './rule.ts';

/**
 * The first command of each sort that the sandbox host refuses. Reading a scenario has told of its own.
 * @param subject the lesson.
 */
export const beyondSandbox: LintRule = ({ lesson }) => {
  if (lesson.notes !== undefined) return [];
  const places: Place[] = [];
  const texts = lesson.sections.flatMap(piecesOf).map(({ text, place }) => ({ text, where: String(places.push(place) - 1) }));
  return sandboxLimits(texts).flatMap(({ need, where, command }): readonly Problem[] => {
    const place = places[Number(where)];
    if (place === undefined) return [];
    const message = `\`${command}\` does not work on the sandbox host. ${limitSentence(need)}`;
    const suggestion = 'Teach it another way, or say in the text which host it needs (`lockstep run --host ssh://HOST`).';
    return [{ place, rule: 'sandbox-limit', message, suggestion, severity: 'warning' }];
  });
};

/** What of a section is run on the host. */
function piecesOf({ blocks, setup, solution, place }: Section): readonly { readonly text: string; readonly place: Place }[] {
  const scripts = [setup?.background?.source, setup?.foreground?.source, solution?.join('\n')].filter(
    (text) => text !== undefined,
  );
  const run = (block: Block) => (block.kind === 'run' ? block.commands.map(({ text }) => ({ text, place: block.place })) : []);
  return [...blocks.flatMap(run), ...scripts.map((text) => ({ text, place }))];
}

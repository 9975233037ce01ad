/** The last row: the keys that do something now, and where the learner is working. Pure. */
import type { KeyBook } from '../../tui/key-book.ts';
import { footerWords } from '../../tui/key-words.ts';
import type { Command, KeyBinding } from '../../tui/keys.ts';
import type { Prompt } from '../../tui/prompt.ts';
import type { Situation } from '../../tui/situation.ts';
import { cellWidth, graphemes } from '../../tui/text/cells.ts';
import { boldStyle, dimStyle, type Line, lineWidth, span, spread } from '../../tui/text/line.ts';
import type { Focus } from '../../tui/ui-state.ts';
import { words } from '../../words/words.ts';

/** Shown whatever the room. */
const always: ReadonlySet<Command> = new Set<Command>(['switch-pane', 'help', 'quit']);
/** From the shell, only what is worth a Ctrl-] before it. */
const fromShell: ReadonlySet<Command> = new Set<Command>([
  'switch-pane',
  'act',
  'hint',
  'sections',
  'stop-run',
  'restart-host',
  'share-screen',
  'read-message',
  'help',
]);

/**
 * The footer, at most `width` cells.
 * @param situation the moment.
 * @param width cells.
 * @param place where the shell runs, e.g. `sandbox · private network`.
 */
export function footerLine(situation: Situation, width: number, place: string): Line {
  const { ui, view, tabs, keys } = situation;
  if (view.question !== null || ui.overlay !== null) return [];
  if (ui.prompt !== null) return promptLine(ui.prompt, width);
  const inShell = ui.focus === 'shell';
  const lookingBack = ui.back?.keys === true;
  const items = keys.table.flatMap((binding) => {
    if (lookingBack !== (binding.scope === 'looking-back')) return [];
    if (inShell && !lookingBack && !fromShell.has(binding.command)) return [];
    if (binding.command === 'switch-pane' && !inShell && tabs.length === 0) return [];
    const does = footerWords(binding.command, situation);
    return does === null ? [] : [{ binding, line: itemLine(binding, does, keys, ui.focus) }];
  });
  let room =
    width - 1 - items.filter(({ binding }) => always.has(binding.command)).reduce((sum, { line }) => sum + lineWidth(line), 0);
  const kept = items.filter(({ binding, line }) => {
    if (always.has(binding.command)) return true;
    const fits = lineWidth(line) <= room;
    if (fits) room -= lineWidth(line);
    return fits;
  });
  const shown: Line = [span(' '), ...kept.flatMap(({ line }) => line)];
  const right: Line = [span(`${place} `, dimStyle)];
  return lineWidth(shown) + lineWidth(right) <= width ? spread(shown, right, width) : shown;
}

/** What is being typed, its end in sight, and the keys that end it. */
function promptLine(prompt: Prompt, width: number): Line {
  const help: Line = [
    span('   ⏎', { tone: 'accent', bold: true }),
    span(` ${words().bar.asked[prompt.for]}   `),
    span('Esc', { tone: 'accent', bold: true }),
    span(` ${words().bar.leaveIt}`),
  ];
  const text = typedPart(prompt, width);
  const line: Line = [span(` ${words().bar.ask[prompt.for]}`, boldStyle), span(text), span(' ')];
  return lineWidth(line) + lineWidth(help) <= width ? [...line, ...help] : line;
}

/** The end of what was typed, as much as there is room for. */
function typedPart({ for: what, text }: Prompt, width: number): string {
  const characters = [...graphemes(text)];
  while (characters.length > 0 && cellWidth(characters.join('')) > width - cellWidth(words().bar.ask[what]) - 3)
    characters.shift();
  return characters.join('');
}

/**
 * The column of the cursor behind what is typed.
 * @param prompt what is typed.
 * @param width cells of the footer.
 */
export function promptCursor(prompt: Prompt, width: number): number {
  return 1 + cellWidth(words().bar.ask[prompt.for]) + cellWidth(typedPart(prompt, width));
}

function itemLine(binding: KeyBinding, does: string, keys: KeyBook, focus: Focus): Line {
  return [span(keys.keyFor(binding.command, focus), { tone: 'accent', bold: true }), span(` ${does}   `)];
}

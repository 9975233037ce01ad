/** Where a paste goes while the shell does not have the keys: into a line that is being typed. Pure. */
import type { View } from '../session/view.ts';
import { pasteInAnswer } from './perform-answer-key.ts';
import { pasteInPrompt } from './prompt.ts';
import type { UiAction, UiState } from './ui-state.ts';

/**
 * What the paste changes; null where nothing takes it.
 * @param text what was pasted.
 * @param view the session's view.
 * @param ui the screen's state.
 */
export function performPaste(text: string, view: View, { prompt, overlay }: UiState): UiAction | null {
  if (prompt !== null) return { type: 'prompted', prompt: pasteInPrompt(prompt, text) };
  const sheet = pasteInAnswer(text, view, overlay);
  return sheet === null ? null : { type: 'overlay-opened', overlay: sheet };
}

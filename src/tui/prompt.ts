/** A line that is typed: what to search for, a tab's new name, a raised hand's note (in the footer), an answer in words. Pure. */
import { graphemes } from './text/cells.ts';
import { cleanText } from './text/clean.ts';

/** What is being typed. */
export interface Prompt {
  readonly for: 'search' | 'tab-name' | 'hand';
  readonly text: string;
}

/** What a key made of it. */
export type PromptOutcome =
  | { readonly type: 'changed'; readonly prompt: Prompt }
  | { readonly type: 'done'; readonly text: string }
  | { readonly type: 'left' };

const longest = 200;

/**
 * A key that is pressed in it.
 * @param prompt as it is.
 * @param key as the key table writes keys; a character stands for itself.
 */
export function pressInPrompt(prompt: Prompt, key: string): PromptOutcome {
  const { text } = prompt;
  const become = (next: string): PromptOutcome => ({ type: 'changed', prompt: { ...prompt, text: next } });
  switch (key) {
    case 'Enter':
      return { type: 'done', text };
    case 'Esc':
    case 'Ctrl-C':
      return { type: 'left' };
    case 'Backspace':
    case 'Ctrl-Backspace':
      return become(graphemes(text).slice(0, -1).join(''));
    case 'Ctrl-U':
      return become('');
    case 'Ctrl-W':
      return become(text.replace(/\S*\s*$/, ''));
    case 'Space':
      return become(`${text} `);
    default:
      return graphemes(key).length === 1 && !/[↑↓←→]/.test(key) && text.length < longest ? become(text + key) : become(text);
  }
}

/**
 * What a paste makes of it: its first line is put in.
 * @param prompt as it is.
 * @param pasted what was pasted.
 */
export function pasteInPrompt(prompt: Prompt, pasted: string): Prompt {
  const line = /[^\r\n]*/.exec(pasted.trimStart())?.[0] ?? '';
  return { ...prompt, text: (prompt.text + cleanText(line)).slice(0, longest) };
}

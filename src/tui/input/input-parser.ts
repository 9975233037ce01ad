/**
 * Bytes of the keyboard as events, while the lesson has the focus. A parser as a value: push → events and what is
 * pending. Pure.
 */
import { characterKey, decodeKey } from './decode-key.ts';
import { decodeMouse } from './decode-mouse.ts';
import type { InputEvent } from './key-event.ts';
import { flushPending, initialTokenState, pushBytes, type Token, type TokenState, type Tokens, utf8Length } from './tokens.ts';

/** Where the reading stands between two reads. */
export interface InputParserState {
  readonly tokens: TokenState;
  readonly words: WordState;
}

/** What spans tokens: half a character, a paste that goes on. */
export interface WordState {
  /** The first bytes of a UTF-8 character, `latin1`. */
  readonly half: string;
  /** What was pasted so far, `latin1`; null outside of a paste. */
  readonly pasted: string | null;
}

/** Nothing half done. */
export const initialWordState: WordState = { half: '', pasted: null };
/** Nothing read yet. */
export const initialInputState: InputParserState = { tokens: initialTokenState, words: initialWordState };

/** Events, and the state to go on with. */
export interface Parsed {
  readonly events: readonly InputEvent[];
  readonly state: InputParserState;
}

/** No paste that a person means is longer; the rest is dropped. */
const LONGEST_PASTE = 1 << 20;

/** Bytes at the end that begin a UTF-8 character without ending it. */
function halfCharacter(raw: string): string {
  for (let back = 1; back <= Math.min(3, raw.length); back++) {
    const code = raw.charCodeAt(raw.length - back);
    if (code < 0x80) return '';
    if (code < 0xc0) continue;
    return back < utf8Length(code) ? raw.slice(-back) : '';
  }
  return '';
}

function utf8(raw: string): string {
  return Buffer.from(raw, 'latin1').toString('utf8');
}

function readText(raw: string, words: WordState): { readonly events: InputEvent[]; readonly words: WordState } {
  const all = words.half + raw;
  const half = halfCharacter(all);
  const text = utf8(all.slice(0, all.length - half.length));
  const characters = /^[\x20-\x7e]*$/.test(text) ? [...text] : Array.from(new Intl.Segmenter().segment(text), (s) => s.segment);
  return { events: characters.map((character) => characterKey(character)), words: { ...words, half } };
}

function single(token: Token): InputEvent {
  if (token.type === 'csi' && token.body === '' && (token.final === 'I' || token.final === 'O')) {
    return { type: 'window-focus', focused: token.final === 'I' };
  }
  return decodeMouse(token) ?? decodeKey(token) ?? { type: 'other', raw: token.raw };
}

/**
 * What one token means.
 * @param token the token.
 * @param words what spans tokens.
 */
export function understand(
  token: Token,
  words: WordState,
): { readonly events: readonly InputEvent[]; readonly words: WordState } {
  switch (token.type) {
    case 'text':
      return readText(token.raw, words);
    case 'paste-start':
      return { events: [], words: { ...words, pasted: '' } };
    case 'paste':
      return { events: [], words: { ...words, pasted: ((words.pasted ?? '') + token.raw).slice(0, LONGEST_PASTE) } };
    case 'paste-end':
      if (words.pasted === null) return { events: [], words };
      return { events: [{ type: 'paste', text: utf8(words.pasted) }], words: { ...words, pasted: null } };
    default:
      return { events: [single(token)], words: { ...words, half: '' } };
  }
}

function understandAll({ tokens, state }: Tokens, before: WordState): Parsed {
  let words = before;
  const events: InputEvent[] = [];
  for (const token of tokens) {
    const understood = understand(token, words);
    words = understood.words;
    events.push(...understood.events);
  }
  return { events, state: { tokens: state, words } };
}

/**
 * Reads more bytes.
 * @param state where the last read ended.
 * @param bytes what came.
 */
export function parseInput(state: InputParserState, bytes: Uint8Array): Parsed {
  return understandAll(pushBytes(state.tokens, bytes), state.words);
}

/**
 * Nothing more came for a while: a lone ESC is the Escape key.
 * @param state where the last read ended.
 */
export function flushInput(state: InputParserState): Parsed {
  return understandAll(flushPending(state.tokens), state.words);
}

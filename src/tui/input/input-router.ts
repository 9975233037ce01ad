/**
 * Where the keyboard goes. While a pane has the focus, bytes go to its terminal as they came, except for the prefix key,
 * the few keys that are ours anywhere, and mouse reports; while the lesson has it, bytes become key events. It knows
 * neither what keys mean nor what is drawn.
 *
 * It expects the outer terminal to bracket pastes at all times: only then can a pasted prefix key be told from a pressed
 * one.
 */
import { encodeMouse } from '../../terminal/encode-mouse.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import type { Region } from '../../tui/compositor/layer.ts';
import { controlKey, decodeKey } from './decode-key.ts';
import { decodeMouse } from './decode-mouse.ts';
import { initialWordState, understand, type WordState } from './input-parser.ts';
import { type InputEvent, type KeyEvent, keyLabel, type MouseEvent } from './key-event.ts';
import { paneBytes } from './pane-input.ts';
import { flushPending, initialTokenState, pushBytes, type Token, type TokenState } from './tokens.ts';

/** A terminal on the screen. */
export interface RoutedPane {
  readonly terminal: Pick<Terminal, 'input' | 'scroll' | 'modes'>;
  readonly region: Region;
}

/** What the router tells. */
export type RoutedEvent =
  /** A key for the program. `label` as `keyLabel` writes it; `afterPrefix`: the prefix was the key before. */
  | { readonly type: 'key'; readonly key: KeyEvent; readonly label: string; readonly afterPrefix: boolean }
  | { readonly type: 'paste'; readonly text: string }
  /** `taken`: the terminal under it has had it. */
  | { readonly type: 'mouse'; readonly mouse: MouseEvent; readonly overPane: boolean; readonly taken: boolean }
  | { readonly type: 'window-focus'; readonly focused: boolean }
  /** An answer of the outer terminal. */
  | { readonly type: 'other'; readonly raw: string };

/** How a router is made. The functions are asked at each key. */
export interface InputRouterOptions {
  readonly focus: () => 'pane' | 'lesson';
  /** The terminal that is on the screen, focused or not; null where there is none. */
  readonly pane: () => RoutedPane | null;
  readonly onEvent: (event: RoutedEvent) => void;
  /** Label of the key that leaves the pane; default `Ctrl-]`. */
  readonly prefix?: string;
  /** Labels of further keys that never reach the pane, e.g. `Shift-PgUp`. */
  readonly ours?: readonly string[];
  /**
   * The prefix pressed twice: `send` gives one to the inner program and reports the second press as well; `report` only
   * reports. Default `send`.
   */
  readonly doubledPrefix?: 'send' | 'report';
}

/** Routes the keyboard. */
export interface InputRouter {
  /** Bytes as they came from the outer terminal. */
  push(bytes: Uint8Array): void;
  /** Forgets what is pending. */
  close(): void;
}

/** How long a lone ESC may be the beginning of something, milliseconds; short in a pane, as vim's users wait for it. */
const ESCAPE_IN_PANE_MS = 10;
const ESCAPE_IN_LESSON_MS = 50;
const WHEEL_LINES = 3;
const ESC = 0x1b;
const CONTROLS = Array.from({ length: 0x20 }, (_, code) => code);

/** Makes a router with nothing pending. */
export function createInputRouter(options: InputRouterOptions): InputRouter {
  const prefix = options.prefix ?? 'Ctrl-]';
  const ours = new Set([prefix, ...(options.ours ?? [])]);
  const ourControls = new Set(CONTROLS.filter((code) => ours.has(keyLabel(controlKey(code, false)))));
  let tokens: TokenState = initialTokenState;
  let words: WordState = initialWordState;
  let afterPrefix = false;
  /** A button went down over the pane and belongs to it until it is let go. */
  let captured = false;
  let timer: NodeJS.Timeout | undefined;

  function report(event: InputEvent): void {
    if (event.type !== 'key') {
      if (event.type !== 'mouse') options.onEvent(event);
      return;
    }
    const label = keyLabel(event);
    const doubled = afterPrefix && label === prefix;
    const second = afterPrefix;
    afterPrefix = label === prefix && !doubled;
    if (doubled && options.doubledPrefix !== 'report') options.pane()?.terminal.input(prefixBytes(event));
    options.onEvent({ type: 'key', key: event, label, afterPrefix: second });
  }

  function routeMouse(mouse: MouseEvent): void {
    const pane = options.pane();
    const dragged = captured && mouse.action !== 'press';
    const overPane = pane !== null && (dragged || isInside(mouse, pane.region));
    const taken = overPane && pane !== null && giveMouse(mouse, pane);
    if (mouse.action === 'press') captured = overPane;
    if (mouse.action === 'release') captured = false;
    options.onEvent({ type: 'mouse', mouse, overPane, taken });
  }

  function toPane(token: Token, pane: RoutedPane): void {
    const key = token.type === 'text' ? null : decodeKey(token);
    if (key !== null && ours.has(keyLabel(key))) {
      report(key);
      return;
    }
    afterPrefix = false;
    const raw = paneBytes(token, pane.terminal.modes);
    if (raw !== '') pane.terminal.input(Buffer.from(raw, 'latin1'));
    if (token.type === 'reply') report({ type: 'other', raw: token.raw });
  }

  function route(token: Token): void {
    const mouse = decodeMouse(token);
    if (mouse !== null) {
      routeMouse(mouse);
      return;
    }
    const pane = options.focus() === 'pane' ? options.pane() : null;
    if (pane !== null && words.pasted === null) {
      toPane(token, pane);
      return;
    }
    const understood = understand(token, words);
    words = understood.words;
    for (const [index, event] of understood.events.entries()) {
      report(event);
      if (token.type === 'text' && typeOn(understood.events.slice(index + 1))) return;
    }
  }

  /** Where a key has led to the pane, the rest of what was typed in the same breath is the pane's. */
  function typeOn(rest: readonly InputEvent[]): boolean {
    const pane = rest.length > 0 && options.focus() === 'pane' ? options.pane() : null;
    if (pane === null) return false;
    afterPrefix = false;
    pane.terminal.input(rest.map((event) => (event.type === 'key' ? event.text : '')).join(''));
    return true;
  }

  function flush(): void {
    const flushed = flushPending(tokens);
    tokens = flushed.state;
    for (const token of joined(flushed.tokens)) route(token);
  }

  /** Bytes that nobody has to look at: no sequence, none of our keys, nothing begun. */
  function isPlain(bytes: Uint8Array): boolean {
    if (tokens.pending !== '' || tokens.inPaste || words.pasted !== null || afterPrefix) return false;
    for (const byte of bytes) if (byte === ESC || (byte < 0x20 && ourControls.has(byte))) return false;
    return true;
  }

  return {
    push(bytes) {
      const pane = options.focus() === 'pane' ? options.pane() : null;
      if (pane !== null && isPlain(bytes)) {
        pane.terminal.input(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
        return;
      }
      clearTimeout(timer);
      const pushed = pushBytes(tokens, bytes);
      tokens = pushed.state;
      for (const token of joined(pushed.tokens)) route(token);
      if (tokens.pending === '' || tokens.inPaste) return;
      timer = setTimeout(flush, options.focus() === 'pane' ? ESCAPE_IN_PANE_MS : ESCAPE_IN_LESSON_MS);
    },
    close() {
      clearTimeout(timer);
      tokens = initialTokenState;
      words = initialWordState;
    },
  };
}

/** Neighbouring runs of text or paste as one, so that the pane gets them in one write. */
function joined(tokens: readonly Token[]): readonly Token[] {
  const result: Token[] = [];
  for (const token of tokens) {
    const last = result.at(-1);
    if (last !== undefined && last.type === token.type && (token.type === 'text' || token.type === 'paste')) {
      result[result.length - 1] = { type: token.type, raw: last.raw + token.raw };
    } else {
      result.push(token);
    }
  }
  return result;
}

function isInside(mouse: MouseEvent, region: Region): boolean {
  const { col, row } = mouse;
  return col >= region.col && col < region.col + region.cols && row >= region.row && row < region.row + region.rows;
}

/** To the inner program if it wants it; the wheel otherwise moves what is seen. True where something was done. */
function giveMouse(mouse: MouseEvent, pane: RoutedPane): boolean {
  const { terminal, region } = pane;
  // With Shift the mouse selects, whatever the inner program asked for; so it is in terminals that pass that on at all.
  if (mouse.shift && mouse.action !== 'wheel') return false;
  const col = Math.min(Math.max(0, mouse.col - region.col), region.cols - 1);
  const row = Math.min(Math.max(0, mouse.row - region.row), region.rows - 1);
  const sent = encodeMouse({ ...mouse, col, row }, terminal.modes);
  if (sent !== null) {
    terminal.input(Buffer.from(sent, 'latin1'));
    return true;
  }
  if (mouse.action !== 'wheel' || mouse.button > 1 || terminal.modes.mouse !== 'none') return false;
  if (terminal.modes.alternateScreen) {
    // What has no scrollback (less, man) gets arrow keys, as terminals do.
    const arrow = `${terminal.modes.applicationCursor ? '\x1bO' : '\x1b['}${mouse.button === 0 ? 'A' : 'B'}`;
    terminal.input(arrow.repeat(WHEEL_LINES));
  } else {
    terminal.scroll(mouse.button === 0 ? WHEEL_LINES : -WHEEL_LINES);
  }
  return true;
}

/** The control byte of a prefix such as `Ctrl-]`; nothing for one that has none. */
function prefixBytes(key: KeyEvent): string {
  const code = key.name.toUpperCase().charCodeAt(0);
  return key.ctrl && key.name.length === 1 && code >= 0x40 && code < 0x60 ? String.fromCharCode(code & 0x1f) : '';
}

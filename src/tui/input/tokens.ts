/**
 * Cuts what a terminal's keyboard sends into tokens that keep every byte. A parser as a value: push bytes, get tokens and
 * what is pending; sequences that are split between reads are an ordinary case. Pure; it knows no keys and no panes.
 *
 * Bytes are held as `latin1` strings, one character a byte.
 */

/** One unit of input. `raw` joined over all tokens is the input, byte for byte. */
export type Token =
  /** Bytes of typed characters, possibly half of one (UTF-8). */
  | { readonly type: 'text'; readonly raw: string }
  /** One C0 control, DEL included, ESC excluded. */
  | { readonly type: 'control'; readonly raw: string }
  /** `ESC [ … final`; `body` is what stands between. `alt`: another ESC stood before it. */
  | { readonly type: 'csi'; readonly raw: string; readonly body: string; readonly final: string; readonly alt: boolean }
  /** `ESC O x`. */
  | { readonly type: 'ss3'; readonly raw: string; readonly body: string; readonly final: string; readonly alt: boolean }
  /** `ESC [ M` and three bytes: a mouse report of the old kind. */
  | { readonly type: 'x10-mouse'; readonly raw: string }
  /** ESC and one character, whole, or one control: a key with Alt. */
  | { readonly type: 'alt'; readonly raw: string }
  /** The Escape key by itself. */
  | { readonly type: 'escape'; readonly raw: string }
  /** A string sequence: an answer of the outer terminal. */
  | { readonly type: 'reply'; readonly raw: string }
  | { readonly type: 'paste-start'; readonly raw: string }
  | { readonly type: 'paste'; readonly raw: string }
  | { readonly type: 'paste-end'; readonly raw: string }
  /** A sequence that no terminal sends. */
  | { readonly type: 'unknown'; readonly raw: string };

/** Where the reading stands between two reads. */
export interface TokenState {
  /** Bytes that may become more than they are. */
  readonly pending: string;
  readonly inPaste: boolean;
}

/** Nothing read yet. */
export const initialTokenState: TokenState = { pending: '', inPaste: false };

/** Tokens, and the state to go on with. */
export interface Tokens {
  readonly tokens: readonly Token[];
  readonly state: TokenState;
}

const ESC = '\x1b';
const PASTE_START = '\x1b[200~';
const PASTE_END = '\x1b[201~';
/** No key is longer; an answer may be. */
const LONGEST_SEQUENCE = 64;
const LONGEST_REPLY = 4096;

const CSI = /^\x1b\[([0-?]*)([ -/]*[@-~])/;
const CSI_UNFINISHED = /^\x1b\[[0-?]*[ -/]*$/;
const SS3 = /^\x1bO([0-9;]*)([@-~])/;
const SS3_UNFINISHED = /^\x1bO[0-9;]*$/;
const REPLY = /^\x1b[\]P_^X][^\x07\x1b]*(?:\x07|\x1b\\)/;
const REPLY_UNFINISHED = /^\x1b[\]P_^X][^\x07\x1b]*\x1b?$/;
const TEXT = /^[^\x00-\x1f\x7f]+/;

/** `null`: more bytes are needed to tell. */
type Read = Token | null;

/** Keys of terminals that do not keep to the standard; undefined where it is none. */
function readOddCsi(input: string): Read | undefined {
  if (input.startsWith('\x1b[M')) return input.length < 6 ? null : { type: 'x10-mouse', raw: input.slice(0, 6) };
  // The Linux console's F1 to F5: `ESC [ [ A`.
  if (input.startsWith('\x1b[[')) {
    return input.length < 4 ? null : { type: 'csi', raw: input.slice(0, 4), body: '[', final: input.charAt(3), alt: false };
  }
  // rxvt's Shift-PgUp and its like: `$` ends those, though it never does by the standard.
  const [rxvt] = /^\x1b\[\d+\$/.exec(input) ?? [];
  return rxvt === undefined ? undefined : { type: 'csi', raw: rxvt, body: rxvt.slice(2, -1), final: '$', alt: false };
}

function readCsi(input: string): Read {
  const odd = readOddCsi(input);
  if (odd !== undefined) return odd;
  const whole = CSI.exec(input);
  if (whole !== null) {
    const [raw, parameters = '', end = ''] = whole;
    if (raw === PASTE_START) return { type: 'paste-start', raw };
    if (raw === PASTE_END) return { type: 'paste-end', raw };
    return { type: 'csi', raw, body: parameters + end.slice(0, -1), final: end.slice(-1), alt: false };
  }
  if (CSI_UNFINISHED.test(input) && input.length < LONGEST_SEQUENCE) return null;
  const [wrong = ''] = /^\x1b\[[ -?]*/.exec(input) ?? [];
  return { type: 'unknown', raw: wrong };
}

function readSs3(input: string): Read {
  const whole = SS3.exec(input);
  if (whole !== null) {
    const [raw, body = '', final = ''] = whole;
    return { type: 'ss3', raw, body, final, alt: false };
  }
  if (SS3_UNFINISHED.test(input) && input.length < LONGEST_SEQUENCE) return null;
  return { type: 'alt', raw: input.slice(0, 2) };
}

function readReply(input: string): Read {
  const [raw] = REPLY.exec(input) ?? [];
  if (raw !== undefined) return { type: 'reply', raw };
  if (REPLY_UNFINISHED.test(input) && input.length < LONGEST_REPLY) return null;
  return { type: 'alt', raw: input.slice(0, 2) };
}

/** ESC ESC: a sequence with Alt as some terminals send it, or the Escape key before something else. */
function readDoubleEscape(input: string): Read {
  const second = input.charAt(2);
  if (second === '') return null;
  if (second !== '[' && second !== 'O') return { type: 'escape', raw: ESC };
  const inner = readEscape(input.slice(1));
  if (inner === null) return null;
  if (inner.type === 'csi' || inner.type === 'ss3') return { ...inner, raw: ESC + inner.raw, alt: true };
  return { type: 'escape', raw: ESC };
}

/** How many bytes the UTF-8 character has that begins with this one; 1 where none begins so. */
export function utf8Length(lead: number): number {
  if (lead >= 0xf0) return 4;
  if (lead >= 0xe0) return 3;
  return lead >= 0xc0 ? 2 : 1;
}

function readAlt(input: string): Read {
  const end = 1 + utf8Length(input.charCodeAt(1));
  return input.length < end ? null : { type: 'alt', raw: input.slice(0, end) };
}

function readEscape(input: string): Read {
  switch (input.charAt(1)) {
    case '':
      return null;
    case '[':
      return input.length === 2 ? null : readCsi(input);
    case 'O':
      return readSs3(input);
    case ']':
    case 'P':
    case '_':
    case '^':
    case 'X':
      return readReply(input);
    case ESC:
      return readDoubleEscape(input);
    default:
      return readAlt(input);
  }
}

/** What of a paste is certainly not the beginning of its end. */
function readPaste(input: string): Read {
  if (input.startsWith(PASTE_END)) return { type: 'paste-end', raw: PASTE_END };
  const end = input.indexOf(PASTE_END);
  if (end > 0) return { type: 'paste', raw: input.slice(0, end) };
  let tail = Math.min(PASTE_END.length - 1, input.length);
  while (tail > 0 && !PASTE_END.startsWith(input.slice(input.length - tail))) tail--;
  return tail === input.length ? null : { type: 'paste', raw: input.slice(0, input.length - tail) };
}

function readOne(input: string, inPaste: boolean): Read {
  if (inPaste) return readPaste(input);
  if (input.startsWith(ESC)) return readEscape(input);
  const [text] = TEXT.exec(input) ?? [];
  return text === undefined ? { type: 'control', raw: input.charAt(0) } : { type: 'text', raw: text };
}

/**
 * Reads more bytes.
 * @param state where the last read ended.
 * @param bytes what came.
 */
export function pushBytes(state: TokenState, bytes: Uint8Array): Tokens {
  return readAll(state.pending + Buffer.from(bytes).toString('latin1'), state.inPaste);
}

function readAll(input: string, wasInPaste: boolean): Tokens {
  const tokens: Token[] = [];
  let inPaste = wasInPaste;
  let rest = input;
  while (rest !== '') {
    const token = readOne(rest, inPaste);
    if (token === null) break;
    tokens.push(token);
    if (token.type === 'paste-start') inPaste = true;
    if (token.type === 'paste-end') inPaste = false;
    rest = rest.slice(token.raw.length);
  }
  return { tokens, state: { pending: rest, inPaste } };
}

/**
 * Nothing more came for a while: what is pending is all there is. A paste goes on, however long it takes.
 * @param state where the last read ended.
 */
export function flushPending(state: TokenState): Tokens {
  const { pending, inPaste } = state;
  if (pending === '' || inPaste) return { tokens: [], state };
  const done = initialTokenState;
  if (pending === ESC) return { tokens: [{ type: 'escape', raw: pending }], state: done };
  if (pending === ESC + ESC) {
    const lone: Token = { type: 'escape', raw: ESC };
    return { tokens: [lone, lone], state: done };
  }
  if (pending.length === 2 && pending.charCodeAt(1) < 0x80) return { tokens: [{ type: 'alt', raw: pending }], state: done };
  return { tokens: [{ type: 'unknown', raw: pending }], state: done };
}

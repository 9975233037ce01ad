/** Quotes, `${…}`, `$(…)` and backticks. Each function reads from a place and returns the index after what it read. */
import { endOf, type Frame, type ScanState, startCommand, token, top } from '../../lesson/commands/scan-state.ts';

const INSIDE_DOUBLE = /[^"$`\\]+/y;
const INSIDE_PARAMETER = /[^}'"$`\\]+/y;

/** Opens a quote. */
export function openQuote(state: ScanState, at: number, frame: Frame): number {
  token(state);
  state.stack.push(frame);
  return at + 1;
}

/** Text in single quotes, to their end or the line's. */
export function inSingle(state: ScanState, at: number): number {
  const end = state.line.indexOf("'", at);
  if (end === -1) return state.line.length;
  state.stack.pop();
  return end + 1;
}

/** A character in `$'…'`. */
export function inAnsi(state: ScanState, at: number): number {
  const character = state.line[at];
  if (character === '\\') return at + 2;
  if (character === "'") state.stack.pop();
  return at + 1;
}

/** A piece of text in double quotes. */
export function inDouble(state: ScanState, at: number): number {
  const plain = endOf(INSIDE_DOUBLE, state.line, at);
  if (plain > at) return plain;
  switch (state.line[at]) {
    case '\\':
      return at + 2;
    case '$':
      return dollar(state, at, true);
    case '`':
      return backtick(state, at);
    default:
      state.stack.pop();
      return at + 1;
  }
}

/** A piece of text in `${…}`; in double quotes an apostrophe there is just a letter. */
export function inParameter(state: ScanState, at: number): number {
  const plain = endOf(INSIDE_PARAMETER, state.line, at);
  if (plain > at) return plain;
  const frame = top(state);
  const quoted = frame?.kind === 'parameter' && frame.quoted;
  switch (state.line[at]) {
    case '\\':
      return at + 2;
    case '}':
      state.stack.pop();
      return at + 1;
    case "'":
      if (!quoted) state.stack.push({ kind: 'single' });
      return at + 1;
    case '"':
      state.stack.push({ kind: 'double' });
      return at + 1;
    case '$':
      return dollar(state, at, quoted);
    default:
      return backtick(state, at);
  }
}

/** A backtick: opens a substitution or ends it. */
export function backtick(state: ScanState, at: number): number {
  const closes = top(state)?.kind === 'backtick';
  token(state);
  if (closes) {
    state.stack.pop();
  } else {
    state.stack.push({ kind: 'backtick' });
    startCommand(state);
  }
  return at + 1;
}

/** A `$` and what it opens; `quoted`: in double quotes. */
export function dollar(state: ScanState, at: number, quoted: boolean): number {
  token(state);
  const next = state.line[at + 1] ?? '';
  if (next === '(') return substitution(state, at);
  if (next === '{') {
    state.stack.push({ kind: 'parameter', quoted });
    return at + 2;
  }
  if (!quoted && (next === "'" || next === '"')) {
    state.stack.push({ kind: next === "'" ? 'ansi' : 'double' });
    return at + 2;
  }
  // `$#` must not start a comment.
  return /[#?!$*@-]/.test(next) ? at + 2 : at + 1;
}

function substitution(state: ScanState, at: number): number {
  if (state.line[at + 2] === '(') {
    state.stack.push({ kind: 'parenthesis', inside: 'arithmetic', substitution: true });
    state.stack.push({ kind: 'parenthesis', inside: 'arithmetic', substitution: true });
    return at + 3;
  }
  state.stack.push({ kind: 'parenthesis', inside: 'commands', substitution: true });
  startCommand(state);
  return at + 2;
}

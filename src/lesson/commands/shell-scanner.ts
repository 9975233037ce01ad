/**
 * Follows shell text line by line and says whether a command is complete or what the shell would still wait for:
 * quotes, substitutions, here-documents, compound commands, operators at the end of a line.
 * It knows POSIX sh and bash as far as where a command ends; it neither runs nor judges anything.
 * One pass, no recursion: the cost grows with the length of the text.
 */
import { close, open, operator, redirection } from '../../lesson/commands/scan-operators.ts';
import { backtick, dollar, inAnsi, inDouble, inParameter, inSingle, openQuote } from '../../lesson/commands/scan-quotes.ts';
import { createScanState, type Frame, type ScanState, startCommand, token, top } from '../../lesson/commands/scan-state.ts';
import { word } from '../../lesson/commands/scan-words.ts';

/** Tells after each line whether the command is complete. */
export interface ShellScanner {
  /** @param line the next line, without its newline. */
  feed(line: string): void;
  /** What the shell still waits for, for people (`a closing "`); null when the command is complete. */
  waiting(): string | null;
  /** True while the lines are the text of a here-document. */
  inHereDocument(): boolean;
}

/** A scanner at the start of a command. */
export function createShellScanner(): ShellScanner {
  const state = createScanState();
  return {
    feed(line) {
      if (state.documents.reading()) state.documents.feed(line);
      else scanLine(state, line);
    },
    waiting: () => waitingFor(state),
    inHereDocument: () => state.documents.reading(),
  };
}

function scanLine(state: ScanState, line: string): void {
  if (!state.joined && !inQuotes(state)) startCommand(state);
  state.line = line;
  state.joined = false;
  let at = 0;
  while (at < line.length) at = step(state, at);
  if (!state.joined && !inQuotes(state)) state.documents.startReading();
}

function inQuotes(state: ScanState): boolean {
  const kind = top(state)?.kind;
  return kind === 'single' || kind === 'ansi' || kind === 'double' || kind === 'parameter';
}

/** Reads one token or part of one; returns the index after it. */
function step(state: ScanState, at: number): number {
  switch (top(state)?.kind) {
    case 'single':
      return inSingle(state, at);
    case 'ansi':
      return inAnsi(state, at);
    case 'double':
      return inDouble(state, at);
    case 'parameter':
      return inParameter(state, at);
    default:
      return inCode(state, at);
  }
}

function inCode(state: ScanState, at: number): number {
  switch (state.line[at]) {
    case ' ':
    case '\t':
      state.wordStart = true;
      return at + 1;
    case '\\':
      return backslash(state, at);
    case "'":
      return openQuote(state, at, { kind: 'single' });
    case '"':
      return openQuote(state, at, { kind: 'double' });
    case '`':
      return backtick(state, at);
    case '$':
      return dollar(state, at, false);
    case '(':
      return open(state, at);
    case ')':
      return close(state, at);
    case ';':
    case '&':
    case '|':
      return operator(state, at);
    case '<':
    case '>':
      return redirection(state, at);
    default:
      return word(state, at);
  }
}

function backslash(state: ScanState, at: number): number {
  state.joined = at + 1 >= state.line.length;
  if (!state.joined) token(state);
  return at + 2;
}

function waitingFor(state: ScanState): string | null {
  if (state.documents.reading()) return `the end of the here-document, ${state.documents.delimiter()}`;
  if (state.joined) return 'the line after the backslash';
  const frame = top(state);
  if (frame !== undefined) return missingEnd(frame);
  if (state.connected) return 'a command after the last | or && or ||';
  return state.bodyDue ? "the function's body" : null;
}

function missingEnd(frame: Frame): string {
  switch (frame.kind) {
    case 'single':
    case 'ansi':
      return "a closing '";
    case 'double':
      return 'a closing "';
    case 'backtick':
      return 'a closing `';
    case 'test':
      return 'a closing ]]';
    case 'parameter':
      return 'a closing }';
    case 'parenthesis':
      return 'a closing )';
    case 'case':
      return 'esac';
    case 'compound':
      return frame.close === '}' ? 'a closing }' : frame.close;
  }
}

/** Words, and those of them that open, part or close compound commands. */
import { endOf, type Frame, inside, type ScanState, startCommand, token, top } from '../../lesson/commands/scan-state.ts';

/** Words that open a compound command, with the word that closes it. */
const OPENERS: Readonly<Record<string, string>> = {
  if: 'fi',
  while: 'done',
  until: 'done',
  for: 'done',
  select: 'done',
  '{': '}',
};
const CLOSERS = new Set(['fi', 'done', '}']);
/** Words after which a command may start. */
const LEADERS = new Set(['if', 'while', 'until', '{', 'then', 'else', 'elif', 'do', '!', 'time']);

const CHUNK = /[^\s;&|<>()'"`$\\]+/y;

/** A word, a part of one, or a comment; returns the index after it. */
export function word(state: ScanState, at: number): number {
  const { line } = state;
  if (line[at] === '#' && state.wordStart && inside(state) !== 'arithmetic') return line.length;
  const end = endOf(CHUNK, line, at);
  if (end === at) {
    // White space that is neither blank nor tab stands alone, e.g. a form feed.
    state.wordStart = true;
    return at + 1;
  }
  const whole = state.wordStart && endsWord(state, end);
  const { commandStart } = state;
  token(state);
  if (whole && inside(state) === 'commands') wholeWord(state, line.slice(at, end), commandStart);
  return end;
}

function endsWord(state: ScanState, end: number): boolean {
  const next = state.line[end];
  if (next === undefined || /[\s;&|<>()]/.test(next)) return true;
  return next === '`' && state.stack.some((frame) => frame.kind === 'backtick');
}

/** Goes on to the next part of a `case`. */
export function caseAt(state: ScanState, part: 'pattern' | 'body'): void {
  state.stack.pop();
  state.stack.push({ kind: 'case', part });
  startCommand(state);
  state.connected = false;
}

function wholeWord(state: ScanState, text: string, commandStart: boolean): void {
  const frame = top(state);
  if (frame?.kind === 'test') {
    if (text === ']]') state.stack.pop();
  } else if (frame?.kind === 'case' && frame.part !== 'body') {
    caseWord(state, text, frame.part);
  } else if (commandStart) {
    commandWord(state, text, frame);
  } else if (state.bodyDue) {
    // `function NAME {`: the body may follow on the same line.
    state.commandStart = true;
  }
}

function caseWord(state: ScanState, text: string, part: 'subject' | 'pattern'): void {
  if (part === 'subject' && text === 'in') caseAt(state, 'pattern');
  else if (part === 'pattern' && text === 'esac') endCompound(state);
}

function commandWord(state: ScanState, text: string, frame: Frame | undefined): void {
  const close = Object.hasOwn(OPENERS, text) ? OPENERS[text] : undefined;
  if (close !== undefined) beginCompound(state, { kind: 'compound', close });
  else if (text === 'case') beginCompound(state, { kind: 'case', part: 'subject' });
  else if (text === '[[') beginCompound(state, { kind: 'test' });
  else if (closes(text, frame)) endCompound(state);
  else if (text === 'function') state.bodyDue = true;
  else state.named = true;
  if (LEADERS.has(text)) startCommand(state);
}

function closes(text: string, frame: Frame | undefined): boolean {
  if (frame?.kind === 'case') return text === 'esac';
  return frame?.kind === 'compound' && CLOSERS.has(text) && frame.close === text;
}

function beginCompound(state: ScanState, frame: Frame): void {
  state.bodyDue = false;
  state.stack.push(frame);
}

function endCompound(state: ScanState): void {
  state.stack.pop();
  // `fi fi` is right: after a closing word another may stand.
  state.commandStart = true;
}

/** Parentheses, operators and redirections. Each function returns the index after what it read. */
import { endOf, type Inside, inside, type ScanState, startCommand, token, top } from '../../lesson/commands/scan-state.ts';
import { caseAt } from '../../lesson/commands/scan-words.ts';

const EMPTY_PARENTHESES = /\([ \t]*\)/y;

/** A `(`: a subshell, arithmetic, an array's values, a function's mark, or part of a pattern. */
export function open(state: ScanState, at: number): number {
  const { line } = state;
  const frame = top(state);
  if (frame?.kind === 'test' || (frame?.kind === 'case' && frame.part === 'pattern')) return at + 1;
  if (inside(state) === 'arithmetic') return parenthesis(state, at, 'arithmetic');
  if (state.wordStart && line[at + 1] === '(') {
    parenthesis(state, at, 'arithmetic');
    return parenthesis(state, at + 1, 'arithmetic');
  }
  if (!state.wordStart && line[at - 1] === '=') return parenthesis(state, at, 'words');
  const empty = endOf(EMPTY_PARENTHESES, line, at);
  if (empty > at && (state.named || state.bodyDue)) {
    startCommand(state);
    state.bodyDue = true;
    return empty;
  }
  return parenthesis(state, at, 'commands');
}

function parenthesis(state: ScanState, at: number, what: Inside): number {
  token(state);
  state.bodyDue = false;
  state.stack.push({ kind: 'parenthesis', inside: what, substitution: false });
  if (what === 'commands') startCommand(state);
  else state.wordStart = true;
  return at + 1;
}

/** A `)`: closes parentheses, or ends a pattern of a `case`. */
export function close(state: ScanState, at: number): number {
  const frame = top(state);
  if (frame?.kind === 'parenthesis') {
    state.stack.pop();
    token(state);
    if (!frame.substitution) startCommand(state);
  } else if (frame?.kind === 'case' && frame.part === 'pattern') {
    caseAt(state, 'body');
  }
  return at + 1;
}

/** A `;`, `&` or `|`, alone or doubled. */
export function operator(state: ScanState, at: number): number {
  const here = state.line[at];
  const next = state.line[at + 1];
  if (here === '&' && next === '>') return redirection(state, at + 1);
  startCommand(state);
  state.connected = false;
  if (here === ';') return semicolon(state, at);
  if (here === '&' && next !== '&') return at + 1;
  const frame = top(state);
  state.connected = !(frame?.kind === 'case' && frame.part === 'pattern') && inside(state) !== 'arithmetic';
  return at + (next === here || (here === '|' && next === '&') ? 2 : 1);
}

/** `;`, or `;;`, `;&`, `;;&` between the patterns of a `case`. */
function semicolon(state: ScanState, at: number): number {
  const next = state.line[at + 1];
  if (next !== ';' && next !== '&') return at + 1;
  if (top(state)?.kind === 'case') caseAt(state, 'pattern');
  return at + (state.line[at + 2] === '&' ? 3 : 2);
}

/** A `<` or `>` and what belongs to it: `>>`, `<<<`, `<(…)`, a here-document. */
export function redirection(state: ScanState, at: number): number {
  const rest = state.line.slice(at, at + 3);
  const compares = top(state)?.kind === 'test' || inside(state) === 'arithmetic';
  token(state);
  state.wordStart = true;
  if (compares) return at + 1;
  if (rest.startsWith('<(') || rest.startsWith('>(')) {
    state.stack.push({ kind: 'parenthesis', inside: 'commands', substitution: true });
    startCommand(state);
    return at + 2;
  }
  if (rest === '<<<') return at + 3;
  if (rest.startsWith('<<')) return state.documents.declare(state.line, at + 2);
  return /^(?:>>|[<>]&|>\||<>)/.test(rest) ? at + 2 : at + 1;
}

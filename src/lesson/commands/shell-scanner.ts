/**
 * Follows shell text line by line and says whether a command is complete or what the shell would still wait for:
 * quotes, substitutions, here-documents, compound commands, operators at the end of a line.
 * It knows POSIX sh and bash as far as where a command ends; it neither runs nor judges anything.
 * One pass, no recursion: the cost grows with the length of the text.
 */
import { createHereDocuments, type HereDocuments } from '../../lesson/commands/here-documents.ts';

/** What is open, innermost last. */
type Frame =
  | { readonly kind: 'single' | 'ansi' | 'double' | 'backtick' | 'test' }
  | { readonly kind: 'parameter'; readonly quoted: boolean }
  /** `substitution`: `$(…)`, part of a word. In `words` (array values) and `arithmetic` nothing is a keyword. */
  | { readonly kind: 'parenthesis'; readonly inside: 'commands' | 'words' | 'arithmetic'; readonly substitution: boolean }
  | { readonly kind: 'compound'; readonly close: string }
  | { readonly kind: 'case'; readonly part: 'subject' | 'pattern' | 'body' };

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
const EMPTY_PARENTHESES = /\([ \t]*\)/y;
const INSIDE_DOUBLE = /[^"$`\\]+/y;
const INSIDE_PARAMETER = /[^}'"$`\\]+/y;

/** Tells after each line whether the command is complete. */
export interface ShellScanner {
  /** @param line the next line, without its newline. */
  feed(line: string): void;
  /** What the shell still waits for, for people (`a closing "`); null when the command is complete. */
  waiting(): string | null;
  /** True while lines belong to a here-document. */
  inHereDocument(): boolean;
}

/** A scanner at the start of a command. */
export function createShellScanner(): ShellScanner {
  const scanner = new Scanner();
  return {
    feed: (line) => scanner.feed(line),
    waiting: () => scanner.waiting(),
    inHereDocument: () => scanner.documents.reading(),
  };
}

class Scanner {
  readonly documents: HereDocuments = createHereDocuments();
  readonly #stack: Frame[] = [];
  #line = '';
  /** The next word would be a command's name. */
  #commandStart = true;
  /** The next character starts a word. */
  #wordStart = true;
  /** The word just read stood where a command's name stands: `()` after it makes a function. */
  #named = false;
  /** A function's name was read, its body was not. */
  #bodyDue = false;
  /** The last token was `|`, `&&` or `||`. */
  #connected = false;
  /** The line ended in a backslash. */
  #joined = false;

  feed(line: string): void {
    if (this.documents.reading()) {
      this.documents.feed(line);
      return;
    }
    this.#line = line;
    if (!this.#joined) this.#startLine();
    this.#joined = false;
    let at = 0;
    while (at < line.length) at = this.#step(at);
    if (!this.#joined && !this.#inQuotes()) this.documents.startReading();
  }

  waiting(): string | null {
    if (this.documents.reading()) return `the end of the here-document, ${this.documents.delimiter()}`;
    if (this.#joined) return 'the line after the backslash';
    const top = this.#top();
    if (top !== undefined) return nameOfMissing(top);
    if (this.#connected) return 'a command after the last | or && or ||';
    return this.#bodyDue ? "the function's body" : null;
  }

  #top(): Frame | undefined {
    return this.#stack.at(-1);
  }

  #startLine(): void {
    if (this.#inQuotes()) return;
    this.#wordStart = true;
    this.#named = false;
    this.#commandStart = true;
  }

  #inQuotes(): boolean {
    const kind = this.#top()?.kind;
    return kind === 'single' || kind === 'ansi' || kind === 'double' || kind === 'parameter';
  }

  /** Reads one token or part of one; returns the index after it. */
  #step(at: number): number {
    switch (this.#top()?.kind) {
      case 'single':
        return this.#untilSingleQuote(at);
      case 'ansi':
        return this.#inAnsi(at);
      case 'double':
        return this.#inDouble(at);
      case 'parameter':
        return this.#inParameter(at);
      default:
        return this.#inCode(at);
    }
  }

  #untilSingleQuote(at: number): number {
    const end = this.#line.indexOf("'", at);
    if (end === -1) return this.#line.length;
    this.#stack.pop();
    return end + 1;
  }

  #inAnsi(at: number): number {
    const character = this.#line[at];
    if (character === '\\') return at + 2;
    if (character === "'") this.#stack.pop();
    return at + 1;
  }

  #inDouble(at: number): number {
    const plain = endOf(INSIDE_DOUBLE, this.#line, at);
    if (plain > at) return plain;
    switch (this.#line[at]) {
      case '\\':
        return at + 2;
      case '$':
        return this.#dollar(at, true);
      case '`':
        return this.#backtick(at);
      default:
        this.#stack.pop();
        return at + 1;
    }
  }

  #inParameter(at: number): number {
    const plain = endOf(INSIDE_PARAMETER, this.#line, at);
    if (plain > at) return plain;
    const frame = this.#top();
    const quoted = frame?.kind === 'parameter' && frame.quoted;
    switch (this.#line[at]) {
      case '\\':
        return at + 2;
      case '}':
        this.#stack.pop();
        return at + 1;
      case "'":
        // Inside double quotes an apostrophe in ${…} is just a letter.
        if (!quoted) this.#stack.push({ kind: 'single' });
        return at + 1;
      case '"':
        this.#stack.push({ kind: 'double' });
        return at + 1;
      case '$':
        return this.#dollar(at, quoted);
      default:
        return this.#backtick(at);
    }
  }

  #inCode(at: number): number {
    const character = this.#line[at] ?? '';
    switch (character) {
      case ' ':
      case '\t':
        this.#wordStart = true;
        return at + 1;
      case '\\':
        return this.#backslash(at);
      case "'":
        return this.#quote(at, { kind: 'single' });
      case '"':
        return this.#quote(at, { kind: 'double' });
      case '`':
        return this.#backtick(at);
      case '$':
        return this.#dollar(at, false);
      case '(':
      case ')':
        return character === '(' ? this.#open(at) : this.#close(at);
      case ';':
      case '&':
      case '|':
        return this.#operator(at);
      case '<':
      case '>':
        return this.#redirection(at);
      default:
        return this.#word(at);
    }
  }

  /** A token that neither names a command nor ends one. */
  #token(): void {
    this.#wordStart = false;
    this.#commandStart = false;
    this.#named = false;
    this.#connected = false;
  }

  #backslash(at: number): number {
    this.#joined = at + 1 >= this.#line.length;
    if (!this.#joined) this.#token();
    return at + 2;
  }

  #quote(at: number, frame: Frame): number {
    this.#token();
    this.#stack.push(frame);
    return at + 1;
  }

  #backtick(at: number): number {
    if (this.#top()?.kind === 'backtick') {
      this.#stack.pop();
      this.#token();
      return at + 1;
    }
    this.#token();
    this.#stack.push({ kind: 'backtick' });
    this.#startCommand();
    return at + 1;
  }

  #startCommand(): void {
    this.#commandStart = true;
    this.#wordStart = true;
    this.#named = false;
  }

  #dollar(at: number, quoted: boolean): number {
    this.#token();
    const next = this.#line[at + 1] ?? '';
    if (next === '(') return this.#substitution(at);
    if (next === '{') {
      this.#stack.push({ kind: 'parameter', quoted });
      return at + 2;
    }
    if (!quoted && (next === "'" || next === '"')) {
      this.#stack.push({ kind: next === "'" ? 'ansi' : 'double' });
      return at + 2;
    }
    // `$#` must not start a comment.
    return /[#?!$*@-]/.test(next) ? at + 2 : at + 1;
  }

  #substitution(at: number): number {
    if (this.#line[at + 2] === '(') {
      this.#stack.push({ kind: 'parenthesis', inside: 'arithmetic', substitution: true });
      this.#stack.push({ kind: 'parenthesis', inside: 'arithmetic', substitution: true });
      return at + 3;
    }
    this.#stack.push({ kind: 'parenthesis', inside: 'commands', substitution: true });
    this.#startCommand();
    return at + 2;
  }

  #inside(): 'commands' | 'words' | 'arithmetic' {
    const top = this.#top();
    return top?.kind === 'parenthesis' ? top.inside : 'commands';
  }

  #open(at: number): number {
    const top = this.#top();
    if (top?.kind === 'test' || (top?.kind === 'case' && top.part === 'pattern')) return at + 1;
    if (this.#inside() === 'arithmetic') return this.#parenthesis(at, 'arithmetic');
    if (this.#wordStart && this.#line[at + 1] === '(') {
      this.#parenthesis(at, 'arithmetic');
      return this.#parenthesis(at + 1, 'arithmetic');
    }
    if (!this.#wordStart && this.#line[at - 1] === '=') return this.#parenthesis(at, 'words');
    const empty = endOf(EMPTY_PARENTHESES, this.#line, at);
    if (empty > at && (this.#named || this.#bodyDue)) {
      this.#startCommand();
      this.#bodyDue = true;
      return empty;
    }
    return this.#parenthesis(at, 'commands');
  }

  #parenthesis(at: number, inside: 'commands' | 'words' | 'arithmetic'): number {
    this.#token();
    this.#bodyDue = false;
    this.#stack.push({ kind: 'parenthesis', inside, substitution: false });
    if (inside === 'commands') this.#startCommand();
    else this.#wordStart = true;
    return at + 1;
  }

  #close(at: number): number {
    const top = this.#top();
    if (top?.kind === 'parenthesis') {
      this.#stack.pop();
      this.#token();
      if (!top.substitution) this.#startCommand();
    } else if (top?.kind === 'case' && top.part === 'pattern') {
      this.#caseAt('body');
    }
    return at + 1;
  }

  #caseAt(part: 'pattern' | 'body'): void {
    this.#stack.pop();
    this.#stack.push({ kind: 'case', part });
    this.#startCommand();
    this.#connected = false;
  }

  #operator(at: number): number {
    const here = this.#line[at];
    const next = this.#line[at + 1];
    const top = this.#top();
    this.#startCommand();
    this.#connected = false;
    if (here === ';' && (next === ';' || next === '&')) {
      if (top?.kind === 'case') this.#caseAt('pattern');
      return at + (this.#line[at + 2] === '&' ? 3 : 2);
    }
    if (here === ';') return at + 1;
    if (here === '&' && next !== '&') return next === '>' ? this.#redirection(at + 1) : at + 1;
    this.#connected = !(top?.kind === 'case' && top.part === 'pattern') && this.#inside() !== 'arithmetic';
    return at + (next === here || (here === '|' && next === '&') ? 2 : 1);
  }

  #redirection(at: number): number {
    const rest = this.#line.slice(at, at + 3);
    const named = this.#top()?.kind === 'test' || this.#inside() === 'arithmetic';
    this.#token();
    this.#wordStart = true;
    if (named) return at + 1;
    if (rest.startsWith('<(') || rest.startsWith('>(')) {
      this.#stack.push({ kind: 'parenthesis', inside: 'commands', substitution: true });
      this.#startCommand();
      return at + 2;
    }
    if (rest === '<<<') return at + 3;
    if (rest.startsWith('<<')) return this.documents.declare(this.#line, at + 2);
    return /^(?:>>|[<>]&|>\||<>)/.test(rest) ? at + 2 : at + 1;
  }

  #word(at: number): number {
    if (this.#line[at] === '#' && this.#wordStart && this.#inside() !== 'arithmetic') return this.#line.length;
    const end = endOf(CHUNK, this.#line, at);
    // White space that is neither blank nor tab stands alone, e.g. a form feed.
    if (end === at) {
      this.#wordStart = true;
      return at + 1;
    }
    const whole = this.#wordStart && (end === this.#line.length || /[\s;&|<>()]/.test(this.#line[end] ?? ''));
    const before = this.#commandStart;
    this.#token();
    if (whole && this.#inside() === 'commands') this.#wholeWord(this.#line.slice(at, end), before);
    return end;
  }

  #wholeWord(word: string, commandStart: boolean): void {
    const top = this.#top();
    if (top?.kind === 'test') {
      if (word === ']]') this.#stack.pop();
    } else if (top?.kind === 'case' && top.part !== 'body') {
      this.#caseWord(word, top.part);
    } else if (commandStart) {
      this.#commandWord(word, top);
    } else if (this.#bodyDue) {
      // `function NAME {`: the body may follow on the same line.
      this.#commandStart = true;
    }
  }

  #caseWord(word: string, part: 'subject' | 'pattern'): void {
    if (part === 'subject' && word === 'in') this.#caseAt('pattern');
    else if (part === 'pattern' && word === 'esac') this.#endCompound();
  }

  #commandWord(word: string, top: Frame | undefined): void {
    const close = Object.hasOwn(OPENERS, word) ? OPENERS[word] : undefined;
    this.#named = false;
    if (close !== undefined) this.#beginCompound({ kind: 'compound', close });
    else if (word === 'case') this.#beginCompound({ kind: 'case', part: 'subject' });
    else if (word === '[[') this.#beginCompound({ kind: 'test' });
    else if (CLOSERS.has(word) && top?.kind === 'compound' && top.close === word) this.#endCompound();
    else if (word === 'esac' && top?.kind === 'case') this.#endCompound();
    else if (word === 'function') this.#bodyDue = true;
    else this.#named = true;
    if (LEADERS.has(word)) this.#startCommand();
  }

  #beginCompound(frame: Frame): void {
    this.#bodyDue = false;
    this.#stack.push(frame);
  }

  #endCompound(): void {
    this.#stack.pop();
    // `fi fi` is right: after a closing word another may stand.
    this.#commandStart = true;
  }
}

/** Index after what a sticky pattern matches at a place; the place itself where it matches nothing. */
function endOf(pattern: RegExp, line: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(line) ? pattern.lastIndex : at;
}

function nameOfMissing(frame: Frame): string {
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
    default:
      return frame.close === '}' ? 'a closing }' : frame.close;
  }
}

/** The here-documents of a command: those declared on a line, then read one after the other from the lines below. */

interface HereDocument {
  readonly delimiter: string;
  /** `<<-`: tabs before the delimiter do not count. */
  readonly tabs: boolean;
  /** A quoted delimiter: the text is taken as it is. */
  readonly quoted: boolean;
}

/** Here-documents that are waited for. */
export interface HereDocuments {
  /**
   * Notes a here-document.
   * @param line the line it is declared on.
   * @param at index after `<<`.
   * @returns index after the delimiter.
   */
  declare(line: string, at: number): number;
  /** The line of the declarations has ended: the next lines are their text. */
  startReading(): void;
  /** True while lines belong to a here-document. */
  reading(): boolean;
  /** @param line the next line of text. */
  feed(line: string): void;
  /** The delimiter that is waited for. */
  delimiter(): string;
}

/** None so far. */
export function createHereDocuments(): HereDocuments {
  const declared: HereDocument[] = [];
  let next = 0;
  let reading = false;
  let joined = false;
  return {
    declare(line, at) {
      const { document, end } = readDelimiter(line, at);
      if (document !== null) declared.push(document);
      return end;
    },
    startReading() {
      reading = next < declared.length;
      joined = false;
    },
    reading: () => reading,
    feed(line) {
      const document = declared[next];
      if (document === undefined) return;
      const text = document.tabs ? line.replace(/^\t+/, '') : line;
      if (!joined && text === document.delimiter) {
        next++;
        reading = next < declared.length;
      } else {
        // In unquoted text a backslash joins the next line, so that one cannot be the delimiter.
        joined = !document.quoted && /(?:^|[^\\])(?:\\\\)*\\$/.test(line);
      }
    },
    delimiter: () => declared[next]?.delimiter ?? '',
  };
}

/** One part of a delimiter: quoted text, an escaped character, or plain text. */
const PART = /'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)|([^\s;&|<>()'"\\]+)/y;

function readDelimiter(line: string, start: number): { readonly document: HereDocument | null; readonly end: number } {
  const tabs = line[start] === '-';
  let at = tabs ? start + 1 : start;
  while (line[at] === ' ' || line[at] === '\t') at++;
  let delimiter = '';
  let quoted = false;
  const first = at;
  for (;;) {
    PART.lastIndex = at;
    const part = PART.exec(line);
    if (part === null) break;
    delimiter += part[1] ?? part[2] ?? part[3] ?? part[4] ?? '';
    quoted ||= part[4] === undefined;
    at = PART.lastIndex;
  }
  return { document: at > first ? { delimiter, tabs, quoted } : null, end: at };
}

/**
 * Reads ini files as the programs of the lessons do, repeated keys included. Three readers share the ending but not the
 * rules: supervisord and Paste use Python's configparser (indented lines continue the value above), uWSGI has a reader of
 * its own (indented lines are keys, a key may repeat). Which one reads a section is told by the section's name.
 */

/** One key as given, in the order of the file. */
export interface IniEntry {
  readonly key: string;
  /** Without the white space around it; lines that continue it are joined by a newline. */
  readonly value: string;
  /** The same without an inline comment. Whether ` ;` begins one depends on the reader, so both are kept. */
  readonly bare: string;
  /** From 1. */
  readonly line: number;
}

/** How the section's reader treats it. */
export type IniFlavour = 'supervisor' | 'uwsgi' | 'paste';

/** One section; the same name twice is one section, as all three readers have it. */
export interface IniSection {
  readonly name: string;
  readonly flavour: IniFlavour;
  readonly line: number;
  readonly entries: readonly IniEntry[];
}

/** A key that stands in a comment, for hints. */
export interface IniComment {
  readonly key: string;
  readonly section: string | null;
  readonly line: number;
}

/** A whole file. */
export interface Ini {
  readonly sections: readonly IniSection[];
  readonly comments: readonly IniComment[];
}

interface OpenSection {
  readonly name: string;
  readonly flavour: IniFlavour;
  readonly line: number;
  readonly entries: { key: string; value: string; bare: string; line: number }[];
}

/**
 * Reads an ini file. Never fails: a line that no reader understands becomes a key without a value.
 * @param text the whole file.
 */
export function parseIni(text: string): Ini {
  const sections = new Map<string, OpenSection>();
  const comments: IniComment[] = [];
  let section: OpenSection | null = null;
  text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .forEach((raw, index) => {
      const line = index + 1;
      const trimmed = raw.trim();
      if (trimmed === '') return;
      if (/^[;#]/.test(trimmed)) {
        const key = splitKey(trimmed.replace(/^[;#]+\s*/, ''), 'uwsgi').key;
        if (key !== '') comments.push({ key, section: section?.name ?? null, line });
        return;
      }
      const name = /^\[([^\]]+)\]/.exec(trimmed)?.[1]?.trim();
      if (name !== undefined && (!continues(raw, section) || section?.flavour === 'uwsgi')) {
        section = sections.get(name) ?? { name, flavour: flavourOf(name), line, entries: [] };
        sections.set(name, section);
        return;
      }
      if (section) addLine(section, raw, line);
    });
  return { sections: [...sections.values()], comments };
}

/** Python's configparser: a line that is indented, below a key, belongs to that key's value. */
function continues(raw: string, section: OpenSection | null): boolean {
  return section !== null && section.flavour !== 'uwsgi' && /^\s/.test(raw) && section.entries.length > 0;
}

function addLine(section: OpenSection, raw: string, line: number): void {
  const last = section.entries.at(-1);
  if (last && continues(raw, section)) {
    last.value = joinLines(last.value, raw.trim());
    last.bare = joinLines(last.bare, withoutComment(raw.trim()));
    return;
  }
  const { key, value } = splitKey(raw.trim(), section.flavour);
  section.entries.push({ key, value, bare: withoutComment(value), line });
}

function joinLines(above: string, below: string): string {
  return above === '' ? below : `${above}\n${below}`;
}

/** uWSGI separates by `=` only; configparser by whichever of `=` and `:` comes first. */
function splitKey(text: string, flavour: IniFlavour): { readonly key: string; readonly value: string } {
  const at = flavour === 'uwsgi' ? text.indexOf('=') : text.search(/[=:]/);
  if (at < 0) return { key: withoutComment(text), value: '' };
  return { key: text.slice(0, at).trim(), value: text.slice(at + 1).trim() };
}

/** supervisord: `;` or `#` begins a comment where white space is before it. */
function withoutComment(text: string): string {
  return text.replace(/(^|\s)[;#].*$/, '').trim();
}

const supervisorSections =
  /^(?:supervisord|supervisorctl|unix_http_server|inet_http_server|include|(?:program|group|eventlistener|fcgi-program|rpcinterface|ctlplugin):.*)$/;

function flavourOf(section: string): IniFlavour {
  if (supervisorSections.test(section)) return 'supervisor';
  return section === 'uwsgi' || section.startsWith('uwsgi:') ? 'uwsgi' : 'paste';
}

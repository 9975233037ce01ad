/**
 * A step's text made fit for a markdown reader: what scenarios write and no markdown knows (marks behind closing
 * fences, files in `<pre>`, `<details>`, quizzes) is taken out and kept beside it, with the line it stood on. Pure.
 */
import { fillAddresses } from './addresses.ts';
import { closeOf, type OpenFence, openOf } from './fences.ts';
import { type FileTag, fileTagOf, htmlText } from './file-tag.ts';
import { type Marker, readMarker } from './markers.ts';
import { isQuiz, type Quiz, readQuiz } from './quiz.ts';

/** A fence's mark or file, by the number in its info string (`lockstep:3`). */
export type FenceNote = { readonly marker: Marker } | { readonly file: FileTag };

/** Text that the author folded away. */
export interface Details {
  readonly summary: string;
  readonly text: string;
  readonly line: number;
}

/** A text fit for markdown, and what was taken out of it. */
export interface TidyText {
  readonly text: string;
  /** Line of the author's text for each line of `text`, both from 1. */
  readonly lines: readonly number[];
  readonly notes: readonly FenceNote[];
  readonly details: readonly Details[];
  readonly quizzes: readonly Quiz[];
  /** Lines of marks that are not known. */
  readonly unknownMarkers: readonly { readonly line: number; readonly marker: string }[];
  /** Lines with addresses that were filled in. */
  readonly addresses: readonly number[];
}

/**
 * Makes a text fit for markdown.
 * @param source the text, with `\n` line ends.
 */
export function tidyText(source: string): TidyText {
  const tidier = new Tidier(source.split('\n'));
  return tidier.run();
}

class Tidier {
  private readonly source: readonly string[];
  private readonly out: string[] = [];
  private readonly lines: number[] = [];
  private readonly notes: FenceNote[] = [];
  private readonly details: Details[] = [];
  private readonly quizzes: Quiz[] = [];
  private readonly unknownMarkers: { line: number; marker: string }[] = [];
  private readonly addresses: number[] = [];
  private at = 0;
  /** Where the text of the list item begins that lines may belong to; 0 outside of lists. */
  private listOffset = 0;

  constructor(source: readonly string[]) {
    this.source = source.map((line, index) => {
      const { text, filled } = fillAddresses(line);
      if (filled) this.addresses.push(index + 1);
      return text;
    });
  }

  run(): TidyText {
    while (this.at < this.source.length) this.step();
    const { lines, notes, details, quizzes, unknownMarkers, addresses } = this;
    return { text: this.out.join('\n'), lines, notes, details, quizzes, unknownMarkers, addresses };
  }

  private step(): void {
    const line = this.source[this.at] ?? '';
    const open = openOf(line, this.listOffset);
    if (open) this.takeFence(open);
    else if (/<pre\b[^>]*\bclass=["']?file/i.test(line)) this.takeFile(line);
    else if (/<details\b/i.test(line)) this.takeDetails(line);
    else if (/^\s*<pre\b/i.test(line)) this.takeVerbatim();
    else if (isQuiz(this.source, this.at)) this.takeQuiz();
    else {
      this.noteList(line);
      this.put(line, this.at);
      this.at += 1;
    }
  }

  private put(line: string, from: number): void {
    this.out.push(line);
    this.lines.push(from + 1);
  }

  private noteList(line: string): void {
    const item = /^( *(?:[-*+]|\d{1,9}[.)]) {1,4})\S/.exec(line)?.[1];
    if (item !== undefined) this.listOffset = item.length;
    else if (/^\S/.test(line)) this.listOffset = 0;
  }

  private takeFence(open: OpenFence): void {
    const start = this.at;
    const body: { text: string; from: number }[] = [];
    let marker = this.marker(open.marker, start);
    let tail = '';
    for (this.at += 1; this.at < this.source.length; this.at += 1) {
      const line = this.source[this.at] ?? '';
      const close = closeOf(line, open);
      if (close === null) {
        body.push({ text: open.dedent(line), from: this.at });
        continue;
      }
      if (close.content !== '') body.push({ text: open.dedent(close.content), from: this.at });
      marker = this.marker(close.marker, this.at) ?? marker;
      tail = close.tail;
      break;
    }
    const end = Math.min(this.at, this.source.length - 1);
    this.at += 1;
    const number = marker === undefined ? '' : ` lockstep:${this.notes.push({ marker }) - 1}`;
    this.put(`${open.prefix}${open.fence}${open.lang}${number}`, start);
    for (const { text, from } of body) this.put(text, from);
    this.put(`${open.inner}${open.fence}`, end);
    if (tail.trim() !== '') this.put(`${open.inner}${tail.trim()}`, end);
    if (/\S/.test(open.prefix.replaceAll('>', ''))) this.listOffset = open.prefix.length;
  }

  private marker(inside: string | undefined, at: number): Marker | undefined {
    if (inside === undefined) return undefined;
    const marker = readMarker(inside);
    if (marker === undefined) this.unknownMarkers.push({ line: at + 1, marker: inside });
    return marker;
  }

  /** A file in `<pre class="file">` becomes a fence. */
  private takeFile(line: string): void {
    const start = this.at;
    const open = /<pre\b[^>]*>/i.exec(line)?.[0] ?? '';
    const before = line.slice(0, line.toLowerCase().indexOf('<pre'));
    const first = line.slice(before.length + open.length);
    const text = this.until(first, '</pre>');
    const content = htmlText(text.inside).replace(/^\n/, '').replace(/\n$/, '');
    const fence = '`'.repeat(Math.max(3, ...(content.match(/`+/g) ?? []).map((run) => run.length + 1)));
    if (before.trim() !== '') this.put(before.trim(), start);
    this.put(`${fence} lockstep:${this.notes.push({ file: fileTagOf(open) }) - 1}`, start);
    for (const [index, each] of content.split('\n').entries()) this.put(each, Math.min(start + index, text.end));
    this.put(fence, text.end);
    if (text.after.trim() !== '') this.put(text.after.trim(), text.end);
  }

  /** In `<pre>` everything is shown as it is: an example of a quiz is none. */
  private takeVerbatim(): void {
    const end = this.source.findIndex((line, index) => index >= this.at && /<\/pre\s*>/i.test(line));
    for (const last = Math.max(this.at, end); this.at <= last; this.at += 1) this.put(this.source[this.at] ?? '', this.at);
  }

  private takeDetails(line: string): void {
    const start = this.at;
    const found = /<details\b[^>]*>/i.exec(line)?.[0] ?? '<details>';
    const before = line.slice(0, line.search(/<details\b/i));
    const text = this.until(line.slice(before.length + found.length), '</details>');
    const summary = /<summary\b[^>]*>([\s\S]*?)<\/summary>/i.exec(text.inside);
    const title =
      htmlText((summary?.[1] ?? '').replace(/<[^>]*>/g, ''))
        .replace(/\s+/g, ' ')
        .trim() || 'More';
    const inside = summary === null ? text.inside : text.inside.replace(summary[0], '');
    this.details.push({ summary: title, text: inside, line: start + 1 });
    if (before.trim() !== '') this.put(before, start);
    this.put('', start);
    this.put(`*${title.replaceAll('*', '')}*: folded away by the author; the hints show it.`, start);
    this.put('', text.end);
    if (text.after.trim() !== '') this.put(text.after, text.end);
  }

  /** Text up to an end tag, or to the end of the text where it is missing. Moves on behind it. */
  private until(first: string, tag: string): { readonly inside: string; readonly after: string; readonly end: number } {
    const parts: string[] = [];
    for (let line = first, begun = false; ; begun = true) {
      if (begun) line = this.source[this.at] ?? '';
      const at = line.toLowerCase().indexOf(tag);
      if (at >= 0) {
        parts.push(line.slice(0, at));
        const end = this.at;
        this.at += 1;
        return { inside: parts.join('\n'), after: line.slice(at + tag.length), end };
      }
      parts.push(line);
      this.at += 1;
      if (this.at >= this.source.length) return { inside: parts.join('\n'), after: '', end: this.source.length - 1 };
    }
  }

  private takeQuiz(): void {
    const { quiz, lines } = readQuiz(this.source, this.at);
    this.quizzes.push(quiz);
    this.put('', this.at);
    this.put(`**${quiz.prompt}**`, this.at);
    this.put('', this.at);
    for (const [index, choice] of quiz.choices.entries()) this.put(`- ${choice}`, this.at + index + 1);
    this.put('', this.at + lines - 1);
    this.at += lines;
  }
}

/**
 * Sets styled text into lines of a width, by cells: words are kept whole where they fit, wide (CJK) characters may be
 * parted anywhere but before closing punctuation, and what is longer than a line is cut, after a `/` where possible.
 */
import { cellWidth, cutCells, graphemes } from './cells.ts';
import { type Line, lineText, lineWidth, type Span, type Style } from './line.ts';

/** A piece that is set as a whole. */
interface Piece {
  readonly kind: 'word' | 'space' | 'break';
  readonly spans: readonly Span[];
  readonly width: number;
}

/** A span that stands for a line break inside running text. */
export const lineBreak = '\n';

const neverFirst = /^[、。，．：；！？）」』】〉》”’ー々…]/u;
const neverLast = /^[（「『【〈《“‘]/u;

/**
 * Lines of at most `width` cells.
 * @param spans running text; a span whose text is `lineBreak` ends the line.
 * @param width cells, at least 1.
 * @param rest cells of all lines but the first, where those are narrower or wider.
 */
export function wrapSpans(spans: readonly Span[], width: number, rest = width): Line[] {
  const setter = createSetter(width, rest);
  for (const piece of joinWords(pieces(spans))) setter.add(piece);
  return setter.lines().map(mergeSpans);
}

/** Puts piece after piece and begins a new line where one does not fit. */
function createSetter(width: number, rest: number) {
  const lines: Span[][] = [[]];
  let used = 0;
  let space: Piece | null = null;
  const room = () => Math.max(1, lines.length === 1 ? width : rest);
  const put = (piece: Piece) => {
    lines.at(-1)?.push(...piece.spans);
    used += piece.width;
    space = null;
  };
  const begin = () => {
    lines.push([]);
    used = 0;
    space = null;
  };
  const addWord = (word: Piece) => {
    if (used > 0 && used + (space?.width ?? 0) + word.width > room()) begin();
    if (space) put(space);
    for (const part of cutLong(word, room)) {
      if (used > 0 && used + part.width > room()) begin();
      put(part);
    }
  };
  return {
    add(piece: Piece) {
      if (piece.kind === 'break') begin();
      else if (piece.kind === 'word') addWord(piece);
      else if (used > 0) space = piece;
    },
    lines: () => lines,
  };
}

/**
 * Text that must not be re-set (code), cut into lines of at most `width` cells without losing anything; after a space,
 * a slash or a comma where one is near the end.
 * @param line one line of code.
 * @param width cells of the first line.
 * @param rest cells of the lines that follow.
 */
export function chopLine(line: Line, width: number, rest: number): Line[] {
  const chopped: Line[] = [];
  let left = line;
  while (lineWidth(left) > (chopped.length === 0 ? width : rest)) {
    const [head, tail] = splitLine(left, Math.max(1, chopped.length === 0 ? width : rest));
    chopped.push(head);
    left = tail;
  }
  return [...chopped, left];
}

/** How much of a line may stay empty for a better place to cut. */
const raggedness = 0.35;

function splitLine(line: Line, width: number): readonly [Line, Line] {
  const text = lineText(line);
  const most = cutCells(text, width).text || firstGrapheme(text);
  const enough = most.length * (1 - raggedness);
  const [space, other] = [most.lastIndexOf(' ') + 1, Math.max(...['/', ',', ':', '='].map((mark) => most.lastIndexOf(mark))) + 1];
  const at = space > enough ? space : other > enough ? other : most.length;
  const head: Span[] = [];
  const tail: Span[] = [];
  let before = 0;
  for (const part of line) {
    const cut = Math.max(0, Math.min(part.text.length, at - before));
    if (cut > 0) head.push({ text: part.text.slice(0, cut), style: part.style });
    if (cut < part.text.length) tail.push({ text: part.text.slice(cut), style: part.style });
    before += part.text.length;
  }
  return [head, tail];
}

/** What is set even where it does not fit: a line narrower than a character must not try for ever. */
function firstGrapheme(text: string): string {
  return graphemes(text)[0] ?? text;
}

function pieces(spans: readonly Span[]): Piece[] {
  return spans.flatMap((part): Piece[] => {
    if (part.text === lineBreak) return [{ kind: 'break', spans: [], width: 0 }];
    return part.text
      .split(/([ \t\n]+)/)
      .filter((text) => text !== '')
      .flatMap((text) => (/^[ \t\n]/.test(text) ? [pieceOf('space', ' ', part.style)] : wordPieces(text, part.style)));
  });
}

function pieceOf(kind: Piece['kind'], text: string, style: Style): Piece {
  return { kind, spans: [{ text, style }], width: cellWidth(text) };
}

/** A word, parted by seams where wide characters allow the line to break. */
function wordPieces(text: string, style: Style): Piece[] {
  if (cellWidth(text) === text.length) return [pieceOf('word', text, style)];
  const parted: Piece[] = [];
  let word = '';
  let before = '';
  for (const each of graphemes(text)) {
    const wide = cellWidth(each) > 1 || cellWidth(before) > 1;
    if (word !== '' && wide && !neverFirst.test(each) && !neverLast.test(before)) {
      parted.push(pieceOf('word', word, style), seam);
      word = '';
    }
    word += each;
    before = each;
  }
  return [...parted, pieceOf('word', word, style)];
}

/** Stands between two pieces that may be parted though no space is between them. */
const seam: Piece = { kind: 'word', spans: [], width: 0 };

/** Neighbouring word pieces without a space or a seam between them are one word, whatever their styles. */
function joinWords(parts: readonly Piece[]): Piece[] {
  const joined: Piece[] = [];
  let open = false;
  for (const part of parts) {
    const last = joined.at(-1);
    if (part === seam) open = false;
    else if (part.kind === 'word' && open && last) {
      joined[joined.length - 1] = { kind: 'word', spans: [...last.spans, ...part.spans], width: last.width + part.width };
    } else {
      joined.push(part);
      open = part.kind === 'word';
    }
  }
  return joined;
}

/** A word that is longer than a line, in parts that fit. */
function cutLong(piece: Piece, room: () => number): readonly Piece[] {
  if (piece.width <= room()) return [piece];
  return piece.spans.flatMap((part) => {
    const parts: Piece[] = [];
    let text = part.text;
    while (text !== '') {
      const cut = cutCells(text, room()).text || firstGrapheme(text);
      const slash = cut === text ? -1 : cut.lastIndexOf('/');
      const kept = slash > cut.length / 2 ? cut.slice(0, slash + 1) : cut;
      parts.push(pieceOf('word', kept, part.style));
      text = text.slice(kept.length);
    }
    return parts;
  });
}

function mergeSpans(line: readonly Span[]): Line {
  const merged: Span[] = [];
  for (const part of line) {
    const last = merged.at(-1);
    if (last && last.style === part.style) merged[merged.length - 1] = { text: last.text + part.text, style: part.style };
    else merged.push(part);
  }
  return merged;
}

/**
 * A lesson's text by sections: title, introduction, and what stands under each heading of one level.
 * Knows markdown's nodes, nothing of lesson.yaml.
 */
import { type Node, plainText } from '../model/markdown.ts';
import type { Place, Problem } from '../model/problem.ts';
import { type Fence, type Piece, readMarkdown } from './markdown/read-markdown.ts';
import { cleanSource, type Source } from './text/decode.ts';
import { createSlugger } from './text/slug.ts';

/** A part of the text under one heading. */
export interface TextSection {
  readonly id: string;
  readonly title: string;
  readonly body: readonly Node[];
  readonly fences: readonly Fence[];
  readonly place: Place;
}

/** A text taken apart. */
export interface Manuscript {
  /** Absent where the text has no title heading. */
  readonly title?: string;
  readonly introduction: readonly Node[];
  readonly introductionFences: readonly Fence[];
  readonly sections: readonly TextSection[];
  readonly file: string;
}

/** A text read, with what is odd about it; or why it cannot be. */
export type ManuscriptResult =
  | { readonly ok: true; readonly manuscript: Manuscript; readonly warnings: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Takes a text apart. A text without any heading to part it at is one section.
 * @param source the markdown file.
 * @param options `level`: the level of headings that start a section; chosen from the text where it is not given.
 *   `name`: title of the only section where the text has no title.
 */
export function readManuscript(source: Source, options: { readonly level?: number; readonly name: string }): ManuscriptResult {
  const { source: clean, warnings } = cleanSource(source);
  const start: Place = { file: source.file, line: 1, column: 1 };
  if (clean.text.trim() === '')
    return refused(start, 'empty-text', 'The text is empty.', 'A lesson has a `#` title and `##` sections.');
  const read = readMarkdown(clean.text);
  if (!read.ok) return refused({ ...start, line: read.complexity.line }, 'too-complex', read.complexity.message);
  const open = read.pieces.flatMap((piece) => piece.fences).flatMap((fence) => fenceProblem(source.file, fence));
  if (open.some((problem) => problem.severity === 'error')) return { ok: false, problems: [...warnings, ...open] };
  return divide(read.pieces, source.file, options, [...warnings, ...open]);
}

function refused(place: Place, rule: string, message: string, suggestion?: string): ManuscriptResult {
  return {
    ok: false,
    problems: [{ place, rule, message, severity: 'error', ...(suggestion === undefined ? {} : { suggestion }) }],
  };
}

/** A fence that runs to the end is a slip; where it swallows headings, sections are lost. */
function fenceProblem(file: string, fence: Fence): readonly Problem[] {
  const inner = /^ {0,3}(?:`{3,}|~{3,})[ \t]*[\w{]/m.exec(fence.node.text);
  if (fence.closed && (inner === null || fence.width > 3)) return [];
  const swallows = /^ {0,3}#{1,6} \S/m.test(fence.node.text);
  const message = fence.closed
    ? `This fenced block goes on to line ${fence.line + fence.node.text.split('\n').length + 1}: another one starts inside it.`
    : `This fenced block is never closed${swallows ? ' and swallows the headings after it' : ''}.`;
  const place = { file, line: fence.line, column: 1 };
  const severity = swallows && !fence.closed ? 'error' : 'warning';
  return [{ place, rule: 'unclosed-fence', message, suggestion: 'Close it with a line of ``` where it should end.', severity }];
}

function divide(
  pieces: readonly Piece[],
  file: string,
  options: { readonly level?: number; readonly name: string },
  warnings: readonly Problem[],
): ManuscriptResult {
  const slugs = slugsOf(pieces);
  const level = options.level ?? chooseLevel(pieces);
  const isStart = (piece: Piece) => piece.node.type === 'heading' && piece.node.depth === level;
  const first = pieces.findIndex(isStart);
  if (first === -1 && options.level !== undefined) return noSections(pieces, file, options.level);
  const front = first === -1 ? pieces : pieces.slice(0, first);
  const titlePiece = level === 1 ? undefined : front.find((piece) => piece.node.type === 'heading' && piece.node.depth === 1);
  const title = titlePiece === undefined ? undefined : textOf(titlePiece);
  const introduction = front.filter((piece) => piece !== titlePiece);
  const noTitle: Problem[] = title === undefined ? [titleWarning(file)] : [];
  const common = { file, ...(title === undefined ? {} : { title }) };
  if (first === -1) {
    const id = titlePiece === undefined ? createSlugger().slug(options.name) : (slugs.get(titlePiece) ?? 'section');
    const only = sectionOf(id, title ?? options.name, introduction, { file, line: titlePiece?.line ?? 1, column: 1 });
    const manuscript = { ...common, introduction: [], introductionFences: [], sections: [only] };
    return { ok: true, manuscript, warnings: [...warnings, ...noTitle] };
  }
  const starts = pieces.flatMap((piece, index) => (isStart(piece) ? [index] : []));
  const sections = starts.flatMap((start, index) => {
    const [heading, ...rest] = pieces.slice(start, starts[index + 1]);
    if (heading === undefined) return [];
    return [sectionOf(slugs.get(heading) ?? 'section', textOf(heading), rest, { file, line: heading.line, column: 1 })];
  });
  const manuscript = { ...common, introduction: nodesOf(introduction), introductionFences: fencesOf(introduction), sections };
  return { ok: true, manuscript, warnings: [...warnings, ...noTitle] };
}

function sectionOf(id: string, title: string, pieces: readonly Piece[], place: Place): TextSection {
  return { id, title, body: nodesOf(pieces), fences: fencesOf(pieces), place };
}

function nodesOf(pieces: readonly Piece[]): readonly Node[] {
  return pieces.map((piece) => piece.node);
}

function fencesOf(pieces: readonly Piece[]): readonly Fence[] {
  return pieces.flatMap((piece) => piece.fences);
}

function textOf(piece: Piece): string {
  return piece.node.type === 'heading' ? plainText(piece.node.children).replace(/\s+/g, ' ').trim() : '';
}

/** Every heading counts for the numbering of equal ones, as on forges, not only those that start sections. */
function slugsOf(pieces: readonly Piece[]): ReadonlyMap<Piece, string> {
  const slugger = createSlugger();
  const slugs = new Map<Piece, string>();
  for (const piece of pieces) if (piece.node.type === 'heading') slugs.set(piece, slugger.slug(textOf(piece)));
  return slugs;
}

/** 2 where there are such headings; else 1 where there are several; else the highest level below the title's. */
function chooseLevel(pieces: readonly Piece[]): number {
  const depths = headingDepths(pieces);
  if (depths.includes(2)) return 2;
  if (depths.filter((depth) => depth === 1).length > 1) return 1;
  return Math.min(7, ...depths.filter((depth) => depth > 1));
}

function headingDepths(pieces: readonly Piece[]): readonly number[] {
  return pieces.flatMap((piece) => (piece.node.type === 'heading' ? [piece.node.depth] : []));
}

function noSections(pieces: readonly Piece[], file: string, level: number): ManuscriptResult {
  const depths = [...new Set(headingDepths(pieces))].sort();
  const there = depths.length === 0 ? 'The text has no headings.' : `The text has headings of level ${depths.join(', ')}.`;
  return refused({ file, line: 1, column: 1 }, 'no-sections', `No heading of level ${level} starts a section.`, there);
}

function titleWarning(file: string): Problem {
  const place = { file, line: 1, column: 1 };
  const message = 'The text has no title, so its name stands for it.';
  return { place, rule: 'no-title', message, suggestion: 'Start it with a `# ` heading.', severity: 'warning' };
}

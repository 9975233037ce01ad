/**
 * A step's text as nodes and blocks: what is marked to be run or written becomes a block of the lesson, everything else
 * is only shown. Nothing gates: every block is optional, as the scenario's own player has it.
 */

import { type Fence, readMarkdown, readShortMarkdown } from '../../lesson/markdown/read-markdown.ts';
import type { Report } from '../../lesson/sheet/report.ts';
import { cleanSource, type Source } from '../../lesson/text/decode.ts';
import { safeText } from '../../lesson/text/safe-text.ts';
import type { Block, Command } from '../../model/lesson.ts';
import { type Inline, type Node, plainText } from '../../model/markdown.ts';
import type { Place } from '../../model/problem.ts';
import type { FileTag } from './file-tag.ts';
import { MARKER, type Marker, readMarker } from './markers.ts';
import type { Quiz } from './quiz.ts';
import { type FenceNote, type TidyText, tidyText } from './tidy-text.ts';

/** A step's text, taken apart. */
export interface StepBody {
  /** The text's first heading, where it has one at its start. */
  readonly heading?: string;
  readonly body: readonly Node[];
  readonly blocks: readonly Block[];
  /** One for each piece of text that the author folded away. */
  readonly hints: readonly string[];
  /** Commands in folded text: the author's way to do the step. */
  readonly solution: readonly string[];
  readonly quizzes: readonly Quiz[];
}

/**
 * Takes a step's text apart.
 * @param source the text.
 * @param id the section's id.
 * @param report where problems go; only warnings: a scenario is run with what can be read of it.
 * @param user whose shell it is: files in that home are that user's, all others root's.
 */
export function stepBody(source: Source, id: string, report: Report, user = 'root'): StepBody {
  const clean = cleanSource(source);
  for (const warning of clean.warnings) report.warning(warning.place, warning.rule, warning.message);
  const tidy = tidyText(clean.source.text);
  reportTidying(tidy, source.file, report);
  const builder = new BodyBuilder(id, source.file, tidy, report, user);
  const read = readMarkdown(tidy.text);
  if (!read.ok) {
    const line = tidy.lines[read.complexity.line - 1] ?? 1;
    report.warning(
      { file: source.file, line, column: 1 },
      'too-complex',
      `${read.complexity.message} The text is shown as it is.`,
    );
    return {
      body: [{ type: 'code', lang: 'markdown', text: tidy.text }],
      blocks: [],
      hints: [],
      solution: [],
      quizzes: tidy.quizzes,
    };
  }
  const nodes = builder.nodes(
    read.pieces.map((piece) => piece.node),
    new Map(read.pieces.flatMap((piece) => piece.fences).map((fence) => [fence.node, fence])),
  );
  const [first, ...rest] = nodes;
  const heading = first?.type === 'heading' ? plainText(first.children).replace(/\s+/g, ' ').trim() : undefined;
  const folded = tidy.details.map(({ summary, text }) => foldedText(summary, text));
  return {
    ...(heading === undefined || heading === '' ? {} : { heading }),
    body: first?.type === 'heading' ? rest : nodes,
    blocks: builder.blocks,
    hints: folded.map(({ hint }) => hint),
    solution: folded.flatMap(({ commands }) => commands),
    quizzes: tidy.quizzes,
  };
}

function reportTidying(tidy: TidyText, file: string, report: Report): void {
  for (const { line, marker } of tidy.unknownMarkers) unknownMarker(marker, { file, line, column: 1 }, report);
  const [address] = tidy.addresses;
  if (address !== undefined) {
    const message =
      'Addresses for a browser are filled in as http://localhost, which is the host itself: open them with curl in its shell.';
    report.warning({ file, line: address, column: 1 }, 'scenario-address', message);
  }
}

function unknownMarker(marker: string, place: Place, report: Report): void {
  report.warning(place, 'unsupported-marker', `\`{{${marker.trim()}}}\` is not known, so it is shown as it is.`);
}

/** Folded text as a hint, with the commands that stand in it. */
function foldedText(summary: string, text: string): { readonly hint: string; readonly commands: readonly string[] } {
  const tidy = tidyText(text);
  const builder = new BodyBuilder('folded', '', tidy, null);
  const read = readMarkdown(safeText(tidy.text));
  const nodes = read.ok ? read.pieces.map((piece) => piece.node) : readShortMarkdown(text);
  const fences = new Map(read.ok ? read.pieces.flatMap((piece) => piece.fences).map((fence) => [fence.node as Node, fence]) : []);
  builder.nodes(nodes, fences);
  const marked = builder.blocks.flatMap((block) => (block.kind === 'run' ? block.commands.map((command) => command.text) : []));
  const shown = nodes.flatMap((node) => (node.type === 'code' ? [node.text] : []));
  return { hint: `${summary}\n${textOf(nodes)}`, commands: marked.length > 0 || !SOLUTION.test(summary) ? marked : shown };
}

function textOf(nodes: readonly Node[]): string {
  return nodes
    .map((node) => {
      switch (node.type) {
        case 'code':
          return node.text;
        case 'paragraph':
        case 'heading':
          return plainText(node.children).replace(MARKERS, '');
        case 'quote':
          return textOf(node.children);
        case 'list':
          return node.items.map((item) => `- ${textOf(item.children)}`).join('\n');
        default:
          return '';
      }
    })
    .filter((text) => text !== '')
    .join('\n');
}

/** Summaries of folded text whose unmarked code is the way to do the step. */
const SOLUTION = /solution|answer|solve|show|reveal/i;

const MARKERS = /\{\{(?:exec|execute|copy)?[^{}]{0,40}\}\}/g;

/** Builds nodes and blocks of one text. */
class BodyBuilder {
  readonly blocks: Block[] = [];
  private readonly id: string;
  private readonly file: string;
  private readonly tidy: TidyText;
  private readonly home: string;
  private readonly user: string;
  private readonly report: Report | null;
  private fences: ReadonlyMap<Node, Fence> = new Map();
  private line = 1;

  constructor(id: string, file: string, tidy: TidyText, report: Report | null, user = 'root') {
    this.home = user === 'root' ? '/root' : `/home/${user}`;
    this.user = user;
    this.id = id;
    this.file = file;
    this.tidy = tidy;
    this.report = report;
  }

  nodes(nodes: readonly Node[], fences: ReadonlyMap<Node, Fence>): readonly Node[] {
    this.fences = fences;
    return nodes.flatMap((node) => this.node(node));
  }

  private node(node: Node): readonly Node[] {
    switch (node.type) {
      case 'code':
        return [this.code(node)];
      case 'paragraph':
      case 'heading': {
        const actions: Action[] = [];
        const children = this.inlines(node.children, actions);
        const blocks = actions.flatMap((action) => this.actionNode(action));
        // A command that is a paragraph by itself is shown once, as the block it is.
        const only = node.type === 'paragraph' && blocks.length > 0 && children.every(isOnlyCode);
        return only ? blocks : [{ ...node, children }, ...blocks];
      }
      case 'list':
        return [
          { ...node, items: node.items.map((item) => ({ ...item, children: item.children.flatMap((each) => this.node(each)) })) },
        ];
      case 'quote':
        return [{ ...node, children: node.children.flatMap((each) => this.node(each)) }];
      case 'table': {
        const actions: Action[] = [];
        const cells = (row: readonly (readonly Inline[])[]) => row.map((cell) => this.inlines(cell, actions));
        const table = { ...node, header: cells(node.header), rows: node.rows.map(cells) };
        return [table, ...actions.flatMap((action) => this.actionNode(action))];
      }
      default:
        return [node];
    }
  }

  private code(node: Extract<Node, { type: 'code' }>): Node {
    const fence = this.fences.get(node);
    if (fence === undefined) return node;
    this.line = this.tidy.lines[fence.line - 1] ?? this.line;
    const note = this.noteOf(fence);
    const lang = /^lockstep\b/.test(node.lang) ? '' : node.lang;
    const plain: Node = { type: 'code', lang, text: node.text };
    if (note === undefined) return plain;
    const block = 'file' in note ? this.file_(note.file, node.text) : this.markedBlock(note.marker, node.text);
    return block === null ? plain : { ...plain, block };
  }

  private noteOf(fence: Fence): FenceNote | undefined {
    const number = /(?:^|\s)lockstep:(\d{1,6})$/.exec(fence.info.trim())?.[1];
    return number === undefined ? undefined : this.tidy.notes[Number(number)];
  }

  private inlines(children: readonly Inline[], actions: Action[]): readonly Inline[] {
    const out: Inline[] = [];
    for (const [index, child] of children.entries()) {
      const before = children[index - 1];
      if (child.type === 'text' && before?.type === 'code') out.push(...this.afterCode(child.text, before.text, actions));
      else if ('children' in child) out.push({ ...child, children: this.inlines(child.children, actions) });
      else out.push(child);
    }
    return out;
  }

  private afterCode(text: string, code: string, actions: Action[]): readonly Inline[] {
    const found = MARKER.exec(text);
    if (!found) return [{ type: 'text', text }];
    const marker = readMarker(found[1] ?? '');
    if (marker === undefined) {
      if (this.report !== null) unknownMarker(found[1] ?? '', this.place(), this.report);
      return [{ type: 'text', text }];
    }
    actions.push({ marker, code });
    const rest = text.slice(found[0].length);
    return rest === '' ? [] : [{ type: 'text', text: rest }];
  }

  private actionNode({ marker, code }: Action): readonly Node[] {
    const block = this.markedBlock(marker, code);
    return block === null ? [] : [{ type: 'code', lang: 'bash', text: code, block }];
  }

  /** The block's id; null for what is only shown. */
  private markedBlock(marker: Marker, text: string): string | null {
    if (text.trim() === '') return null;
    if (marker.does === 'run') {
      if (marker.otherHost) {
        const message = 'This command is for a second machine, and there is only one: it is shown and not run.';
        this.report?.warning(this.place(), 'unsupported-second-host', message);
        return null;
      }
      return this.run({ text, terminal: marker.terminal, keys: marker.keys });
    }
    if (marker.does !== 'open') return null;
    const command = `\${EDITOR:-nano} ${quoteWord(text.trim())}`;
    return this.run(
      { text: command, terminal: 1, keys: {} },
      "The scenario opens this file in its player's editor; here an editor in the shell does.",
    );
  }

  private run(command: Command, because?: string): string {
    const id = this.nextId();
    const more = because === undefined ? {} : { because };
    this.blocks.push({ kind: 'run', id, commands: [command], optional: true, ...more, place: this.place() });
    return id;
  }

  private file_(tag: FileTag, text: string): string | null {
    if (tag.target === 'clipboard' || tag.path === '') return null;
    const id = this.nextId();
    const path = tag.path.startsWith('/') ? tag.path : `${this.home}/${tag.path.replace(/^(?:~|\.)\//, '')}`;
    const mode = tag.target === 'insert' ? ({ how: 'insert', marker: tag.marker } as const) : { how: tag.target };
    const content = text === '' ? '' : `${text}\n`;
    const sudo = this.user === 'root' || !path.startsWith(`${this.home}/`);
    this.blocks.push({ kind: 'write', id, path, content, sudo, mode, optional: true, place: this.place() });
    return id;
  }

  private nextId(): string {
    return `${this.id}:${this.blocks.length + 1}`;
  }

  private place(): Place {
    return { file: this.file, line: this.line, column: 1 };
  }
}

interface Action {
  readonly marker: Marker;
  readonly code: string;
}

function isOnlyCode(inline: Inline): boolean {
  return inline.type === 'code' || inline.type === 'break' || (inline.type === 'text' && inline.text.trim() === '');
}

function quoteWord(text: string): string {
  return /^[\w./~-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

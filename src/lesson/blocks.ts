/**
 * Fenced blocks of a section to blocks of the lesson: commands to run, files to write; the others are just shown.
 * What they are is said by lesson.yaml, or by their language where it says nothing.
 */
import type { Block, Command } from '../model/lesson.ts';
import type { Node } from '../model/markdown.ts';
import type { Place } from '../model/problem.ts';
import { looksLikeCommands, type SplitBlock, splitCommands } from './commands/split-commands.ts';
import type { CodeNode, Fence } from './markdown/read-markdown.ts';
import type { BlockSpec } from './sheet/block-shape.ts';
import type { Report } from './sheet/report.ts';
import type { Placed } from './sheet/shape.ts';

/** Languages whose blocks are commands. */
const COMMAND_LANGS = new Set(['console', 'bash', 'sh', 'shell', 'shell-session', 'shellsession']);

/** A section's blocks, and its text with the blocks' ids in it. */
export interface SectionBlocks {
  readonly blocks: readonly Block[];
  readonly body: readonly Node[];
}

/** What of a section is needed here. */
export interface FencedText {
  readonly id: string;
  readonly body: readonly Node[];
  readonly fences: readonly Fence[];
  readonly place: Place;
}

/**
 * The blocks of a section.
 * @param section its text.
 * @param specs what lesson.yaml says each fence is, in order; undefined where it says nothing.
 * @param report where problems go.
 */
export function blocksOf(section: FencedText, specs: Placed<readonly BlockSpec[]> | undefined, report: Report): SectionBlocks {
  if (specs !== undefined && specs.value.length !== section.fences.length) {
    reportCount(section, specs, report);
    return { blocks: [], body: section.body };
  }
  const blocks: Block[] = [];
  const ids = new Map<Node, string>();
  section.fences.forEach((fence, index) => {
    const context = {
      id: `${section.id}:${blocks.length + 1}`,
      fence,
      place: { ...section.place, line: fence.line, column: 1 },
      report,
    };
    const spec = specs?.value[index];
    const block = spec === undefined ? defaultBlock(context) : specifiedBlock(context, spec);
    if (block === undefined) return;
    blocks.push(block);
    ids.set(fence.node, block.id);
  });
  return { blocks, body: withIds(section.body, ids) };
}

/**
 * True where a fence would be commands to run if it stood in a section.
 * @param node the fence.
 */
export function isCommands({ lang, text }: CodeNode): boolean {
  return lang === '' ? looksLikeCommands(text) : COMMAND_LANGS.has(lang);
}

interface Context {
  readonly id: string;
  readonly fence: Fence;
  readonly place: Place;
  readonly report: Report;
}

function defaultBlock({ id, fence, place, report }: Context): Block | undefined {
  if (!isCommands(fence.node)) return undefined;
  const split = splitCommands(fence.node.text, fence.node.lang);
  if (split.unfinished !== undefined) {
    const at = { ...place, line: fence.line + 1 + split.unfinished.line };
    const message = `This command never ends (${split.unfinished.waiting} is missing), so the block is only shown.`;
    report.warning(at, 'unfinished-command', message);
    return undefined;
  }
  if (split.commands.length === 0) return undefined;
  return { kind: 'run', id, commands: split.commands.map(({ text }) => ({ text, terminal: 1 })), optional: false, place };
}

function specifiedBlock(context: Context, spec: BlockSpec): Block | undefined {
  const { id, fence, place } = context;
  switch (spec.kind) {
    case 'show':
      return undefined;
    case 'write': {
      const content = fence.node.text === '' ? '' : `${fence.node.text}\n`;
      return { kind: 'write', id, path: spec.path, content, sudo: spec.sudo, mode: spec.mode, optional: spec.optional, place };
    }
    case 'run': {
      const commands = specifiedCommands(context, spec);
      if (commands === undefined) return undefined;
      const because = spec.instead === undefined ? {} : { because: spec.instead.because };
      return { kind: 'run', id, commands, optional: spec.optional, ...because, place };
    }
  }
}

function specifiedCommands(
  { fence, place, report }: Context,
  spec: Extract<BlockSpec, { readonly kind: 'run' }>,
): readonly Command[] | undefined {
  const own = spec.instead === undefined;
  const split = own ? splitCommands(fence.node.text, fence.node.lang) : splitCommands(spec.instead.commands, 'bash');
  if (split.unfinished !== undefined) {
    const at = own ? { ...place, line: fence.line + 1 + split.unfinished.line } : spec.at;
    report.error(
      at,
      'unfinished-command',
      `This command never ends: ${split.unfinished.waiting} is missing.`,
      'Mend it, or write `show` for a block that is only shown.',
    );
    return undefined;
  }
  if (split.commands.length === 0) {
    report.error(
      spec.at,
      'no-commands',
      `There are no commands in this block (line ${fence.line} of the text).`,
      'Write `show` where it is only shown.',
    );
    return undefined;
  }
  return withTerminals(split, spec, report);
}

function withTerminals(
  { commands }: SplitBlock,
  spec: Extract<BlockSpec, { readonly kind: 'run' }>,
  report: Report,
): readonly Command[] | undefined {
  const { terminals } = spec;
  if (typeof terminals === 'number') return commands.map(({ text }) => ({ text, terminal: terminals }));
  if (terminals.length === commands.length) return commands.map(({ text }, index) => ({ text, terminal: terminals[index] ?? 1 }));
  const message = `\`terminals\` names ${terminals.length}, but the block has ${count(commands.length, 'command')}.`;
  report.error(spec.at, 'terminal-count', message, 'Name one terminal for each command.');
  return undefined;
}

function reportCount(section: FencedText, specs: Placed<readonly BlockSpec[]>, report: Report): void {
  const fences = section.fences.map(
    (fence) => `line ${fence.line} (${fence.node.lang === '' ? 'no language' : fence.node.lang})`,
  );
  const has = fences.length === 0 ? 'no fenced blocks' : `${count(fences.length, 'fenced block')}: ${fences.join(', ')}`;
  const message = `\`blocks\` names ${specs.value.length}, but the section has ${has}.`;
  report.error(
    specs.at,
    'block-count',
    message,
    'Name each block in the order of the text; `show` for those that are only shown.',
  );
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** The same nodes, with the ids of blocks on their fences. */
function withIds(nodes: readonly Node[], ids: ReadonlyMap<Node, string>): readonly Node[] {
  return nodes.map((node): Node => {
    switch (node.type) {
      case 'code': {
        const block = ids.get(node);
        return block === undefined ? node : { ...node, block };
      }
      case 'quote':
        return { ...node, children: withIds(node.children, ids) };
      case 'list':
        return { ...node, items: node.items.map((item) => ({ ...item, children: withIds(item.children, ids) })) };
      default:
        return node;
    }
  });
}

/**
 * The whole text of one section as lines, with the places where the mark can stop: its blocks and the way onward.
 * Nodes are rendered once for a width and kept; a step is rendered again when its state or the mark changes.
 */
import type { Node } from '../../model/markdown.ts';
import type { StepView, View } from '../../session/view.ts';
import { messageParts } from '../../tui/classroom/class-lines.ts';
import { onward } from '../../tui/ui-state.ts';
import { isFresh, isHostGone } from './progress.ts';
import { renderNodes } from './render-nodes.ts';
import type { RenderOptions } from './render-options.ts';
import { nothing, type Rendered, stack } from './rendered.ts';
import { endPart, hintPart, lockedPart, welcomePart } from './section-ends.ts';

/** What decides how a section looks. */
export interface DocumentOptions {
  readonly view: View;
  /** Cells of a line. */
  readonly width: number;
  /** The marked stop: a block's id, `onward`, or null. */
  readonly marked: string | null;
  /** How the key that acts on the mark is written now, e.g. `⏎` or `^] ⏎`. */
  readonly actionKey: string;
  /** How the key that puts a message of the class away is written now. */
  readonly messageKey?: string;
  /** The key between lesson and shell, for people. */
  readonly prefix: string;
}

/** Renders sections; keeps what it rendered as long as the nodes live. */
export interface DocumentRenderer {
  render(options: DocumentOptions): Rendered;
}

/** Text set wider than this is hard to read. */
const measure = 80;

/** A renderer with an empty memory. */
export function createDocumentRenderer(): DocumentRenderer {
  const kept = new WeakMap<Node, { readonly key: string; readonly rendered: Rendered }>();

  const renderNode = (node: Node, width: number, options: RenderOptions): Rendered => {
    const key = `${width} ${stepKey(node, options)}`;
    const known = kept.get(node);
    if (known?.key === key) return known.rendered;
    const rendered = renderNodes([node], width, options);
    kept.set(node, { key, rendered });
    return rendered;
  };

  const renderSection = ({ view, width, marked, actionKey, messageKey = '', prefix }: DocumentOptions): Rendered => {
    const section = view.sections[view.shown];
    if (!section) return nothing;
    const steps = new Map(section.steps.map((step) => [step.block, step]));
    const options: RenderOptions = { steps, selected: marked, actionKey: isHostGone(view) ? '' : actionKey };
    const narrow = Math.min(width, measure);
    const text = (nodes: readonly Node[]) =>
      stack(
        nodes.map((node) => renderNode(node, usesWidth(node) ? width : narrow, options)),
        1,
      );
    if (section.status === 'locked') return lockedPart(view, narrow);
    const first = view.shown === 0;
    return stack(
      [
        ...messageParts(view, narrow, messageKey),
        first && isFresh(view) ? welcomePart(view, narrow, prefix) : nothing,
        first ? text(view.lesson.introduction) : nothing,
        text(section.body),
        ...section.hints.map((hint) => hintPart(hint, narrow)),
        endPart(view, section, { width: narrow, explain: text(section.explain), key: marked === onward ? actionKey : '' }),
      ],
      1,
    );
  };

  let last: { readonly options: DocumentOptions; readonly rendered: Rendered } | null = null;
  return {
    // Scrolling asks for the same again and again.
    render(options) {
      if (last === null || !isSame(last.options, options)) last = { options, rendered: renderSection(options) };
      return last.rendered;
    },
  };
}

function isSame(a: DocumentOptions, b: DocumentOptions): boolean {
  return (
    a.view === b.view &&
    a.width === b.width &&
    a.marked === b.marked &&
    a.actionKey === b.actionKey &&
    a.messageKey === b.messageKey &&
    a.prefix === b.prefix
  );
}

/** Changes when a step inside of the node must be drawn again. */
function stepKey(node: Node, options: RenderOptions): string {
  return blocksIn(node)
    .map((block) => {
      const step = options.steps?.get(block);
      return step ? stateKey(step, options.selected === block ? (options.actionKey ?? '') : null) : '';
    })
    .join('|');
}

function stateKey(step: StepView, key: string | null): string {
  return [step.status, step.finished, step.sentence ?? '', key ?? 'unmarked'].join(' ');
}

function blocksIn(node: Node): readonly string[] {
  switch (node.type) {
    case 'code':
      return node.block === undefined ? [] : [node.block];
    case 'quote':
      return node.children.flatMap(blocksIn);
    case 'list':
      return node.items.flatMap((item) => item.children.flatMap(blocksIn));
    default:
      return [];
  }
}

/** Code and tables use the whole width; running text stays within the measure. */
function usesWidth(node: Node): boolean {
  return node.type === 'code' || node.type === 'table' || blocksIn(node).length > 0;
}

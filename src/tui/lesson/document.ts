/**
 * The whole text of one section as lines, with the places where the mark can stop: its blocks and the way onward.
 * Nodes are rendered once for a width and kept; a step is rendered again when its state or the mark changes.
 */
import type { Node } from '../../model/markdown.ts';
import type { SectionView, StepView, View } from '../../session/view.ts';
import { accentStyle, boldStyle, dimStyle, type Line, span } from '../../tui/text/line.ts';
import { wrapSpans } from '../../tui/text/wrap.ts';
import { onward } from '../../tui/ui-state.ts';
import { isFresh, nextSection, openSection, sectionName } from './progress.ts';
import { type RenderOptions, renderNodes } from './render-nodes.ts';
import { nothing, onlyLines, prefix, type Rendered, stack } from './rendered.ts';

/** What decides how a section looks. */
export interface DocumentOptions {
  readonly view: View;
  /** Cells of a line. */
  readonly width: number;
  /** The marked stop: a block's id, `onward`, or null. */
  readonly marked: string | null;
  /** How the key that acts on the mark is written now, e.g. `⏎` or `^] ⏎`. */
  readonly actionKey: string;
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

  return {
    render({ view, width, marked, actionKey }) {
      const section = view.sections[view.shown];
      if (!section) return nothing;
      const steps = new Map(section.steps.map((step) => [step.block, step]));
      const options: RenderOptions = { steps, selected: marked, actionKey };
      const text = (nodes: readonly Node[]) =>
        stack(
          nodes.map((node) => renderNode(node, Math.min(width, hasCode(node) ? width : measure), options)),
          1,
        );
      return stack(sectionParts(view, section, Math.min(width, measure), text, marked === onward ? actionKey : ''), 1);
    },
  };
}

type RenderText = (nodes: readonly Node[]) => Rendered;

function sectionParts(view: View, section: SectionView, width: number, text: RenderText, key: string): readonly Rendered[] {
  if (section.status === 'locked') return [onlyLines(lockedLines(view, width))];
  const first = view.shown === 0;
  return [
    first && isFresh(view) ? onlyLines(welcomeLines(view, width)) : nothing,
    first ? text(view.lesson.introduction) : nothing,
    text(section.body),
    ...section.hints.map((hint) => onlyLines(hintLines(hint, width))),
    ...endParts(view, section, width, text, key),
  ];
}

/** What stands below the text once there is nothing more to do in it. */
function endParts(view: View, section: SectionView, width: number, text: RenderText, key: string): readonly Rendered[] {
  const here = view.shown === view.open;
  const next = here ? nextSection(view) : undefined;
  const closed = section.status === 'done' || section.status === 'skipped';
  return [
    closed && section.kind === 'work' ? onlyLines([[span('─'.repeat(Math.min(width, 24)), dimStyle)]]) : nothing,
    closed && section.kind === 'work' ? onlyLines(wrapSpans(momentSpans(view, section), width)) : nothing,
    text(section.explain),
    here && view.finished && !next
      ? onlyLines(wrapSpans([span('That was the last section. q leaves; everything stays as it is.')], width))
      : nothing,
    next ? onwardPart(next, key) : nothing,
  ];
}

function momentSpans(view: View, section: SectionView): Line {
  if (section.status === 'skipped') return [span('↷ ', boldStyle), span(`Section ${section.number} was skipped.`, boldStyle)];
  const sentence = view.unlocked && view.shown === view.open ? view.unlocked.sentence : `Section ${section.number} done.`;
  return [span('✓ ', { tone: 'good', bold: true }), span(sentence, boldStyle)];
}

function onwardPart(next: SectionView, key: string): Rendered {
  const marked = key !== '';
  const line: Line = [
    span(marked ? '▸ ' : '  ', { tone: 'accent', bold: true }),
    span(`${marked ? key : '⏎'} `, marked ? { tone: 'accent', bold: true } : dimStyle),
    span(sectionName(next), marked ? boldStyle : {}),
  ];
  return { lines: [line], anchors: [{ block: onward, top: 0, bottom: 1 }] };
}

/** Three lines for whoever sees this for the first time: what it is, how to move, how to leave. */
function welcomeLines(view: View, width: number): readonly Line[] {
  const minutes = view.lesson.minutes === undefined ? '' : ` About ${view.lesson.minutes} minutes.`;
  const key = (text: string) => span(text, { tone: 'accent', bold: true });
  const lines: readonly Line[] = [
    [span(`A lesson here, a real shell beside it; checks turn ✓ by themselves as you work.${minutes}`)],
    [key('Ctrl-]'), span(' goes from the lesson to the shell and back. '), key('Enter'), span(' does the marked step for you.')],
    [key('h'), span(' shows all keys, '), key('q'), span(' leaves; next time you go on where you were.')],
  ];
  const bar: Line = [span('▌ ', accentStyle)];
  return prefix(onlyLines(lines.flatMap((line) => wrapSpans(line, width - 2))), bar, bar).lines;
}

function hintLines(hint: string, width: number): readonly Line[] {
  return prefix(onlyLines(wrapSpans([span('Hint: ', boldStyle), span(hint)], width - 2)), [span('? ', accentStyle)], [span('  ')])
    .lines;
}

function lockedLines(view: View, width: number): readonly Line[] {
  const open = openSection(view);
  const until = open ? `It opens when ${sectionName(open)} is done.` : '';
  return wrapSpans([span(`This section is still locked. ${until}`, dimStyle)], width);
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
function hasCode(node: Node): boolean {
  return node.type === 'code' || node.type === 'table' || blocksIn(node).length > 0;
}

/**
 * A step in the text: its code with a head line that says what it is, how far it is and what the key does, and
 * what else the learner must know: why it failed, why other commands stand here than in the text.
 */
import type { Node } from '../../model/markdown.ts';
import type { StepView } from '../../session/view.ts';
import {
  accentStyle,
  boldStyle,
  dimStyle,
  type Line,
  lineWidth,
  type Span,
  type Style,
  span,
  spread,
} from '../../tui/text/line.ts';
import { wrapSpans } from '../../tui/text/wrap.ts';
import { words } from '../../words/words.ts';
import { quietBar, renderCode } from './render-code.ts';
import type { RenderOptions } from './render-options.ts';
import type { Rendered } from './rendered.ts';

const markedBar: Span = span('┃ ', accentStyle);

/**
 * The lines of a step; its anchor spans all of them.
 * @param node the fence.
 * @param step its state.
 * @param width cells.
 * @param options which block is marked, and the key that acts on it.
 */
export function renderStep(
  node: Extract<Node, { type: 'code' }>,
  step: StepView,
  width: number,
  options: Pick<RenderOptions, 'selected' | 'actionKey'>,
): Rendered {
  const marked = options.selected === step.block;
  const bar = marked ? markedBar : quietBar;
  const lines: Line[] = [
    headLine(step, width, marked, options.actionKey ?? ''),
    ...(step.status === 'failed' && step.sentence !== undefined ? noteLines(`✗ ${step.sentence}`, boldStyle, width, bar) : []),
    ...renderCode(step.kind === 'run' && node.lang === '' ? 'sh' : node.lang, node.text, width, bar),
    ...insteadLines(step, width, bar),
  ];
  return { lines, anchors: [{ block: step.block, top: 0, bottom: lines.length }] };
}

function headLine(step: StepView, width: number, marked: boolean, key: string): Line {
  const name = step.path ?? words().step.run;
  const left: Line = [
    marked ? span('▸ ', { tone: 'accent', bold: true }) : span('  '),
    span(name, marked ? boldStyle : {}),
    ...(step.optional ? [span(`  ${words().step.optional}`, dimStyle)] : []),
  ];
  // Where a file goes must be read whole; what the key does stands in the footer as well.
  const state = stateSpans(step);
  const full = [...state, ...actionSpans(step, marked ? key : '')];
  return spread(left, lineWidth(left) + 2 + lineWidth(full) <= width ? full : state, width);
}

function stateSpans(step: StepView): readonly Span[] {
  const count = step.commands.length;
  switch (step.status) {
    case 'done':
      return [
        span('✓ ', { tone: 'good', bold: true }),
        span(step.kind === 'write' ? words().step.written : words().step.done, { tone: 'good' }),
      ];
    case 'failed':
      return [
        span(
          count > 1 ? `✗ ${words().step.failedAt(Math.min(step.finished + 1, count), count)}` : `✗ ${words().step.failed}`,
          boldStyle,
        ),
      ];
    case 'running':
      return [
        span(count > 1 ? words().step.runningAt(Math.min(step.finished + 1, count), count) : words().step.running, boldStyle),
      ];
    default:
      return [];
  }
}

/** What the key does with the step now; nothing while it runs. */
function actionSpans(step: StepView, key: string): readonly Span[] {
  if (key === '' || step.status === 'running') return [];
  const gap = step.status === 'todo' ? [] : [span('   ')];
  return [...gap, span(`${key} `, { tone: 'accent', bold: true }), span(stepAction(step))];
}

/**
 * What acting on a step is called.
 * @param step the step.
 */
export function stepAction(step: StepView): string {
  if (step.kind === 'write') return step.status === 'done' ? words().step.writeAgain : words().step.writeFile;
  if (step.status === 'done') return words().step.runAgain;
  return step.commands.length > 1 ? words().step.runCommands(step.commands.length) : words().step.run;
}

/** Nobody runs what they have not seen: where other commands are run than the text has, they stand below it. */
function insteadLines(step: StepView, width: number, bar: Span): readonly Line[] {
  if (step.because === undefined) return [];
  return [
    [bar],
    ...noteLines(`${step.because} ${words().step.instead}`, { italic: true }, width, bar),
    ...renderCode('sh', step.commands.join('\n'), width, bar),
  ];
}

function noteLines(text: string, style: Style, width: number, bar: Span): readonly Line[] {
  return wrapSpans([span(text, style)], width - 2).map((line) => [bar, ...line]);
}

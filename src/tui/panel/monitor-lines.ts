/**
 * The live strip of a section with a monitor: requests as a sparkline with their sums, and for each supervised program
 * a timeline of its states. Pure.
 */
import type { MonitorView } from '../../session/view.ts';
import { boldStyle, dimStyle, fitLine, type Line, lineWidth, type Span, span } from '../../tui/text/line.ts';
import { words } from '../../words/words.ts';

const levels = '▁▂▃▄▅▆▇█';
/** Cells that names and addresses have, at least and at most. */
const labelCells = { least: 10, most: 28 } as const;
/** A latency that fills the sparkline's height, milliseconds; slower seconds raise the scale. */
const fullMs = 200;

/**
 * The strip; the requests first, then one line a program.
 * @param monitor what was counted.
 * @param width cells.
 * @param time a time of day for people, from ms since the epoch.
 */
export function monitorLines(monitor: MonitorView, width: number, time: (at: number) => string): readonly Line[] {
  const label = labelWidth(monitor, width);
  const tails = [requestTail(monitor, width), ...monitor.programs.map((program) => stateTail(program, time))];
  const tail = Math.max(...tails.map(lineWidth));
  const cells = Math.max(4, Math.min(60, width - 2 - label - 2 - 3 - tail - 1));
  return [
    row(requestsLabel(monitor), label, requestCells(monitor, cells), tails[0] ?? [], width),
    ...monitor.programs.map((program, index) =>
      row(program.name, label, timeline(program, monitor, cells), tails[index + 1] ?? [], width),
    ),
  ];
}

function row(name: string, label: number, cells: Line, tail: Line, width: number): Line {
  const head = fitLine([span(name)], label);
  return fitLine([span(' '), ...head, span(' '.repeat(label - lineWidth(head) + 2)), ...cells, span('   '), ...tail], width);
}

function labelWidth(monitor: MonitorView, width: number): number {
  const names = [requestsLabel(monitor), ...monitor.programs.map((program) => program.name)];
  const longest = Math.max(...names.map((name) => lineWidth([span(name)])));
  return Math.max(labelCells.least, Math.min(longest, labelCells.most, Math.floor(width / 5)));
}

function requestsLabel({ url }: MonitorView): string {
  return words().panel.requestsTo(url.replace(/^https?:\/\//, '').replace(/\/$/, ''));
}

/** The sums; of failures also what the newest one said. On a narrow screen the slowest one is left out. */
function requestTail(monitor: MonitorView, width: number): Line {
  const failed = monitor.failed > 0;
  const why = failed && monitor.failure !== null ? fitLine([span(`: ${monitor.failure}`)], Math.floor(width / 5)) : [];
  return [
    span(`${words().panel.served(grouped(monitor.served))}   `),
    span(`${failed ? '✗ ' : ''}${words().panel.failed(grouped(monitor.failed))}`, failed ? boldStyle : { tone: 'good' }),
    ...why,
    ...(width < 72 ? [] : [span(`   ${words().panel.slowest(grouped(monitor.slowestMs))}`, dimStyle)]),
  ];
}

/** One cell a second, oldest at the left, from the first second on until the row is full: how slow the slowest was; a second with a failure is marked by its own sign. */
function requestCells(monitor: MonitorView, cells: number): Line {
  const shown = monitor.seconds.slice(-cells);
  const scale = Math.max(fullMs, ...shown.map((second) => second.slowestMs));
  const bars = shown.map(({ served, failed, slowestMs }): Span => {
    if (failed > 0) return span('✗', boldStyle);
    if (served === 0) return span(' ');
    return span(levels[Math.min(levels.length - 1, Math.floor((slowestMs / scale) * levels.length))] ?? '▁', { tone: 'good' });
  });
  return [...bars, span(' '.repeat(Math.max(0, cells - bars.length)))];
}

type Program = MonitorView['programs'][number];

/** One cell a second as above: high while it runs, low while it starts or stops, a dot where it does not run. */
function timeline(program: Program, monitor: MonitorView, cells: number): Line {
  const known = Math.min(cells, monitor.seconds.length);
  const states = Array.from({ length: known }, (_, index) => {
    const at = monitor.now - (known - 1 - index) * 1_000;
    return stateCell(program.changes.findLast((change) => change.at <= at)?.state);
  });
  return [...states, span(' '.repeat(cells - known))];
}

function stateCell(state: string | undefined): Span {
  switch (state) {
    case 'RUNNING':
      return span('▆', { tone: 'good' });
    case 'STARTING':
    case 'STOPPING':
    case 'BACKOFF':
      return span('▂');
    case undefined:
      return span(' ');
    default:
      return span('·', dimStyle);
  }
}

/** The last change with its time, e.g. `RUNNING → EXITED 14:07:31`. */
function stateTail(program: Program, time: (at: number) => string): Line {
  const [before, last] = [program.changes.at(-2), program.changes.at(-1)];
  if (!last) return [];
  if (!before) return [span(last.state)];
  return [span(`${before.state} → `, dimStyle), span(last.state, boldStyle), span(` ${time(last.at)}`, dimStyle)];
}

/** A number with its thousands apart. */
function grouped(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** The first row: what lesson this is, where in it the learner is, how the host is. Pure. */
import type { HostView, View } from '../../session/view.ts';
import { classMark } from '../../tui/classroom/class-mark.ts';
import { openSection } from '../../tui/lesson/progress.ts';
import { boldStyle, dimStyle, fitLine, type Line, lineWidth, type Span, span } from '../../tui/text/line.ts';
import { words } from '../../words/words.ts';

/**
 * The header, at most `width` cells.
 * @param view the session's view.
 * @param width cells.
 */
export function headerLine(view: View, width: number): Line {
  const open = openSection(view);
  const right: Line = [
    ...hostSpans(view.host),
    ...classMark(view.class, width < 100),
    ...progressSpans(view, width < 100 ? 10 : 24),
    span(' '),
  ];
  const room = width - lineWidth(right) - 3;
  const title: Line = fitLine([span(` ${view.lesson.title}`, boldStyle)], room);
  const where = open && !view.finished ? `${open.number > 0 ? `${open.number} ` : ''}${open.shortTitle}` : '';
  const spare = room - lineWidth(title);
  const section: Line = where === '' || spare < 12 ? [] : fitLine([span('   '), span(where)], spare);
  const left = [...title, ...section];
  return [...left, span(' '.repeat(Math.max(1, width - lineWidth(left) - lineWidth(right)))), ...right];
}

/** Nothing while all is well, and where there is no host to be well. */
function hostSpans(host: HostView): readonly Span[] {
  switch (host.status) {
    case 'ready':
    case 'none':
      return [];
    case 'preparing': {
      const share = host.fraction === null ? ' …' : ` ${percent(host.fraction)}`;
      return [span(`${words().header.host}${share}`, dimStyle), span('   ')];
    }
    default:
      return [span(host.status === 'lost' ? words().header.hostLost : words().header.noHost, boldStyle), span('   ')];
  }
}

/**
 * A share of one as people read it, e.g. `32 %`.
 * @param fraction 0 to 1.
 */
export function percent(fraction: number): string {
  return `${Math.round(Math.max(0, Math.min(1, fraction)) * 100)} %`;
}

function progressSpans(view: View, cells: number): readonly Span[] {
  if (view.workTotal === 0) return [];
  const open = openSection(view);
  const current = open?.kind === 'work' && open.number > 0 ? open.number : view.workDone;
  const text = view.finished ? words().header.allDone : words().header.place(current, view.workTotal);
  return [...barSpans(progressOf(view), cells), span(`  ${text}`)];
}

/**
 * How far the lesson is, 0 to 1: sections that are done, and of the open one the share of checks that pass.
 * @param view the session's view.
 */
function progressOf(view: View): number {
  const open = openSection(view);
  const counted = open?.status === 'open' ? open.checks.filter((check) => check.regressed !== true) : [];
  const passed = counted.filter((check) => check.status === 'pass').length;
  // The open section's own part is never full: that is what its end is for.
  const part = counted.length === 0 ? 0 : (passed / counted.length) * 0.9;
  return view.workTotal === 0 ? 0 : Math.min(1, (view.workDone + part) / view.workTotal);
}

/**
 * A bar of `cells` cells.
 * @param fraction 0 to 1.
 * @param cells its length.
 */
export function barSpans(fraction: number, cells: number): readonly Span[] {
  const full = Math.round(Math.max(0, Math.min(1, fraction)) * cells);
  return [span('█'.repeat(full), { tone: 'good' }), span('░'.repeat(cells - full), dimStyle)];
}

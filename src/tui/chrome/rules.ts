/** The rules between header, panes and panel, with the panes' titles on them. The focused pane's rule is heavy. Pure. */
import {
  accentStyle,
  boldStyle,
  dimStyle,
  fitLine,
  type Line,
  lineWidth,
  type Span,
  type Style,
  span,
} from '../../tui/text/line.ts';

/** What stands on a rule. */
export interface RuleTitle {
  readonly left: Line;
  readonly right: Line;
}

/**
 * A rule with its title: `━ 2 Configure Galaxy ━━━━━━━━ ↓ 12 more ━`.
 * @param title what stands on it; the left part is cut first.
 * @param width cells.
 * @param heavy whether the pane below has the keys.
 */
export function ruleLine(title: RuleTitle, width: number, heavy: boolean): Line {
  const style = heavy ? accentStyle : dimStyle;
  const dash = heavy ? '━' : '─';
  const right = title.right.length === 0 ? [] : [span(' '), ...title.right, span(' '), span(dash, style)];
  const kept = lineWidth(right) + 6 > width ? [] : right;
  const left =
    title.left.length === 0 ? [] : [span(dash, style), span(' '), ...fitLine(title.left, width - lineWidth(kept) - 4), span(' ')];
  return [...left, span(dash.repeat(Math.max(0, width - lineWidth(left) - lineWidth(kept))), style), ...kept];
}

/**
 * The cell where the line between two panes meets the rule above them.
 * @param heavy which side is heavy.
 */
export function topJunction(heavy: 'left' | 'right' | null): Span {
  return heavy === null ? span('┬', dimStyle) : span(heavy === 'left' ? '┭' : '┮', accentStyle);
}

/**
 * The style of a pane's title.
 * @param focused whether it has the keys.
 */
export function titleStyle(focused: boolean): Style {
  return focused ? boldStyle : {};
}

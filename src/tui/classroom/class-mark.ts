/** How the class stands, in a few words for the header; and the sign that the terminal is seen. Pure. */
import type { ClassView } from '../../session/view.ts';
import { boldStyle, dimStyle, type Line, type Span, span } from '../../tui/text/line.ts';

/**
 * The mark of the class; nothing without one.
 * @param room the view's class.
 * @param narrow whether there is little room.
 */
export function classMark(room: ClassView | undefined, narrow: boolean): readonly Span[] {
  if (room === undefined) return [];
  const hand = room.hand === null ? [] : [span(narrow ? 'hand up ' : 'hand up   ', { tone: 'accent', bold: true })];
  return [...hand, ...linkSpans(room, narrow), span('   ')];
}

function linkSpans({ status, waiting }: ClassView, narrow: boolean): readonly Span[] {
  const count = waiting === 0 ? '' : narrow ? ` ${waiting}` : `, ${waiting} waiting`;
  switch (status) {
    case 'online':
      return [span('● ', { tone: 'good' }), span(`class${count}`, waiting === 0 ? dimStyle : {})];
    case 'connecting':
      return [span('○ ', dimStyle), span(`class${count}`, dimStyle)];
    case 'offline':
      return [span('○ '), span(`${narrow ? 'offline' : 'class offline'}${count}`, boldStyle)];
    default:
      return [span(narrow ? '! no class' : '! no longer in the class', boldStyle)];
  }
}

/** Nobody is looked at without seeing so: the sign stands at the end of the footer, whatever else does. */
export const sharedMark: Line = [span(' ● seen by the instructor ', { tone: 'accent', bold: true })];

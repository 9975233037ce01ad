/** How the class stands, in a few words for the header; and the sign that the terminal is seen. Pure. */
import type { ClassView } from '../../session/view.ts';
import { boldStyle, dimStyle, type Line, type Span, span } from '../../tui/text/line.ts';
import { words } from '../../words/words.ts';

/**
 * The mark of the class; nothing without one.
 * @param room the view's class.
 * @param narrow whether there is little room.
 */
export function classMark(room: ClassView | undefined, narrow: boolean): readonly Span[] {
  if (room === undefined) return [];
  const hand =
    room.hand === null
      ? []
      : [span(narrow ? `${words().classroom.handUp} ` : `${words().classroom.handUp}   `, { tone: 'accent', bold: true })];
  return [...hand, ...linkSpans(room, narrow), span('   ')];
}

function linkSpans({ status, waiting }: ClassView, narrow: boolean): readonly Span[] {
  const count = waiting === 0 ? '' : narrow ? ` ${waiting}` : words().classroom.waiting(waiting);
  switch (status) {
    case 'online':
      return [span('● ', { tone: 'good' }), span(`${words().classroom.class}${count}`, waiting === 0 ? dimStyle : {})];
    case 'connecting':
      return [span('○ ', dimStyle), span(`${words().classroom.class}${count}`, dimStyle)];
    case 'offline':
      return [span('○ '), span(`${narrow ? words().classroom.offline : words().classroom.classOffline}${count}`, boldStyle)];
    default:
      return [span(narrow ? words().classroom.noClass : words().classroom.noLonger, boldStyle)];
  }
}

/** Nobody is looked at without seeing so: the sign stands at the end of the footer, whatever else does. */
export function sharedMark(): Line {
  return [span(words().classroom.seen, { tone: 'accent', bold: true })];
}

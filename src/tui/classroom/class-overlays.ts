/** What the class sees, in full; and the question whether it may see the terminal. Pure. */
import type { ClassView, View } from '../../session/view.ts';
import { answers, type OverlayContent, questionWidth } from '../../tui/chrome/overlay-content.ts';
import { boldStyle, dimStyle, type Line, span } from '../../tui/text/line.ts';
import { wrapSpans } from '../../tui/text/wrap.ts';

/** Everything that a report can hold, in the learner's words; `report-of.ts` sees to it that this is all. */
const told: readonly string[] = [
  'your name in the class, and whether your program is connected',
  'which sections are open, done, skipped, begun again or solved by the program, and when',
  'which steps were run or written, by their place in the lesson, and when',
  'which checks hold, and for the others the code of the reason, such as wrong-owner',
  'which hints you opened; in a section that counts requests, how many failed',
  'the version of Lockstep, and the kind of host',
  'that you raised your hand, and the line you wrote with it',
  'which of the instructor’s messages have been shown to you',
];

/**
 * What the class sees, and how the program stands with it.
 * @param view the session's view.
 * @param width cells of a line.
 * @param top first line shown.
 */
export function classScreen(view: View, width: number, top: number): OverlayContent {
  const keys = answers([['Esc', 'back']]);
  const title = 'What the class sees';
  const { class: room } = view;
  const text = (sentence: string): readonly Line[] => wrapSpans([span(sentence)], width);
  if (room === undefined) {
    const join = 'You are in no class: nobody is told anything. An instructor’s address is joined with lockstep join URL.';
    return { title, lines: text(join), top, keys };
  }
  const kind = view.host.kind === 'local' ? 'this very machine' : view.host.kind;
  const items = told.map((item) => (item.endsWith('kind of host') ? `${item} (${kind})` : item));
  const lines = [
    ...text(`You are ${room.name} in the class${room.title === '' ? '' : ` “${room.title}”`}. ${linkSentence(room)}`),
    [],
    [span('The instructor sees', boldStyle)],
    ...items.flatMap((item) => bullet(item, width)),
    [],
    [span('Nobody sees', boldStyle)],
    ...bullet('what you type, what your terminal shows, and your files, unless you allow it, each time you are asked', width),
    [],
    ...shareLines(room, width),
    ...wrapSpans([span('Other learners see none of it. lockstep leave ends it all.', dimStyle)], width),
  ];
  return { title, lines, top, keys };
}

function bullet(text: string, width: number): readonly Line[] {
  return wrapSpans([span(text)], width - 4).map((line, index): Line => [span(index === 0 ? '  • ' : '    ', dimStyle), ...line]);
}

function linkSentence({ status, waiting, sentence }: ClassView): string {
  const things = waiting === 1 ? 'One thing is' : `${waiting} things are`;
  const rest = waiting === 0 ? '' : ` ${things} waiting to be told.`;
  switch (status) {
    case 'online':
      return waiting === 0 ? 'It is connected, and has been told everything.' : `It is connected.${rest}`;
    case 'connecting':
      return 'It is being connected.';
    case 'offline':
      return `${sentence ?? 'It cannot be reached.'} Go on: it is told later.${rest}`;
    default:
      return `${sentence ?? 'You are no longer in it.'} Nothing is told any more.`;
  }
}

function shareLines({ share }: ClassView, width: number): readonly Line[] {
  const sentence =
    share?.status === 'on'
      ? 'The instructor sees your terminal now, read-only. e ends it.'
      : share?.status === 'asked'
        ? 'The instructor asks to see your terminal. e answers.'
        : null;
  return sentence === null ? [] : [...wrapSpans([span(sentence, boldStyle)], width), []];
}

/**
 * May the instructor see the terminal?
 * @param view the session's view; null is given where nobody asks any more.
 * @param width cells of a line.
 */
export function shareQuestion(view: View, width: number): OverlayContent | null {
  if (view.class?.share?.status !== 'asked') return null;
  const sentences = [
    'The instructor asks to see your terminal. They would see what the shown tab shows, live, with everything you type there that can be seen. They can type nothing in it.',
    'While they see it, a sign stands at the end of the last row, and e ends it at once.',
  ];
  return {
    title: 'Let the instructor see your terminal?',
    lines: sentences.flatMap((sentence, index) => [
      ...(index === 0 ? [] : [[] as Line]),
      ...wrapSpans([span(sentence)], Math.min(width, questionWidth)),
    ]),
    top: 0,
    keys: answers([
      ['y', 'let them see it'],
      ['n', 'no'],
    ]),
  };
}

/** What the class sees, in full; and the question whether it may see the terminal. Pure. */
import type { ClassView, View } from '../../session/view.ts';
import { answers, type OverlayContent, questionWidth } from '../../tui/chrome/overlay-content.ts';
import { boldStyle, dimStyle, type Line, span } from '../../tui/text/line.ts';
import { wrapSpans } from '../../tui/text/wrap.ts';
import { words } from '../../words/words.ts';

/**
 * What the class sees, and how the program stands with it.
 * @param view the session's view.
 * @param width cells of a line.
 * @param top first line shown.
 * @param key what is to be pressed, or said, to answer a request or to end being seen.
 */
export function classScreen(view: View, width: number, top: number, key = 'e'): OverlayContent {
  const keys = answers([['Esc', words().overlay.back]]);
  const title = words().classScreen.title;
  const { class: room } = view;
  const text = (sentence: string): readonly Line[] => wrapSpans([span(sentence)], width);
  if (room === undefined) {
    return { title, lines: text(words().classScreen.noClass), top, keys };
  }
  const kind = view.host.kind === 'local' ? words().classScreen.thisMachine : view.host.kind;
  const lines = [
    ...text(`${words().classScreen.youAre(room.name, room.title)} ${linkSentence(room)}`),
    [],
    [span(words().classScreen.instructorSees, boldStyle)],
    // `report-of.ts` sees to it that this is all.
    ...words()
      .classScreen.told(kind)
      .flatMap((item) => bullet(item, width)),
    [],
    [span(words().classScreen.nobodySees, boldStyle)],
    ...bullet(words().classScreen.unlessAllowed, width),
    [],
    ...shareLines(room, width, key),
    ...wrapSpans([span(words().classScreen.others, dimStyle)], width),
  ];
  return { title, lines, top, keys };
}

function bullet(text: string, width: number): readonly Line[] {
  return wrapSpans([span(text)], width - 4).map((line, index): Line => [span(index === 0 ? '  • ' : '    ', dimStyle), ...line]);
}

function linkSentence({ status, waiting, sentence }: ClassView): string {
  const rest = waiting === 0 ? '' : ` ${words().classScreen.waiting(waiting)}`;
  switch (status) {
    case 'online':
      return waiting === 0 ? words().classScreen.toldAll : `${words().classScreen.connected}${rest}`;
    case 'connecting':
      return words().classScreen.connecting;
    case 'offline':
      return `${sentence ?? words().classScreen.notReached} ${words().classScreen.toldLater}${rest}`;
    default:
      return `${sentence ?? words().classScreen.noLonger} ${words().classScreen.nothingTold}`;
  }
}

function shareLines({ share }: ClassView, width: number, key: string): readonly Line[] {
  const sentence =
    share?.status === 'on' ? words().classScreen.seesNow(key) : share?.status === 'asked' ? words().classScreen.asks(key) : null;
  return sentence === null ? [] : [...wrapSpans([span(sentence, boldStyle)], width), []];
}

/**
 * May the instructor see the terminal?
 * @param view the session's view; null is given where nobody asks any more.
 * @param width cells of a line.
 */
export function shareQuestion(view: View, width: number): OverlayContent | null {
  if (view.class?.share?.status !== 'asked') return null;
  return {
    title: words().classScreen.shareTitle,
    lines: words().classScreen.shareText.flatMap((sentence, index) => [
      ...(index === 0 ? [] : [[] as Line]),
      ...wrapSpans([span(sentence)], Math.min(width, questionWidth)),
    ]),
    top: 0,
    keys: answers([
      ['y', words().classScreen.letThem],
      ['n', words().overlay.no],
    ]),
  };
}

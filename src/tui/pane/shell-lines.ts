/** What the terminal pane says while there is no shell in it: how far the host is, or why there is none. Pure. */
import type { HostView } from '../../session/view.ts';
import { barSpans, percent } from '../../tui/chrome/header.ts';
import { boldStyle, dimStyle, type Line, span } from '../../tui/text/line.ts';
import { wrapSpans } from '../../tui/text/wrap.ts';
import { words } from '../../words/words.ts';

/**
 * Lines for an empty pane; where they do not all fit, the empty ones among them go first.
 * @param host the host's state.
 * @param width cells of the pane.
 * @param rows its rows.
 * @param key how the key that starts a lost host again is written now.
 */
export function hostLines(host: HostView, width: number, rows: number, key: string): readonly Line[] {
  const lines = allHostLines(host, width, key);
  return lines.length <= rows ? lines : lines.filter((line) => line.length > 0);
}

function allHostLines(host: HostView, width: number, key: string): readonly Line[] {
  const room = Math.max(10, Math.min(width - 4, 72));
  const inset = (lines: readonly Line[]): readonly Line[] =>
    lines.map((line) => (line.length === 0 ? [] : [span('  '), ...line]));
  switch (host.status) {
    case 'preparing':
      return inset([
        [],
        ...preparingLines(host.sentence, room),
        ...(host.fraction === null
          ? []
          : [[], [...barSpans(host.fraction, Math.min(40, room - 8)), span(`  ${percent(host.fraction)}`)]]),
        [],
        ...wrapSpans([span(words().pane.canBeRead, dimStyle)], room),
      ]);
    case 'ready':
      return inset([[], [span(words().pane.openingShell, dimStyle)]]);
    case 'none':
      return inset([[], ...wrapSpans([span(host.sentence)], room)]);
    default:
      return inset([
        [],
        [span(host.status === 'lost' ? words().pane.hostLost : words().pane.hostFailed, boldStyle)],
        [],
        ...wrapSpans([span(host.sentence)], room),
        ...(host.tries.length === 0 ? [] : [[], [span(words().pane.whatToTry, boldStyle)]]),
        ...host.tries.flatMap((each) =>
          wrapSpans([span(each)], room - 2).map((line, index) => [span(index === 0 ? '• ' : '  ', dimStyle), ...line]),
        ),
        [],
        [span(`${key} `, { tone: 'accent', bold: true }), span(words().pane.startsAgain, boldStyle)],
        ...wrapSpans([span(words().pane.nothingLost, dimStyle)], room),
      ]);
  }
}

/** What is going on, with what it is part of as its heading where the sentence names that: `Preparing X: doing Y`. */
function preparingLines(sentence: string, room: number): readonly Line[] {
  const named = /^([^:]+): (.+)$/.exec(sentence.startsWith(words().pane.preparingWhat) ? sentence : '');
  const [heading, what] = named ? [named[1] ?? '', named[2] ?? ''] : [words().pane.preparing, sentence];
  return [[span(heading, boldStyle)], ...wrapSpans([span(what)], room)];
}

/** What the last row of a pane says once its shell has ended. */
export function endedLine(key: string): Line {
  return [span(words().pane.shellEnded, boldStyle), span(`${key} `, { tone: 'accent', bold: true }), span(words().pane.opensNew)];
}

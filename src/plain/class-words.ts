/** The class in plain words: what has changed in it, what can be chosen, what it sees. Pure. */
import type { ClassView, View } from '../session/view.ts';
import { classScreen } from '../tui/classroom/class-overlays.ts';
import { lineText } from '../tui/text/line.ts';
import { words } from '../words/words.ts';
import type { Choice } from './choice.ts';

/**
 * What is worth saying of the class when one view follows another.
 * @param before the view that was told last.
 * @param after the view now.
 */
export function classNews(before: View, after: View): readonly string[] {
  const { class: was } = before;
  const { class: now } = after;
  if (now === undefined) return [];
  const known = new Set(was?.messages.map(({ id }) => id));
  return [
    ...linkNews(was, now),
    ...now.messages
      .filter(({ id }) => !known.has(id))
      .map(({ kind, check, text }) => {
        const about = check === null ? '' : words().news.classOn(titleOf(check, after));
        return `*** ${words().classroom.leads[kind]}${about}: ${text}`;
      }),
    ...shareNews(was?.share ?? null, now.share),
  ];
}

function linkNews(was: ClassView | undefined, { status, sentence, title, name }: ClassView): readonly string[] {
  if (was?.status === status || status === 'connecting') return [];
  switch (status) {
    case 'online':
      return [was === undefined || was.status === 'connecting' ? words().news.inClass(title, name) : words().news.classAgain];
    case 'offline':
      return [`${sentence ?? words().news.classNotReached} ${words().news.toldLater}`];
    default:
      return [`${sentence ?? words().news.noLonger} ${words().news.nothingTold}`];
  }
}

function shareNews(was: ClassView['share'], now: ClassView['share']): readonly string[] {
  if (now?.status === was?.status && now?.request === was?.request) return [];
  if (now?.status === 'asked') return [words().news.asksToSee];
  if (now?.status === 'on') return [words().news.seesNow];
  return was?.status === 'on' ? [words().news.nobodySees] : [];
}

function titleOf(id: string, { sections }: View): string {
  return sections.flatMap((section) => section.checks).find((check) => check.id === id)?.title ?? id;
}

/**
 * What can be chosen in a class; nothing without one.
 * @param view the session's view.
 */
export function classChoices({ class: room }: View): readonly Choice[] {
  if (room === undefined || room.status === 'removed') return [];
  const share: Choice = {
    word: 'share',
    letter: 'e',
    label: room.share?.status === 'on' ? words().choices.shareEnd : words().choices.share,
    action: { type: 'class', what: 'share' },
  };
  return [
    {
      word: 'hand',
      letter: 'u',
      label: room.hand === null ? words().choices.handRaise : words().choices.handDown,
      action: { type: 'class', what: 'hand' },
    },
    { word: 'seen', letter: 'w', label: words().choices.seen, action: { type: 'class', what: 'seen' } },
    ...(room.share === null ? [] : [share]),
  ];
}

/**
 * What the class sees, as lines.
 * @param view the session's view.
 * @param width cells of a line.
 */
export function seenLines(view: View, width: number): readonly string[] {
  // The screen's key for it is another choice here.
  return classScreen(view, width, 0, words().choices.word.share)
    .lines.map(lineText)
    .map((line) => line.replace('•', '-').trimEnd());
}

/**
 * The sign that the terminal is seen, before each prompt; empty while it is not.
 * @param view the session's view.
 */
export function seenSign({ class: room }: View): string {
  return room?.share?.status === 'on' ? words().news.seenSign : '';
}

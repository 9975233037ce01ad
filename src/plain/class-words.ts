/** The class in plain words: what has changed in it, what can be chosen, what it sees. Pure. */
import type { ClassView, View } from '../session/view.ts';
import { classScreen } from '../tui/classroom/class-overlays.ts';
import { lineText } from '../tui/text/line.ts';
import type { Choice } from './choices.ts';

const leads = { hint: 'A hint from the instructor', message: 'The instructor writes', answer: 'The instructor answers' } as const;

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
        const about = check === null ? '' : `, on "${titleOf(check, after)}"`;
        return `*** ${leads[kind]}${about}: ${text}`;
      }),
    ...shareNews(was?.share ?? null, now.share),
  ];
}

function linkNews(was: ClassView | undefined, { status, sentence, title, name }: ClassView): readonly string[] {
  if (was?.status === status || status === 'connecting') return [];
  switch (status) {
    case 'online':
      return [
        was === undefined || was.status === 'connecting'
          ? `You are in the class "${title}" as ${name}. seen tells what it sees of you.`
          : 'The class is connected again.',
      ];
    case 'offline':
      return [`${sentence ?? 'The class cannot be reached.'} Go on: it is told later.`];
    default:
      return [`${sentence ?? 'You are no longer in the class.'} Nothing is told to it any more.`];
  }
}

function shareNews(was: ClassView['share'], now: ClassView['share']): readonly string[] {
  if (now?.status === was?.status && now?.request === was?.request) return [];
  if (now?.status === 'asked') return ['The instructor asks to see your terminal, read-only. Choose share to answer.'];
  if (now?.status === 'on') return ['The instructor sees your terminal now. Choose share to end it.'];
  return was?.status === 'on' ? ['Nobody sees your terminal any more.'] : [];
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
    label:
      room.share?.status === 'on'
        ? 'share: end being seen by the instructor'
        : 'share: let the instructor see your terminal, or not',
    action: { type: 'class', what: 'share' },
  };
  return [
    {
      word: 'hand',
      letter: 'u',
      label: room.hand === null ? 'hand: raise it' : 'hand: take it down',
      action: { type: 'class', what: 'hand' },
    },
    { word: 'seen', letter: 'w', label: 'seen: what the class sees of you', action: { type: 'class', what: 'seen' } },
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
  return classScreen(view, width, 0)
    .lines.map(lineText)
    .map((line) =>
      line
        .replace(/ e (ends it|answers)\./, ' share $1.')
        .replace('•', '-')
        .trimEnd(),
    );
}

/**
 * The sign that the terminal is seen, before each prompt; empty while it is not.
 * @param view the session's view.
 */
export function seenSign({ class: room }: View): string {
  return room?.share?.status === 'on' ? '(seen by the instructor) ' : '';
}

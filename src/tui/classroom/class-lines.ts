/** What the class has to say on the screen: messages in the lesson's text, one line in the panel. Pure. */
import type { ClassMessage } from '../../session/class-events.ts';
import type { ClassView, View } from '../../session/view.ts';
import { onlyLines, prefix, type Rendered, stack } from '../../tui/lesson/rendered.ts';
import { accentStyle, boldStyle, dimStyle, fitLine, type Line, span, spread } from '../../tui/text/line.ts';
import { wrapSpans } from '../../tui/text/wrap.ts';
import { words } from '../../words/words.ts';

const keyStyle = { tone: 'accent', bold: true } as const;

/**
 * Messages that were not read yet, as the lesson pane shows them above its text.
 * @param view the session's view.
 * @param width cells of a line.
 * @param key how the key that puts a message away is written now.
 */
export function messageParts(view: View, width: number, key: string): readonly Rendered[] {
  const bar: Line = [span('▌ ', accentStyle)];
  const messages = view.class?.messages ?? [];
  const parts = messages.map((message) => {
    const about = aboutOf(message, view);
    const text = message.text.split(/\r\n|[\r\n\u2028\u2029]/);
    return onlyLines([
      ...wrapSpans(
        [span(words().classroom.leads[message.kind], boldStyle), ...(about === null ? [] : [span(words().classroom.on(about))])],
        width - 2,
      ),
      ...text.flatMap((line) => (line === '' ? [[]] : wrapSpans([span(line)], width - 2))),
    ]);
  });
  if (parts.length === 0) return [];
  const foot = onlyLines([
    [
      span(key, keyStyle),
      span(messages.length > 1 ? words().classroom.putsFirstAway(messages.length) : words().classroom.putsAway, dimStyle),
    ],
  ]);
  return [prefix(stack([...parts, foot], 1), bar, bar)];
}

/** The check that a hint is about, by its title. */
function aboutOf({ check }: ClassMessage, { sections }: View): string | null {
  if (check === null) return null;
  return sections.flatMap((section) => section.checks).find((each) => each.id === check)?.title ?? null;
}

/** How keys are written now. */
export interface ClassKeys {
  readonly message: string;
  readonly share: string;
  /** The key for going on; empty while it does something else first. */
  readonly act: string;
}

/**
 * What the panel says of the class, the most urgent first: a request, a message, the gate; null where there is nothing.
 * @param view the session's view.
 * @param keys how keys are written now.
 * @param width cells.
 */
export function classLine(view: View, keys: ClassKeys, width: number): Line | null {
  const { class: room } = view;
  if (room === undefined) return null;
  if (room.share?.status === 'asked')
    return pointed('?', words().classroom.asksToSee, [keys.share, words().classroom.answer], width);
  const [message] = room.messages;
  if (message !== undefined) {
    const text = `${words().classroom.leads[message.kind]}: ${message.text.replaceAll(/\s+/g, ' ')}`;
    return pointed(
      '▌',
      text,
      [keys.message, room.messages.length > 1 ? words().classroom.putAwayOf(room.messages.length) : words().classroom.putAway],
      width,
    );
  }
  return heldLine(view, room, keys, width);
}

/** Done, and held before the gate. */
function heldLine(view: View, { held }: ClassView, keys: ClassKeys, width: number): Line | null {
  if (held === null) return null;
  const open = view.sections[view.open];
  const done: Line =
    open?.kind === 'work' && open.status === 'done'
      ? [span(' '), span('✓', { tone: 'good', bold: true }), span(` ${words().parts.sectionDone(open.number)} `, boldStyle)]
      : [span(' ')];
  const left: Line = [...done, span(heldSentence(view, held))];
  const right: Line =
    held.passable && keys.act !== ''
      ? [span(`${keys.act} `, keyStyle), span(words().classroom.goOnAllTheSame, boldStyle), span(' ')]
      : [];
  return spread(left, right, width);
}

/**
 * Why the learner does not go on.
 * @param view the session's view.
 * @param held the gate.
 */
export function heldSentence(view: View, held: NonNullable<ClassView['held']>): string {
  const gate = view.sections.find((section) => section.id === held.section);
  const name = gate && gate.number > 0 ? words().parts.section(gate.number) : (gate?.shortTitle ?? words().parts.nextSection);
  if (held.passable) return words().classroom.waitedBefore(name);
  return held.waiting ? words().classroom.goOnWhen(name) : words().classroom.waitsBefore(name);
}

function pointed(mark: string, text: string, [key, does]: readonly [string, string], width: number): Line {
  const right: Line = [span(`${key} `, keyStyle), span(does, boldStyle), span(' ')];
  return spread(fitLine([span(` ${mark} `, keyStyle), span(text, boldStyle)], width), right, width);
}

/** What stands around the author's text of a section: the welcome, hints, the lock, the moment it is done, the way onward. Pure. */
import type { SectionView, View } from '../../session/view.ts';
import { heldSentence } from '../../tui/classroom/class-lines.ts';
import { accentStyle, boldStyle, dimStyle, type Line, span } from '../../tui/text/line.ts';
import { wrapSpans } from '../../tui/text/wrap.ts';
import { onward } from '../../tui/ui-state.ts';
import { words } from '../../words/words.ts';
import { nextSection, openSection, sectionName } from './progress.ts';
import { nothing, onlyLines, prefix, type Rendered, stack } from './rendered.ts';

const keyStyle = { tone: 'accent', bold: true } as const;

/**
 * Three lines for whoever sees this for the first time: what it is, how to move, how to leave.
 * @param view the session's view.
 * @param width cells.
 * @param key the key between lesson and shell, for people.
 */
export function welcomePart(view: View, width: number, key: string): Rendered {
  const lines: readonly Line[] = [
    [span(words().lesson.welcome(view.lesson.minutes))],
    [span(key, keyStyle), span(words().lesson.switches), span('Enter', keyStyle), span(words().lesson.doesAStep)],
    [span('h', keyStyle), span(words().lesson.showsKeys), span('q', keyStyle), span(words().lesson.leavesAndKeeps)],
  ];
  const bar: Line = [span('▌ ', accentStyle)];
  return prefix(onlyLines(lines.flatMap((line) => wrapSpans(line, width - 2))), bar, bar);
}

/**
 * A revealed hint of the section as a whole.
 * @param hint its text.
 * @param width cells.
 */
export function hintPart(hint: string, width: number): Rendered {
  const [first = '', ...more] = hint.split('\n');
  const lines = [
    ...wrapSpans([span(words().parts.hint, boldStyle), span(first)], width - 2),
    ...more.flatMap((line) => wrapSpans([span(line)], width - 2)),
  ];
  return prefix(onlyLines(lines), [span('→ ', accentStyle)], [span('  ')]);
}

/**
 * What is said instead of the text of a section that is not open yet.
 * @param view the session's view.
 * @param width cells.
 */
export function lockedPart(view: View, width: number): Rendered {
  const open = openSection(view);
  return onlyLines(wrapSpans([span(words().lesson.locked(open ? sectionName(open) : null), dimStyle)], width));
}

/** What the end of a section is made of. */
export interface EndOptions {
  readonly width: number;
  /** The author's explanation, rendered. */
  readonly explain: Rendered;
  /** The key that goes on, where the way onward is marked; otherwise empty. */
  readonly key: string;
}

/**
 * What stands below the text once there is nothing more to do in it. Where there is a way onward, all of it is one
 * stop for the mark: whoever goes on has seen what happened.
 * @param view the session's view.
 * @param section the section shown.
 * @param options width, explanation, key.
 */
export function endPart(view: View, section: SectionView, options: EndOptions): Rendered {
  const here = view.shown === view.open;
  const next = here ? nextSection(view) : undefined;
  const closed = section.kind === 'work' && (section.status === 'done' || section.status === 'skipped');
  const end = stack(
    [
      closed ? onlyLines([momentRule(options.width), ...wrapSpans(momentSpans(view, section), options.width)]) : nothing,
      options.explain,
      here && view.finished && !next ? onlyLines(farewellLines(options.width)) : nothing,
      next ? onlyLines(onwardLines(view, next, options)) : nothing,
    ],
    1,
  );
  return next ? { lines: end.lines, anchors: [{ block: onward, top: 0, bottom: end.lines.length }] } : end;
}

function momentRule(width: number): Line {
  return [span('─'.repeat(Math.min(width, 24)), dimStyle)];
}

function momentSpans(view: View, section: SectionView): Line {
  if (section.status === 'skipped') return [span('↷ ', boldStyle), span(words().parts.sectionSkipped(section.number), boldStyle)];
  const own =
    section.solvedBy === 'program' ? words().parts.sectionSolved(section.number) : words().parts.sectionDone(section.number);
  const sentence = view.unlocked && view.shown === view.open && section.solvedBy === undefined ? view.unlocked.sentence : own;
  return [span('✓ ', { tone: 'good', bold: true }), span(sentence, boldStyle)];
}

function farewellLines(width: number): readonly Line[] {
  return wrapSpans([span(words().lesson.end), span('q', keyStyle), span(words().lesson.leaves)], width);
}

/** Before the gate it is said why nothing comes; there is a way onward where it does something. */
function onwardLines(view: View, next: SectionView, { width, key }: EndOptions): readonly Line[] {
  const held = view.class?.held ?? null;
  if (held === null) return [onwardLine(next, key)];
  const way = held.waiting && !held.passable ? [] : [[], onwardLine(next, key)];
  return [...wrapSpans([span(heldSentence(view, held), boldStyle)], width), ...way];
}

function onwardLine(next: SectionView, key: string): Line {
  const marked = key !== '';
  return [
    span(marked ? '▸ ' : '  ', keyStyle),
    span(`${marked ? key : '⏎'} `, marked ? keyStyle : dimStyle),
    span(sectionName(next), marked ? boldStyle : {}),
  ];
}

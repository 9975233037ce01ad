/** A question to the learner, as an overlay: what is asked, what there is to choose, what was wrong so far. Pure. */
import type { CheckView, View } from '../../session/view.ts';
import { hintLines } from '../../tui/panel/check-lines.ts';
import { mayHint } from '../../tui/perform-answer-key.ts';
import { askedIn } from '../../tui/situation.ts';
import { accentStyle, boldStyle, dimStyle, type Line, span } from '../../tui/text/line.ts';
import { wrapSpans } from '../../tui/text/wrap.ts';
import type { AnswerSheet } from '../../tui/ui-state.ts';
import { words } from '../../words/words.ts';
import { answers, type OverlayContent, questionWidth } from './overlay-content.ts';

/**
 * The question as an overlay; null once it has been answered.
 * @param sheet the answer so far.
 * @param view the session's view.
 * @param width cells of a line of text.
 */
export function answerSheet(sheet: AnswerSheet, view: View, width: number): OverlayContent | null {
  const check = askedIn(view, sheet);
  if (check?.asks === undefined) return null;
  const { asks } = check;
  const own = Math.min(width, questionWidth);
  const question = wrapSpans([span(asks.ask, boldStyle)], own);
  const body = asks.how === 'text' ? textLines(sheet, own) : choiceLines(sheet, asks, own);
  const told = check.status === 'fail' ? wrapSpans([span('✗ ', boldStyle), span(check.sentence ?? '')], own) : [];
  const hint = hintLines(check, own);
  const pointed = question.length + 1 + body.at;
  return {
    title: asks.how === 'several' ? words().sheet.titleSeveral : words().sheet.title,
    lines: [
      ...question,
      [],
      ...body.lines,
      ...(told.length === 0 ? [] : [[], ...told]),
      ...(hint.length === 0 ? [] : [[], ...hint]),
    ],
    // What is pointed at stays in sight where the choices need more rows than there are.
    top: Math.max(0, pointed - 8),
    keys: answers(keysFor(sheet, check, asks)),
  };
}

interface Body {
  readonly lines: readonly Line[];
  /** The line that is pointed at. */
  readonly at: number;
}

function textLines({ text }: AnswerSheet, width: number): Body {
  const rest = text === '' ? [span(words().sheet.typeHere, dimStyle)] : [];
  const lines = wrapSpans([span('▸ ', { tone: 'accent', bold: true }), span(text), span('█', accentStyle), ...rest], width);
  return { lines, at: lines.length - 1 };
}

function choiceLines(sheet: AnswerSheet, { how, choices }: NonNullable<CheckView['asks']>, width: number): Body {
  const blocks = choices.map((choice, index) => choiceBlock(choice, index, sheet, how === 'several', width));
  return { lines: blocks.flat(), at: blocks.slice(0, sheet.at).flat().length };
}

function choiceBlock(choice: string, index: number, { at, picked }: AnswerSheet, boxes: boolean, width: number): readonly Line[] {
  const style = index === at ? boldStyle : {};
  const box = boxes ? `[${picked.includes(index) ? 'x' : ' '}] ` : '';
  const head: Line = [
    span(index === at ? '▸ ' : '  ', { tone: 'accent', bold: true }),
    span(`${box}${index < 9 ? index + 1 : ' '}  `, style),
  ];
  const indent = span(' '.repeat(5 + box.length));
  const text = wrapSpans([span(choice, style)], width - 5 - box.length);
  return text.map((line, row): Line => [...(row === 0 ? head : [indent]), ...line]);
}

/** Keys that do something now. */
function keysFor(
  { picked, text }: AnswerSheet,
  check: CheckView,
  { how, choices }: NonNullable<CheckView['asks']>,
): readonly (readonly [string, string])[] {
  const numbers = `1–${Math.min(9, choices.length)}`;
  const ready = how === 'one' || (how === 'several' ? picked.length > 0 : text.trim() !== '');
  const hint = mayHint(check) && text === '';
  return [
    ...(how === 'text' ? [] : [[`↑↓ ${numbers}`, how === 'one' ? words().sheet.choose : words().sheet.movePick] as const]),
    ...(how === 'several' ? [['Space', words().sheet.pick] as const] : []),
    ...(ready ? [['⏎', words().sheet.answer] as const] : []),
    ...(hint ? [['?', words().sheet.hint] as const] : []),
    ['Esc', words().overlay.back],
  ];
}

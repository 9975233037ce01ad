/** A whole lesson as lines, every section after the other: for terminals without a screen, and for pipes. Pure. */
import type { SectionView, View } from '../../session/view.ts';
import { boldStyle, dimStyle, type Line, span } from '../../tui/text/line.ts';
import { wrapSpans } from '../../tui/text/wrap.ts';
import { words } from '../../words/words.ts';
import { renderNodes } from './render-nodes.ts';
import { onlyLines, prefix, type Rendered, stack } from './rendered.ts';
import { hintPart } from './section-ends.ts';

/**
 * The lines of all sections, with their checks and hints.
 * @param view a preview's view.
 * @param width cells of a line.
 */
export function lessonLines(view: View, width: number): readonly Line[] {
  const title = onlyLines([[span(view.lesson.title, { bold: true, underline: true })]]);
  const introduction = renderNodes(view.lesson.introduction, width);
  return stack([title, introduction, ...view.sections.map((section) => sectionPart(section, width))], 1).lines;
}

function sectionPart(section: SectionView, width: number): Rendered {
  const steps = new Map(section.steps.map((step) => [step.block, step]));
  const kind = section.kind === 'reading' ? words().lesson.forReading : words().parts.section(section.number);
  return stack(
    [
      onlyLines([[span('─'.repeat(width), dimStyle)], [span(section.title, boldStyle), span(`  (${kind})`, dimStyle)]]),
      renderNodes(section.body, width, { steps }),
      ...section.hints.map((hint) => hintPart(hint, width)),
      ...section.checks.map(({ title, hint }) =>
        stack([onlyLines(wrapSpans([span('○ ', dimStyle), span(title)], width)), hintOf(hint, width - 2)], 0),
      ),
      renderNodes(section.explain, width),
    ],
    1,
  );
}

function hintOf(hint: string | undefined, width: number): Rendered {
  const indent: Line = [span('  ')];
  return hint === undefined ? onlyLines([]) : prefix(hintPart(hint, width), indent, indent);
}

/** The lessons that come with the program, drawn at many widths: nothing may be lost or stick out. */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readLesson } from '../../lesson/lesson.ts';
import type { Lesson } from '../../model/lesson.ts';
import { type Node, plainText } from '../../model/markdown.ts';
import { select } from '../../session/select.ts';
import { initialState } from '../../session/state.ts';
import { type Line, lineText, lineWidth } from '../text/line.ts';
import { createDocumentRenderer } from './document.ts';

const folder = fileURLToPath(new URL('../../../lessons/', import.meta.url));

async function load(name: string): Promise<Lesson> {
  const result = await readLesson(`${folder}${name}`);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.lesson;
}

/** Every word of the text, code included. */
function words(nodes: readonly Node[]): readonly string[] {
  return nodes.flatMap((node): readonly string[] => {
    switch (node.type) {
      case 'heading':
      case 'paragraph':
        return split(plainText(node.children));
      case 'list':
        return node.items.flatMap((item) => words(item.children));
      case 'quote':
        return words(node.children);
      case 'table':
        return [node.header, ...node.rows].flat().flatMap((cell) => split(plainText(cell)));
      case 'code':
        return split(node.text);
      default:
        return [];
    }
  });
}

const split = (text: string) => text.split(/\s+/).filter((word) => word !== '');
/** Letters only: where lines were cut, and with what marks, does not count. */
const letters = (text: string) => text.replaceAll(/[^\p{L}\p{N}]/gu, '');

describe.each(readdirSync(folder).filter((name) => !name.endsWith('.yaml')))('the lesson %s', (name) => {
  test.each([38, 58, 78, 120])('is drawn whole at %d cells', async (width) => {
    const lesson = await load(name);
    const renderer = createDocumentRenderer();
    const view = select(initialState(lesson, 'sandbox'));
    for (const section of lesson.sections) {
      const opened = {
        ...view,
        shown: section.index,
        sections: view.sections.map((each) => ({ ...each, status: 'open' as const })),
      };
      const { lines, anchors } = renderer.render({ view: opened, width, marked: null, actionKey: '⏎', prefix: 'Ctrl-]' });
      for (const line of lines) expect(lineWidth(line)).toBeLessThanOrEqual(width);
      const text = letters(lines.map(lineText).join(''));
      const lost = words(section.body).filter((word) => !text.includes(letters(word)));
      expect(lost).toEqual([]);
      expect(anchors.filter((anchor) => anchor.block !== 'onward').map((anchor) => anchor.block)).toEqual(
        section.blocks.map((block) => block.id),
      );
    }
  });
});

test('a line is a row: no line holds a line break', async () => {
  const lesson = await load('uwsgi-zerg-mode');
  const renderer = createDocumentRenderer();
  const view = select(initialState(lesson, 'sandbox'));
  const broken = lesson.sections.flatMap((section): readonly Line[] => {
    const { lines } = renderer.render({
      view: { ...view, shown: section.index },
      width: 60,
      marked: null,
      actionKey: '',
      prefix: '',
    });
    return lines.filter((line) => lineText(line).includes('\n'));
  });
  expect(broken).toEqual([]);
});

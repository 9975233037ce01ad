import { describe, expect, test } from 'vitest';
import { bullets, code, inlines, numbered, para } from '../../../test/support/tui/texts.ts';
import { step } from '../../../test/support/tui/views.ts';
import type { Node } from '../../model/markdown.ts';
import { type Line, lineText, lineWidth } from '../text/line.ts';
import { renderNodes } from './render-nodes.ts';
import type { RenderOptions } from './render-options.ts';
import { shrinkColumns } from './render-table.ts';

const text = (nodes: readonly Node[], width: number, options?: RenderOptions) =>
  renderNodes(nodes, width, options).lines.map((line) => lineText(line).trimEnd());

const styleOf = (lines: readonly Line[], word: string) => lines.flat().find((part) => part.text.includes(word))?.style;

describe('a lesson’s text', () => {
  test('has an empty line between its blocks', () => {
    expect(text([para('one'), para('two')], 20)).toEqual(['one', '', 'two']);
  });

  test('says the address of a link after its text, once', () => {
    expect(text([para('[Zerg mode](https://example.org/Zerg.html) it is')], 60)).toEqual([
      'Zerg mode (example.org/Zerg.html) it is',
    ]);
    expect(text([para('[https://example.org](https://example.org)')], 60)).toEqual(['https://example.org']);
  });

  test('sets code, strong and emphasised words apart', () => {
    const { lines } = renderNodes([para('`code` **strong** *soft*')], 40);
    expect(styleOf(lines, 'code')).toEqual({ tone: 'accent' });
    expect(styleOf(lines, 'strong')).toEqual({ bold: true });
    expect(styleOf(lines, 'soft')).toEqual({ italic: true });
  });

  test('indents what follows a bullet', () => {
    expect(text([bullets('a longer item here', 'b')], 12)).toEqual(['• a longer', '  item here', '• b']);
  });

  test('sets numbers to the right', () => {
    const items = Array.from({ length: 10 }, (_, index) => `item ${index + 1}`);
    expect(text([numbered(...items)], 20).slice(8)).toEqual([' 9. item 9', '10. item 10']);
  });

  test('nests lists, and marks the tasks of task lists', () => {
    const list: Node = {
      type: 'list',
      ordered: false,
      start: 1,
      items: [
        { checked: true, children: [para('done'), bullets('inner')] },
        { checked: false, children: [para('open')] },
      ],
    };
    expect(text([list], 30)).toEqual(['• [✓] done', '      ◦ inner', '• [ ] open']);
  });

  test('draws a bar beside a quote', () => {
    expect(text([{ type: 'quote', children: [para('one two three')] }], 9)).toEqual(['▎ one two', '▎ three']);
  });

  test('shows long lines of code whole, on lines of their own', () => {
    expect(text([code('', 'aaaa bbbb cccc dddd')], 14)).toEqual(['│ aaaa bbbb', '│ ↪ cccc dddd']);
  });

  test('stays within its width, whatever the width', () => {
    const nodes: readonly Node[] = [
      para('日本語と English と `/srv/galaxy/venv/lib/uwsgi/plugins` 🎉'),
      bullets('a', 'b [c](https://example.org/a/very/long/address/that/does/not/end)'),
      code('ini', '[a]\nb = ccccccccccccccccccccccccccccccccccccccccccccc'),
      { type: 'rule' },
      table,
    ];
    for (let width = 12; width < 90; width += 1) {
      for (const line of renderNodes(nodes, width).lines) expect(lineWidth(line)).toBeLessThanOrEqual(width);
    }
  });
});

const table: Node = {
  type: 'table',
  align: ['left', 'right'],
  header: [inlines('name'), inlines('what it is')],
  rows: [
    [inlines('pool'), inlines('holds the port')],
    [inlines('zergling'), inlines('holds the application and answers')],
  ],
};

describe('a table', () => {
  test('is as wide as it needs to be', () => {
    expect(text([table], 60)).toEqual([
      'name     │                        what it is',
      '─────────┼──────────────────────────────────',
      'pool     │                    holds the port',
      'zergling │ holds the application and answers',
    ]);
  });

  test('wraps its cells where it must', () => {
    expect(text([table], 30)).toEqual([
      'name     │          what it is',
      '─────────┼────────────────────',
      'pool     │      holds the port',
      '─────────┼────────────────────',
      'zergling │           holds the',
      '         │     application and',
      '         │             answers',
    ]);
  });

  test('becomes a list where columns would be too narrow', () => {
    expect(text([table], 12)[0]).toBe('name: pool');
  });

  test('takes from its widest columns first', () => {
    expect(shrinkColumns([5, 40, 20], 40)).toEqual([5, 18, 17]);
    expect(shrinkColumns([5, 6], 40)).toEqual([5, 6]);
    expect(shrinkColumns([10, 10, 10], 12)).toBeNull();
  });
});

describe('a step', () => {
  const node = code('console', 'make\nmake install', 's:1');
  const draw = (more: Parameters<typeof step>[2], options: RenderOptions = {}) =>
    text([node], 44, {
      steps: new Map([['s:1', step('s:1', 'run', { commands: ['make', 'make install'], ...more })]]),
      ...options,
    });

  test('says what the key does with it where it is marked, and nothing of a key elsewhere', () => {
    expect(draw({}, { selected: 's:1', actionKey: '⏎' })).toEqual(
      ['▸ run                         ⏎ run 2 commands', '┃ make', '┃ make install'].map((line) =>
        line.replace('                         ⏎', '                       ⏎'),
      ),
    );
    expect(draw({})).toEqual(['  run', '│ make', '│ make install']);
  });

  test('says how far it is', () => {
    expect(draw({ status: 'running', finished: 1 })[0]).toMatch(/running 2\/2$/);
    expect(draw({ status: 'done', finished: 2 })[0]).toMatch(/✓ done$/);
  });

  test('says why it failed, before its code', () => {
    const lines = draw({ status: 'failed', finished: 1, sentence: 'make ended with exit code 2.' });
    expect(lines[0]).toMatch(/✗ failed at 2\/2$/);
    expect(lines[1]).toBe('│ ✗ make ended with exit code 2.');
  });

  test('shows the commands that are run where they are others than the text has, and why', () => {
    expect(draw({ commands: ['true'], because: 'There is no network.' }).slice(3)).toEqual([
      '│',
      '│ There is no network. This is run instead:',
      '│ true',
    ]);
  });

  test('has a place in the text that the mark can go to', () => {
    const steps = new Map([['s:1', step('s:1', 'run')]]);
    expect(renderNodes([para('one'), node], 44, { steps }).anchors).toEqual([{ block: 's:1', top: 2, bottom: 5 }]);
  });
});

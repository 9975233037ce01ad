import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { step } from '../../test/support/tui/views.ts';
import type { Node } from '../model/markdown.ts';
import { createLineEditor, type Typed } from './line-editor.ts';
import { createOutputLines } from './output-lines.ts';
import { textLines } from './text.ts';

const text = (words: string) => ({ type: 'text', text: words }) as const;

describe('the text of a lesson', () => {
  test('is set in lines without boxes or columns', () => {
    const nodes: readonly Node[] = [
      { type: 'heading', depth: 2, children: [text('Why')] },
      {
        type: 'paragraph',
        children: [
          text('See '),
          { type: 'link', href: 'https://example.org/', children: [text('there')] },
          text(' and '),
          { type: 'code', text: 'ls' },
          text('.'),
        ],
      },
      {
        type: 'list',
        ordered: true,
        start: 9,
        items: [{ children: [{ type: 'paragraph', children: [text('nine')] }] }, { checked: true, children: [] }],
      },
      {
        type: 'table',
        align: [null, null],
        header: [[text('key')], [text('does')]],
        rows: [[[text('Tab')], [text('chooses')]]],
      },
      {
        type: 'table',
        align: [null, null, null],
        header: [[text('a')], [text('b')], [text('c')]],
        rows: [[[text('1')], [text('2')], [text('3')]]],
      },
      { type: 'quote', children: [{ type: 'paragraph', children: [text('Said.')] }] },
    ];
    expect(textLines(nodes, 80, [])).toEqual([
      '## Why',
      '',
      'See there (https://example.org/) and `ls`.',
      '',
      '9. nine',
      '10. (done)',
      '',
      '- Tab: chooses',
      '',
      '- a: 1; b: 2; c: 3',
      '',
      '> Said.',
    ]);
  });

  test('has its steps under their numbers, and other commands where others are run', () => {
    const code = (block: string): Node => ({ type: 'code', lang: 'console', text: '$ old', block });
    const steps = [
      step('a', 'run', { commands: ['new'], because: 'It was renamed.' }),
      step('b', 'write', { path: '/etc/motd' }),
    ];
    expect(textLines([code('a'), code('b'), code('other')], 80, steps)).toEqual([
      '[1] run a command:',
      '    $ old',
      'It was renamed. This is run instead:',
      '    new',
      '',
      '[2] write /etc/motd:',
      '    $ old',
      '',
      '    $ old',
    ]);
  });

  test('cannot make the terminal do anything', () => {
    const evil = 'a\x1b]0;t\x07b\u202ec';
    const nodes: readonly Node[] = [
      { type: 'paragraph', children: [text(evil)] },
      { type: 'code', lang: '', text: evil },
    ];
    expect(textLines(nodes, 80, []).join('\n')).not.toMatch(/[\x00-\x09\x0b-\x1f\u202e]/);
  });
});

/** What a terminal shows of text and backspaces. */
function shown(echo: string): string {
  let line = '';
  let at = 0;
  for (const char of echo) {
    if (char === '\b') at -= 1;
    else {
      line = line.slice(0, at) + char + line.slice(at + 1);
      at += 1;
    }
  }
  return line.trimEnd();
}

describe('the line that is typed', () => {
  const echoOf = (typed: readonly Typed[]): string => typed.map((each) => (each.type === 'echo' ? each.text : '')).join('');

  test('is shown as it is known, whatever is typed and taken back', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', ' ', '\x7f', '\x15', '\x17', '\x1b[A', '\x1bOP', '\t')), (keys) => {
        const editor = createLineEditor();
        const { typed } = editor.take(Buffer.from(keys.join('')));
        expect(shown(echoOf(typed))).toBe(editor.text.trimEnd());
        expect(echoOf(typed)).not.toContain('\x1b');
      }),
    );
  });

  test('may come in pieces of bytes', () => {
    const editor = createLineEditor();
    const lines: string[] = [];
    for (const byte of Buffer.from('é速x\x7f\r')) {
      for (const each of editor.take(Buffer.from([byte])).typed) if (each.type === 'line') lines.push(each.text);
    }
    expect(lines).toEqual(['é速']);
  });

  test('a wide character takes back both of its cells', () => {
    const { typed } = createLineEditor().take(Buffer.from('速\x7f'));
    expect(typed.at(-1)).toEqual({ type: 'echo', text: '\b\b  \b\b' });
  });

  test('ends at Enter; what follows is not its own', () => {
    const { typed, rest } = createLineEditor().take(Buffer.from('s\rls\r'));
    expect(typed.at(-1)).toEqual({ type: 'line', text: 's' });
    expect(rest.toString()).toBe('ls\r');
  });
});

describe('what a command prints', () => {
  const begin = '\x1b]133;C;k\x07';

  test('a bar that grows is told as it ends', () => {
    const lines = createOutputLines();
    expect(lines.take(Buffer.from(`${begin}10%\r20%\r100% done\r\n`))).toBe('100% done\n');
  });

  test('a question without an end of line is told when asked for, and its answer follows it', () => {
    const lines = createOutputLines();
    expect(lines.take(Buffer.from(`${begin}Password: `))).toBe('');
    expect(lines.waiting).toBe(true);
    expect(lines.flush()).toBe('Password: ');
    expect(lines.waiting).toBe(false);
    expect(lines.take(Buffer.from('\r\nthanks\r\n'))).toBe('\nthanks\n');
  });

  test('what is written over after it was told comes on a line of its own', () => {
    const lines = createOutputLines();
    lines.take(Buffer.from(`${begin}10%`));
    expect(lines.flush()).toBe('10%');
    expect(lines.take(Buffer.from('\r20%\r\n'))).toBe('\n20%\n');
  });

  test('a line without end does not grow without end', () => {
    const lines = createOutputLines();
    lines.take(Buffer.from(begin));
    for (let piece = 0; piece < 100; piece += 1) lines.take(Buffer.from('x'.repeat(1_000)));
    expect(lines.flush().length).toBeLessThan(10_000);
  });
});

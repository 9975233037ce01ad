import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Inline, Node } from '../../model/markdown.ts';
import { lexMarkdown } from './lexer.ts';
import { type Piece, readMarkdown } from './read-markdown.ts';

function pieces(text: string): readonly Piece[] {
  const result = readMarkdown(text);
  if (!result.ok) throw new Error(result.complexity.message);
  return result.pieces;
}

function nodes(text: string): readonly Node[] {
  return pieces(text).map((piece) => piece.node);
}

function inlines(text: string): readonly Inline[] {
  const [node] = nodes(text);
  return node?.type === 'paragraph' ? node.children : [];
}

const text = (words: string) => ({ type: 'text', text: words }) as const;
const paragraph = (words: string) => ({ type: 'paragraph', children: [text(words)] }) as const;

describe('inline text', () => {
  test.each<[string, readonly Inline[]]>([
    [
      'a **b** _c_ ~~d~~',
      [
        text('a '),
        { type: 'strong', children: [text('b')] },
        text(' '),
        { type: 'emphasis', children: [text('c')] },
        text(' '),
        { type: 'strike', children: [text('d')] },
      ],
    ],
    [
      '**a `b` _c_**',
      [
        {
          type: 'strong',
          children: [text('a '), { type: 'code', text: 'b' }, text(' '), { type: 'emphasis', children: [text('c')] }],
        },
      ],
    ],
    ['`&amp; *a*`', [{ type: 'code', text: '&amp; *a*' }]],
    ['snake_case and 2*3*4', [text('snake_case and 2'), { type: 'emphasis', children: [text('3')] }, text('4')]],
    [
      '[a](http://b.c "d") and <http://e.f>',
      [
        { type: 'link', href: 'http://b.c', children: [text('a')] },
        text(' and '),
        { type: 'link', href: 'http://e.f', children: [text('http://e.f')] },
      ],
    ],
    [
      'see https://a.b/c_(d)_e.',
      [text('see '), { type: 'link', href: 'https://a.b/c_(d)_e', children: [text('https://a.b/c_(d)_e')] }, text('.')],
    ],
    [
      '(see https://a.b/c)',
      [text('(see '), { type: 'link', href: 'https://a.b/c', children: [text('https://a.b/c')] }, text(')')],
    ],
    ['[a][b]\n\n[b]: http://c.d', [{ type: 'link', href: 'http://c.d', children: [text('a')] }]],
    ['![a logo](b.png)', [{ type: 'image', href: 'b.png', alt: 'a logo' }]],
    [
      'a  \nb\\\nc<br/>d\ne',
      [text('a'), { type: 'break' }, text('b'), { type: 'break' }, text('c'), { type: 'break' }, text('d e')],
    ],
    ['&lt;a&gt; &copy; &#8212; &#x1F600; &nosuch; A&B', [text('<a> © — 😀 &nosuch; A&B')]],
    ['\\*a\\* \\<b>', [text('*a* <b>')]],
    ['a <kbd>Enter</kbd> b <!-- c --> <span title="x > y">d</span>', [text('a Enter b  d')]],
    ['a <img src="a.png" alt="b &amp; c">', [text('a '), { type: 'image', href: 'a.png', alt: 'b & c' }]],
    ['&#27;[31m &#x202e; &#0;', [text('[31m  \ufffd')]],
    ['write to me@a.b', [text('write to me@a.b')]],
  ])('%j', (markdown, expected) => {
    expect(inlines(markdown)).toEqual(expected);
  });
});

describe('blocks', () => {
  test('headings of both sorts, rules, quotes', () => {
    expect(nodes('A *b*\n=====\n\n### c ###\n\n***\n\n> d\n> > e')).toEqual([
      { type: 'heading', depth: 1, children: [text('A '), { type: 'emphasis', children: [text('b')] }] },
      { type: 'heading', depth: 3, children: [text('c')] },
      { type: 'rule' },
      { type: 'quote', children: [paragraph('d'), { type: 'quote', children: [paragraph('e')] }] },
    ]);
  });

  test('lists keep their numbers, their nesting and their ticks', () => {
    expect(nodes('3. a\n4. b\n   - [x] c\n   - [ ] d\n\n     e')).toEqual([
      {
        type: 'list',
        ordered: true,
        start: 3,
        items: [
          { children: [paragraph('a')] },
          {
            children: [
              paragraph('b'),
              {
                type: 'list',
                ordered: false,
                start: 1,
                items: [
                  { checked: true, children: [paragraph('c')] },
                  { checked: false, children: [paragraph('d'), paragraph('e')] },
                ],
              },
            ],
          },
        ],
      },
    ]);
  });

  test('tables keep their alignment', () => {
    expect(nodes('| a | b | c | d |\n|:--|:-:|--:|---|\n| `1` | 2 | 3 \\| 4 | |')).toEqual([
      {
        type: 'table',
        align: ['left', 'center', 'right', null],
        header: [[text('a')], [text('b')], [text('c')], [text('d')]],
        rows: [[[{ type: 'code', text: '1' }], [text('2')], [text('3 | 4')], []]],
      },
    ]);
  });

  test.each([
    ['```` ``` bash ````', '``` bash\nls\n```', 'bash'],
    ['a language with attributes', '```{.console #id}\nls\n```', 'console'],
    ['a language in capitals', '~~~ Shell-Session title="x"\nls\n~~~', 'shell-session'],
    ['no language', '```\nls\n```', ''],
  ])('a fence with %s', (_, markdown, lang) => {
    expect(nodes(markdown)).toEqual([{ type: 'code', lang, text: 'ls' }]);
  });

  test('the text of a fence stays as it is: tabs, entities, blank lines, trailing blanks', () => {
    const content = '\tall:\n\n  &amp; <b> *x*  \n';
    expect(nodes(`\`\`\`make\n${content}\`\`\``)).toEqual([{ type: 'code', lang: 'make', text: content.slice(0, -1) }]);
  });

  test('HTML shows its text; comments, scripts and tags do not', () => {
    const html =
      '<details open>\n<summary>More &amp; more</summary>\n<!-- > hidden -->\n<p>a<br>b</p><style>x</style>\n</details>\n\n**after**';
    expect(nodes(html)).toEqual([
      paragraph('More & more'),
      { type: 'paragraph', children: [text('a'), { type: 'break' }, text('b')] },
      { type: 'paragraph', children: [{ type: 'strong', children: [text('after')] }] },
    ]);
  });
});

describe('places', () => {
  const markdown = [
    '# Title',
    '',
    'Text with ```` ``` ```` in it.',
    '',
    '```console',
    'ls',
    '```',
    '',
    '- item',
    '',
    '  ```console',
    '  ls',
    '  ```',
    '',
    '> > ```console',
    '> > ls',
    '> > ```',
    '',
    '1. ~~~sh',
    '   ls',
    '   ~~~',
    '',
    '    indented, no fence',
    '',
    '```sh',
    'never closed',
  ].join('\n');

  test('each piece knows its line', () => {
    expect(pieces(markdown).map((piece) => piece.line)).toEqual([1, 3, 5, 9, 15, 19, 25]);
  });

  test('each fence knows its line, wherever it stands, and whether it is closed', () => {
    const fences = pieces(markdown).flatMap((piece) => piece.fences);
    expect(fences.map(({ line, closed, node }) => [line, closed, node.lang])).toEqual([
      [5, true, 'console'],
      [11, true, 'console'],
      [15, true, 'console'],
      [19, true, 'sh'],
      [25, false, 'sh'],
    ]);
  });
});

describe('for all texts', () => {
  const bits = fc.constantFrom(
    'a',
    ' ',
    '\n',
    '\n\n',
    '# ',
    '- ',
    '1. ',
    '> ',
    '```',
    '```sh\n',
    '    ',
    '\t',
    '|',
    '|-|\n',
    '*',
    '_',
    '`',
    '[',
    '](',
    ')',
    '<',
    '<b>',
    '<!--',
    '-->',
    '&',
    ';',
    '\\',
    '===\n',
    '[ ] ',
    '[x]: y\n',
    '~~~\n',
    '  \n',
    '$',
  );
  const anyText = fc.array(bits, { maxLength: 60 }).map((parts) => parts.join(''));

  test('the tokens, joined, are the text: on that the lines rest', () => {
    fc.assert(
      fc.property(anyText, (source) => {
        const raws = lexMarkdown(source).map((token) => token.raw);
        expect(source).toSatisfy((whole: string) => whole.startsWith(raws.slice(0, -1).join('')));
      }),
      { seed: 11, numRuns: 1000 },
    );
  });

  test('a fence stands on the line it says', () => {
    fc.assert(
      fc.property(anyText, (source) => {
        const lines = source.split('\n');
        for (const { fences } of pieces(source)) {
          for (const fence of fences) expect(lines[fence.line - 1]).toMatch(/`{3}|~{3}/);
        }
      }),
      { seed: 12, numRuns: 1000 },
    );
  });
});

describe('large texts', () => {
  const megabyte = 1_000_000;
  const size = 200_000;
  test.each([
    ['a megabyte of words', 'word '.repeat(megabyte / 5)],
    ['a megabyte of lines', 'a line of text\n'.repeat(megabyte / 15)],
    ['a megabyte of blanks', `a${' '.repeat(megabyte)}b`],
    ['a megabyte of one word', `${'a'.repeat(megabyte)}@`],
    ['a megabyte of brackets', '['.repeat(megabyte)],
    ['fences', '```sh\nls\n```\n\n'.repeat(size / 14)],
    ['list items', '- a\n'.repeat(size / 4)],
    ['headings', '## a\n\n'.repeat(size / 6)],
    ['quotes', '> a\n'.repeat(size / 4)],
    ['table rows', `a|b\n-|-\n${'x|y\n'.repeat(size / 4)}`],
    ['stars', '*a '.repeat(size / 3)],
    ['strong beginnings', '***a** '.repeat(size / 7)],
    ['angle brackets', '<a '.repeat(size / 3)],
    ['comments never closed', 'a <!-- b '.repeat(size / 9)],
    ['backticks', Array.from({ length: 600 }, (_, n) => '`'.repeat(n)).join(' ')],
    ['addresses', `http://a${'.)'.repeat(size / 2)}`],
    ['entities', '&amp;'.repeat(size / 5)],
    ['opening tags', '<div>\n'.repeat(size / 6)],
  ])(
    '%s are read in time',
    (_, markdown) => {
      expect(readMarkdown(markdown).ok).toBe(true);
    },
    20_000,
  );

  test.each([
    ['nested quotes', '>'.repeat(megabyte)],
    ['nested lists on one line', `${'- '.repeat(megabyte / 2)}x`],
    ['nested numbers', `${'1. '.repeat(megabyte / 3)}x`],
    ['lists nested by indentation', Array.from({ length: 1400 }, (_, n) => `${' '.repeat(2 * n)}- a`).join('\n')],
    ['quotes that start and end', '> a\nb\n'.repeat(megabyte / 6)],
  ])('%s are refused', (_, markdown) => {
    expect(readMarkdown(markdown)).toMatchObject({ ok: false, complexity: { line: expect.any(Number) } });
  });
});

/** Texts that no person writes, and some that people do: read in bounded time, never with an exception. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitCommands } from '../commands/split-commands.ts';
import { readMarkdown } from '../markdown/read-markdown.ts';
import { createReport } from '../sheet/report.ts';
import { readIndex } from './index-file.ts';
import { stepBody } from './step-body.ts';
import { tidyText } from './tidy-text.ts';

const half = 500_000;

function read(text: string) {
  return stepBody({ file: 'step.md', text }, 's', createReport());
}

const big: readonly (readonly [string, string])[] = [
  ['marked fences', '```\nls\n```{{exec}}\n\n'.repeat(half / 20)],
  ['8,000 lines', 'a line with `code`{{exec}}\n'.repeat(8_000)],
  [
    'a table 700 columns wide',
    `${'| a '.repeat(700)}|\n${'|---'.repeat(700)}|\n${`${'| `x`{{exec}} '.repeat(700)}|\n`.repeat(3)}`,
  ],
  ['CJK and emoji', '漢字かな交じり文 👩‍👩‍👧 `打つ`{{exec}}\n'.repeat(half / 40)],
  ['quotes seven deep', '> > > > > > > ```\n> > > > > > > ls\n> > > > > > > ```{{exec}}\n\n'.repeat(2_000)],
  ['a fence that never ends', `\`\`\`\n${'x\n'.repeat(half / 2)}`],
  ['fences glued to code', 'a```{{exec}}\n```\n'.repeat(half / 20)],
  ['opening braces', '{{'.repeat(half / 2)],
  ['marks without code', '{{exec}} '.repeat(half / 9)],
  ['backticks and braces', '`{{`}}'.repeat(half / 6)],
  ['folded text within folded text', '<details>'.repeat(half / 9)],
  ['folded text that ends too often', '</details>\n<details>\n<summary>'.repeat(half / 30)],
  ['files that never end', '<pre class="file">\n'.repeat(half / 20)],
  ['quizzes', '>>Q1: what?<<\n[*] a\n( ) b\n=== c\n'.repeat(half / 40)],
  ['addresses', '[[HOST_SUBDOMAIN]]-80-[[KATACODA_HOST]] {{TRAFFIC_HOST1_80}}\n'.repeat(half / 60)],
  ['HTML', '<div class="a"><b>x</b>\n'.repeat(half / 24)],
  ['deep lists', Array.from({ length: 40 }, (_, depth) => `${'  '.repeat(depth)}- \`ls\`{{exec}}`).join('\n')],
];

describe('half a megabyte of', () => {
  test.each(big)(
    '%s',
    (_, text) => {
      const { body } = read(text);
      expect(body.length).toBeGreaterThan(0);
    },
    30_000,
  );
});

const pieces = fc.constantFrom(
  'ls',
  ' ',
  '\n',
  '\n\n',
  '```',
  '```sh',
  '~~~',
  '````',
  '{{exec}}',
  '{{execute T2}}',
  '{{copy}}',
  '{{}}',
  '{{ .x }}',
  '{{sandbox}}',
  '`',
  '- ',
  '1. ',
  '> ',
  '    ',
  '\t',
  '<details>',
  '</details>',
  '<summary>',
  '</summary>',
  '<pre class="file" data-filename="f">',
  '</pre>',
  '>>Q<<',
  '=== a',
  '[*] b',
  '( ) c',
  '# h',
  '|a|b|\n|-|-|\n',
  '[[HOST_IP]]',
  '<!-- ',
  ' -->',
  '漢',
  '👩‍👧',
  '\u0000',
  '\u001b[31m',
  '\\',
);
const text = fc.array(pieces, { maxLength: 80 }).map((parts) => parts.join(''));

describe('for all texts', () => {
  test('a step is read without an exception, its blocks are where its body says, and no key is hidden in it', () => {
    fc.assert(
      fc.property(text, (source) => {
        const { body, blocks } = read(source);
        const shown = JSON.stringify(body);
        for (const block of blocks) {
          expect(shown).toContain(`"block":"${block.id}"`);
          expect(block.place.line).toBeLessThanOrEqual(source.split('\n').length);
        }
        expect(JSON.stringify(blocks)).not.toMatch(/\\u00(?:0[0-8bcef]|1)/);
      }),
      { seed: 21, numRuns: 1_500 },
    );
  }, 30_000);

  test('each line of a tidied text knows the line it comes from', () => {
    fc.assert(
      fc.property(text, (source) => {
        const { text: tidied, lines } = tidyText(source);
        expect(lines).toHaveLength(tidied === '' && lines.length === 0 ? 0 : tidied.split('\n').length);
        for (const [index, line] of lines.entries())
          expect(line).toBeGreaterThanOrEqual(index === 0 ? 1 : (lines[index - 1] ?? 1));
        expect(Math.max(1, ...lines)).toBeLessThanOrEqual(source.split('\n').length);
      }),
      { seed: 22, numRuns: 1_500 },
    );
  }, 30_000);

  test('a text without marks is to the markdown reader what it was: fences keep what is in them', () => {
    const line = fc.constantFrom(
      'ls -l',
      'echo `date`',
      '  indented',
      '',
      '{{ .Values }}',
      '# no heading',
      '> no quote',
      '- no list',
      '<b>',
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), fc.boolean(), (lines, marked) => {
        const plain = `before\n\n\`\`\`sh\n${lines.join('\n')}\n\`\`\`\n\nafter`;
        const tidy = tidyText(marked ? plain.replace(/```\n\nafter$/, '```{{exec}}\n\nafter') : plain);
        const codes = (source: string) => {
          const result = readMarkdown(source);
          return result.ok ? result.pieces.flatMap(({ node }) => (node.type === 'code' ? [node.text] : [])) : [];
        };
        expect(codes(tidy.text)).toEqual(codes(plain));
      }),
      { seed: 23, numRuns: 500 },
    );
  }, 30_000);

  test('the commands of a block, joined, give back its text', () => {
    const command = fc.constantFrom(
      'ls -l',
      'cat <<E\na\n\nb\nE',
      'for x in 1 2; do\n  echo $x\ndone',
      'a \\\n  b',
      "echo 'x\ny'",
      'if true; then\n:\nfi',
      'a |\nb',
      'f() {\n  x\n}',
      'echo "$(date)" # why',
    );
    fc.assert(
      fc.property(fc.array(command, { minLength: 1, maxLength: 8 }), fc.boolean(), (commands, prompts) => {
        const block = commands.map((each) => (prompts ? `$ ${each}` : each)).join('\n');
        const split = splitCommands(block, 'console');
        expect(split.unfinished).toBeUndefined();
        expect(split.commands.map((each) => each.text).join('\n')).toBe(commands.join('\n'));
      }),
      { seed: 24, numRuns: 1_000 },
    );
  }, 30_000);

  test('an index is read or refused, never with an exception', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), fc.nat(200), (json, cut) => {
        for (const text of [json, json.slice(0, cut), `{"details":{"steps":[${json}],"assets":${json}},"title":${json}}`]) {
          const report = createReport();
          const index = readIndex({ file: 'index.json', text }, report);
          if (index === undefined) expect(report.problems.some(({ severity }) => severity === 'error')).toBe(true);
        }
      }),
      { seed: 25, numRuns: 300 },
    );
  }, 30_000);
});

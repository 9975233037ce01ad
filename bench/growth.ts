/**
 * How the cost of reading and setting a text grows with its size: from 1 KB to 1 MB, and the exponent of that growth.
 * 1 is linear; 2 would mean that twice the text takes four times as long.
 */
import { readPlain } from '../src/lesson/plain.ts';
import type { Node } from '../src/model/markdown.ts';
import { renderNodes } from '../src/tui/lesson/render-nodes.ts';
import { median } from './measurement.ts';

/** One size. */
export interface GrowthPoint {
  readonly bytes: number;
  /** Medians, milliseconds of processor time. */
  readonly parseMs: number;
  readonly renderMs: number;
}

/** All sizes, and what they come to. */
export interface Growth {
  readonly points: readonly GrowthPoint[];
  /** Exponents of a power law fitted to the sizes from 16 KB on, where fixed costs no longer count. */
  readonly parseExponent: number;
  readonly renderExponent: number;
}

const KILOBYTES = [1, 4, 16, 64, 256, 1024];
const FITTED_FROM = 16 * 1024;
const WIDTH = 80;
/** What is still called linear: caches and garbage cost a little more with more. */
const LINEAR = 1.2;

/** How it is measured. */
export interface GrowthOptions {
  readonly rounds: number;
  readonly note: (text: string) => void;
  readonly kilobytes?: readonly number[];
}

/** A page of what lessons are made of; repeated with other numbers until the text is long enough. */
function page(number: number): string {
  return `## Section ${number} - Part ${number}

Some *text* with **marks**, \`code ${number}\` and a [link](https://example.org/${number}), long enough to be wrapped over a few lines of
a pane, as paragraphs of lessons are; 数字は${number}です。

- an item
  - and one below it, number ${number}
- [x] done

> A quote of section ${number}
>
> > with another one in it.

| key | value |
|:----|------:|
| a   | ${number} |
| b   | \`${number}\` |

\`\`\`console
$ echo ${number} > /tmp/file-${number}
$ cat <<EOF
section ${number}
EOF
\`\`\`

`;
}

/** A text of at least so many bytes. */
function textOf(bytes: number): string {
  const pages = ['# A long lesson\n\n'];
  for (let number = 1, length = 0; length < bytes; number += 1) {
    const next = page(number);
    pages.push(next);
    length += Buffer.byteLength(next);
  }
  return pages.join('');
}

/**
 * Measures every size, the sizes in turn so that a machine that slows down meets all of them.
 * @param options `rounds`: how often; `note`: told what is being measured; `kilobytes`: other sizes, at least two from 16 on.
 */
export function measureGrowth({ rounds, note, kilobytes = KILOBYTES }: GrowthOptions): Growth {
  const texts = kilobytes.map((size) => textOf(size * 1024));
  const samples = texts.map(() => ({ parse: [] as number[], render: [] as number[] }));
  // Some unmeasured ones: the engine compiles what is hot.
  for (const text of texts.slice(0, 4)) measureOnce(text);
  for (let round = 1; round <= rounds; round += 1) {
    note(`growth of reading and setting, round ${round} of ${rounds}`);
    for (const [index, text] of texts.entries()) {
      const { parseMs, renderMs } = measureOnce(text);
      samples[index]?.parse.push(parseMs);
      samples[index]?.render.push(renderMs);
    }
  }
  const points = samples.map(({ parse, render }, index) => ({
    bytes: Buffer.byteLength(texts[index] ?? ''),
    parseMs: median(parse),
    renderMs: median(render),
  }));
  const fitted = points.filter(({ bytes }) => bytes >= FITTED_FROM);
  return {
    points,
    parseExponent: exponent(fitted.map(({ bytes, parseMs }) => [bytes, parseMs])),
    renderExponent: exponent(fitted.map(({ bytes, renderMs }) => [bytes, renderMs])),
  };
}

/** Reads the text as a lesson, blocks split into commands and all; then sets every line of it. */
function measureOnce(text: string): { readonly parseMs: number; readonly renderMs: number } {
  const before = cpuMs();
  const { lesson } = readPlain({ text: { file: 'lesson.md', text }, id: 'growth', dir: '/', hash: '' });
  const between = cpuMs();
  if (!lesson) throw new Error('the text could not be read');
  const nodes: readonly Node[] = [...lesson.introduction, ...lesson.sections.flatMap(({ body }) => body)];
  const { lines } = renderNodes(nodes, WIDTH);
  const after = cpuMs();
  if (lines.length < nodes.length) throw new Error('the text was not set whole');
  return { parseMs: between - before, renderMs: after - between };
}

/** This process's own time, so that others on the machine do not count; milliseconds. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/**
 * The slope of a straight line through the logarithms, by least squares.
 * @param points pairs of size and cost, both above 0; at least two different sizes.
 */
export function exponent(points: readonly (readonly [number, number])[]): number {
  const logs = points.map(([size, cost]) => [Math.log(size), Math.log(cost)] as const);
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const x = mean(logs.map(([size]) => size));
  const y = mean(logs.map(([, cost]) => cost));
  const above = logs.reduce((sum, [size, cost]) => sum + (size - x) * (cost - y), 0);
  return above / logs.reduce((sum, [size]) => sum + (size - x) ** 2, 0);
}

/**
 * The part of bench/RESULTS.md about growth.
 * @param growth what was measured.
 */
export function growthMarkdown({ points, parseExponent, renderExponent }: Growth): string {
  const row = ({ bytes, parseMs, renderMs }: GrowthPoint): string =>
    `| ${Math.round(bytes / 1024)} KB | ${parseMs.toPrecision(3)} ms | ${renderMs.toPrecision(3)} ms |`;
  const verdict = (value: number): string => `${value.toFixed(2)} ${value <= LINEAR ? '✓' : '✗ missed'}`;
  return `## Growth

What it costs to read a lesson and to set every line of it, in processor time. Linear growth has the exponent 1; the target is at most ${LINEAR}, from 16 KB to 1 MB.

| text | read | set |
|---|---|---|
${points.map(row).join('\n')}
| exponent | ${verdict(parseExponent)} | ${verdict(renderExponent)} |
`;
}

/**
 * bench/RESULTS.md with what was measured now, at its end.
 * @param results the file as it is.
 * @param growth what was measured.
 */
export function withGrowth(results: string, growth: Growth): string {
  const at = results.indexOf('\n## Growth\n');
  return `${(at < 0 ? results : results.slice(0, at)).trimEnd()}\n\n${growthMarkdown(growth)}`;
}

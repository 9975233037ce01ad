/** bench/RESULTS.md: what was measured, on which machine, beside the targets. Pure. */
import { type Measurement, median, quantile, type Ratio, ratios, type Series } from './measurement.ts';

/** Where and with what it was measured. */
export interface Circumstances {
  /** ISO 8601, the day is enough. */
  readonly date: string;
  readonly machine: string;
  readonly system: string;
  readonly versions: Readonly<Record<string, string>>;
}

/**
 * The whole file.
 * @param measurements in the order to show.
 * @param circumstances of the run.
 * @param notRun what could not be measured, each with its reason.
 */
export function resultsMarkdown(
  measurements: readonly Measurement[],
  circumstances: Circumstances,
  notRun: readonly string[] = [],
): string {
  const { date, machine, system, versions } = circumstances;
  const used = Object.entries(versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ');
  return `# Benchmarks

Written by \`npm run bench\`; not to be edited. All programs run in turn in every round, on the same machine, each in a pty of the same size. Numbers are medians; the ratios are what counts, since machines differ.

- ${date}
- ${machine}; ${system}
- ${used}

| | Lockstep | others | ratio | target |
|---|---|---|---|---|
${measurements.flatMap(summaryRows).join('\n')}
${notRun.map((line) => `\nNot run: ${line}\n`).join('')}
## Spread

| | median | 10 % | 90 % | rounds |
|---|---|---|---|---|
${measurements.flatMap(spreadRows).join('\n')}
`;
}

function summaryRows(measurement: Measurement): string[] {
  const { title, unit, ours, others, atMost } = measurement;
  const mine = amount(median(ours.samples), unit);
  const alone =
    atMost === undefined ? [] : [`| ${title} | ${mine} |  |  | ${describeLimit(median(ours.samples), atMost, unit)} |`];
  const compared = ratios(measurement).map((ratio, n) => {
    const theirs = others[n];
    const first = n === 0 && alone.length === 0;
    const cells = [
      first ? title : '',
      first ? mine : '',
      theirs === undefined ? '' : `${theirs.label} ${amount(median(theirs.samples), unit)}`,
      Number.isFinite(ratio.value) ? `${ratio.value.toFixed(2)}×` : '',
      describeTarget(measurement, ratio),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [...alone, ...compared];
}

function describeLimit(value: number, atMost: number, unit: string): string {
  return `≤ ${atMost} ${unit} ${value <= atMost ? '✓' : '✗ missed'}`;
}

function describeTarget({ smallerIsBetter }: Measurement, { target, met }: Ratio): string {
  if (target === null) return '';
  return `${smallerIsBetter ? '≤' : '≥'} ${target}× ${met ? '✓' : '✗ missed'}`;
}

function spreadRows({ title, unit, ours, others }: Measurement): string[] {
  const row = ({ label, samples }: Series): string => {
    const [low, high] = [quantile(samples, 0.1), quantile(samples, 0.9)];
    return `| ${title}: ${label} | ${amount(median(samples), unit)} | ${amount(low, unit)} | ${amount(high, unit)} | ${samples.length} |`;
  };
  return [ours, ...others].map(row);
}

function amount(value: number, unit: string): string {
  return `${value.toPrecision(3)} ${unit}`;
}

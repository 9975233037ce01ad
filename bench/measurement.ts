/** What a benchmark comes to, as data, and the arithmetic on it. Pure. */

/** One program's samples, one a round. */
export interface Series {
  readonly label: string;
  readonly samples: readonly number[];
}

/** A benchmark: ours beside others, in the same rounds. */
export interface Measurement {
  readonly title: string;
  readonly unit: string;
  /** Whether a smaller number is the better one. */
  readonly smallerIsBetter: boolean;
  readonly ours: Series;
  readonly others: readonly Series[];
  /** What the median of ours is to be at most, in `unit`. */
  readonly atMost?: number;
  /** Per label of `others`: what the ratio of medians (ours / theirs) is to be at most, or at least. */
  readonly targets: Readonly<Record<string, number>>;
}

/**
 * The middle of a sample.
 * @param samples at least one.
 */
export function median(samples: readonly number[]): number {
  return quantile(samples, 0.5);
}

/**
 * The value below which a share of a sample lies, between neighbours linearly.
 * @param samples at least one.
 * @param share 0..1.
 */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)];
  const above = sorted[Math.ceil(place)];
  if (below === undefined || above === undefined) throw new Error('no samples');
  return below + (above - below) * (place - Math.floor(place));
}

/** The ratio of medians to one of the others, and whether it is on target; null where there is no target. */
export interface Ratio {
  readonly against: string;
  readonly value: number;
  readonly target: number | null;
  readonly met: boolean | null;
}

/**
 * Ours divided by each of the others.
 * @param measurement the benchmark.
 */
export function ratios({ ours, others, targets, smallerIsBetter }: Measurement): readonly Ratio[] {
  return others.map(({ label, samples }) => {
    const value = median(ours.samples) / median(samples);
    const target = targets[label] ?? null;
    const met = target === null ? null : smallerIsBetter ? value <= target : value >= target;
    return { against: label, value, target, met };
  });
}

import { expect, test } from 'vitest';
import { exponent, growthMarkdown, measureGrowth, withGrowth } from '../../bench/growth.ts';

test('the exponent of a power law is found whatever its factor', () => {
  const sizes = [1e3, 1e4, 1e5, 1e6];
  expect(exponent(sizes.map((size) => [size, 3e-4 * size]))).toBeCloseTo(1);
  expect(exponent(sizes.map((size) => [size, 7 * size ** 2]))).toBeCloseTo(2);
});

test('growth is measured at each size, and one that is not linear is called missed', () => {
  const growth = measureGrowth({ rounds: 1, note: () => {}, kilobytes: [1, 16, 32] });
  expect(growth.points.map(({ bytes }) => Math.floor(bytes / 1024))).toEqual([1, 16, 32]);
  expect(Number.isFinite(growth.parseExponent)).toBe(true);
  const missed = growthMarkdown({ ...growth, parseExponent: 1.96, renderExponent: 1.01 });
  expect(missed).toContain('| exponent | 1.96 ✗ missed | 1.01 ✓ |');
  const results = withGrowth(withGrowth('# Benchmarks\n', growth), growth);
  expect(results.match(/^## Growth$/gm)).toHaveLength(1);
});

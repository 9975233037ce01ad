/** Durations and sizes as lesson.yaml writes them: a number with its unit. */

const MILLISECONDS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

const BYTES: Readonly<Record<string, number>> = {
  B: 1,
  kB: 1000,
  MB: 1000 ** 2,
  GB: 1000 ** 3,
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
  TiB: 1024 ** 4,
};

/** Other spellings that people use, in lower case, and the unit they mean. */
const OTHER_TIMES: Readonly<Record<string, string>> = {
  msec: 'ms',
  msecs: 'ms',
  millis: 'ms',
  millisecond: 'ms',
  milliseconds: 'ms',
  sec: 's',
  secs: 's',
  second: 's',
  seconds: 's',
  min: 'm',
  mins: 'm',
  minute: 'm',
  minutes: 'm',
  hr: 'h',
  hrs: 'h',
  hour: 'h',
  hours: 'h',
};

const OTHER_SIZES: Readonly<Record<string, string>> = {
  byte: 'B',
  bytes: 'B',
  b: 'B',
  k: 'KiB',
  kib: 'KiB',
  kb: 'KiB',
  m: 'MiB',
  mib: 'MiB',
  mb: 'MiB',
  g: 'GiB',
  gib: 'GiB',
  gb: 'GiB',
  t: 'TiB',
  tib: 'TiB',
};

/** A number with a unit read, or what was probably meant instead. */
export type Quantity =
  | { readonly ok: true; readonly value: number }
  | { readonly ok: false; readonly meant?: string; readonly noUnit: boolean };

/**
 * A duration such as `200ms`, `3s`, `2m`, `1h`, in milliseconds.
 * @param text as written.
 */
export function readDuration(text: string): Quantity {
  return readQuantity(text, MILLISECONDS, OTHER_TIMES, 's');
}

/**
 * A size such as `512B`, `4KiB`, `2GiB` (or `kB`, `MB`, `GB` in thousands), in bytes.
 * @param text as written.
 */
export function readSize(text: string): Quantity {
  return readQuantity(text, BYTES, OTHER_SIZES, 'B');
}

/** The spellings of durations and sizes as patterns for the published schema. */
export const DURATION_PATTERN = '^[0-9]{1,9}(\\.[0-9]{1,6})?(ms|s|m|h)$';
export const SIZE_PATTERN = '^[0-9]{1,9}(\\.[0-9]{1,6})?(B|kB|MB|GB|KiB|MiB|GiB|TiB)$';

function readQuantity(
  text: string,
  units: Readonly<Record<string, number>>,
  others: Readonly<Record<string, string>>,
  usual: string,
): Quantity {
  const parts = /^(\d{1,9}(?:\.\d{1,6})?)(\s*)([A-Za-z]*)$/.exec(text.trim());
  if (parts === null) return { ok: false, noUnit: false };
  const [, number = '', gap = '', unit = ''] = parts;
  if (unit === '') return { ok: false, meant: `${number}${usual}`, noUnit: true };
  const factor = Object.hasOwn(units, unit) ? units[unit] : undefined;
  if (factor !== undefined && gap === '') return { ok: true, value: Math.round(Number(number) * factor) };
  const lower = unit.toLowerCase();
  const meant = factor !== undefined ? unit : Object.hasOwn(others, lower) ? others[lower] : sameButCase(unit, units);
  return meant === undefined ? { ok: false, noUnit: false } : { ok: false, meant: `${number}${meant}`, noUnit: false };
}

function sameButCase(unit: string, units: Readonly<Record<string, number>>): string | undefined {
  return Object.keys(units).find((known) => known.toLowerCase() === unit.toLowerCase());
}

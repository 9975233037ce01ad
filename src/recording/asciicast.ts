/**
 * The asciicast v2 format as values: one JSON object on the first line, then one array a line. Pure: it knows neither
 * files nor terminals. The format is described at https://docs.asciinema.org/manual/asciicast/v2/.
 */

/** What a recording says of itself. */
export interface CastHeader {
  readonly width: number;
  readonly height: number;
  /** When it began, seconds since the epoch. */
  readonly timestamp?: number;
  readonly title?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** One thing that happened; `at` in seconds since the beginning. */
export interface CastEvent {
  readonly at: number;
  /** `o` was shown, `m` is a marker with its label, `r` a new size as `120x34`. */
  readonly code: 'o' | 'm' | 'r';
  readonly data: string;
}

/**
 * The first line of a recording, with its newline.
 * @param header what the recording says of itself.
 */
export function headerLine(header: CastHeader): string {
  return `${JSON.stringify({ version: 2, ...header })}\n`;
}

/**
 * One event's line, with its newline.
 * @param event what happened.
 */
export function eventLine({ at, code, data }: CastEvent): string {
  return `[${at.toFixed(6)}, ${JSON.stringify(code)}, ${JSON.stringify(data)}]\n`;
}

/**
 * Reads a first line.
 * @param line without its newline.
 * @returns null where this is no asciicast; its version's number where it is one of another version.
 */
export function readHeader(line: string): CastHeader | number | null {
  const value = parsed(line);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const { version, width, height, timestamp, title } = value as Record<string, unknown>;
  if (typeof version !== 'number') return null;
  if (version !== 2) return version;
  if (!isSize(width) || !isSize(height)) return null;
  return {
    width,
    height,
    ...(typeof timestamp === 'number' ? { timestamp } : {}),
    ...(typeof title === 'string' ? { title } : {}),
  };
}

/**
 * Reads any other line.
 * @param line without its newline.
 * @returns `other` for an event of a kind that is not shown, null for what is no event at all.
 */
export function readEvent(line: string): CastEvent | 'other' | null {
  const value = parsed(line);
  if (!Array.isArray(value) || value.length < 3) return null;
  const [at, code, data] = value as unknown[];
  if (typeof at !== 'number' || !Number.isFinite(at) || at < 0) return null;
  if (typeof code !== 'string' || typeof data !== 'string') return null;
  return code === 'o' || code === 'm' || code === 'r' ? { at, code, data } : 'other';
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

function isSize(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 && value < 10_000;
}

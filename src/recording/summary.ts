/** What a recording holds, without playing it. Pure but for the reading, which is given. */
import type { CastEvent, CastHeader } from './asciicast.ts';

/** A marker: a section that opened. */
export interface CastMarker {
  /** Its place among the markers, from 0. */
  readonly index: number;
  /** Seconds since the beginning. */
  readonly at: number;
  readonly label: string;
}

/** A recording in a few figures. */
export interface CastSummary {
  readonly header: CastHeader;
  /** Seconds. */
  readonly duration: number;
  /** Pieces of output. */
  readonly frames: number;
  readonly markers: readonly CastMarker[];
}

/**
 * Reads a recording through.
 * @param header its first line.
 * @param events all others.
 */
export async function summarize(header: CastHeader, events: AsyncIterable<CastEvent>): Promise<CastSummary> {
  const markers: CastMarker[] = [];
  let duration = 0;
  let frames = 0;
  for await (const { at, code, data } of events) {
    duration = Math.max(duration, at);
    if (code === 'o') frames += 1;
    if (code === 'm') markers.push({ index: markers.length, at, label: data });
  }
  return { header, duration, frames, markers };
}

/**
 * The marker of a section: the one that is labelled with its number, or else simply the so-manyth.
 * @param markers all markers of the recording.
 * @param number the section's number, from 1.
 */
export function markerOf(markers: readonly CastMarker[], number: number): CastMarker | undefined {
  return (
    markers.find(({ label }) => label.startsWith(`Section ${number}:`)) ?? (hasNumbers(markers) ? undefined : markers[number - 1])
  );
}

function hasNumbers(markers: readonly CastMarker[]): boolean {
  return markers.some(({ label }) => /^Section \d+:/.test(label));
}

/** The words of a summary. */
export interface SummaryWords {
  readonly untitled: string;
  figures(duration: string, pieces: number, columns: number, rows: number): string;
  recorded(when: string): string;
  readonly noMarkers: string;
}

/**
 * The summary as lines for people.
 * @param name what the file is called.
 * @param summary its figures.
 * @param said its words.
 * @param clean takes out of a title or a marker what no terminal should be given, and says it in the reader's language.
 */
export function summaryLines(
  name: string,
  summary: CastSummary,
  said: SummaryWords,
  clean: (text: string) => string,
): readonly string[] {
  const { header, duration, frames, markers } = summary;
  const time = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ');
  const at = header.timestamp === undefined ? '' : said.recorded(time(header.timestamp));
  return [
    `${name}: ${header.title === undefined ? said.untitled : clean(header.title)}`,
    `  ${said.figures(clockTime(duration), frames, header.width, header.height)}${at}`,
    ...(markers.length === 0
      ? [`  ${said.noMarkers}`]
      : markers.map((marker) => `  ${clockTime(marker.at)}  ${clean(marker.label)}`)),
  ];
}

/** Seconds as `1:02:03`. */
function clockTime(seconds: number): string {
  const whole = Math.floor(seconds);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
}

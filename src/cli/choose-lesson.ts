/**
 * Asks which lesson to follow: of those that come with the program, or of a course. With one key where nine are enough,
 * otherwise by a number; someone who starts for the first time is offered the first.
 */
import { createInterface, emitKeypressEvents, type Key } from 'node:readline';
import { cellWidth, cutCells } from '../tui/text/cells.ts';
import { words } from '../words/words.ts';
import { type LessonProgress, lessonsWithProgress, progressWords } from './lesson-progress.ts';

/** What there is to choose from. */
export interface Shelf {
  readonly title: string;
  readonly summary?: string;
  /** A folder of lessons; those that come with the program where it is not given. */
  readonly folder?: string;
}

/** How it is asked. */
export interface Asking {
  readonly stateDir: string;
  /** Nothing is drawn: words and numbers only, answered by a line. */
  readonly plain: boolean;
}

/** The shelf of whoever names none. */
export function ownShelf(): Shelf {
  return { title: words().program.title };
}

/**
 * Asks on the terminal.
 * @param shelf what there is.
 * @param asking where progress is kept, and how to ask.
 * @returns a lesson's path, or null when the person leaves.
 */
export async function chooseLesson(shelf: Shelf, { stateDir, plain }: Asking): Promise<string | null> {
  const rows = await lessonsWithProgress(stateDir, shelf.folder);
  const offered = offer(rows);
  const oneKey = !plain && rows.length <= 9;
  const enter = rows.every((row) => row.status === 'new')
    ? words().program.startsWith(offered?.title)
    : words().program.goesOnWith(offered?.title);
  const how = oneKey ? words().program.pressNumber : words().program.numberAndEnter;
  const head = ['', shelf.title, ...(shelf.summary === undefined ? [] : [shelf.summary]), ''];
  const both = `  ${enter} ${how}`;
  const foot = cellWidth(both) < (process.stdout.columns ?? 80) ? [both] : [`  ${enter}`, `  ${how}`];
  console.log([...head, ...rowLines(rows, plain), '', ...foot, ''].join('\n'));
  const answer = oneKey ? await pressed(rows.length) : await typed(rows.length);
  if (answer === null) return null;
  return (answer === 0 ? offered : rows[answer - 1])?.path ?? null;
}

/** What Enter means: the lesson one is in the middle of, else the first that is new. */
function offer(rows: readonly LessonProgress[]): LessonProgress | undefined {
  return rows.find((row) => row.status === 'started') ?? rows.find((row) => row.status === 'new') ?? rows[0];
}

/** Cells of a bar, and at most of a title. */
const barWidth = 8;
const widestTitle = 60;

function rowLines(rows: readonly LessonProgress[], plain: boolean): readonly string[] {
  const digits = String(rows.length).length;
  const whole = rows.map((row) => `${progressWords(row)}${row.minutes === null ? '' : words().program.minutes(row.minutes)}`);
  const widest = (texts: readonly string[]): number => Math.max(0, ...texts.map(cellWidth));
  const free = (process.stdout.columns ?? 80) - (2 + digits + 2 + 2 + barWidth + 2);
  const fits = plain || Math.min(widestTitle, widest(rows.map(({ title }) => title))) <= free - widest(whole);
  // The title says more than the minutes.
  const ends = fits ? whole : rows.map(progressWords);
  const room = free - widest(ends);
  const titles = rows.map((row) => fitted(row.title, Math.min(widestTitle, room)));
  const width = widest(titles);
  return rows.map((row, index) => {
    const title = titles[index] ?? '';
    const end = ends[index] ?? '';
    const number = String(index + 1).padStart(digits);
    const gap = ' '.repeat(width - cellWidth(title));
    if (plain) return `  ${number}  ${row.title} (${end})`;
    return `  ${number}  ${title}${gap}  ${barOf(row)}  ${end}`;
  });
}

function fitted(title: string, width: number): string {
  const room = Math.max(12, width);
  return cellWidth(title) <= room ? title : `${cutCells(title, room - 1).text}…`;
}

function barOf({ status, done, sections }: LessonProgress): string {
  const part = status === 'finished' ? 1 : sections === 0 ? 0 : done / sections;
  const full = Math.floor(part * barWidth);
  return '█'.repeat(full) + '░'.repeat(barWidth - full);
}

/** One key: a number, 0 for Enter, null for leaving. Ctrl-C and the end of input leave. */
function pressed(most: number): Promise<number | null> {
  const { stdin } = process;
  return new Promise((resolve) => {
    const done = (answer: number | null): void => {
      stdin.off('keypress', heard);
      stdin.off('end', gone);
      stdin.setRawMode(false);
      stdin.pause();
      resolve(answer);
    };
    const gone = (): void => done(null);
    const heard = (text: string | undefined, key: Key): void => {
      const name = key.name ?? text ?? '';
      if ((key.ctrl && (name === 'c' || name === 'd')) || name === 'q' || name === 'escape') done(null);
      else if (name === 'return' || name === 'enter') done(0);
      else if (/^[1-9]$/.test(name) && Number(name) <= most) done(Number(name));
    };
    emitKeypressEvents(stdin);
    stdin.setRawMode(true);
    stdin.resume();
    stdin.on('keypress', heard);
    stdin.once('end', gone);
  });
}

/** A line; asked again where it is no answer. */
async function typed(most: number): Promise<number | null> {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  let ended = false;
  lines.once('close', () => {
    ended = true;
  });
  try {
    for (;;) {
      const line = await ask(lines, words().program.lesson);
      const word = line?.trim().toLowerCase();
      if (word === undefined || word === 'q' || word === 'quit') return null;
      if (word === '') return 0;
      if (/^\d{1,6}$/.test(word) && Number(word) >= 1 && Number(word) <= most) return Number(word);
      console.log(words().program.numbers(most));
    }
  } finally {
    if (!ended) lines.close();
  }
}

/** What is typed next; undefined at the end of input, and for Ctrl-C. */
function ask(lines: ReturnType<typeof createInterface>, prompt: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const gone = (): void => resolve(undefined);
    lines.once('close', gone);
    lines.question(prompt, (line) => {
      lines.off('close', gone);
      resolve(line);
    });
  });
}

/** Asks which lesson to follow, with one key; someone who starts for the first time is offered the tour. */
import { emitKeypressEvents, type Key } from 'node:readline';
import { type LessonProgress, lessonsWithProgress, progressWords } from './lesson-progress.ts';

/**
 * Asks on the terminal.
 * @param stateDir the state folder.
 * @returns a lesson's name, or null when the person leaves.
 */
export async function chooseLesson(stateDir: string): Promise<string | null> {
  const rows = await lessonsWithProgress(stateDir);
  const offered = offer(rows);
  console.log(question(rows, offered));
  const key = await pressed(
    (name) => name === 'return' || name === 'q' || name === 'escape' || rows[Number(name) - 1] !== undefined,
  );
  if (key === 'q' || key === 'escape') return null;
  return (key === 'return' ? offered : rows[Number(key) - 1])?.id ?? null;
}

/** What Enter means: the lesson one is in the middle of, else the first that is new. */
function offer(rows: readonly LessonProgress[]): LessonProgress | undefined {
  return rows.find((row) => row.status === 'started') ?? rows.find((row) => row.status === 'new') ?? rows[0];
}

function question(rows: readonly LessonProgress[], offered: LessonProgress | undefined): string {
  const first = rows.every((row) => row.status === 'new');
  const width = Math.max(...rows.map((row) => row.title.length));
  const lines = rows.map((row, index) => {
    const minutes = row.minutes === null ? '' : ` · about ${row.minutes} min`;
    return `  ${index + 1}  ${row.title.padEnd(width)}  ${progressWords(row)}${minutes}`;
  });
  const enter = first
    ? `Enter starts with ${offered?.title ?? 'the first'}, a good beginning.`
    : `Enter goes on with ${offered?.title ?? 'the first'}.`;
  return [
    '',
    'Lockstep: training tutorials in one terminal',
    '',
    ...lines,
    '',
    `  ${enter} Or press a number; q leaves.`,
    '',
  ].join('\n');
}

/** The name of the first key that counts; Ctrl-C and the end of input are `q`. */
function pressed(counts: (name: string) => boolean): Promise<string> {
  const { stdin } = process;
  return new Promise((resolve) => {
    const done = (name: string): void => {
      stdin.off('keypress', heard);
      stdin.off('end', gone);
      stdin.setRawMode(false);
      stdin.pause();
      resolve(name);
    };
    const gone = (): void => done('q');
    const heard = (text: string | undefined, key: Key): void => {
      if (key.ctrl && (key.name === 'c' || key.name === 'd')) done('q');
      const name = key.name === 'enter' ? 'return' : (key.name ?? text ?? '');
      if (counts(name)) done(name);
    };
    emitKeypressEvents(stdin);
    stdin.setRawMode(true);
    stdin.resume();
    stdin.on('keypress', heard);
    stdin.once('end', gone);
  });
}

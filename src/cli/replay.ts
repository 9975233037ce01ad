/** `lockstep replay`: plays a recording in the terminal; without one, says what is in it. */
import { basename } from 'node:path';
import { UserError } from '../model/errors.ts';
import { createPlayer, type PlayerClock } from '../recording/player.ts';
import { readCast } from '../recording/read-cast.ts';
import { type CastSummary, markerOf, summarize, summaryLines } from '../recording/summary.ts';
import { createOuterTerminal, takesShapes } from '../tui/compositor/outer-terminal.ts';
import { installRestoration } from '../tui/compositor/restoration.ts';
import { cleanText } from '../tui/text/clean.ts';
import { inLanguage } from '../words/words.ts';
import { commandWords } from './command-words.ts';
import { readArguments } from './read-arguments.ts';

const clock: PlayerClock = {
  now: () => performance.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

/**
 * Runs the command.
 * @param args its arguments.
 * @returns 0; trouble is thrown.
 */
export async function replay(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(
    'replay',
    {
      args: [...args],
      allowPositionals: true,
      options: { speed: { type: 'string', default: '1' }, section: { type: 'string' } },
    },
    1,
  );
  const [path] = positionals;
  if (path === undefined)
    throw new UserError('no-recording', 'Which recording?', { tries: ['lockstep replay FILE'], exitCode: 2 });
  const speed = numberOf('--speed', values.speed, (value) => value > 0 && value <= 1000);
  const section =
    values.section === undefined ? null : numberOf('--section', values.section, (value) => Number.isInteger(value) && value > 0);
  const summary = await summaryOf(path);
  const said = (await commandWords()).replay;
  const from = section === null ? null : markerFor(summary, section, path);
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    for (const line of summaryLines(basename(path), summary, said, (text) => inLanguage(cleanText(text)))) console.log(line);
    return 0;
  }
  await playOnScreen(path, speed, from);
  const { columns, rows } = process.stdout;
  const { width, height } = summary.header;
  if (columns < width || rows < height) console.log(said.largerTerminal(`${width}×${height}`, `${columns}×${rows}`));
  return 0;
}

async function summaryOf(path: string): Promise<CastSummary> {
  const reader = await readCast(path);
  return summarize(reader.header, reader.events);
}

async function playOnScreen(path: string, speed: number, from: number | null): Promise<void> {
  const { stdin, stdout } = process;
  const reader = await readCast(path);
  const outer = createOuterTerminal(stdin, stdout, takesShapes(process.env));
  let room = (): void => {};
  outer.onReady(() => room());
  const player = createPlayer({
    events: reader.events,
    speed,
    from,
    clock,
    show(text) {
      outer.write(text);
      // A slow terminal is waited for, so that no more than one piece is in memory.
      return outer.ready ? undefined : new Promise<void>((resolve) => (room = resolve));
    },
  });
  const heard = (bytes: Buffer | string): void => {
    // Arrow keys and the like are no keys of ours.
    const text = bytes.toString();
    if (!text.startsWith('\x1b')) for (const char of text) player.key(char);
  };
  const removeRestoration = installRestoration(() => outer.leave());
  try {
    outer.enter();
    stdin.on('data', heard);
    await player.play();
  } finally {
    stdin.off('data', heard);
    outer.leave();
    removeRestoration();
    reader.close();
  }
}

function markerFor(summary: CastSummary, section: number, path: string): number {
  const marker = markerOf(summary.markers, section);
  if (marker) return marker.index;
  const known = summary.markers.map((each) => cleanText(each.label)).join(', ');
  throw new UserError('no-section', `The recording ${path} has no section ${section}.`, {
    tries: [known === '' ? 'It has no markers at all.' : `It has the sections: ${known}.`],
    exitCode: 2,
  });
}

function numberOf(option: string, word: string, fits: (value: number) => boolean): number {
  const value = Number(word);
  if (word.trim() !== '' && fits(value)) return value;
  throw new UserError('bad-option', `${option} ${word} makes no sense: a number is needed, like ${option} 2.`, { exitCode: 2 });
}

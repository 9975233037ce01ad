/** The real program as a subject: its tour, in whose shell the inner command is typed as a learner would. */
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import xtermHeadless from '@xterm/headless';
import { type Running, SIZE, type Subject } from './subject.ts';

const PREFIX = '\x1d';

/**
 * Lockstep on its tour, the shell's pane zoomed and made as large as the others' screens: a narrower one would have to
 * wrap what is written for theirs. The inner command goes into a file, so that what is typed never looks like what it
 * prints.
 * @param options `program`: the built program's door; `home`: a home folder whose state is warm; `folder`: one that is
 *   visible on the sandbox host.
 */
export function programSubject({
  program,
  home,
  folder,
}: {
  readonly program: string;
  readonly home: string;
  readonly folder: string;
}): Subject {
  return {
    name: 'lockstep',
    launch: () => ({ command: [process.execPath, program, 'run', 'tour'], env: { HOME: home } }),
    async enter(running, inner) {
      const script = join(folder, 'inner.sh');
      const size = `${SIZE.rows} ${SIZE.cols}`;
      const sized = `echo "size: $(stty size)."; until [ "$(stty size)" = "${size}" ]; do sleep 0.05; done; clear`;
      writeFileSync(script, `${sized}\n${inner}\n`);
      chmodSync(script, 0o755);
      await shown(running, /ubuntu@\S+:\S*[$#]/);
      running.write(`z${PREFIX}`);
      running.write(`exec sh ${script}\r`);
      const [, rows, cols] = (await shown(running, /size: (\d+) (\d+)\./)).map(Number);
      running.resize(2 * SIZE.cols - (cols ?? 0), 2 * SIZE.rows - (rows ?? 0));
    },
  };
}

/** Reads the screen, since text arrives in pieces and colours. Stops reading with the first row that fits. */
function shown(running: Running, pattern: RegExp, timeoutMs = 60_000): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    const screen = new xtermHeadless.Terminal({ ...SIZE, allowProposedApi: true, logLevel: 'off' });
    let reading = true;
    const timer = setTimeout(() => stop(() => reject(new Error(`${pattern} not shown within ${timeoutMs} ms`))), timeoutMs);
    const stop = (settle: () => void): void => {
      reading = false;
      clearTimeout(timer);
      settle();
    };
    const look = (): void => {
      for (let y = 0; reading && y < SIZE.rows; y++) {
        const found = pattern.exec(screen.buffer.active.getLine(y)?.translateToString(true) ?? '');
        if (found !== null) stop(() => resolve(found));
      }
    };
    running.onData((bytes) => {
      if (reading) screen.write(bytes, look);
    });
  });
}

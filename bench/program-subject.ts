/** The real program as a subject: its tour, in whose shell the inner command is typed as a learner would. */
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import xtermHeadless from '@xterm/headless';
import { type Running, SIZE, type Subject } from './subject.ts';

const PREFIX = '\x1d';

/**
 * Lockstep on its tour. The inner command goes into a file, so that what is typed never looks like what it prints.
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
      writeFileSync(script, `${inner}\n`);
      chmodSync(script, 0o755);
      await promptShown(running);
      running.write(PREFIX);
      running.write(`exec sh ${script}\r`);
    },
  };
}

/** Reads the screen, since a prompt arrives in pieces and colours. Stops reading with the first prompt. */
function promptShown(running: Running, timeoutMs = 60_000): Promise<void> {
  return new Promise((resolve, reject) => {
    const screen = new xtermHeadless.Terminal({ ...SIZE, allowProposedApi: true, logLevel: 'off' });
    let reading = true;
    const timer = setTimeout(() => stop(() => reject(new Error(`no prompt within ${timeoutMs} ms`))), timeoutMs);
    const stop = (settle: () => void): void => {
      reading = false;
      clearTimeout(timer);
      settle();
    };
    const look = (): void => {
      const rows = Array.from({ length: SIZE.rows }, (_, y) => screen.buffer.active.getLine(y)?.translateToString(true) ?? '');
      if (reading && rows.some((row) => /ubuntu@\S+:\S*[$#]/.test(row))) stop(resolve);
    };
    running.onData((bytes) => {
      if (reading) screen.write(bytes, look);
    });
  });
}

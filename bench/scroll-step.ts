/** From a key that scrolls a lesson of 100 KB to the first byte of the frame it makes. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LaunchedProgram, launchProgram } from '../test/support/launch-program.ts';

const SIZE = { cols: 160, rows: 48 };
const BYTES = 100_000;

/** A lesson of one section, headings, lists, code and prose in it. */
function longLesson(): string {
  const parts = ['# A long lesson\n\n## Section 1 - Read\n'];
  for (let n = 1, length = 0; length < BYTES; n += 1) {
    const part = `
### Part ${n}

The *${n}th* part of this text is about \`nothing in particular\`, and says so in a sentence that is long enough to wrap.

- one thing to look at, and **another** one
- a [link](https://example.org/${n}) to somewhere

| name | value |
|---|---|
| part | ${n} |

\`\`\`ini
[part-${n}]
key = value ; and a remark
\`\`\`
`;
    parts.push(part);
    length += part.length;
  }
  return parts.join('');
}

/**
 * Scrolls down line by line.
 * @param options `program`: command line up to its arguments; `home`: home folder; `folder`: where the lesson is put;
 *   `steps`: how many.
 * @returns milliseconds of each step.
 */
export async function measureScrollSteps({
  program,
  home,
  folder,
  steps = 60,
}: {
  readonly program: readonly [string, ...string[]];
  readonly home: string;
  readonly folder: string;
  readonly steps?: number;
}): Promise<readonly number[]> {
  const lesson = join(folder, 'long-lesson');
  mkdirSync(lesson, { recursive: true });
  writeFileSync(join(lesson, 'lesson.md'), longLesson());
  const running = launchProgram([...program, 'run', lesson], { ...SIZE, home });
  try {
    await running.waitFor(/ubuntu@\S+:\S*[$#]/, 60_000);
    const samples: number[] = [];
    for (let step = 0; step < steps + 5; step += 1) {
      await new Promise((resolve) => setTimeout(resolve, 60 + (step % 7)));
      const took = await untilOutput(running, () => running.press('Down'));
      // The first steps find cold code.
      if (step >= 5) samples.push(took);
    }
    return samples;
  } finally {
    running.signal('SIGTERM');
    await running.exit(15_000).catch(() => undefined);
    await running.kill();
  }
}

/** From an action to the first byte that follows, milliseconds; the bytes themselves, since emulating them takes longer. */
function untilOutput(program: LaunchedProgram, act: () => void): Promise<number> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('nothing was drawn')), 5_000);
    const stop = program.onOutput(() => {
      const took = performance.now() - start;
      stop();
      clearTimeout(timer);
      resolve(took);
    });
    const start = performance.now();
    act();
  });
}

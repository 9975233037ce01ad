import { defineConfig } from 'vitest/config';
import { languageOf } from './src/words/words.ts';
import { LongestFirst } from './test/support/longest-first.ts';

// Tests read the program's English, whatever language their developer's machine speaks.
if (languageOf(process.env) !== 'en') process.env['LC_ALL'] = 'C.UTF-8';

/** Slow suites drive real programs on a small machine: one at a time, with long deadlines. */
const slow = { pool: 'forks', maxWorkers: 1, fileParallelism: false, testTimeout: 120_000, hookTimeout: 300_000 } as const;

/**
 * Most of what the host tests do is wait for services that start: two files at a time. What changes the machine's own
 * accounts while it runs stays alone, since a prepared host is known by them; so does what starts processes that make
 * the list of the machine's processes too long to read.
 */
const alone = ['test/host/sandbox.test.ts', 'test/host/checks-isolation.test.ts'];

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts'],
          pool: 'forks',
          maxWorkers: 2,
          // Nothing here takes long; the limit is for what never ends, on a machine with other work as well.
          testTimeout: 30_000,
          sequence: { groupOrder: 0 },
        },
      },
      { test: { name: 'terminal', include: ['test/terminal/**/*.test.ts'], ...slow, sequence: { groupOrder: 1 } } },
      { test: { name: 'class', include: ['test/class/**/*.test.ts'], ...slow, sequence: { groupOrder: 3 } } },
      { test: { name: 'browser', include: ['test/browser/**/*.test.ts'], ...slow, sequence: { groupOrder: 4 } } },
      { test: { name: 'host', include: alone, ...slow, sequence: { groupOrder: 5 } } },
      {
        test: {
          name: 'host, two at a time',
          include: ['test/host/**/*.test.ts'],
          exclude: alone,
          ...slow,
          maxWorkers: 2,
          fileParallelism: true,
          sequence: { groupOrder: 6 },
        },
      },
    ],
  },
});

import { defineConfig } from 'vitest/config';

/** Slow suites drive real programs on a small machine: one at a time, with long deadlines. */
const slow = { pool: 'forks', maxWorkers: 1, fileParallelism: false, testTimeout: 120_000, hookTimeout: 300_000 } as const;

export default defineConfig({
  test: {
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
      { test: { name: 'host', include: ['test/host/**/*.test.ts'], ...slow, sequence: { groupOrder: 2 } } },
      { test: { name: 'browser', include: ['test/browser/**/*.test.ts'], ...slow, sequence: { groupOrder: 4 } } },
    ],
  },
});

/** The pane program of the tests, bundled once a test file and launched as often as needed. */
import { afterAll, afterEach, beforeAll } from 'vitest';
import { bundleFixture } from './bundle-fixture.ts';
import { type LaunchedProgram, type LaunchOptions, launchProgram } from './launch-program.ts';

/** How the pane program is launched, on top of how any program is. */
export interface PaneOptions extends LaunchOptions {
  /** Run this line of sh in the pane instead of a bash. */
  readonly inner?: string;
  /** Start bash with our rc file. */
  readonly marks?: boolean;
  /** Give the pane the whole screen. */
  readonly full?: boolean;
}

/** A bash that waits. */
export const PROMPT = /[$#]$/m;

/** The column and row where the pane begins, at 80 columns. */
export const PANE = { col: 20, row: 1, cols: 59, rows: 22 } as const;

/**
 * Registers the bundling and the cleaning up with the test file that calls it.
 * @param options `minify`: bundle as tight as esbuild makes it.
 * @returns launches the pane program; it is killed after the test.
 */
export function paneProgram(options: { readonly minify?: boolean } = {}): (how?: PaneOptions) => LaunchedProgram {
  let bundle = '';
  const running: LaunchedProgram[] = [];
  beforeAll(async () => {
    bundle = await bundleFixture('test/terminal/fixtures/pane-program.ts', options);
  });
  afterEach(async () => {
    for (const program of running.splice(0)) await program.kill();
  });
  afterAll(async () => {
    for (const program of running.splice(0)) await program.kill();
  });
  return (how = {}) => {
    const { inner, marks, full, env, ...rest } = how;
    const program = launchProgram([process.execPath, bundle], {
      ...rest,
      env: {
        ...env,
        ...(inner === undefined ? {} : { PANE_COMMAND: inner }),
        ...(marks === true ? { PANE_RC: '1' } : {}),
        ...(full === true ? { PANE_FULL: '1' } : {}),
      },
    });
    running.push(program);
    return program;
  };
}

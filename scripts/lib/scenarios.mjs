/**
 * What is shown in the pictures of the README. Each step waits for a text, presses keys, types, takes a picture; a
 * learner could do the same by hand.
 */

const SIZE = { cols: 120, rows: 34 };

/** Minutes that preparing the Galaxy host may take where it is not in the cache. */
const PREPARING = 15 * 60_000;

export const scenarios = [
  {
    name: 'restart',
    title: 'lockstep run uwsgi-zerg-mode --auto',
    args: ['run', 'uwsgi-zerg-mode', '--auto'],
    ...SIZE,
    steps: [
      { wait: /galaxy\.ini/, within: PREPARING },
      { wait: /\[uwsgi\][^]*y (write|yes)/, within: 120_000, shot: 'write' },
      { wait: 'zergling1', within: 120_000 },
      { wait: /served/, within: 120_000 },
      { wait: /EXITED/, within: 180_000, shot: 'restart' },
    ],
  },
];

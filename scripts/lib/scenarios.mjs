/**
 * What is shown in the pictures of the README. Each step waits for a text, presses keys, types, takes a picture; a
 * learner could do the same by hand.
 */

const SIZE = { cols: 120, rows: 34 };

/** Minutes that preparing the Galaxy host may take where it is not in the cache. */
const PREPARING = 15 * 60_000;

export const scenarios = [
  {
    name: 'tour',
    title: 'lockstep run tour',
    args: ['run', 'tour'],
    ...SIZE,
    steps: [{ wait: 'ubuntu@', shot: 'tour' }],
  },
];

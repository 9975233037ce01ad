/** What holds for a lesson that does not say otherwise. */

/** The host: a bare sandbox. */
export const DEFAULT_HOST = 'bare';
/** The user that the learner's shell runs as. */
export const DEFAULT_USER = 'ubuntu';

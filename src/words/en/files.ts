/** What is said of files that a learner keeps: completion records and recordings. */

/** `lockstep verify`. */
export const verify = {
  notGenuine: (file: string) => `Not genuine: ${file} was changed after it was signed, or never was.`,
  otherKey: (fingerprint: string) => `Signed by another key: ${fingerprint}`,
  signedWith: (fingerprint: string) => `The record is as it was signed, with the key ${fingerprint}`,
  whoseKey: 'Whose key that is, the instructor knows: `lockstep class serve` prints it.',
  genuine: 'Genuine: signed with that key, and not changed since.',
  learner: 'Learner',
  lesson: 'Lesson',
  class: 'Class',
  sections: 'Sections',
  sectionsDone: (done: number, total: number) => `${done} of ${total} done`,
  byProgram: (count: number) => `, ${count} of them by the program`,
  finished: 'Finished',
  notFinished: 'no',
};

/** `lockstep replay`. */
export const replay = {
  untitled: 'a recording',
  figures: (duration: string, pieces: number, columns: number, rows: number) =>
    `${duration} long, ${pieces} pieces of output, ${columns} columns by ${rows} rows`,
  recorded: (when: string) => `, recorded ${when} UTC`,
  noMarkers: 'no markers',
  largerTerminal: (recording: string, terminal: string) =>
    `The recording is ${recording}, this terminal ${terminal}: it looks as meant in a larger one.`,
};

/** What lies over the panes: questions, lists, help. */

/** Words that several overlays share. */
export const overlay = {
  back: 'back',
  stay: 'stay',
  no: 'no',
  checks: 'Checks',
  nothingToCheck: 'This section has nothing to check.',
};

/** Writing a file. */
export const write = {
  title: (path: string) => `Write ${path}`,
  facts: (as: string, owner: string, group: string, mode: string) => `as ${as} · owner ${owner}:${group} · mode ${mode}`,
  changes: 'What changes; a copy of what is there now is kept.',
  newFile: 'A new file.',
  same: 'The file already says exactly this.',
  yes: 'write',
  no: 'leave it',
};

/** Skipping a section. */
export const skip = {
  title: 'Skip this section',
  titleAgain: 'Skip this section: sure?',
  text: (section: string) => `Skip ${section}? What it asks for is then not done, and later sections may build on it.`,
  textAgain: 'Really skip it? It is recorded as skipped. You can still read it and run its steps later.',
  yes: 'skip',
  yesAgain: 'yes, skip',
};

/** Leaving. */
export const leave = {
  title: 'Leave?',
  stepRuns: 'A step is still being run; it ends when you leave. Your progress is kept.',
  programRuns: 'A program is still running in a shell; it ends when you leave. Your progress is kept.',
  kept: 'Your progress is kept.',
  yes: 'leave',
};

/** The list of sections. */
export const sectionList = {
  title: 'Sections',
  youAreHere: 'you are here',
  skipped: 'skipped',
  solved: 'solved for you',
  locked: 'locked',
  solve: 'have it solved up to here',
  read: 'read',
  backToStart: 'back to its start',
};

/** Going back, going on, coming back. */
export const travel = {
  backTitle: (number: number) => `Back to section ${number}`,
  onTitle: (number: number) => `On to section ${number}`,
  rewind: (name: string) => `The host goes back to how it was when ${name}, began.`,
  rewindLost: (sections: string) =>
    `What you changed on it since then is thrown away, with ${sections} to do again. Programs in the shells end.`,
  goBack: 'go back',
  afresh: 'The start of that section was not kept on this host. It can be made fresh instead.',
  afreshLost: (sections: string, name: string) =>
    `Everything you changed on it is then thrown away, and the program solves ${sections} again for you, up to ${name}. They are recorded as solved by the program.`,
  makeFresh: 'make it fresh',
  catchUp: (sections: string, name: string) =>
    `The program does the steps of ${sections} for you, and their checks judge it, until ${name}, is open. Ctrl-C stops it.`,
  nothingLost: 'Nothing is thrown away. They are recorded as solved by the program.',
  solveThem: 'solve them',
  driftTitle: 'Something has drifted',
  driftOne: 'This held when you were here, and does not now:',
  driftMany: 'These held when you were here, and do not now:',
  restart: 'Start the services of the host again? What runs in the shells ends.',
  restartAgain:
    'Starting the services again did not help. Go on and mend it by hand, or go back to the start of a section with g. Try once more?',
  startAgain: 'start them again',
  goOn: 'go on as it is',
};

/** A question to the learner. */
export const sheet = {
  title: 'A question',
  titleSeveral: 'A question: all that are right',
  typeHere: ' type it here',
  choose: 'choose',
  movePick: 'move, pick',
  pick: 'pick',
  answer: 'answer',
  hint: 'hint',
};

/** What stands on the screen all the time: header, lesson, terminal, panel. */

/** What a lesson's parts are called, wherever they are named. */
export const parts = {
  sectionTitle: (number: number, title: string) => `Section ${number} · ${title}`,
  section: (number: number) => `section ${number}`,
  sectionNamed: (number: number, title: string) => `section ${number}, ${title}`,
  sectionDone: (number: number) => `Section ${number} done.`,
  sectionSkipped: (number: number) => `Section ${number} was skipped.`,
  sectionSolved: (number: number) => `Section ${number} was solved by the program.`,
  thisSection: 'this section',
  thatSection: 'that section',
  nextSection: 'the next section',
  sections: (count: number): string => (count === 1 ? 'one section' : `${count} sections`),
  hint: 'Hint: ',
};

/** The first row. */
export const header = {
  host: 'host',
  hostLost: '! host lost',
  noHost: '! no host',
  allDone: 'all done',
  place: (current: number, total: number) => `${current} of ${total}`,
};

/** The lesson's text and what stands around it. */
export const lesson = {
  welcome: (minutes: number | undefined) =>
    `A lesson, and beside it a real shell.${minutes === undefined ? '' : ` About ${minutes} minutes.`}`,
  switches: ' switches between them; ',
  doesAStep: ' does a step.',
  showsKeys: ' shows all keys; ',
  leavesAndKeeps: ' leaves and keeps your place.',
  locked: (until: string | null) => `This section is still locked.${until === null ? '' : ` It opens when ${until} is done.`}`,
  end: 'This is the end of the lesson. ',
  leaves: ' leaves; everything stays as it is.',
  forReading: 'for reading',
  picture: (what: string) => `[picture: ${what}]`,
};

/** A step in the text. */
export const step = {
  run: 'run',
  optional: 'optional',
  done: 'done',
  written: 'written',
  failed: 'failed',
  failedAt: (at: number, of: number) => `failed at ${at}/${of}`,
  running: 'running',
  runningAt: (at: number, of: number) => `running ${at}/${of}`,
  writeFile: 'write file',
  writeAgain: 'write again',
  runAgain: 'run again',
  runCommands: (count: number) => `run ${count} commands`,
  instead: 'This is run instead:',
};

/** The rules above the panes, and an empty pane. */
export const pane = {
  skipped: 'skipped',
  readingAgain: 'reading again',
  more: (lines: number) => `${lines} more`,
  shell: 'shell',
  linesBack: (lines: number) => `${lines} lines back`,
  typingReturns: 'typing returns',
  selecting: 'selecting',
  linesSelected: (lines: number) => `${lines} lines selected`,
  lookingBack: 'looking back',
  notFound: (text: string) => `“${text}” not found`,
  found: (text: string, at: number, total: number) => `“${text}” ${at} of ${total}`,
  ended: '(ended)',
  canBeRead: 'The lesson can already be read.',
  openingShell: 'Opening a shell…',
  hostLost: '! The host was lost',
  hostFailed: '! The host could not be made ready',
  whatToTry: 'What to try',
  startsAgain: 'starts it again',
  nothingLost: 'Nothing of yours is lost: your progress is kept.',
  preparing: 'Preparing the host',
  /** How a sentence begins that names what is being prepared: it becomes a heading. */
  preparingWhat: 'Preparing ',
  shellEnded: ' The shell has ended. ',
  opensNew: 'opens a new one',
  privateNetwork: (host: string) => `${host} · private network`,
  sharedNetwork: (host: string) => `${host} · this machine's network`,
  thisMachine: 'local · this very machine',
};

/** The panel: checks, requests, the moment. */
export const panel = {
  checks: 'Checks',
  checksOf: (number: number) => `Checks of section ${number}`,
  count: (passed: number, all: number) => `${passed} of ${all}`,
  found: (what: string) => `found ${what}`,
  expected: (what: string) => `expected ${what}`,
  couldNotTell: (why: string | undefined) => `could not tell: ${why ?? 'no answer came'}`,
  heldBefore: 'held before',
  heldAt: (time: string) => `held ${time}`,
  broke: (time: string) => `, broke ${time}`,
  after: (command: string) => ` after \`${command}\``,
  passed: (count: number) => `${count} passed`,
  allChecks: 'all checks',
  all: 'all',
  hint: 'hint',
  answer: 'answer',
  requestsTo: (address: string) => `requests to ${address}`,
  served: (count: string) => `${count} served`,
  failed: (count: string) => `${count} failed`,
  slowest: (ms: string) => `slowest ${ms} ms`,
  solving: (to: number | string, done: number, total: number) =>
    `Sections are solved for you, up to section ${to}: ${done} of ${total} done. Ctrl-C stops it.`,
  reviewing: 'Asking whether what earlier sections wanted still holds…',
  readOn: 'Read on, ',
  thenSection: (section: string) => `then ${section}`,
  allSectionsDone: (done: number) => `All ${done} sections are done`,
  sectionsDone: (done: number, skipped: number) => `${done} sections are done, ${skipped} skipped`,
  byProgram: (solved: number) => `, ${solved} of them by the program`,
};

/** What is told of the screen itself. */
export const screen = {
  recording: ' ● rec ',
  tooSmall: (needed: string, has: string) => `Lockstep needs ${needed} cells; this terminal has ${has}. Make it larger to go on.`,
  nothingPasted: (prefix: string) => `Nothing was pasted: ${prefix} goes to the shell first.`,
  copied: (lines: number, key: string) => `Copied ${lines === 1 ? '1 line' : `${lines} lines`}. ${key} puts it into the shell.`,
  nothingCopied: 'Nothing has been copied here yet.',
  rows: (first: number, last: number, total: number) => `${first}–${last} of ${total}`,
};

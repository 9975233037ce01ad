/** The lesson in plain text, line by line. */

/** The prompt and its choices. Each word of `word` can be typed in any language besides the one that is shown. */
export const choices = {
  word: {
    next: 'next',
    hint: 'hint',
    checks: 'checks',
    shell: 'shell',
    text: 'text',
    go: 'go',
    skip: 'skip',
    quit: 'quit',
    hand: 'hand',
    seen: 'seen',
    share: 'share',
    help: 'help',
  },
  answer: (question: string) => `answer: ${question}`,
  text: 'text of this section again',
  go: 'go to another section',
  skip: 'skip this section',
  quit: 'quit, and keep your place',
  nextBackTo: (section: string) => `next: back to ${section}`,
  nextLast: 'next (this is the last section)',
  next: (what: string) => `next: ${what}`,
  nextWhenDone: 'next section (when this one is done)',
  checks: (tally: string) => `checks: ${tally}`,
  noChecks: 'checks (none here)',
  hint: 'hint',
  shell: 'shell',
  shareEnd: 'share: end being seen by the instructor',
  share: 'share: let the instructor see your terminal, or not',
  handRaise: 'hand: raise it',
  handDown: 'hand: take it down',
  seen: 'seen: what the class sees of you',
};

/** Questions and their prompts. */
export const ask = {
  one: 'Number of your answer',
  several: 'Numbers of all that are right (as 1 3)',
  text: 'Your answer',
  orHint: ', or Enter, where hint helps: ',
  orLater: ', or Enter for later: ',
  noSuchQuestion: 'There is no such question.',
  numbers: (count: number) => `The choices have the numbers 1 to ${count}.`,
  onlyOne: 'Only one of them is to be chosen.',
  handLine: 'One line for the instructor, or Enter for none: ',
  mayShare: 'Let the instructor see your terminal? yes or no: ',
  shareMeans: 'They would see your shell, live, with what you type there and can be seen. They can type nothing in it.',
  yesOrNo: 'Please answer yes or no.',
  write: 'Write this file? yes or no: ',
  skip: 'Skip it? yes or no: ',
  skipAgain: 'Really skip it? yes or no: ',
  go: 'Go there? yes or no: ',
  restart: 'Start its services again? yes or no: ',
  sectionNumber: 'Number of the section, or Enter to stay: ',
  choice: (where: string) => `${where}. Your choice: `,
  willCount: (section: string | null) => `${section ?? 'This section'} will count as skipped; what it asks for stays undone.`,
  willBeKept: 'It will be kept that you skipped it. You can come back to read it.',
  /** What counts as yes and as no, besides the English words. */
  yes: ['y', 'yes'] as readonly string[],
  no: ['n', 'no'] as readonly string[],
};

/** The prompt's own answers. */
export const said = {
  anotherTerminal: (tab: number) => `There is another terminal now: shell ${tab} leads to it.`,
  youCanChoose: 'You can choose by number or letter:',
  nothingChosen: 'Nothing was chosen. quit leaves.',
  staysAsItIs: 'Everything stays as it is.',
  noSection: (word: string) => `There is no section ${word}.`,
  noChoice: (text: string) => `"${text}" is none of the choices; Enter lists them.`,
  nothingToSkip: 'There is nothing to skip here.',
  noShell: (number: number) => `There is no shell ${number}.`,
  noShellYet: 'There is no shell yet: the host is not ready.',
  instructorSees: 'The instructor sees it.',
  inShell: (where: string, key: string) => `You are in the shell of ${where}. ${key} leads back to the lesson; so does exit.`,
  back: 'Back in the lesson; the shell goes on.',
  shellEnded: 'That shell has ended. Back in the lesson.',
};

/** What has changed. */
export const news = {
  hostReady: 'The host is ready.',
  percent: (what: string, percent: number) => `${what}, ${percent} percent`,
  stepFailed: (number: number, why: string) => `Step ${number} failed: ${why}`,
  stepDone: (number: number) => `Step ${number} done.`,
  stepWritten: (number: number, path: string | undefined) => `Step ${number} done: ${path ?? 'the file'} is written.`,
  programIs: (name: string, state: string) => `${name} is ${state}.`,
  chooseNext: (section: string) => `Choose next to go on: ${section}.`,
  end: 'This is the end of the lesson.',
  classOn: (check: string) => `, on "${check}"`,
  inClass: (title: string, name: string) => `You are in the class "${title}" as ${name}. seen tells what it sees of you.`,
  classAgain: 'The class is connected again.',
  classNotReached: 'The class cannot be reached.',
  toldLater: 'Go on: it is told later.',
  noLonger: 'You are no longer in the class.',
  nothingTold: 'Nothing is told to it any more.',
  asksToSee: 'The instructor asks to see your terminal, read-only. Choose share to answer.',
  seesNow: 'The instructor sees your terminal now. Choose share to end it.',
  nobodySees: 'Nobody sees your terminal any more.',
  seenSign: '(seen by the instructor) ',
};

/** Longer pieces. */
export const passages = {
  title: (lesson: string, sections: number, minutes: number | undefined) =>
    `${lesson} (${sections} sections${minutes === undefined ? '' : `, about ${minutes} minutes`}), in plain text`,
  how: 'Lines are only ever added, and nothing is said by colour or place. You read a section, do its steps, and go on when its checks have passed; they are asked by themselves, and you are told when one turns. The prompt takes a number or a letter from the list of choices; Enter alone lists them. Blocks of the lesson have a number in brackets; where the text speaks of keys of the screen, use the choices instead.',
  shell: (key: string) =>
    `"shell" gives the terminal to a real shell, where you may do everything by hand; ${key} leads back. While a step runs, Ctrl-C stops it. "quit" leaves, and your place is kept.`,
  goingOn: (done: number, total: number) => `Going on where you were: ${done} of ${total} sections done.`,
  place: (total: number) => ` (of ${total})`,
  states: { locked: ', still locked', open: '', done: ', done', skipped: ', skipped' },
  listStates: { locked: 'locked', open: 'open', done: 'done', skipped: 'skipped' },
  youAreHere: ', you are here',
  opensLater: 'It opens when the sections before it are done.',
  noChecks: 'There are no checks in this section.',
  checks: (section: string, tally: string) => `${section}, checks: ${tally}.`,
  noHint: 'There is no hint to give here.',
  allHints: 'All hints were given:',
  endQuit: 'This is the end of the lesson; quit leaves.',
  nothingAfter: 'There is nothing after this section; quit leaves.',
  done: '(done) ',
  toDo: '(to do) ',
  picture: (what: string) => `(picture: ${what})`,
};

/** Steps, checks, files. */
export const told = {
  writeStep: (path: string | undefined) => `write ${path ?? 'a file'}`,
  runOne: 'run a command',
  verdicts: { pass: 'passed', fail: 'not yet', error: 'could not tell', pending: 'waiting', unknown: 'not asked yet' },
  answered: 'answered',
  notAnswered: 'not answered yet',
  notRight: 'not right yet',
  noLonger: 'no longer',
  section: (number: number, title: string) => `Section ${number}: ${title}`,
  tally: (passed: number, all: number) => `${passed} of ${all} passed`,
  requests: (url: string, served: number, failed: number, why: string) =>
    `Requests to ${url}: ${served} served, ${failed} failed${why}.`,
  thisChanges: (path: string, as: string, owner: string, mode: string) =>
    `This changes ${path}, as ${as} (${owner}, mode ${mode}).`,
  thisMakes: (path: string, as: string, owner: string, mode: string) =>
    `This makes the new file ${path}, as ${as} (${owner}, mode ${mode}).`,
  diff: 'Lines with + are added, lines with - are removed:',
  itsLines: 'Its lines:',
  stay: '  (lines that stay)',
  goTo: (section: string) => `You are about to go to the start of ${section}.`,
  lost: (count: number) => `The work of ${count} sections is thrown away by that.`,
  solved: (count: number) => `The program does ${count} sections for you on the way.`,
  how: { rewind: 'The host goes back to how it was there.', afresh: 'The host is made afresh.', 'catch-up': '' },
  servicesDidNotHelp: 'Starting the services of the host again did not help.',
  drift: 'Something that held when you were here holds no longer:',
  beingAsked: (section: string) => `${section} is not done yet: its checks are being asked.`,
  notDone: (section: string) => `${section} is not done yet.`,
  recorded: (path: string) => `This session is recorded in ${path}.`,
};

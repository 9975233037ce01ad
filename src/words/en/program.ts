/** What the program says to a learner before and after a lesson, on the ordinary terminal. */

export const program = {
  title: 'Lockstep: training tutorials in one terminal',
  startsWith: (lesson: string | undefined) => `Enter starts with ${lesson ?? 'the first'}, a good beginning.`,
  goesOnWith: (lesson: string | undefined) => `Enter goes on with ${lesson ?? 'the first'}.`,
  pressNumber: 'Or press a number; q leaves.',
  numberAndEnter: 'Or a number and Enter; q leaves.',
  minutes: (minutes: number) => ` · about ${minutes} min`,
  lesson: 'Lesson: ',
  numbers: (most: number) => `The lessons have the numbers 1 to ${most}.`,
  finished: 'finished',
  broken: 'cannot be followed yet: lockstep lint tells why',
  sectionsDone: (done: number, total: number) => `${done} of ${total === 1 ? '1 section' : `${total} sections`} done`,
  namesake: (id: string, title: string, path: string) =>
    `Another lesson called ${id}, “${title}” in ${path}, was followed before. This one has progress of its own.`,
  sections: (count: number) => (count === 1 ? '1 section' : `${count} sections`),
  done: (lesson: string, reset: string) =>
    `"${lesson}" is done. lockstep list shows what else there is; ${reset} begins it anew.`,
  goOn: (lesson: string, done: number, total: number, run: string) =>
    `"${lesson}": ${done} of ${total === 1 ? '1 section' : `${total} sections`} done. Everything is kept; go on with: ${run}`,
  localChanges: (lesson: string, machine: string) =>
    `"${lesson}" will happen on this very machine, ${machine}, and what it changes stays:`,
  localFiles: '  Files it writes (a copy of what was there is kept beside them):',
  localCommands: '  Commands it has run as root or another user:',
  localMore: (count: number) => `    and ${count} more; read the lesson's text for them`,
  localNoWayBack: '  You do each step yourself, but there is no way back: no snapshots, no reset.',
  localSandbox: '  On a machine that matters to you take the sandbox instead: --host sandbox',
  localBegin: (machine: string) => `Begin on ${machine}? Type yes: `,
  /** The whole word that begins there, besides the English one. */
  localYes: 'yes',
  joinCode: 'Join code: ',
  yourName: (offered: string) => `Your name, as the class will see it [${offered}]: `,
  noCode: 'Without a join code there is no way into the class.',
  codeWhere: 'It stands where the instructor shows it.',
  badName: 'A name in a class has 1 to 60 characters.',
  startsAllTheSame: 'The lesson starts all the same; the class is told as soon as it can be reached.',
  inClass: (title: string, name: string) => `You are in the class "${title}" as ${name}.`,
  startWith: (run: string) => `Start it with: ${run}`,
  inNoClass: 'You are in no class.',
  leftClass: (url: string) =>
    `You have left the class at ${url}. Nothing is told to it any more; your progress is yours and stays.`,
  record: (page: string, name: string) =>
    `Your completion record, signed by the class: ${page} (and ${name}.json, for lockstep verify)`,
  anyway: 'Enter starts it all the same, n leaves: ',
  ownLessons: 'Lessons that come with Lockstep',
  /** Where a lesson's name is to be typed. */
  lessonWord: 'LESSON',
  followOne: (run: string) => `Follow one with: ${run}`,
  throwAway: (lesson: string) => `Throw away everything you changed on the host of "${lesson}"? [y/N] `,
  nothingChanged: 'Nothing was changed.',
  beginsAnew: (lesson: string, kept: string | null) =>
    `"${lesson}" begins anew.${kept === null ? '' : ` What was done before is on record in ${kept}`}`,
  hostStays: 'The host itself was not made by Lockstep: what you changed on it stays.',
  bug: 'this is a bug in Lockstep, not a mistake of yours. Your progress is kept.',
  cutShort: 'it ended before its work was done; this is a bug in Lockstep, not a mistake of yours.',
};

/** `--help`: of the whole program, and of the commands that a learner uses. */

/** What stands around it. */
export const help = {
  usage: 'Usage: ',
  lead: `Lockstep: training tutorials in one terminal. The lesson on one side, a real shell on
the other; the next section opens when the work is really done.`,
  allUsage: 'lockstep [COMMAND] [LESSON] [options]',
  commands: 'Commands',
  more: 'lockstep COMMAND --help tells more; lockstep --version says which one this is.',
  keys: 'In a lesson, ctrl-] leads from the shell to the lesson, q leaves, h shows all keys.',
  /** Each command in one line. */
  lines: {
    run: 'follow a lesson (what `lockstep` does by itself)',
    join: 'join a class and start its lesson',
    leave: 'leave the class; your progress stays',
    list: 'the lessons there are, and how far you are',
    check: "a lesson's checks, asked now",
    reset: 'start a lesson afresh',
    replay: 'play a recording of a lesson',
    new: 'make a lesson of your own that runs at once',
    preview: 'a lesson as it will look, live while you write it',
    lint: 'what to mend in a lesson, with places',
    test: 'try a lesson: its checks fail before and pass after',
    export: 'a lesson as a scenario of another system',
    class: 'teach a lesson to several learners at once, and see all of them',
    verify: 'check a completion record that a class server has signed',
    doctor: 'whether lessons can run here, and if not, why',
  },
};

/** The learner's commands, each in full. */
export const learnerHelp = {
  run: {
    usage: 'lockstep [run] [LESSON] [options]',
    text: `LESSON is a name from \`lockstep list\`, a folder with a lesson.md, a markdown file, or a
Killercoda scenario. Of a course (a folder with course.yaml or structure.json) you choose a
lesson. Without LESSON you are asked; without a terminal it is uwsgi-zerg-mode.

Run again to go on where you were: your files on the host and your progress are kept.

Options
  --auto             play the lesson by itself: on the screen at a readable pace,
                     without a terminal in plain text, one line an event. A played
                     lesson has a host of its own and leaves your progress alone.
  --section N        go to section N: back to its start, which is asked about first, or
                     on to it by having the sections before it solved by the program,
                     judged by their checks and recorded as such
  --fresh            throw away what you changed on the host and begin anew; asks first
  --yes              with --fresh: do not ask
  --plain            no screen: text that is only ever added, and a prompt with numbered
                     choices, for screen readers and logs; TERM=dumb does the same
  --host HOST        where it happens: auto (default), sandbox, docker, podman,
                     ssh://[USER@]HOST[:PORT], or local, which is this very machine.
                     auto takes the sandbox, and an engine where that cannot run.
                     Progress is kept apart for each host.
  --yes              with --host local: do not ask whether this machine may be changed
  --class URL        tell a class how far you are; its instructor sees sections, checks and
                     times, never what stands in your terminal. See lockstep join --help
  --code CODE        with --class: the join code, where it is not in the URL
  --name NAME        with --class: how you are called there
  --network shared   let the host use this machine's network; private otherwise
  --prefix KEY       the key that leads from the shell to the lesson, default ctrl-]
  --language L       the language of the screen: en or es; LC_ALL, LC_MESSAGES or LANG
                     picks it otherwise. Works with every command.
  --record FILE      record what you see (asciicast v2), with a marker at each section;
                     what is typed is not recorded
  --force            let --record replace a file that is there

Exit code: 0 when you leave, or when a played lesson has unlocked every section;
1 when a played lesson got stuck.`,
  },
  join: {
    usage: 'lockstep join URL [options]',
    text: `URL is the class's address as its instructor shows it, with the join code behind # or
without; what is missing is asked. Your seat is remembered: lockstep run LESSON goes on
in the class until lockstep leave.

The class is told which sections and checks are done, the codes of what fails, times, and
the kind of host: no command, no output, no file. w shows that list in the lesson. Your
terminal is seen only where you allow it, each time you are asked. What cannot be told
now is told later; the lesson never waits for it.

Options
  --code CODE       the join code
  --name NAME       how you are called in the class
  --lesson LESSON   the class's lesson, where it is one of your own folders
  --plain, --host HOST, --prefix KEY   as in lockstep run`,
  },
  leave: {
    usage: 'lockstep leave',
    text: `Forgets your seat. Nothing is told to the class any more.`,
  },
  list: {
    usage: 'lockstep list [DIR] [--json]',
    text: `DIR is a folder of lessons, or a course: a folder whose course.yaml puts them in an
order. Without it, the lessons that come with the program.

Options
  --json   one JSON array, for programs`,
  },
  check: {
    usage: 'lockstep check LESSON [--json] [--host HOST]',
    text: `Starts the lesson's host where you left it, asks every check of the section that is
open, and stops the host again. Nothing is recorded.

Options
  --json        one JSON object, for programs
  --host HOST   the lesson's session on that host; see lockstep run --help

Exit code: 0 every check passes, 1 one does not, 3 one could not be asked.`,
  },
  reset: {
    usage: 'lockstep reset LESSON [--yes] [--host HOST]',
    text: `Throws away what you changed on the lesson's host and begins its progress anew. The
old journal is kept beside the new one.

Options
  --yes         do not ask
  --host HOST   the lesson's session on that host; see lockstep run --help`,
  },
  replay: {
    usage: 'lockstep replay FILE [--speed N] [--section N]',
    text: `Plays what \`lockstep run --record FILE\` has recorded, or any asciicast v2. Space stops
and goes on, a dot shows the next piece while it is stopped, q leaves. Without a
terminal it says how long the recording is and which sections are in it.

Options
  --speed N     so many times as fast; 0.5 is half
  --section N   begin where section N was opened`,
  },
  verify: {
    usage: 'lockstep verify FILE [--key FINGERPRINT]',
    text: `FILE is the .json or the .html that a learner was given at the end of a class.

Options
  --key FINGERPRINT   of the key that must have signed it, as \`class serve\` prints it;
                      without it the key is told, for you to compare

Exit code: 0 the record is as it was signed, 1 it is not.`,
  },
  doctor: {
    usage: 'lockstep doctor [LESSON] [--host HOST]',
    text: `Looks at every kind of host, the terminal, the disk, and the lesson's ports.

Options
  --host ssh://…   connects there too and asks whether it is what the lesson expects

Exit code: 0 when the sandbox host, or the host that was named, can be used here.`,
  },
};

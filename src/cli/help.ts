/** What `--help` says, for the program and for each of its commands. */

interface Help {
  readonly line: string;
  readonly usage: string;
  readonly text: string;
}

const commands: Readonly<Record<string, Help>> = {
  run: {
    line: 'follow a lesson (what `lockstep` does by itself)',
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
    line: 'join a class and start its lesson',
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
    line: 'leave the class; your progress stays',
    usage: 'lockstep leave',
    text: `Forgets your seat. Nothing is told to the class any more.`,
  },
  list: {
    line: 'the lessons there are, and how far you are',
    usage: 'lockstep list [DIR] [--json]',
    text: `DIR is a folder of lessons, or a course: a folder whose course.yaml puts them in an
order. Without it, the lessons that come with the program.

Options
  --json   one JSON array, for programs`,
  },
  check: {
    line: "a lesson's checks, asked now",
    usage: 'lockstep check LESSON [--json] [--host HOST]',
    text: `Starts the lesson's host where you left it, asks every check of the section that is
open, and stops the host again. Nothing is recorded.

Options
  --json        one JSON object, for programs
  --host HOST   the lesson's session on that host; see lockstep run --help

Exit code: 0 every check passes, 1 one does not, 3 one could not be asked.`,
  },
  reset: {
    line: 'start a lesson afresh',
    usage: 'lockstep reset LESSON [--yes] [--host HOST]',
    text: `Throws away what you changed on the lesson's host and begins its progress anew. The
old journal is kept beside the new one.

Options
  --yes         do not ask
  --host HOST   the lesson's session on that host; see lockstep run --help`,
  },
  replay: {
    line: 'play a recording of a lesson',
    usage: 'lockstep replay FILE [--speed N] [--section N]',
    text: `Plays what \`lockstep run --record FILE\` has recorded, or any asciicast v2. Space stops
and goes on, a dot shows the next piece while it is stopped, q leaves. Without a
terminal it says how long the recording is and which sections are in it.

Options
  --speed N     so many times as fast; 0.5 is half
  --section N   begin where section N was opened`,
  },
  new: {
    line: 'make a lesson of your own that runs at once',
    usage: 'lockstep new DIR',
    text: `Writes lesson.md, lesson.yaml and a wrong answer into DIR, which must not have anything
in it yet. docs/authoring.md goes on from there.`,
  },
  preview: {
    line: 'a lesson as it will look, live while you write it',
    usage: 'lockstep preview [LESSON] [options]',
    text: `Shows every section with all its checks, hints and explanations, without a host. What
you save is shown at once; a mistake is told with its place, and the last good state
stays. Without LESSON it is the one in this folder.

Options
  --plain        the whole lesson as text, once; so also without a terminal
  --prefix KEY   as in lockstep run`,
  },
  lint: {
    line: 'what to mend in a lesson, with places',
    usage: 'lockstep lint [DIR…] [options]',
    text: `Looks for mistakes in lesson.yaml, dead links, checks without a hint, sections that
nothing can fail or solve, commands that never end, unknown hosts, wrong answers that
cannot be tried. A DIR may be one lesson or a folder of them; without any it is this
folder, and where that has no lesson, the lessons that come with the program.

Options
  --format FORMAT   text, json, or github (annotations of a CI run); default text
  --strict          warnings count as errors

Exit code: 0 no errors, 1 some.`,
  },
  test: {
    line: 'try a lesson: its checks fail before and pass after',
    usage: 'lockstep test [LESSON…] [options]',
    text: `On a fresh host of its own, section by section: every check must fail before anything
is done; the blocks (or the section's \`solution\`) are typed into a real shell; every
check must pass after. Your own progress is not touched. Without LESSON it is the lesson
in this folder, and where there is none, the lessons that come with the program.

Options
  --repeat N         N times; what comes out differently is told with its rate
  --isolated         then each section alone, from the state before it
  --wrong            then each script in wrong/: the check that it names must fail for
                     the reason that it names
  --budget TIME      how long one section may take, such as 90s; default 5m
  --format FORMAT    text, junit, tap or json; default text
  --host KIND        sandbox, docker or podman, as in lockstep run
  --network shared   let the host use this machine's network; private otherwise

Exit code: 0 everything holds, 1 something does not.`,
  },
  export: {
    line: 'a lesson as a scenario of another system',
    usage: 'lockstep export --to killercoda [LESSON] DIR',
    text: `Writes the lesson (uwsgi-zerg-mode where none is named) as a Killercoda scenario into
DIR, a new folder. Its checks become verify scripts; what a script cannot check, and
what else is lost, is told.`,
  },
  class: {
    line: 'teach a lesson to several learners at once, and see all of them',
    usage: 'lockstep class serve|watch|export [options]',
    text: `lockstep class serve --lesson LESSON
  The class server. It prints the address and the code that learners join with, and
  the address of the instructor's page. Started again, it goes on with the same class.

  --lesson LESSON        as in lockstep run
  --listen HOST:PORT     default 0.0.0.0:7070, every address of this machine
  --url URL              how learners reach it, where that is another address (a proxy,
                         a name); it is what is printed
  --title TEXT           what the class is called; its lesson's title otherwise
  --code-expires TIME    how long a new join code is valid, such as 8h or 3d, or never;
                         default 24h
  --new                  begin a new class instead of going on with the last one
  --new-secrets          a new join code and a new secret; the old ones stop working
  --database postgres://…  keep the class in PostgreSQL, where several servers serve it;
                         otherwise it is a file in the state folder
  --tls-cert FILE        with --tls-key FILE: https, without a proxy
  --behind-proxy         believe the proxy's X-Forwarded-For; only behind one
  --log FILE             structured log, one JSON object a line; - is standard error;
                         otherwise class.log in the class's state folder

lockstep class watch URL [--secret-file FILE]
  The class in your terminal: who works, who is stuck and where, who asks. Sends hints,
  holds and releases the class. The secret comes from the file, from the variable
  LOCKSTEP_CLASS_SECRET, or is asked for.

lockstep class export --lesson LESSON --format csv|json|html [--output FILE]
  Who was there and how far they came, of the newest class on that lesson, whether or
  not its server runs. Also with --database.`,
  },
  verify: {
    line: 'check a completion record that a class server has signed',
    usage: 'lockstep verify FILE [--key FINGERPRINT]',
    text: `FILE is the .json or the .html that a learner was given at the end of a class.

Options
  --key FINGERPRINT   of the key that must have signed it, as \`class serve\` prints it;
                      without it the key is told, for you to compare

Exit code: 0 the record is as it was signed, 1 it is not.`,
  },
  doctor: {
    line: 'whether lessons can run here, and if not, why',
    usage: 'lockstep doctor [LESSON] [--host HOST]',
    text: `Looks at every kind of host, the terminal, the disk, and the lesson's ports.

Options
  --host ssh://…   connects there too and asks whether it is what the lesson expects

Exit code: 0 when the sandbox host, or the host that was named, can be used here.`,
  },
};

/** Help for the program as a whole. */
export function helpForAll(): string {
  const rows = Object.entries(commands).map(([name, help]) => `  ${name.padEnd(8)} ${help.line}`);
  return `Lockstep: training tutorials in one terminal. The lesson on one side, a real shell on
the other; the next section opens when the work is really done.

Usage: lockstep [COMMAND] [LESSON] [options]

Commands
${rows.join('\n')}

  lockstep COMMAND --help tells more; lockstep --version says which one this is.

In a lesson, ctrl-] leads from the shell to the lesson, q leaves, h shows all keys.`;
}

/**
 * Help for one command.
 * @param name one of the commands.
 */
export function helpFor(name: string): string {
  const help = commands[name];
  return help ? `Usage: ${help.usage}\n\n${capital(help.line)}.\n\n${help.text}` : helpForAll();
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

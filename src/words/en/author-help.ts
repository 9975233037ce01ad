/** `--help` of what authors and instructors use. It is English in every language. */

/** Their commands, each in full. */
export const authorHelp = {
  new: {
    usage: 'lockstep new DIR',
    text: `Writes lesson.md, lesson.yaml and a wrong answer into DIR, which must not have anything
in it yet. docs/authoring.md goes on from there.`,
  },
  preview: {
    usage: 'lockstep preview [LESSON] [options]',
    text: `Shows every section with all its checks, hints and explanations, without a host. What
you save is shown at once; a mistake is told with its place, and the last good state
stays. Without LESSON it is the one in this folder.

Options
  --plain        the whole lesson as text, once; so also without a terminal
  --prefix KEY   as in lockstep run`,
  },
  lint: {
    usage: 'lockstep lint [DIR…] [options]',
    text: `Looks for mistakes in lesson.yaml, dead links, checks without a hint, sections that
nothing can fail or solve, commands that never end or that the sandbox host refuses,
unknown hosts, wrong answers that cannot be tried. A DIR may be one lesson or a folder
of them; without any it is this folder, and where that has no lesson, the lessons that
come with the program.

Options
  --format FORMAT   text, json, or github (annotations of a CI run); default text
  --strict          warnings count as errors

Exit code: 0 no errors, 1 some.`,
  },
  test: {
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
  --settle TIME      how long a check is waited for after the last block; default 30s.
                     Its own \`within\` or \`timeout\` (5s where it has none) wins
                     where that is longer
  --format FORMAT    text, junit, tap or json; default text
  --host KIND        sandbox, docker or podman, as in lockstep run
  --network shared   let the host use this machine's network; private otherwise

Exit code: 0 everything holds, 1 something does not.`,
  },
  export: {
    usage: 'lockstep export --to killercoda [LESSON] DIR',
    text: `Writes the lesson (uwsgi-zerg-mode where none is named) as a Killercoda scenario into
DIR, a new folder. Its checks become verify scripts; what a script cannot check, and
what else is lost, is told.`,
  },
  class: {
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
  --code CODE            the class with this join code; needed once, by a second server
                         in the same PostgreSQL, which then remembers it
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
  not its server runs. Also with --database, and --code where it was served elsewhere.`,
  },
};

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
    text: `LESSON is a name from \`lockstep list\`, a folder with a lesson.md, or a markdown file.
Without one you are asked; without a terminal it is uwsgi-zerg-mode.

Run again to go on where you were: your files on the host and your progress are kept.

Options
  --auto             play the lesson by itself: on the screen at a readable pace,
                     without a terminal in plain text, one line an event. A played
                     lesson has a host of its own and leaves your progress alone.
  --plain            with --auto: plain text in a terminal too
  --host HOST        where it happens: auto (default), sandbox, docker, podman,
                     ssh://[USER@]HOST[:PORT], or local, which is this very machine.
                     auto takes the sandbox, and an engine where that cannot run.
                     Progress is kept apart for each host.
  --yes              with --host local: do not ask whether this machine may be changed
  --network shared   let the host use this machine's network; private otherwise
  --prefix KEY       the key that leads from the shell to the lesson, default ctrl-]
  --record FILE      record what you see (asciicast v2), with a marker at each section;
                     what is typed is not recorded
  --force            let --record replace a file that is there

Exit code: 0 when you leave, or when a played lesson has unlocked every section;
1 when a played lesson got stuck.`,
  },
  list: {
    line: 'the lessons there are, and how far you are',
    usage: 'lockstep list [--json]',
    text: 'Options\n  --json   one JSON array, for programs',
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

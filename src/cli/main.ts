/**
 * The program's first step: finds out which command is meant and hands over. Every command is loaded only when it
 * is asked for, so that a start never pays for what it does not use. It knows nothing of lessons or hosts.
 */
import { UserError } from '../model/errors.ts';
import { inLanguage, words } from '../words/words.ts';
import { helpOf } from './command-words.ts';
import { speakAsAsked } from './language.ts';
import { nearestWord } from './nearest-word.ts';

/** What a command is given: its own arguments. It resolves with the exit code. */
type Command = (args: readonly string[]) => Promise<number>;

/** Exit codes: 0 fine, 1 something failed, 2 the command line made no sense. */
const usageError = 2;

const commands: Readonly<Record<string, () => Promise<Command>>> = {
  run: async () => (await import('./run.ts')).run,
  join: async () => (await import('./join.ts')).joinClass,
  leave: async () => (await import('./leave.ts')).leaveClass,
  list: async () => (await import('./list.ts')).list,
  check: async () => (await import('./check.ts')).check,
  reset: async () => (await import('./reset.ts')).reset,
  replay: async () => (await import('./replay.ts')).replay,
  new: async () => (await import('./new.ts')).createLesson,
  lint: async () => (await import('./lint.ts')).lint,
  preview: async () => (await import('./preview.ts')).preview,
  test: async () => (await import('./test.ts')).test,
  export: async () => (await import('./export.ts')).exportLesson,
  class: async () => (await import('./class.ts')).classCommand,
  verify: async () => (await import('./verify.ts')).verify,
  doctor: async () => (await import('./doctor.ts')).doctor,
};

/** What is answered without any command: version and help. Null where a command is meant. */
async function answer(argv: readonly string[]): Promise<string | null> {
  const [first, second] = argv;
  if (first === '--version' || first === '-V') return (await import('./places.ts')).version();
  if (first === 'help' || first === '--help' || first === '-h') return helpOf(second);
  return null;
}

async function main(given: readonly string[]): Promise<number> {
  const argv = await speakAsAsked(given, process.env);
  const answered = await answer(argv);
  if (answered !== null) {
    await tellHelp(answered);
    return 0;
  }
  const [first, ...rest] = argv;
  // Without a command word the arguments are `run`'s: `lockstep LESSON`, `lockstep --auto`, or nothing at all.
  const named = first !== undefined && Object.hasOwn(commands, first);
  const name = named ? first : 'run';
  const args = named ? rest : argv;
  if (args.includes('--help') || args.includes('-h')) {
    await tellHelp(await helpOf(name));
    return 0;
  }
  if (!named && first !== undefined) refuseMistyped(first);
  const load = commands[name];
  return load ? (await load())(args) : usageError;
}

async function tellHelp(text: string): Promise<void> {
  const { foldText } = await import('./fold-lines.ts');
  console.log(foldText(text, process.stdout));
}

function refuseMistyped(word: string): void {
  const meant = nearestWord(word, Object.keys(commands));
  if (meant === null) return;
  throw new UserError('unknown-command', `There is no command \`${word}\`.`, {
    tries: [`Did you mean \`lockstep ${meant}\`?`],
    exitCode: usageError,
  });
}

/** What is wrong with a lesson's files is told to its author, in English, with a sentence before it that is everybody's. */
const ofFiles: ReadonlySet<string> = new Set(['bad-lesson', 'bad-course', 'bad-host']);

function spoken({ code, message, tries }: UserError): readonly [said: string, tries: readonly string[]] {
  if (!ofFiles.has(code)) return [inLanguage(message), tries.map(inLanguage)];
  const [sentence = '', ...places] = message.split('\n');
  return [[inLanguage(sentence), ...places].join('\n'), tries];
}

/** Prints what ended the program: a sentence for people's errors, a stack trace for ours. */
async function report(thrown: unknown): Promise<number> {
  if (thrown instanceof UserError) {
    const [said, tries] = spoken(thrown);
    const { tellAside } = await import('./tell.ts');
    const lines = [`lockstep: ${said}`, ...tries.map((line) => `  ${line}`)];
    tellAside(lines.join('\n'));
    return thrown.exitCode;
  }
  console.error(`lockstep: ${words().program.bug}`);
  console.error(thrown);
  return 1;
}

// A reader that goes away (`lockstep list | head -1`) is no trouble worth a stack trace.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});
// A wait that nothing can end any more would end the program as if all had gone well.
const cutShort = (code: number): void => {
  if (code !== 0) return;
  console.error(`lockstep: ${words().program.cutShort}`);
  process.exitCode = 1;
};
process.once('exit', cutShort);
void main(process.argv.slice(2))
  .catch(report)
  .then((code) => {
    process.off('exit', cutShort);
    process.exitCode = code;
    // A shell's pty or a host's socket that will not end must not keep a finished program alive.
    setTimeout(() => process.exit(), 2_000).unref();
  });

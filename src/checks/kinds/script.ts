/**
 * `script`: a script of the lesson says whether something is so. Exit code 0 passes; what it printed is for the learner.
 * It runs from a file of its own with a name that says nothing: a `pgrep -f` in it must not find itself.
 */
import { quote } from '../../checks/batch/quote.ts';
import { fail, type LeafKind, pass, type QuestionOf, trouble } from '../../checks/kind.ts';
import { oneLine } from '../../checks/pattern.ts';

/** The program that reads a script without a first line that names one. */
const defaultProgram = 'bash';

/** Judged by its exit code; its last line is the sentence, all it printed is what was found. */
export const script: LeafKind<QuestionOf<'script'>> = {
  facts: ({ source }) => [{ weight: 'heavy', maxBytes: 65_536, script: wrapped(source), alone: true }],
  judge({ name }, [answer]) {
    if (!answer) return trouble('answer-lost', 'The host’s answer was lost.');
    if (answer.code === 0) return pass;
    const lines = `${answer.stdout.toString('utf8')}\n${answer.stderr}`
      .split('\n')
      .map(oneLine)
      .filter((line) => line !== '');
    const last = lines.at(-1);
    return fail(
      'script-failed',
      '',
      lines.length === 0 ? `exit code ${answer.code}` : lines.slice(-6).join(' · '),
      last ?? `${name} says no (exit code ${answer.code}), and not why.`,
    );
  },
  describe: ({ name }) => `${name} is satisfied`,
};

/** Scripts of others count on the home folder as working directory, and on the program that their first line names. */
function wrapped(source: string): string {
  const text = source.replace(/\r\n?/g, '\n');
  return `cd "\${HOME:-/}" 2>/dev/null || cd /
f=$(mktemp) || exit 125
r=$(mktemp) || exit 125
trap 'rm -f "$f" "$r"' EXIT
# Some scripts write what is missing to a file instead of printing it.
VERIFICATION_FAILURE_REASON=$r
export VERIFICATION_FAILURE_REASON
printf '%s' ${quote(text.endsWith('\n') ? text : `${text}\n`)} >"$f"
command -v ${defaultProgram} >/dev/null 2>&1 && p=${defaultProgram} || p=sh
${programOf(text)} "$f"
x=$?
cat "$r"
exit "$x"`;
}

function programOf(text: string): string {
  const [, path = '', rest = ''] = /^#!\s*(\/\S+)[ \t]*([^\n]*)/.exec(text) ?? [];
  const words = [path, ...rest.split(/\s+/)].filter((word) => word !== '');
  // `env` looks the program up; a program at another path than here is found by its name.
  const [program = '', ...args] = /\/env$/.test(path) ? words.slice(1).filter((word) => !word.startsWith('-')) : words;
  const name = program.slice(program.lastIndexOf('/') + 1);
  return name === '' ? '"$p"' : [name, ...args].map(quote).join(' ');
}

/** `command`: what a command given by the lesson says. The only kind whose text runs as shell. */
import { withoutScriptName } from '../../checks/batch/opening.ts';
import { type Answer, fail, type Judgement, type LeafKind, pass, type QuestionOf, trouble } from '../../checks/kind.ts';
import { excerpt, foundIn, oneLine, showPattern } from '../../checks/pattern.ts';
import type { Pattern } from '../../model/check.ts';

/** Exit code 0 is expected unless the question says another. */
export const command: LeafKind<QuestionOf<'command'>> = {
  facts: ({ run }) => [{ weight: 'heavy', maxBytes: 65_536, script: run }],
  judge({ run, exit = 0, stdout = [], stderr = [] }, [answer]) {
    if (!answer) return trouble('answer-lost', 'The host’s answer was lost.');
    const name = oneLine(run);
    if (answer.code !== exit) return wrongExit(name, exit, answer);
    return (
      judgeText(name, 'stdout', stdout, answer.stdout.toString('utf8'), answer) ??
      judgeText(name, 'stderr', stderr, answer.stderr, answer) ??
      pass
    );
  },
  describe: ({ run, exit = 0 }) => `\`${oneLine(run)}\` ends with exit code ${exit}`,
};

function wrongExit(name: string, exit: number, { code, stdout, stderr }: Answer): Judgement {
  const said = excerpt(withoutScriptName(stderr)) || excerpt(stdout.toString('utf8'));
  const quoted = `“${said}”`;
  const [actual, sentence] =
    said === ''
      ? [`exit code ${code}`, `\`${name}\` should end with exit code ${exit}, but ended with ${code}.`]
      : [
          `exit code ${code}: ${said}`,
          `\`${name}\` should end with exit code ${exit}, but ended with ${code}, saying ${quoted}.`,
        ];
  return fail('wrong-exit', `exit code ${exit}`, actual, sentence);
}

function judgeText(name: string, stream: string, patterns: readonly Pattern[], text: string, answer: Answer): Judgement | null {
  const lacking = patterns.find((pattern) => !foundIn(pattern, text));
  if (!lacking) return null;
  if (answer.truncated) return trouble('too-much', `\`${name}\` says more than is read; what was read does not settle it.`);
  const shown = showPattern(lacking);
  const said = excerpt(withoutScriptName(text));
  // The quotes keep what a program printed from being taken for words of ours, and said in another language.
  const actual = said === '' ? 'nothing' : `“${said}”`;
  return fail('text-missing', shown, actual, `\`${name}\` should say ${shown} on ${stream}, but it says ${actual}.`);
}

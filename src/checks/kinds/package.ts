/** `package`: what the host's own package manager says of a package. */
import { quote } from '../../checks/batch/quote.ts';
import { fail, type LeafKind, pass, type QuestionOf, trouble } from '../../checks/kind.ts';
import { isMatch, oneLine, showPattern } from '../../checks/pattern.ts';

/** The answer is empty, or one line: `installed VERSION`. */
export const packageKind: LeafKind<QuestionOf<'package'>> = {
  facts: ({ name }) => [{ weight: 'heavy', maxBytes: 8192, script: asking(name) }],
  judge({ name, version, absent }, [answer]) {
    if (!answer) return trouble('answer-lost', 'The host’s answer was lost.');
    if (answer.code === 120)
      return trouble('tool-missing', `The host has neither dpkg, rpm, apk nor pacman, which are needed to ask about ${name}.`);
    const found = /^installed (\S+)/m.exec(answer.stdout.toString('utf8'))?.[1];
    if (absent) {
      if (found === undefined) return pass;
      return fail('package-present', 'not installed', found, `${name} should not be installed, but ${oneLine(found)} is.`);
    }
    if (found === undefined)
      return fail('package-missing', 'installed', 'not installed', `The package ${name} is not installed.`);
    const bare = found.replace(/^\d+:/, '');
    if (version === undefined || isMatch(version, bare) || isMatch(version, found)) return pass;
    const expected = showPattern(version);
    return fail('wrong-version', expected, bare, `${name} should have version ${expected}, but it has ${bare}.`);
  },
  describe: ({ name, version, absent }) =>
    `${name} is ${absent ? 'not ' : ''}installed${version === undefined ? '' : ` in version ${showPattern(version)}`}`,
};

function asking(name: string): string {
  return `LC_ALL=C; export LC_ALL
n=${quote(name)}
if command -v dpkg-query >/dev/null 2>&1; then exec dpkg-query -W -f '\${db:Status-Status} \${Version}\n' -- "$n"
elif command -v rpm >/dev/null 2>&1; then exec rpm -q --qf 'installed %{VERSION}-%{RELEASE}\n' -- "$n"
elif command -v apk >/dev/null 2>&1; then
  apk info -e -- "$n" >/dev/null || exit 1
  set -- $(apk list -I -- "$n")
  echo "installed \${1#"$n"-}"
elif command -v pacman >/dev/null 2>&1; then
  set -- $(pacman -Q -- "$n") && echo "installed $2"
else exit 120
fi`;
}

/** `user`: a user of the system, with number, home, shell and groups. */
import { entryOf, groupLists, userFact } from '../../checks/facts/accounts.ts';
import { fail, type Judgement, type LeafKind, pass, type QuestionOf, trouble } from '../../checks/kind.ts';

type UserQuestion = QuestionOf<'user'>;

/** The first property that is another one is told. */
export const user: LeafKind<UserQuestion> = {
  facts: ({ name }) => [userFact(name)],
  judge(question, [answer]) {
    if (!answer) return trouble('answer-lost', 'The host’s answer was lost.');
    const { name, absent } = question;
    const text = answer.stdout.toString('utf8');
    const fields = entryOf(text, name);
    if (absent) {
      if (fields === null) return pass;
      return fail(
        'user-present',
        'no such user',
        `user ${fields[2] ?? ''}`,
        `There should be no user ${name}, but there is one.`,
      );
    }
    if (fields === null) return fail('user-missing', `a user ${name}`, 'none', `There is no user ${name} yet.`);
    return judgeFields(question, fields) ?? judgeGroups(question, groupLists(text)[0] ?? []) ?? pass;
  },
  describe({ name, absent, uid, home, shell, groups = [] }) {
    if (absent) return `there is no user ${name}`;
    const parts = [
      uid === undefined ? '' : `number ${uid}`,
      home === undefined ? '' : `home ${home}`,
      shell === undefined ? '' : `shell ${shell}`,
      groups.length === 0 ? '' : `group ${groups.join(', ')}`,
    ].filter((part) => part !== '');
    return `there is a user ${name}${parts.length === 0 ? '' : ` with ${parts.join(', ')}`}`;
  },
};

/** passwd(5): name, password, number, group, comment, home, shell. */
function judgeFields({ name, uid, home, shell }: UserQuestion, fields: readonly string[]): Judgement | null {
  const wanted = [
    ['wrong-number', 'number', uid === undefined ? undefined : String(uid), fields[2]],
    ['wrong-home', 'home folder', home, fields[5]],
    ['wrong-shell', 'shell', shell, fields[6]],
  ] as const;
  for (const [reason, what, expected, actual = ''] of wanted) {
    if (expected === undefined || expected === actual) continue;
    return fail(reason, expected, actual, `The ${what} of ${name} should be ${expected}, but it is ${actual || 'empty'}.`);
  }
  return null;
}

function judgeGroups({ name, groups = [] }: UserQuestion, found: readonly string[]): Judgement | null {
  const missing = groups.filter((each) => !found.includes(each));
  if (missing.length === 0) return null;
  const actual = found.join(', ') || 'none';
  return fail(
    'not-a-member',
    groups.join(', '),
    actual,
    `${name} should be in ${missing.join(' and ')}, but its groups are ${actual}.`,
  );
}

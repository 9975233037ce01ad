/** `group`: a group of the system, with its number and members. */
import { entryOf, groupFact, groupLists } from '../../checks/facts/accounts.ts';
import { fail, type LeafKind, pass, type QuestionOf, trouble } from '../../checks/kind.ts';

/** Whoever has it as the own group is a member as well, which the group's own line does not tell. */
export const group: LeafKind<QuestionOf<'group'>> = {
  facts: ({ name, members = [] }) => [groupFact(name, members)],
  judge({ name, absent, gid, members = [] }, [answer]) {
    if (!answer) return trouble('answer-lost', 'The host’s answer was lost.');
    const text = answer.stdout.toString('utf8');
    const fields = entryOf(text, name);
    if (absent) {
      if (fields === null) return pass;
      return fail(
        'group-present',
        'no such group',
        `group ${fields[2] ?? ''}`,
        `There should be no group ${name}, but there is one.`,
      );
    }
    if (fields === null) return fail('group-missing', `a group ${name}`, 'none', `There is no group ${name} yet.`);
    const number = fields[2] ?? '';
    if (gid !== undefined && number !== String(gid))
      return fail('wrong-number', String(gid), number, `The number of group ${name} should be ${gid}, but it is ${number}.`);
    const lists = groupLists(text);
    const missing = members.filter((_, index) => lists[index]?.includes(name) !== true);
    if (missing.length === 0) return pass;
    const listed = fields[3] || 'nobody else';
    return fail(
      'not-a-member',
      members.join(', '),
      listed,
      `${missing.join(' and ')} should be in the group ${name}, but ${missing.length === 1 ? 'is' : 'are'} not.`,
    );
  },
  describe: ({ name, absent, members = [] }) =>
    absent
      ? `there is no group ${name}`
      : `there is a group ${name}${members.length === 0 ? '' : ` with ${members.join(', ')} in it`}`,
};

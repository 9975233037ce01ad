/** Statements about services, packages, users and groups. Pure. */
import type { Question } from '../../model/check.ts';
import { joined, patternText } from './statement-parts.ts';

type Ask<K extends Question['kind']> = Extract<Question, { readonly kind: K }>;

/**
 * The statement that such a question makes, without a full stop.
 * @param question what is asked.
 */
export function systemStatement(question: Ask<'service' | 'package' | 'user' | 'group'>): string {
  switch (question.kind) {
    case 'service':
      return `${question.name} ${serviceFacts(question)}`;
    case 'package':
      return `${question.name} is ${question.absent ? 'not ' : ''}installed${packageFacts(question)}`;
    case 'user':
      return `there is ${question.absent ? 'no' : 'a'} user ${question.name}${userFacts(question)}`;
    case 'group':
      return `there is ${question.absent ? 'no' : 'a'} group ${question.name}${groupFacts(question)}`;
  }
}

function serviceFacts({ state, enabled }: Ask<'service'>): string {
  const starts = enabled === true ? 'starts with the system' : enabled === false ? 'does not start with the system' : '';
  return joined(
    [state === undefined ? '' : `is ${state}`, starts].filter((part) => part !== ''),
    'and',
  );
}

function packageFacts({ version }: Ask<'package'>): string {
  return version === undefined ? '' : ` in version ${patternText(version)}`;
}

function userFacts({ uid, home, shell, groups }: Ask<'user'>): string {
  const facts = [
    uid === undefined ? '' : `number ${uid}`,
    home === undefined ? '' : `home ${home}`,
    shell === undefined ? '' : `shell ${shell}`,
    groups === undefined ? '' : `${groups.length === 1 ? 'group' : 'groups'} ${joined(groups, 'and')}`,
  ].filter((fact) => fact !== '');
  return facts.length === 0 ? '' : ` with ${joined(facts, 'and')}`;
}

function groupFacts({ members }: Ask<'group'>): string {
  return members === undefined ? '' : ` with ${joined(members, 'and')} in it`;
}

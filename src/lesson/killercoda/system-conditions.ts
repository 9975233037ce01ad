/** `service`, `package`, `user` and `group` checks as conditions of a shell script. Pure. */
import type { Question } from '../../model/check.ts';
import { found, quote } from './shell-text.ts';

type Ask<K extends Question['kind']> = Extract<Question, { readonly kind: K }>;

/**
 * The condition.
 * @param question what is asked.
 */
export function systemCondition(question: Ask<'service' | 'package' | 'user' | 'group'>): string {
  switch (question.kind) {
    case 'service':
      return serviceCondition(question);
    case 'package':
      return packageCondition(question);
    case 'user':
      return userCondition(question);
    case 'group':
      return groupCondition(question);
  }
}

function all(tests: readonly string[]): string {
  return `{ ${tests.filter((test) => test !== '').join(' && ')}; }`;
}

function serviceCondition({ name, state, enabled }: Ask<'service'>): string {
  const service = quote(name.replace(/\.service$/, ''));
  const known = `service_state ${service} >/dev/null`;
  return all([
    state === undefined ? known : `[ "$(service_state ${service})" = ${state} ]`,
    enabled === undefined ? '' : `${enabled ? '' : '! '}service_enabled ${service}`,
  ]);
}

function packageCondition({ name, version, absent }: Ask<'package'>): string {
  const asked = `package_version ${quote(name)}`;
  if (absent) return `! ${asked} >/dev/null`;
  if (version === undefined) return `${asked} >/dev/null`;
  return 'text' in version ? `[ "$(${asked})" = ${quote(version.text)} ]` : `${asked} | ${found(version)}`;
}

function userCondition({ name, absent, uid, home, shell, groups = [] }: Ask<'user'>): string {
  const user = quote(name);
  if (absent) return `! getent passwd ${user} >/dev/null`;
  const field = (number: number, wanted: string | number | undefined) =>
    wanted === undefined ? '' : `[ "$(getent passwd ${user} | cut -d: -f${number})" = ${quote(String(wanted))} ]`;
  return all([
    `getent passwd ${user} >/dev/null`,
    field(3, uid),
    field(6, home),
    field(7, shell),
    ...groups.map((group) => `is_member ${user} ${quote(group)}`),
  ]);
}

function groupCondition({ name, absent, gid, members = [] }: Ask<'group'>): string {
  const group = quote(name);
  if (absent) return `! getent group ${group} >/dev/null`;
  return all([
    `getent group ${group} >/dev/null`,
    gid === undefined ? '' : `[ "$(getent group ${group} | cut -d: -f3)" = ${gid} ]`,
    ...members.map((member) => `is_member ${quote(member)} ${group}`),
  ]);
}

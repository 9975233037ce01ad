/** What the host knows of a user or a group, by its own tools, or by its files where it has none. */
import { quote } from '../../checks/batch/quote.ts';
import type { Fact } from '../../checks/kind.ts';

/** A line of a database: getent asks all that the host knows, its files are asked where there is no getent. */
function entry(database: 'passwd' | 'group', name: string): string {
  const word = quote(name);
  return `if command -v getent >/dev/null 2>&1; then getent ${database} ${word}
else while IFS= read -r line; do case $line in ${word}:*) printf '%s\\n' "$line" ;; esac; done </etc/${database}
fi`;
}

/**
 * Asks for a user's line of passwd, and the groups that it is in as `groups a b c`.
 * @param name the user.
 */
export function userFact(name: string): Fact {
  return { weight: 'heavy', maxBytes: 16_384, script: `${entry('passwd', name)}\n${groupsOf(name)}` };
}

/**
 * Asks for a group's line, and the groups of each of some users as `groups a b c`, in their order; `groups` alone for
 * one that there is not.
 * @param name the group.
 * @param users whose groups.
 */
export function groupFact(name: string, users: readonly string[]): Fact {
  return { weight: 'heavy', maxBytes: 65_536, script: [entry('group', name), ...users.map(groupsOf)].join('\n') };
}

function groupsOf(user: string): string {
  return `echo "groups $(id -Gn ${quote(user)} 2>/dev/null)"`;
}

/**
 * The fields of a name's line; null where there is none.
 * @param text what the host said.
 * @param name whose line.
 */
export function entryOf(text: string, name: string): readonly string[] | null {
  const line = text.split('\n').find((each) => each.startsWith(`${name}:`));
  return line?.split(':') ?? null;
}

/**
 * The lists of groups, in the order asked.
 * @param text what the host said.
 */
export function groupLists(text: string): readonly (readonly string[])[] {
  return text
    .split('\n')
    .filter((line) => line === 'groups' || line.startsWith('groups '))
    .map((line) =>
      line
        .split(' ')
        .slice(1)
        .filter((name) => name !== ''),
    );
}

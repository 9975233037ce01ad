/** `service`, `package`, `user` and `group` as lesson.yaml writes them: what a system keeps account of. */

import { absolutePath, flag, integer, pattern, word } from '../../lesson/sheet/scalars.ts';
import { oneOrMore, optional, type Shape, scalar } from '../../lesson/sheet/shape.ts';
import { shorten } from '../../lesson/sheet/value.ts';
import { absent, kind } from './kind-shape.ts';

/** A name as systems take them; it stands in a path, and is no option. */
function systemName(what: string): Shape<string> {
  const form = /^[A-Za-z0-9_][A-Za-z0-9_.@:+-]{0,127}$/;
  return scalar({ type: ['string', 'number'], pattern: form.source }, what, (value, fail) =>
    form.test(value) ? value : fail('bad-name', `\`${shorten(value)}\` is no name of ${what}.`),
  );
}

const userName = systemName('a user');
const groupName = systemName('a group');

/** A service under systemd, System V init or supervisord. */
export const service = kind(
  'service',
  'A service, asked of systemd, supervisord or its System V script, whichever the host has.',
  systemName('a service'),
  {
    state: optional(word(['running', 'stopped']), 'Its state; `running` where neither it nor `enabled` is given.'),
    enabled: optional(flag(), 'Whether it starts with the system.'),
  },
  (name, { state, enabled }) => ({
    kind: 'service',
    name,
    ...(state === undefined && enabled !== undefined ? {} : { state: state ?? 'running' }),
    ...(enabled === undefined ? {} : { enabled }),
  }),
);

/** An installed package. */
export const packageKind = kind(
  'package',
  'A package of the system: dpkg, rpm, apk or pacman.',
  systemName('a package'),
  { absent, version: optional(pattern, 'Its version, without the epoch before a colon.') },
  (name, { version, ...keys }, at, report) => {
    if (keys.absent && version !== undefined) {
      report.error(at, 'contradiction', 'A package that must be absent has no version.', 'Keep only `absent: true`.');
      return undefined;
    }
    return { kind: 'package', name, ...keys, ...(version === undefined ? {} : { version }) };
  },
);

/** A user. Who asks makes no difference, so `user` has no other meaning here. */
export const user = kind(
  'user',
  'A user of the system.',
  userName,
  {
    absent,
    uid: optional(integer(0, 4_294_967_294), 'Its number.'),
    home: optional(absolutePath, 'Its home folder.'),
    shell: optional(absolutePath, 'Its shell.'),
    groups: optional(oneOrMore(groupName), 'Groups that it is in, its own one included; others do not matter.'),
  },
  (name, keys, at, report) => {
    if (keys.absent && Object.keys(keys).length > 1) {
      report.error(at, 'contradiction', 'A user that must be absent has no other properties.', 'Keep only `absent: true`.');
      return undefined;
    }
    return { kind: 'user', name, ...keys };
  },
  ['user'],
);

/** A group. */
export const group = kind(
  'group',
  'A group of the system.',
  groupName,
  {
    absent,
    gid: optional(integer(0, 4_294_967_294), 'Its number.'),
    members: optional(oneOrMore(userName), 'Users that are in it; others do not matter.'),
  },
  (name, keys, at, report) => {
    if (keys.absent && Object.keys(keys).length > 1) {
      report.error(at, 'contradiction', 'A group that must be absent has no other properties.', 'Keep only `absent: true`.');
      return undefined;
    }
    return { kind: 'group', name, ...keys };
  },
  ['user'],
);

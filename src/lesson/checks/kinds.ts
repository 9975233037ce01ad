/**
 * The kinds of check as lesson.yaml writes them: each kind's own key, the keys that go with it, and the question
 * they make. Adding a kind is adding an entry here (and asking it in src/checks).
 */

import { iniHas, iniLacks } from '../../lesson/checks/ini-keys.ts';
import {
  absolutePath,
  duration,
  flag,
  integer,
  mapOf,
  mode,
  ownPath,
  pattern,
  size,
  text,
  url,
  word,
  written,
} from '../../lesson/sheet/scalars.ts';
import { object, oneOrMore, optional } from '../../lesson/sheet/shape.ts';
import { answer } from './answer-kind.ts';
import { json, yaml } from './data-kinds.ts';
import { absent, type Kind, kind, patterns } from './kind-shape.ts';
import { group, packageKind, service, user } from './system-kinds.ts';

const STATES = ['RUNNING', 'STARTING', 'STOPPED', 'STOPPING', 'EXITED', 'BACKOFF', 'FATAL', 'UNKNOWN', 'ABSENT'] as const;
const TYPES = ['file', 'directory', 'fifo', 'socket', 'symlink', 'device'] as const;

const file = kind(
  'file',
  'A file, directory, FIFO, socket or link: that it is there (or not), and what it is like.',
  absolutePath,
  {
    absent,
    type: optional(word(TYPES), 'What it is.'),
    owner: optional(written('a user'), 'Who owns it.'),
    group: optional(written('a group'), 'Its group.'),
    mode: optional(mode, 'Its mode in octal digits, e.g. 0644.'),
    target: optional(written('a path'), 'Where the symbolic link points, as it is stored.'),
    size: optional(
      object({ min: optional(size, 'At least this large.'), max: optional(size, 'At most this large.') }, 'a size'),
      'How large it is, both ends included.',
    ),
    contains: optional(patterns, 'Text that must be in it; of several, all.'),
    lacks: optional(patterns, 'Text that must not be in it; of several, none.'),
  },
  (path, { size: sizes, ...keys }, at, report) => {
    if (keys.absent && Object.keys(keys).length + (sizes === undefined ? 0 : 1) > 1) {
      report.error(at, 'contradiction', 'A file that must be absent has no other properties.', 'Keep only `absent: true`.');
      return undefined;
    }
    return {
      kind: 'file',
      path,
      ...keys,
      ...(sizes?.min === undefined ? {} : { minSize: sizes.min }),
      ...(sizes?.max === undefined ? {} : { maxSize: sizes.max }),
    };
  },
);

const ini = kind(
  'ini',
  'Keys of an ini file. Repeated keys and their order count where a list is given.',
  absolutePath,
  {
    has: optional(iniHas, 'section → key → value, or the list of all its values in order. {} asks for the section alone.'),
    lacks: optional(iniLacks, 'Sections, or {section, key}, that must not be there.'),
  },
  (path, keys, at, report) => {
    if (keys.has === undefined && keys.lacks === undefined) {
      report.error(at, 'missing-key', 'An `ini` check needs `has` or `lacks`.');
      return undefined;
    }
    return { kind: 'ini', path, ...keys };
  },
);

const process = kind(
  'process',
  'Processes by their command line.',
  pattern,
  {
    absent,
    owner: optional(written('a user'), 'Only processes of this user.'),
    user: optional(written('a user'), 'The same as `owner`: processes are always looked for as root.'),
    min: optional(integer(1, 100_000), 'At least so many.'),
    max: optional(integer(0, 100_000), 'At most so many.'),
  },
  (match, { owner, user, ...keys }, at, report) => {
    if (owner !== undefined && user !== undefined && owner !== user) {
      report.error(at, 'contradiction', '`owner` and `user` of a process are the same thing, but differ here.', 'Keep `owner`.');
      return undefined;
    }
    if (keys.absent && (keys.min !== undefined || keys.max !== undefined)) {
      report.error(at, 'contradiction', 'Processes that must be absent cannot be counted.', 'Keep `absent: true` or the count.');
      return undefined;
    }
    const of = owner ?? user;
    return { kind: 'process', match, ...keys, ...(of === undefined ? {} : { user: of }) };
  },
);

const port = kind(
  'port',
  'A TCP port that something listens on.',
  integer(1, 65_535),
  { address: optional(written('an address'), 'On this address, e.g. 127.0.0.1.'), absent },
  (number, keys) => ({ kind: 'port', port: number, ...keys }),
);

const socket = kind('socket', 'A unix socket that something listens on.', absolutePath, { absent }, (path, keys) => ({
  kind: 'socket',
  path,
  ...keys,
}));

const http = kind(
  'http',
  'The answer to a web request, sent from the host.',
  url,
  {
    status: optional(integer(100, 599), 'The status code.'),
    body: optional(patterns, 'Text that must be in the answer; of several, all.'),
    headers: optional(mapOf(pattern, 'headers'), 'Headers by name, with the text that must be in each.'),
  },
  (address, keys) => ({ kind: 'http', url: address, ...keys }),
);

const supervisor = kind(
  'supervisor',
  'A program under supervisord, as supervisorctl names it: `group:name` or `name`.',
  written('a program'),
  {
    state: optional(
      oneOrMore(word(STATES)),
      'Its state, or several that are all right; RUNNING where it is not said. ABSENT: supervisord does not know it.',
    ),
    uptime: optional(duration, 'It has run for at least so long.'),
  },
  (program, { state, uptime }) => ({
    kind: 'supervisor',
    program,
    state: state ?? ['RUNNING'],
    ...(uptime === undefined ? {} : { minUptimeMs: uptime }),
  }),
);

const command = kind(
  'command',
  'What a command prints and how it ends.',
  text('a command'),
  {
    exit: optional(integer(0, 255), 'Its exit code; 0 where neither stdout nor stderr is asked for.'),
    stdout: optional(patterns, 'Text that it must print; of several, all.'),
    stderr: optional(patterns, 'Text that it must print as an error; of several, all.'),
  },
  (run, keys) => {
    const bare = keys.exit === undefined && keys.stdout === undefined && keys.stderr === undefined;
    return { kind: 'command', run, ...keys, ...(bare ? { exit: 0 } : {}) };
  },
);

const script = kind(
  'script',
  'A script of the lesson: exit code 0 passes, its last line tells the learner what is missing.',
  ownPath,
  {},
  // Its text is read after lesson.yaml: reading files is not for a shape.
  (name) => ({ kind: 'script', name, source: '' }),
);

const uwsgi = kind(
  'uwsgi',
  'A uWSGI stats socket: `address:port`, or the path of a unix socket.',
  written('an address'),
  {
    accepting: optional(flag(), 'Whether a worker takes requests.'),
    workers: optional(integer(1, 10_000), 'At least so many workers.'),
    version: optional(pattern, "uWSGI's version."),
  },
  (stats, { workers, ...keys }, at, report) => {
    if (!/^\/|^[^\s/]+:\d{1,5}$/.test(stats)) {
      report.error(at, 'bad-address', `\`${stats}\` is no stats socket.`, 'Write e.g. 127.0.0.1:9190, or an absolute path.');
      return undefined;
    }
    return { kind: 'uwsgi', stats, ...keys, ...(workers === undefined ? {} : { minWorkers: workers }) };
  },
);

const monitor = kind(
  'monitor',
  "The requests of the section's monitor so far.",
  object(
    {
      served: optional(integer(0, 1_000_000), 'At least so many were served; 1 where it is not said.'),
      failed: optional(integer(0, 1_000_000), 'At most so many failed; 0 where it is not said.'),
    },
    'a count of requests',
  ),
  {},
  ({ served, failed }) => ({ kind: 'monitor', minServed: served ?? 1, maxFailed: failed ?? 0 }),
);

/** The kinds that ask the host (or the monitor) by themselves; `all`, `any` and `not` combine them. */
export const KINDS: Readonly<Record<string, Kind>> = {
  file,
  ini,
  json,
  yaml,
  process,
  port,
  socket,
  http,
  supervisor,
  service,
  package: packageKind,
  user,
  group,
  command,
  script,
  uwsgi,
  monitor,
  answer,
};

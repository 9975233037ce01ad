/** `socket`: whether a UNIX socket is there and somebody listens on it. Never connects: that would be a client. */
import { quotePath } from '../../checks/batch/quote.ts';
import { pathFact, readPath } from '../../checks/facts/path.ts';
import { type Fact, fail, type Gatherer, type LeafKind, pass, type QuestionOf, trouble } from '../../checks/kind.ts';
import { typeNames } from './file.ts';

const unixFact: Fact = {
  weight: 'light',
  maxBytes: 1_048_576,
  inPerl: ['unix', '1048577'],
  script: 'exec cat /proc/net/unix',
};

/** The path without links, by which a socket may have been bound. Only the last link needs a program. */
const realPathFunction = `real() {
  t=$1
  [ ! -L "$t" ] || t=$(readlink -f "$t")
  f=\${t%/*}
  cd -P "\${f:-/}" 2>/dev/null && printf '%s' "\${PWD%/}/\${t##*/}"
}`;

/** Many of them in one shell, each ended by a NUL. Absolute ones only: each changes to another folder. */
const realPaths: Gatherer = {
  merge: (items) => ({
    weight: 'light',
    maxBytes: 8192 * items.length,
    script: `${realPathFunction}\n${items.map((item) => `real ${quotePath(item)}; printf '\\0'`).join('\n')}`,
  }),
  split(answer, items) {
    const found = answer.stdout.toString('utf8').split('\0');
    if (found.length !== items.length + 1) return items.map(() => null);
    return items.map((_, index) => ({ code: 0, stdout: Buffer.from(found[index] ?? ''), stderr: '', truncated: false }));
  },
};

function realPathFact(path: string): Fact {
  const script = `${realPathFunction}\nreal ${quotePath(path)}\n:`;
  const fact = { weight: 'light', maxBytes: 8192, script, inPerl: ['real', path] } as const;
  return path.startsWith('/') ? { ...fact, shared: { by: realPaths, item: path } } : fact;
}

/** A socket file that nobody listens on (left by a program that is gone) fails. */
export const socket: LeafKind<QuestionOf<'socket'>> = {
  facts: ({ path }) => [pathFact(path), unixFact, realPathFact(path)],
  judge({ path, absent }, [stat, unix, real]) {
    if (!stat || !unix || !real) return trouble('answer-lost', 'The host’s answer was lost.');
    const facts = readPath(stat, path);
    if (facts.status === 'untold') return facts.judgement;
    if (unix.code !== 0) return trouble('asking-failed', 'The host’s sockets could not be read from /proc/net/unix.');
    const names = [path, real.stdout.toString('utf8')];
    const final = facts.status === 'there' ? facts.final : null;
    const listens = final !== null && listeners(unix.stdout.toString('utf8')).some((bound) => isBoundTo(bound, names));
    if (absent) {
      if (!listens) return pass;
      return fail(
        'still-listening',
        `nothing on ${path}`,
        'a listening socket',
        `Nothing should listen on ${path}, but something does.`,
      );
    }
    const expected = 'a listening socket';
    if (final === null) return fail('file-missing', expected, 'nothing', `The socket ${path} is not there yet.`);
    if (final.type !== 'socket') {
      const actual = typeNames[final.type];
      return fail('not-a-socket', expected, actual, `${path} should be a socket, but it is ${actual}.`);
    }
    if (listens) return pass;
    if (unix.truncated) return trouble('too-much', 'The host has more sockets than are read.');
    return fail(
      'not-listening',
      expected,
      'a socket nobody listens on',
      `The socket ${path} is there, but nobody listens on it.`,
    );
  },
  describe: ({ path, absent }) => `${absent ? 'nothing' : 'something'} listens on the socket ${path}`,
};

/** Paths of listening stream sockets and of bound datagram ones, which need not listen. */
function listeners(text: string): string[] {
  return text.split('\n').flatMap((line) => {
    // Num: RefCount Protocol Flags Type State Inode Path; flag 10000 is __SO_ACCEPTCON, type 2 is SOCK_DGRAM.
    const found = /^\w+: \w+ \w+ (\w+) (\w+) \w+\s+\d+ (.+)$/.exec(line);
    if (found?.[3] === undefined) return [];
    const accepts = (Number.parseInt(found[1] ?? '', 16) & 0x10000) !== 0;
    return accepts || found[2] === '0002' ? [found[3]] : [];
  });
}

/** A program may have bound a path relative to its folder; the list then says only that. */
function isBoundTo(bound: string, names: readonly string[]): boolean {
  return names.some((name) => (bound.startsWith('/') ? name === bound : name.endsWith(`/${bound.replace(/^\.\//, '')}`)));
}

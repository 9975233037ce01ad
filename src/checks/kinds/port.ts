/** `port`: whether something listens on a TCP port, read from /proc/net. */
import { type Fact, fail, type LeafKind, pass, type QuestionOf, trouble } from '../../checks/kind.ts';

/** Listening sockets (state 0A) of IPv4 and IPv6. */
const listenFact: Fact = {
  weight: 'light',
  maxBytes: 1_048_576,
  inPerl: ['listening'],
  script: `[ -r /proc/net/tcp ] || exit 3\nexec grep -hs ' 0A ' /proc/net/tcp /proc/net/tcp6`,
};

/**
 * Without an address any will do. With one, a socket bound to it or to all addresses of its family counts, and one bound
 * to all IPv6 addresses counts for IPv4 too, as Linux has it by default.
 */
export const port: LeafKind<QuestionOf<'port'>> = {
  facts: () => [listenFact],
  judge({ port: number, address, absent }, [answer]) {
    if (!answer) return trouble('answer-lost', 'The host’s answer was lost.');
    // grep ends with 1 when it found none, with 2 when there is no IPv6.
    if (answer.code > 2) return trouble('asking-failed', 'The host’s listening ports could not be read from /proc/net/tcp.');
    if (answer.truncated) return trouble('too-much', 'The host has more listening ports than are read.');
    const there = listening(answer.stdout.toString('latin1')).filter((each) => each.port === number);
    const found = there.find((each) => address === undefined || covers(each.address, address));
    const where = address === undefined ? `port ${number}` : `${address}:${number}`;
    if (absent) {
      if (!found) return pass;
      const actual = `${shown(found.address)}:${number}`;
      return fail(
        'still-listening',
        `nothing on ${where}`,
        actual,
        `Nothing should listen on ${where}, but something listens on ${actual}.`,
      );
    }
    if (found) return pass;
    const [other] = there;
    if (!other) return fail('not-listening', `something on ${where}`, 'nothing', `Nothing listens on ${where}.`);
    const actual = `${shown(other.address)}:${number}`;
    return fail('not-listening', `something on ${where}`, actual, `Nothing listens on ${where}; only ${actual} is there.`);
  },
  describe: ({ port: number, address, absent }) =>
    `${absent ? 'nothing' : 'something'} listens on ${address === undefined ? `port ${number}` : `${address}:${number}`}`,
};

interface Listening {
  /** 4 or 16 bytes, most significant first. */
  readonly address: readonly number[];
  readonly port: number;
}

/** Lines such as `0: 0100007F:1F90 00000000:0000 0A …`: words of the address in the machine's byte order. */
function listening(text: string): Listening[] {
  return text.split('\n').flatMap((line) => {
    const found = /^\s*\d+: ([0-9A-F]+):([0-9A-F]{4}) \S+ 0A /.exec(line);
    if (found?.[1] === undefined || found[2] === undefined) return [];
    const words = found[1].match(/.{8}/g) ?? [];
    const address = words.flatMap((word) => (word.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16)).reverse());
    return [{ address, port: Number.parseInt(found[2], 16) }];
  });
}

function covers(bound: readonly number[], wanted: string): boolean {
  if (wanted === 'localhost') return covers(bound, '127.0.0.1') || covers(bound, '::1');
  const address = parse(wanted);
  if (bound.every((byte) => byte === 0)) return bound.length === 16 || address.length === 4;
  return plain(bound).join('.') === plain(address).join('.');
}

/** An IPv4 address written as IPv6 (::ffff:127.0.0.1) is that IPv4 address. */
function plain(address: readonly number[]): readonly number[] {
  const mapped = address.length === 16 && address.slice(0, 12).join() === [...Array(10).fill(0), 255, 255].join();
  return mapped ? address.slice(12) : address;
}

function parse(text: string): number[] {
  if (text === '*') return [0, 0, 0, 0];
  if (!text.includes(':')) return text.split('.').map(Number);
  const [head = '', tail] = text.replace(/^\[|\]$/g, '').split('::');
  const groups = (part: string): number[] =>
    part
      .split(':')
      .filter((group) => group !== '')
      .flatMap((group) => (group.includes('.') ? group.split('.').map(Number) : hexBytes(group)));
  const before = groups(head);
  const after = groups(tail ?? '');
  return [...before, ...Array(Math.max(0, 16 - before.length - after.length)).fill(0), ...after];
}

function hexBytes(group: string): number[] {
  const value = Number.parseInt(group, 16);
  return [value >> 8, value & 255];
}

function shown(address: readonly number[]): string {
  const short = plain(address);
  if (short.length === 4) return short.join('.');
  const groups = Array.from({ length: 8 }, (_, at) => (((short[2 * at] ?? 0) << 8) | (short[2 * at + 1] ?? 0)).toString(16));
  return `[${groups.join(':').replace(/(^|:)0(:0)+(:|$)/, '::')}]`;
}

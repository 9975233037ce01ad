import { expect, test } from 'vitest';
import type { Pattern } from '../../model/check.ts';
import type { Answer } from '../kind.ts';
import { command } from './command.ts';

/** What is judged where the command ends with 0 and prints that. */
function judged(stdout: string, wanted: Pattern = { text: 'ready' }, stderr = '', code = 0) {
  const answer: Answer = { code, stdout: Buffer.from(stdout), stderr, truncated: false };
  return command.judge({ kind: 'command', run: 'status', stdout: [wanted] }, [answer], { timeoutMs: 1000 });
}

const said = (stdout: string): string => {
  const verdict = judged(stdout);
  return verdict.status === 'fail' ? verdict.sentence : verdict.status;
};

test('what a command printed stands beside what it should print', () => {
  expect(judged('stopped\n')).toEqual({
    status: 'fail',
    reason: 'text-missing',
    expected: 'ready',
    actual: '“stopped”',
    sentence: '`status` should say ready on stdout, but it says “stopped”.',
  });
  expect(judged('\n', { regex: '^up', flags: 'm' })).toMatchObject({
    actual: 'nothing',
    sentence: '`status` should say /^up/m on stdout, but it says nothing.',
  });
});

test('of many lines the first and the last two are shown, of long ones their beginning', () => {
  expect(said('one\n\n two\r\nthree\nfour\n')).toContain('it says “one · two · three · four”.');
  expect(said('one\ntwo\nthree\nfour\nfive\n')).toContain('it says “one · two · … · four · five”.');
  expect([...said('😀 word '.repeat(10_000))].length).toBeLessThan(260);
  expect(said(`${'x'.repeat(110)}\n`.repeat(4))).toMatch(/x…”\.$/);
});

test('what a command printed cannot steer a terminal', () => {
  expect(said('a\u001b[2J\u0007b\u202ec')).toContain('“a·[2J·b·c”');
});

test('a command that ends with another exit code says why, without the name of the script that asked', () => {
  const own = '/dev/shm/lockstep-checks.4711.0a1b2c/3.sh';
  expect(judged('', undefined, `${own}: line 1: status: command not found\n`, 127)).toMatchObject({
    reason: 'wrong-exit',
    actual: 'exit code 127: status: command not found',
    sentence: '`status` should end with exit code 0, but ended with 127, saying “status: command not found”.',
  });
  expect(judged('', undefined, `${own}: 12: status: not found\n`, 127)).toMatchObject({
    actual: 'exit code 127: status: not found',
  });
  expect(judged('', undefined, '', 1)).toMatchObject({
    sentence: '`status` should end with exit code 0, but ended with 1.',
  });
});

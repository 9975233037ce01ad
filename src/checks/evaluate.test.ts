import { expect, test } from 'vitest';
import type { Question } from '../model/check.ts';
import { factsOf, describe as inWords, judge } from './evaluate.ts';
import { type Answer, type Fact, type JudgeContext, type Judgement, trouble } from './kind.ts';

const context: JudgeContext = { timeoutMs: 1000 };

/** Questions whose answer is decided by the test: commands named after what comes of them. */
const say = (run: 'holds' | 'fails' | 'untold'): Question => ({ kind: 'command', run });
const answers: Record<string, Answer | Judgement> = {
  holds: { code: 0, stdout: Buffer.alloc(0), stderr: '', truncated: false },
  fails: { code: 1, stdout: Buffer.alloc(0), stderr: '', truncated: false },
  untold: trouble('timed-out', 'late'),
};
const statusOf = (question: Question): string =>
  judge(question, (fact: Fact) => answers[fact.script] ?? trouble('answer-lost', '?'), context).status;

test.each([
  ['all', ['holds', 'holds'], 'pass'],
  ['all', ['holds', 'fails'], 'fail'],
  ['all', ['holds', 'untold'], 'error'],
  ['all', ['untold', 'fails'], 'fail'],
  ['any', ['fails', 'holds'], 'pass'],
  ['any', ['fails', 'fails'], 'fail'],
  ['any', ['fails', 'untold'], 'error'],
  ['any', ['untold', 'holds'], 'pass'],
] as const)('%s of %j is %s', (kind, parts, expected) => {
  expect(statusOf({ kind, of: parts.map(say) })).toBe(expected);
});

test.each([
  ['holds', 'fail'],
  ['fails', 'pass'],
  ['untold', 'error'],
] as const)('not %s is %s', (part, expected) => {
  expect(statusOf({ kind: 'not', of: say(part) })).toBe(expected);
});

test('groups may stand in groups', () => {
  const nested: Question = {
    kind: 'all',
    of: [{ kind: 'not', of: { kind: 'any', of: [say('fails'), say('fails')] } }, say('holds')],
  };
  expect(statusOf(nested)).toBe('pass');
  expect(factsOf(nested, 1000)).toHaveLength(3);
});

test('an invalid regular expression is an error of the check, not the learner’s', () => {
  const question: Question = { kind: 'command', run: 'holds', stdout: [{ regex: '(', flags: '' }] };
  expect(judge(question, () => answers['holds'] as Answer, context)).toMatchObject({ status: 'error', reason: 'bad-question' });
});

test('text from lesson and host reaches a verdict without control characters', () => {
  const question: Question = { kind: 'command', run: 'x\u001b[2J', exit: 0 };
  const answer: Answer = { code: 1, stdout: Buffer.from('\u001b]0;t\u0007'), stderr: '', truncated: false };
  expect(JSON.stringify(judge(question, () => answer, context))).not.toMatch(/\\u001b|\\u0007/);
});

test.each<[Question, string]>([
  [{ kind: 'file', path: '/x', type: 'fifo', owner: 'galaxy' }, '/x is a FIFO of galaxy'],
  [{ kind: 'file', path: '/x', absent: true }, 'there is nothing at /x'],
  [{ kind: 'ini', path: '/x', has: { a: { b: [] } }, lacks: [{ section: 'c' }] }, '/x has [a] b, no [c]'],
  [{ kind: 'process', match: { text: 'uwsgi' }, absent: true }, 'no process matches uwsgi'],
  [{ kind: 'process', match: { regex: 'a', flags: 'i' }, min: 2, user: 'u' }, 'at least 2 processes match /a/i as u'],
  [{ kind: 'port', port: 80 }, 'something listens on port 80'],
  [{ kind: 'socket', path: '/s', absent: true }, 'nothing listens on the socket /s'],
  [{ kind: 'http', url: 'http://x/', status: 200 }, 'http://x/ answers with status 200'],
  [{ kind: 'supervisor', program: 'p', state: ['RUNNING'], minUptimeMs: 3000 }, 'p is RUNNING for at least 3 s'],
  [{ kind: 'command', run: 'true' }, '`true` ends with exit code 0'],
  [{ kind: 'uwsgi', stats: '/s' }, 'uWSGI answers with its stats at /s'],
  [{ kind: 'monitor', minServed: 5, maxFailed: 0 }, 'at least 5 requests are served and none fails'],
  [
    {
      kind: 'not',
      of: {
        kind: 'any',
        of: [
          { kind: 'port', port: 1 },
          { kind: 'port', port: 2 },
        ],
      },
    },
    'not: something listens on port 1 or something listens on port 2',
  ],
])('a question can be said as a statement (%#)', (question, statement) => {
  expect(inWords(question)).toBe(statement);
});

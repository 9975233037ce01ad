import { describe, expect, test } from 'vitest';
import { setupError } from './setup-error.ts';

const judge = (text: string, result = {}) =>
  setupError('the test host', '/state/log', text, { code: 100, signal: null, timedOut: false, ...result });

describe('a setup.sh that failed', () => {
  test.each([
    ["E: Failed to fetch http://x/y  Temporary failure resolving 'mirror.example'", 'host-setup-no-network'],
    ['curl: (6) Could not resolve host: pypi.org', 'host-setup-no-network'],
    ['W: Unable to connect to mirror.example:http: [IP: 1.2.3.4 80]', 'host-setup-no-network'],
    [
      'dpkg: error processing archive x.deb (--unpack):\n cannot copy: failed to write (No space left on device)',
      'sandbox-disk-full',
    ],
    ["E: You don't have enough free space in /var/cache/apt/archives/.", 'sandbox-disk-full'],
    ['E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 12 (apt)', 'host-setup-apt-locked'],
    ['E: Unable to locate package supervisor', 'host-setup-apt'],
    ['E: Failed to fetch http://x/y  404  Not Found', 'host-setup-apt'],
    ['make: *** [all] Error 2', 'host-setup-failed'],
  ])('%j is %s', (text, code) => {
    expect(judge(text).code).toBe(code);
  });

  test('what scrolled far away does not decide', () => {
    const text = `Temporary failure resolving 'x', trying again\n${'all is well\n'.repeat(5000)}make: *** Error 2`;
    expect(judge(text).code).toBe('host-setup-failed');
  });

  test('names the log and its last lines, without any escape sequence of theirs', () => {
    const text = `${Array.from({ length: 30 }, (_, index) => `line ${index}`).join('\n')}\n\u001b[31mred\u001b[0m\r\n\n`;
    const message = judge(text).message;
    expect(message).toContain('Its log is /state/log; the last lines:\n  line 23\n');
    expect(message.endsWith('\n  [31mred[0m')).toBe(true);
  });

  test('tells a deadline and a signal apart from an exit code', () => {
    expect(judge('x', { code: 7 }).message).toContain('setup.sh ended with 7');
    expect(judge('x', { code: null, signal: 'SIGKILL' }).message).toContain('it was ended by SIGKILL');
    expect(judge('No space left on device', { timedOut: true }).message).toContain('it took too long');
  });
});

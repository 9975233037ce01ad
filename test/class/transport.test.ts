/** What lies under a class server's requests: certificates, and clients that take their time. */
import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { ask, TestLearner } from '../support/class/learner.ts';
import { openTestClass, testFolder } from '../support/class/open-class.ts';
import { serveClass } from '../support/class/served-class.ts';
import { lockstep } from '../support/test-state.ts';

/** A certificate that nobody has signed, for this machine's own address. */
function selfSigned(folder: string): { readonly cert: string; readonly key: string } {
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  const name = ['-subj', '/CN=class.test', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  execFileSync('openssl', ['req', '-x509', ...kind, ...name, '-keyout', key, '-out', cert], { stdio: 'pipe' });
  return { cert, key };
}

/** The learner's program without a terminal; what it said, on either side. */
function learn(folder: string, args: readonly string[], environment: Readonly<Record<string, string>>) {
  const [file, ...program] = lockstep;
  const { NODE_EXTRA_CA_CERTS: _, ...own } = process.env;
  const env = { ...own, LOCKSTEP_STATE: folder, ...environment };
  const { status, stdout, stderr } = spawnSync(file, [...program, ...args], { encoding: 'utf8', env });
  return { status, said: stdout + stderr };
}

test('over TLS a certificate that is not trusted is refused with the way to trust it, and that way works', async () => {
  const folder = testFolder();
  const { cert, key } = selfSigned(folder);
  const server = await serveClass(folder, { args: ['--tls-cert', cert, '--tls-key', key] });
  onTestFinished(() => server.kill());
  const url = server.base.replace('http:', 'https:');
  const join1 = ['join', url, '--code', server.code, '--name', 'Ada'];
  const refused = learn(join(folder, 'ada'), join1, {});
  expect(refused.status).not.toBe(0);
  expect(refused.said).toContain('has a certificate that this machine does not trust');
  expect(refused.said).toContain('NODE_EXTRA_CA_CERTS=FILE');
  const trusted = learn(join(folder, 'ada'), join1, { NODE_EXTRA_CA_CERTS: cert });
  expect(trusted).toMatchObject({ status: 0, said: expect.stringContaining('as Ada.') });
  const mixed = learn(join(folder, 'bob'), ['join', server.base, '--code', server.code, '--name', 'Bob'], {});
  expect(mixed.said).toContain('it may speak https alone');
  expect(mixed.said).not.toContain('The lesson starts all the same');
  expect(mixed.status).not.toBe(0);
});

test('files that are no certificate are refused with a sentence', async () => {
  const folder = testFolder();
  const file = join(folder, 'no.pem');
  writeFileSync(file, 'not a certificate\n');
  const args = ['--tls-cert', file, '--tls-key', file];
  await expect(serveClass(folder, { args })).rejects.toThrow(/are no certificate and its key/);
});

test('who sends headers or a body too slowly is cut off, and nobody waits for it', async () => {
  const room = await openTestClass({ patience: { headersMs: 200, requestMs: 400 } });
  const learner = await TestLearner.join(room.base, room.code, 'Ada');
  const begun = {
    headers: 'GET /healthz HTTP/1.1\r\nhost: x\r\nx-slow: ',
    body: `POST /api/v1/reports HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${learner.token}\r\ncontent-type: application/json\r\ncontent-length: 5000\r\n\r\n{`,
  };
  const slow = Object.values(begun).map((text) => {
    const socket = connect(room.port, '127.0.0.1');
    const own = { closed: false, said: '' };
    socket.on('error', () => {}).on('close', () => (own.closed = true));
    socket.on('data', (bytes) => (own.said += bytes.toString()));
    socket.write(text);
    // Never silent, never whole.
    const drip = setInterval(() => socket.writable && socket.write('x'), 20);
    onTestFinished(() => {
      clearInterval(drip);
      socket.destroy();
    });
    return own;
  });
  expect((await learner.does({ type: 'other', at: 1 })).status).toBe(200);
  await vi.waitFor(() => expect(slow.map(({ closed }) => closed)).toEqual([true, true]), { timeout: 10_000 });
  expect(slow[0]?.said).toContain(' 408 ');
  expect((await ask(`${room.base}/healthz`)).status).toBe(200);
  expect((await learner.does({ type: 'other', at: 2 })).status).toBe(200);
});

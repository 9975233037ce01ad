/** What can go wrong while the Galaxy host is made ready: each time a clear last sentence and an exit code of its own. */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Host } from '../../src/host/host.ts';
import { createSandboxHost } from '../../src/host/sandbox/sandbox.ts';
import { say } from './galaxy-try.ts';

const definition = resolve(import.meta.dirname, '../../fixtures/hosts/galaxy');

describe("the Galaxy host's setup.sh", () => {
  let host: Host;
  let stateDir: string;

  // The setup runs by hand in a sandbox without network, so it lies one folder deeper than a definition's own.
  beforeAll(async () => {
    stateDir = await mkdtemp('/var/tmp/lockstep-test-setup-');
    const dir = join(stateDir, 'bare-with-setup');
    await cp(definition, join(dir, 'galaxy'), { recursive: true });
    const limits = { memory: 2 ** 30, pids: 256, cpus: 1 };
    host = createSandboxHost(
      { name: 'setup', title: 'Setup', dir, hostname: 'setup', user: 'root', network: 'private', limits },
      { stateDir, session: 'test', storage: 'image', programDir: resolve(import.meta.dirname, '../../src/host/sandbox') },
    );
    await host.start();
  });
  beforeEach(async () => {
    await host.reset();
    // Whatever this machine has: here something must be missing, so that there is something to fetch.
    await say(
      host,
      "dpkg -l 'uwsgi*' 'nginx*' supervisor 2>/dev/null | awk '/^ii/ { print $2 }' | xargs -r dpkg --purge --force-all >/dev/null 2>&1 || :",
    );
  });
  afterAll(async () => {
    await host.destroy();
    await rm(stateDir, { recursive: true, force: true });
  });

  /** Runs setup.sh; its exit code and the last line it wrote to stderr. */
  const setUp = async (): Promise<{ readonly code: number | null; readonly last: string; readonly all: string }> => {
    const script = 'LOCKSTEP_APT_LOCK_SECONDS=1 exec /run/lockstep/host/galaxy/setup.sh';
    const { code, stdout, stderr } = await host.exec({ script, timeoutMs: 110_000 });
    const all = stderr.toString('utf8');
    return { code, last: all.trimEnd().split('\n').at(-1) ?? '', all: `${stdout}${all}` };
  };

  test('says that there is no network', async () => {
    const { code, last, all } = await setUp();
    expect({ code, last }, all).toEqual({
      code: 3,
      last: expect.stringMatching(/^No network: .*Connect to the network, then start again\.$/),
    });
  });

  test('says who holds the package lock', async () => {
    const holder = await host.stream({
      script: `exec python3 -c '
import fcntl, time
files = [open(path, "w") for path in ("/var/lib/dpkg/lock-frontend", "/var/lib/dpkg/lock", "/var/lib/apt/lists/lock")]
for file in files:
    fcntl.lockf(file, fcntl.LOCK_EX)
print("locked", flush=True)
time.sleep(300)'`,
    });
    await new Promise<void>((locked) => holder.onLine((line) => line === 'locked' && locked()));
    const { code, last, all } = await setUp();
    holder.stop();
    expect({ code, last }, all).toEqual({
      code: 4,
      last: expect.stringMatching(
        /^Another program is installing packages: python3 \(process \d+\) holds the package lock\. Wait/,
      ),
    });
  });

  test('says that the disk is full', async () => {
    await say(host, 'free=$(df --output=avail -B1 / | tail -n 1); fallocate -l $((free - 8388608)) /filling');
    const { code, last, all } = await setUp();
    expect({ code, last }, all).toEqual({
      code: 5,
      last: expect.stringMatching(/^The disk is full: .*About 600 MB are needed\.$/),
    });
  });
});

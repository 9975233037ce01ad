/**
 * The whole zerg lesson, played by the program as users start it, on a container of a real Docker engine and over ssh on
 * a host that was prepared beforehand. The container of the second is made from the first one's image.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startDockerEngine, type TestEngine, whyNoDocker } from '../support/docker-engine.ts';
import { ROOT, temporaryState } from '../support/host-drivers.ts';
import { until } from '../support/host-shell.ts';
import { makeClient } from '../support/sshd.ts';

const PLAY_MS = 15 * 60_000;
const SERVER = 'lockstep-test-galaxy';
const why = await whyNoDocker();

/** Starts the built program and gives what it printed. */
function lockstep(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [join(ROOT, 'bin/lockstep.js'), ...args], {
    env: { ...env, LANG: 'C.UTF-8', TERM: 'dumb', CI: 'true' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data: Buffer) => {
      said += data.toString();
    });
  }
  const timer = setTimeout(() => child.kill('SIGTERM'), PLAY_MS);
  return new Promise((resolve) => {
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve({ code, said });
    });
  });
}

function expectWholeLesson({ code, said }: { code: number | null; said: string }): void {
  expect(said).toContain('All 5 sections unlocked.');
  expect(said).toMatch(/requests in all: [1-9]\d+ served, 0 failed/);
  expect(code).toBe(0);
  console.info(/requests in all: .*/.exec(said)?.[0]);
}

describe.skipIf(why !== null)(`the zerg lesson elsewhere${why === null ? '' : `, skipped: ${why}`}`, () => {
  let engine: TestEngine;
  let state: ReturnType<typeof temporaryState>;

  beforeAll(async () => {
    engine = await startDockerEngine(ROOT);
    state = temporaryState();
  });
  afterAll(async () => {
    await engine?.close();
    state?.dispose();
  });

  test(
    'it passes in a container, and no request is lost',
    async () => {
      const played = await lockstep(['run', 'uwsgi-zerg-mode', '--plain', '--auto', '--host', 'docker'], {
        ...engine.env,
        LOCKSTEP_STATE: state.stateDir,
      });
      expectWholeLesson(played);
      expect(engine.docker('ps', '--quiet')).toBe('');
    },
    PLAY_MS,
  );

  test(
    'it passes over ssh on a prepared host, and no request is lost',
    async () => {
      const client = mkdtempSync('/tmp/lockstep-test-ssh-');
      try {
        const image = engine.docker('images', '--format', '{{.Repository}}:{{.Tag}}', 'lockstep/host-galaxy');
        engine.docker('run', '-d', '--init', '--name', SERVER, '--network', 'none', '--entrypoint', 'sleep', image, 'infinity');
        const { config, hostKey, publicKey } = makeClient(client, 'galaxy', {
          proxy: `docker exec -i ${SERVER} /usr/sbin/sshd -i -o UsePAM=no -o StrictModes=no -o HostKey=/run/host-key -o AuthorizedKeysFile=/run/keys`,
        });
        engine.docker('cp', hostKey, `${SERVER}:/run/host-key`);
        engine.docker('cp', publicKey, `${SERVER}:/run/keys`);
        engine.docker(
          ...['exec', SERVER, 'sh', '-c'],
          'chown root:root /run/host-key /run/keys; chmod 600 /run/host-key; chmod 644 /run/keys; mkdir -p /run/sshd; usermod -p "*" ubuntu; cd /run/lockstep/host && ./start.sh',
        );
        await until('Galaxy', () => /RUNNING/.test(engine.docker('exec', SERVER, 'sh', '-c', 'supervisorctl status || :')));
        const env = { ...engine.env, LOCKSTEP_STATE: state.stateDir, LOCKSTEP_SSH_CONFIG: config };
        const looked = await lockstep(['doctor', 'uwsgi-zerg-mode', '--host', 'ssh://ubuntu@galaxy'], env);
        expect(looked.said).toContain('ssh://ubuntu@galaxy answers and is what Galaxy host asks for.');
        expect(looked.code).toBe(0);
        expectWholeLesson(await lockstep(['run', 'uwsgi-zerg-mode', '--plain', '--auto', '--host', 'ssh://ubuntu@galaxy'], env));
        // Nothing of the connection is left, here or there.
        expect(engine.docker('exec', SERVER, 'sh', '-c', 'ls -d /run/lockstep.* /run/lockstep-shell.* 2>/dev/null || :')).toBe(
          '',
        );
      } finally {
        rmSync(client, { recursive: true, force: true });
      }
    },
    PLAY_MS,
  );
});

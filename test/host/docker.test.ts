/** A container as a host when something goes wrong: nothing is left behind, and what happened is told. */
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { createDockerHost } from '../../src/host/docker/docker.ts';
import type { Host, HostProgress } from '../../src/host/host.ts';
import type { HostDefinition } from '../../src/model/host.ts';
import { startDockerEngine, type TestEngine, whyNoDocker } from '../support/docker-engine.ts';
import { makeDefinition, readDefinition } from '../support/host-definition.ts';
import { ROOT, temporaryState } from '../support/host-drivers.ts';
import { until } from '../support/host-shell.ts';

const why = await whyNoDocker();

describe.skipIf(why !== null)(`a host in a container${why === null ? '' : `, skipped: ${why}`}`, () => {
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

  const hostFor = (session: string, definition: HostDefinition = readDefinition('bare', ROOT)): Host => {
    const host = createDockerHost(definition, { program: 'docker', env: engine.env, stateDir: state.stateDir, session });
    onTestFinished(() => host.destroy());
    return host;
  };
  const definitionWith = (files: Readonly<Record<string, string>>): HostDefinition => {
    const dir = join(state.stateDir, `made-${Object.keys(files).join('-')}-${Math.random().toString(36).slice(2)}`);
    mkdirSync(dir);
    return makeDefinition(dir, files);
  };
  const running = (): string => engine.docker('ps', '--format', '{{.Names}}');

  test('is prepared once for each contents of its definition, tells how far it is, and is limited', async () => {
    const setup = 'echo "50\tHalf way" >&"$LOCKSTEP_STATUS_FD"\necho made >/srv/made\n';
    const definition = definitionWith({ 'setup.sh': `#!/bin/bash\n${setup}` });
    const told: HostProgress[] = [];
    const host = hostFor('prepared', definition);
    expect(await host.isPrepared()).toBe(false);
    await host.prepare((progress) => told.push(progress));
    expect(told).toContainEqual({ sentence: `Preparing ${definition.title}: Half way`, fraction: 0.5 });
    expect(engine.docker('ps', '--all', '--quiet')).toBe('');
    expect(await hostFor('another', definition).isPrepared()).toBe(true);
    await host.start();
    const [about] = JSON.parse(engine.docker('container', 'inspect', running())) as [{ HostConfig: Record<string, unknown> }];
    expect(about.HostConfig).toMatchObject({
      Memory: definition.limits.memory,
      PidsLimit: definition.limits.pids,
      NetworkMode: 'none',
      Privileged: false,
      CapAdd: null,
      Init: true,
    });
    expect((await host.exec({ script: 'cat /srv/made; ls /sys/class/net' })).stdout.toString()).toBe('made\nlo\n');
  });

  test('whose setup.sh fails says why with its last lines, and leaves no container', async () => {
    const host = hostFor('fails', definitionWith({ 'setup.sh': '#!/bin/sh\necho "the reason" >&2\nexit 7\n' }));
    await expect(host.prepare(() => {})).rejects.toMatchObject({
      code: 'host-setup-failed',
      message: expect.stringMatching(/setup.sh ended with 7[\s\S]*the reason/),
    });
    expect(engine.docker('ps', '--all', '--quiet')).toBe('');
  });

  test('whose engine does not answer, or has no image, says so', async () => {
    const lost = createDockerHost(readDefinition('bare', ROOT), {
      program: 'docker',
      env: { ...engine.env, DOCKER_HOST: 'unix:///nowhere/docker.sock' },
      stateDir: state.stateDir,
      session: 'lost',
    });
    await expect(lost.prepare(() => {})).rejects.toMatchObject({ code: 'docker-not-running' });
    const host = hostFor('no-image', { ...readDefinition('bare', ROOT), base: 'localhost:1/no-such-image' });
    await expect(host.prepare(() => {})).rejects.toMatchObject({ code: 'host-no-image' });
  });

  test('that is killed from outside is told as lost, and its files are there at the next start', async () => {
    const host = hostFor('killed');
    const lost: string[] = [];
    host.onLost((sentence) => lost.push(sentence));
    await host.prepare(() => {});
    await host.start();
    await host.writeFile('/srv/kept', Buffer.from('kept'), { user: 'root' });
    const asked = host.exec({ script: 'sleep 961' }).catch((error: unknown) => error);
    await until('the script', async () => (await host.exec({ script: 'pgrep -f "sleep 96[1]"' })).code === 0);
    engine.docker('kill', running());
    expect(await asked).toMatchObject({ code: 'host-gone' });
    await until('the news', () => lost.length > 0);
    expect(lost).toEqual(['The container has ended without being asked to.']);
    await expect(host.exec({ script: 'true' })).rejects.toMatchObject({ code: 'host-gone' });
    await host.start();
    expect((await host.readFile('/srv/kept')).toString()).toBe('kept');
  });

  test('of a program that was killed is stopped at the next start of any session, and loses nothing', async () => {
    const program = spawn(process.execPath, [join(ROOT, 'bin/lockstep.js'), 'run', 'tour', '--plain', '--host', 'docker'], {
      env: { ...engine.env, LOCKSTEP_STATE: state.stateDir },
      stdio: 'ignore',
    });
    onTestFinished(() => void program.kill('SIGKILL'));
    const session = 'tour--docker--auto';
    await until('the container', () => running().includes(session));
    const name = running();
    engine.docker('exec', '-d', name, 'sh', '-c', 'echo work >/srv/work; sleep 962');
    await until('the work', () => engine.docker('exec', name, 'sh', '-c', 'cat /srv/work 2>/dev/null || :') === 'work');
    const ended = new Promise((resolve) => program.once('close', resolve));
    program.kill('SIGKILL');
    await ended;
    expect(running()).toBe(name);
    const other = hostFor('other');
    await other.prepare(() => {});
    await other.start();
    expect(running()).not.toContain(session);
    const again = hostFor(session);
    await again.start();
    expect((await again.readFile('/srv/work')).toString()).toBe('work\n');
    expect((await again.exec({ script: 'pgrep -f "sleep 96[2]"' })).code).toBe(1);
  });
});

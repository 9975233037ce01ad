/**
 * The connection to a host over ssh is cut in the middle of a block: the whole program, a real sshd, a relay between them
 * that lets nothing through for a while. The block goes on meanwhile, nothing of it is lost, nothing is run twice, and
 * the learner reads what is going on.
 *
 * LOCKSTEP_CUT_SECONDS says for how long (6 where nothing is said, with a client that looks for the server every second).
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { ROOT } from '../support/host-drivers.ts';
import { until } from '../support/host-shell.ts';
import { type LaunchedProgram, launchProgram } from '../support/launch-program.ts';
import { openRelay, type Relay } from '../support/relay.ts';
import { findProgram } from '../support/sh-flavours.ts';
import { startSshd, type TestSshd, whyNoSshd } from '../support/sshd.ts';
import { lockstep } from '../support/test-state.ts';
import { openThrowawayMachine, type ThrowawayMachine, whyNoThrowawayMachine } from '../support/throwaway-machine.ts';

const why = whyNoThrowawayMachine() ?? whyNoSshd();
const asked = process.env['LOCKSTEP_CUT_SECONDS'];
const cutSeconds = Number(asked ?? 6);
/** Numbers that the block counts to, one in a fifth of a second: past the end of the cut. */
const most = cutSeconds * 5 + 40;

const text = `# A long block

## Count

\`\`\`
for i in $(seq ${most}); do echo "number $i"; echo $i >>~/counted; sleep 0.2; done
echo and then >>~/counted
\`\`\`
`;
const sheet = `version: 1
host: bare
user: ubuntu
sections:
  count:
    blocks: [run]
    checks:
      - { file: /home/ubuntu/counted, contains: and then, title: it has counted }
`;

describe.skipIf(why !== null)(`a connection that is cut${why === null ? '' : `, skipped: ${why}`}`, () => {
  let machine: ThrowawayMachine;
  let sshd: TestSshd;
  let relay: Relay;
  let folder: string;

  beforeAll(async () => {
    machine = await openThrowawayMachine();
    machine.run(readFileSync(join(ROOT, 'fixtures/hosts/bare/start.sh'), 'utf8'));
    sshd = await startSshd(machine);
    relay = await openRelay(sshd.port);
    folder = mkdtempSync('/tmp/lockstep-test-cut-');
    writeFileSync(join(folder, 'lesson.md'), text);
    writeFileSync(join(folder, 'lesson.yaml'), sheet);
    const known = readFileSync(join(sshd.folder, 'known_hosts'), 'utf8');
    writeFileSync(join(folder, 'known_hosts'), known.replace(/:\d+/, `:${relay.port}`));
    const config = readFileSync(sshd.config, 'utf8').replace(/UserKnownHostsFile .*/, `UserKnownHostsFile ${folder}/known_hosts`);
    writeFileSync(join(folder, 'config'), config);
    const sooner = '-o ServerAliveInterval=1 -o ServerAliveCountMax=2 -o ConnectTimeout=2';
    const client = `#!/bin/sh\nexec ${findProgram('ssh')} ${asked === undefined ? sooner : ''} "$@"\n`;
    writeFileSync(join(folder, 'ssh'), client, { mode: 0o755 });
  });
  afterAll(async () => {
    await relay?.close();
    sshd?.dispose();
    await machine?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function launch(): LaunchedProgram {
    const state = mkdtempSync('/var/tmp/lockstep-test-cut-');
    const program = launchProgram([...lockstep, 'run', folder, '--host', `ssh://ubuntu@127.0.0.1:${relay.port}`], {
      cols: 120,
      rows: 36,
      env: {
        LOCKSTEP_STATE: state,
        LOCKSTEP_SSH_CONFIG: join(folder, 'config'),
        PATH: `${folder}${delimiter}${process.env['PATH']}`,
      },
    });
    onTestFinished(async () => {
      await program.kill();
      rmSync(state, { recursive: true, force: true });
    });
    return program;
  }

  const counted = (): readonly string[] => machine.run('cat /home/ubuntu/counted 2>/dev/null || :').trim().split('\n');
  const processes = (pattern: string): string => machine.run(`pgrep -af '${pattern}' || :`).trim();

  test(
    'the block goes on meanwhile; nothing is lost, nothing is run twice, and the learner reads about it',
    async () => {
      const program = launch();
      await program.waitFor(/ubuntu@[\w-]+:~\$/, 60_000);
      program.press('Enter');
      await program.waitFor('number 5', 30_000);
      relay.cut();
      const atCut = counted().length;
      await program.waitFor(/The connection to .* was cut/, 60_000);
      const during = await program.waitFor(/go on there/);
      expect(during).not.toContain('The host was lost');
      await new Promise((resolve) => setTimeout(resolve, cutSeconds * 500));
      expect(counted().length).toBeGreaterThan(atCut);
      await until('time', () => counted().length >= atCut + cutSeconds * 4, undefined, 120_000);
      relay.mend();
      await program.waitFor(/is back after \d+ s/, 60_000);
      const screen = await program.waitFor(/it has counted/, 10_000);
      expect(screen).toMatch(/nothing was run twice/i);
      await until(
        'the whole block',
        () => counted().at(-1) === 'and then',
        () => program.screen(),
        120_000,
      );
      expect(counted()).toEqual([...Array.from({ length: most }, (_, index) => `${index + 1}`), 'and then']);
      // Every line of it is in the pane, in order and once: those of the cut, too.
      await program.waitFor(`number ${most}`, 30_000);
      const shown = [...program.screen().matchAll(/number (\d+)/g)].map((found) => Number(found[1]));
      expect(shown).toEqual(Array.from({ length: shown.length }, (_, index) => most - shown.length + 1 + index));
      await program.waitFor('✓ it has counted', 30_000);
      program.signal('SIGTERM');
      await program.exit(30_000);
      await until(
        'nothing left there',
        () => processes('lockstep[-.]') === '',
        () => processes('lockstep[-.]'),
      );
    },
    180_000 + cutSeconds * 4_000,
  );

  test('a program that is killed leaves no shell there and no connection here', async () => {
    const program = launch();
    await program.waitFor(/ubuntu@[\w-]+:~\$/, 60_000);
    expect(processes('[/]lockstep-shell')).toContain('keeper');
    program.signal('SIGKILL');
    await program.exit();
    await until(
      'no shell',
      () => processes('[/]lockstep-shell') === '',
      () => processes('[/]lockstep-shell'),
    );
    await until(
      'no connection',
      () => processes('[s]shd: ubuntu') === '',
      () => processes('[s]shd: ubuntu'),
    );
  }, 120_000);
});

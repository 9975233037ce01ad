/**
 * The container is killed in the middle of a block: by the engine, and its first process from outside. The whole program
 * says what happened, starts it again with one key, asks what earlier sections wanted first, and nothing is lost.
 *
 * LOCKSTEP_FAULT_ROUNDS says how often (2 where nothing is said, one of each way).
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { readContents } from '../../src/journal/read-journal.ts';
import { startDockerEngine, type TestEngine, whyNoDocker } from '../support/docker-engine.ts';
import { ROOT } from '../support/host-drivers.ts';
import { until } from '../support/host-shell.ts';
import { launchProgram } from '../support/launch-program.ts';
import { lockstep } from '../support/test-state.ts';

const why = await whyNoDocker();
const rounds = Number(process.env['LOCKSTEP_FAULT_ROUNDS'] ?? 2);
const text = `# Killed

## One

\`\`\`
echo one >~/one; (setsid sleep 48214 >/dev/null 2>&1 &)
\`\`\`

## Two

\`\`\`
for i in $(seq 60); do echo "number $i"; echo $i >>~/counted; sleep 0.2; done
echo two >~/two
\`\`\`
`;
const sheet = `version: 1
host: bare
user: ubuntu
sections:
  one:
    blocks: [run]
    checks:
      - { file: /home/ubuntu/one, contains: one, title: the file one is there }
      - { process: sleep 48214, title: the service runs }
  two:
    blocks: [run]
    checks:
      - { file: /home/ubuntu/two, title: the file two is there }
`;

describe.skipIf(why !== null)(`a container that is killed in a block${why === null ? '' : `, skipped: ${why}`}`, () => {
  let engine: TestEngine;
  let folder: string;
  beforeAll(async () => {
    engine = await startDockerEngine(ROOT);
    folder = mkdtempSync('/var/tmp/lockstep-test-killed-');
    writeFileSync(join(folder, 'lesson.md'), text);
    writeFileSync(join(folder, 'lesson.yaml'), sheet);
  });
  afterAll(async () => {
    await engine?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const running = (): string => engine.docker('ps', '--format', '{{.Names}}');
  const ways: readonly [string, () => void][] = [
    ['by the engine', () => void engine.docker('kill', '-s', 'KILL', running())],
    ['its first process', () => process.kill(Number(engine.docker('inspect', '-f', '{{.State.Pid}}', running())), 'SIGKILL')],
  ];

  test.each(Array.from({ length: rounds }, (_, round) => [round + 1, ...(ways[round % 2] ?? ['', () => {}])] as const))(
    'round %i: killed %s, it is told, started again with one key, and earlier checks come first',
    async (_round, _how, kill) => {
      const state = mkdtempSync('/var/tmp/lockstep-test-killed-');
      const program = launchProgram([...lockstep, 'run', folder, '--host', 'docker'], {
        cols: 120,
        rows: 36,
        env: { LOCKSTEP_STATE: state, ...engine.env },
      });
      onTestFinished(async () => {
        await program.kill();
        for (const name of engine.docker('ps', '--all', '--quiet').split('\n').filter(Boolean)) engine.docker('rm', '-f', name);
        rmSync(state, { recursive: true, force: true });
      });
      const journal = () => readContents(readFileSync(join(state, 'sessions', journalName(state), 'journal.jsonl')));
      await program.waitFor(/ubuntu@[\w-]+:~\$/, 120_000);
      program.press('Enter');
      await program.waitFor('✓ the service runs', 30_000);
      await program.waitFor(/⏎ (?!run)/, 30_000);
      program.press('Enter');
      await program.waitFor(/⏎ run/, 30_000);
      program.press('Enter');
      await program.waitFor('number 5', 30_000);
      const before = journal();
      expect(before.state).toBe('good');
      kill();
      // Both on one screen: a screen may be read while it is drawn.
      await program.waitFor(/The container has ended without being asked to[\s\S]*r starts it again/, 30_000);
      program.press('r');
      // What earlier sections wanted is asked first: the file is there, the process is not.
      const drift = await program.waitFor(/Something has drifted[\s\S]*✗ the service runs/, 60_000);
      expect(drift).not.toContain('✗ the file one is there');
      await until('the container', () => running() !== '');
      expect(engine.docker('exec', running(), 'cat', '/home/ubuntu/one')).toBe('one');
      const after = journal();
      expect(after.state).toBe('good');
      expect(after.events.slice(0, before.events.length)).toEqual(before.events);
    },
    240_000,
  );
});

function journalName(state: string): string {
  return readdirSync(join(state, 'sessions'))[0] ?? '';
}

/**
 * A program that owns a sandbox, to be killed by tests: starts the session, leaves a daemon and a running script in it,
 * says `ready` and waits. Arguments: state folder, session, folder of the driver's programs; with a fourth argument `ask`
 * it lets sudo ask on its terminal, with `prepare` it prepares the definition named by the fifth and prints its progress.
 * LOCKSTEP_TEST_SCRIPT is run on the host and its output printed.
 */
import { authorizeSandbox } from '../../src/host/sandbox/privilege.ts';
import { createSandboxHost } from '../../src/host/sandbox/sandbox.ts';
import { UserError } from '../../src/model/errors.ts';
import { readDefinition } from './host-definition.ts';

const [stateDir = '', session = '', programDir = '', mode = '', dir = ''] = process.argv.slice(2);
const root = new URL('../../..', `file://${programDir}/`).pathname.replace(/\/$/, '');

async function main(): Promise<void> {
  if (mode === 'ask') await authorizeSandbox({ interactive: true, say: (sentence) => console.log(sentence) });
  const definition = mode === 'prepare' ? { ...readDefinition('bare', root), dir, name: 'slow' } : readDefinition('bare', root);
  const host = createSandboxHost(definition, { stateDir, session, programDir });
  host.onLost((sentence) => console.log(`lost ${sentence}`));
  await host.prepare(({ sentence }) => console.log(sentence));
  await host.start(({ sentence }) => console.log(sentence));
  await host.exec({ script: 'echo work >/home/ubuntu/work; setsid sleep 9991 >/dev/null 2>&1 &' });
  const result = await host.exec({ script: 'id -un; cat /home/ubuntu/work; sudo -n id -un 2>/dev/null', user: 'ubuntu' });
  const more = process.env['LOCKSTEP_TEST_SCRIPT'];
  if (more !== undefined) console.log((await host.exec({ script: more })).stdout.toString().replaceAll('\n', ' '));
  console.log(result.stdout.toString().replaceAll('\n', ' '));
  const stream = await host.stream({ script: 'setsid sleep 9992 & while :; do echo tick; sleep 0.1; done' });
  await new Promise<void>((resolve) => stream.onLine(() => resolve()));
  console.log('ready');
  process.stdin.once('data', () => host.stop().then(() => process.exit(0)));
}

main().catch((error: unknown) => {
  console.log(error instanceof UserError ? `refused ${error.code} ${error.message} ${error.tries.join(' ')}` : error);
  process.exit(1);
});

/**
 * Drives the sandbox by hand, for whoever writes a host definition.
 *
 *   npx esbuild test/support/host-try.ts --bundle --platform=node --format=esm --packages=external --outfile=/tmp/host-try.mjs
 *   node /tmp/host-try.mjs prepare NAME            setup.sh, with its progress
 *   node /tmp/host-try.mjs exec NAME [USER] TEXT   starts (start.sh included), runs TEXT as USER (default: the host's)
 *   node /tmp/host-try.mjs shell NAME [USER]       starts, a shell in this terminal
 *   node /tmp/host-try.mjs destroy NAME            throws the session's files away
 *   node /tmp/host-try.mjs times NAME              how long each of these takes
 *
 * Run it in the repository's root. NAME is a folder in fixtures/hosts or a path. The state is kept in
 * LOCKSTEP_TRY_STATE, by default /var/tmp/lockstep-try; files of the session `try` last from one call to the next.
 */
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { createSandboxHost } from '../../src/host/sandbox/sandbox.ts';
import { UserError } from '../../src/model/errors.ts';
import { readDefinition } from './host-definition.ts';

const root = process.cwd();
const [verb, name, ...rest] = process.argv.slice(2);

async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const begin = performance.now();
  const result = await work();
  console.error(`${what}: ${Math.round(performance.now() - begin)} ms`);
  return result;
}

async function main(): Promise<number> {
  if (verb === undefined || name === undefined)
    throw new UserError('usage', 'host-try prepare|exec|shell|destroy|times NAME ...');
  const definition = readDefinition(name, root);
  const host = createSandboxHost(definition, {
    stateDir: process.env['LOCKSTEP_TRY_STATE'] ?? '/var/tmp/lockstep-try',
    session: `try-${definition.name}`,
    programDir: resolve(root, 'src/host/sandbox'),
  });
  host.onLost((sentence) => console.error(sentence));
  const prepare = () =>
    host.prepare(({ sentence, fraction }) =>
      console.error(`${fraction === undefined ? '   ' : `${Math.round(fraction * 100)} %`.padStart(5)} ${sentence}`),
    );
  if (verb === 'destroy') {
    await timed('destroy', () => host.destroy());
    return 0;
  }
  await timed('prepare', prepare);
  if (verb === 'prepare') return 0;
  await timed('start', () => host.start());
  try {
    if (verb === 'exec') {
      const [user, script] = rest.length > 1 ? rest : [definition.user, rest[0] ?? 'true'];
      const result = await timed('exec', () => host.exec({ script: script ?? 'true', user: user ?? 'root', timeoutMs: 600_000 }));
      process.stdout.write(result.stdout);
      process.stderr.write(result.stderr);
      return result.code ?? 255;
    }
    if (verb === 'shell') {
      const size = { cols: process.stdout.columns ?? 80, rows: process.stdout.rows ?? 24 };
      const shell = await host.shellCommand({ user: rest[0] ?? definition.user, ...size });
      return await new Promise((done) =>
        spawn(shell.file, shell.args, { stdio: 'inherit', env: shell.env }).on('close', (code) => done(code ?? 255)),
      );
    }
    for (let index = 0; index < 5; index += 1) await timed('exec true', () => host.exec({ script: 'true' }));
    await timed('stat', () => host.stat('/etc/passwd'));
    await timed('snapshot', () => host.snapshot('one'));
    await timed('rewind', () => host.rewind('one'));
    await timed('reset', () => host.reset());
    return 0;
  } finally {
    await timed('stop', () => host.stop());
    if (verb === 'times') await timed('destroy', () => host.destroy());
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    if (!(error instanceof UserError)) throw error;
    console.error(`${error.message}\n${error.tries.map((line) => `  ${line}`).join('\n')}`);
    process.exit(error.exitCode);
  },
);

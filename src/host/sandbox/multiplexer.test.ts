import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { expect, onTestFinished, test } from 'vitest';

test('a program that waits for nothing but the multiplexer does not end while it waits', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-multiplexer-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(
    join(folder, 'lend_multiplexer.py'),
    'import sys, time\ntime.sleep(0.3)\nprint(7, flush=True)\nsys.stdin.read()\n',
  );
  const place = JSON.stringify(folder);
  const contents = `import { borrowMultiplexer } from './multiplexer.ts';
const lent = borrowMultiplexer(${place}, ${place}, ${place});
void lent.path.then((path) => { console.log(path); lent.close(); });`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: import.meta.dirname },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
  });
  const program = join(folder, 'program.cjs');
  writeFileSync(program, outputFiles[0]?.text ?? '');
  const { stdout } = await promisify(execFile)(process.execPath, [program], { timeout: 20_000 });
  expect(stdout).toMatch(/^\/proc\/\d+\/fd\/7\n$/);
});

/**
 * `npm run capture [NAME…]`: the pictures in docs/screens, made from the real program: it runs in a pty, its screen is
 * read and drawn as SVG. The scenarios stand in scripts/lib/scenarios.mjs.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareBuild, prepareDependencies, preparePackages, ROOT } from './lib/prepare.mjs';
import { runScript, ScriptError, say, step } from './lib/say.mjs';

await runScript(async () => {
  await prepareDependencies();
  await preparePackages('test');
  await prepareBuild();
  const { scenarios } = await import('./lib/scenarios.mjs');
  const names = process.argv.slice(2);
  const unknown = names.filter((name) => !scenarios.some((scenario) => scenario.name === name));
  if (unknown.length > 0) {
    throw new ScriptError(
      `There is no scenario ${unknown.join(', ')}; there are ${scenarios.map(({ name }) => name).join(', ')}.`,
    );
  }
  const { loadTypeScript } = await import('./lib/load-typescript.mjs');
  const { launchProgram } = await loadTypeScript('test/support/launch-program.ts');
  const home = mkdtempSync(join(tmpdir(), 'lockstep-capture-'));
  try {
    for (const scenario of scenarios.filter(({ name }) => names.length === 0 || names.includes(name))) {
      await step(`Playing ${scenario.name}`, (note) => play(scenario, { launchProgram, home, note }));
    }
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
});

/** Plays one scenario; every `shot` step leaves a picture. The home folder is shared: a host is prepared once. */
async function play({ title, before, args, cols, rows, steps }, { launchProgram, home, note }) {
  const lockstep = [process.execPath, join(ROOT, 'bin/lockstep.js')];
  const command = [...lockstep, ...args];
  // So that it begins at the beginning also where the state folder is not new.
  if (before) spawnSync(lockstep[0], [lockstep[1], ...before], { env: { ...process.env, HOME: home }, stdio: 'ignore' });
  const program = launchProgram(command, { cols, rows, home, env: { LOCKSTEP_STATE: process.env.LOCKSTEP_STATE } });
  try {
    for (const { wait, within = 20_000, press = [], until, type = '', shot } of steps) {
      if (wait) note(`waiting for ${wait}`);
      if (wait) await program.waitFor(wait, within);
      if (until) await pressUntil(program, press, until, within);
      else program.press(...press);
      if (type) program.type(type);
      if (shot) await take(program, { cols, rows, title, name: shot });
    }
  } finally {
    await program.kill();
  }
}

/** Presses keys again and again, as a reader does who pages on, until the screen shows something. */
async function pressUntil(program, keys, what, within) {
  const deadline = Date.now() + within;
  while (!what.test(program.screen())) {
    if (Date.now() > deadline) await program.waitFor(what, 1);
    program.press(...keys);
    await program.waitFor(what, 1500).catch(() => {});
  }
}

async function take(program, { cols, rows, title, name }) {
  const { svgScreen } = await import('./lib/svg-screen.mjs');
  const cursor = program.modes.cursorVisible ? program.cursor() : null;
  const folder = join(ROOT, 'docs/screens');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.svg`), svgScreen({ cols, rows, cursor, cell: program.cell }, title));
  say(`  docs/screens/${name}.svg`);
}

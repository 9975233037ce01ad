/** `lockstep doctor`: whether lessons can run here, and if not, what to do. */
import { probeSandbox } from '../host/sandbox/probe.ts';
import { stateFolder } from '../journal/state-folder.ts';
import { version } from './places.ts';

/** The smallest terminal that a lesson fits in. */
const smallest = { cols: 60, rows: 20 };

/**
 * Runs the command.
 * @returns 0 when the sandbox host can run here, 1 when it cannot.
 */
export async function doctor(): Promise<number> {
  const stateDir = stateFolder(process.env);
  const probes = await probeSandbox({ stateDir });
  console.log(`Lockstep ${version()}, Node ${process.versions.node}, ${process.platform} ${process.arch}\n`);
  console.log('Sandbox host');
  for (const probe of probes) {
    console.log(`  ${probe.ok ? '✓' : probe.warning ? '!' : '✗'} ${probe.sentence}`);
    for (const line of probe.ok ? [] : probe.tries) console.log(`      ${line}`);
  }
  console.log('\nTerminal');
  for (const [ok, sentence] of terminal()) console.log(`  ${ok ? '✓' : '!'} ${sentence}`);
  console.log(`\nState folder: ${stateDir}`);
  return probes.every((probe) => probe.ok || probe.warning) ? 0 : 1;
}

function terminal(): readonly (readonly [boolean, string])[] {
  const { stdout, env } = process;
  if (stdout.isTTY !== true) return [[true, 'no terminal: lessons play by themselves, in plain text']];
  const depth = stdout.getColorDepth(env);
  const colours = depth >= 24 ? 'true colour' : depth >= 8 ? '256 colours' : depth >= 4 ? '16 colours' : 'no colours';
  const fits = stdout.columns >= smallest.cols && stdout.rows >= smallest.rows;
  const size = `${stdout.columns} columns × ${stdout.rows} rows`;
  return [
    [fits, fits ? size : `${size}: make it at least ${smallest.cols} × ${smallest.rows}`],
    [depth >= 4, env['NO_COLOR'] ? 'NO_COLOR is set: no colours are used' : `${colours} (TERM=${env['TERM'] ?? 'not set'})`],
  ];
}

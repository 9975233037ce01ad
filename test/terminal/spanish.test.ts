/** The whole program where `LANG` asks for Spanish: what is read is Spanish, what is kept and told to programs is not. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchProgram } from '../support/launch-program.ts';
import { lockstep, runProgram } from '../support/test-state.ts';

let state: string;

beforeAll(() => {
  state = mkdtempSync(join(tmpdir(), 'lockstep-spanish-'));
});

afterAll(() => rmSync(state, { recursive: true, force: true }));

const spanish = { LC_ALL: '', LC_MESSAGES: '', LANG: 'es_ES.UTF-8' };

test('a lesson is followed in Spanish, and its journal is in no language but the program’s own', async () => {
  const program = launchProgram([...lockstep, 'run', 'tour'], {
    cols: 120,
    rows: 34,
    env: { ...spanish, LOCKSTEP_STATE: state },
  });
  await program.waitFor('ubuntu@bare:~$', 60_000);
  await program.waitFor('q salir', 20_000);
  program.press('End');
  await program.waitFor('⏎ Sección 1', 10_000);
  program.press('Enter');
  await program.waitFor('Comprobaciones  0 de 2', 20_000);
  await program.waitFor('no hay nada · se espera un directorio', 20_000);
  program.press('h');
  await program.waitFor('una pista para lo primero que', 10_000);
  program.press('h', 'q');
  expect(await program.exit(20_000)).toEqual({ code: 0, signal: null });
  expect(program.screen()).toContain('Todo queda guardado; sigue con: lockstep run tour');

  const journals = readdirSync(state, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.jsonl'));
  expect(journals).toHaveLength(1);
  const kept = readFileSync(join(state, journals[0] ?? ''), 'utf8');
  expect(kept).toContain('"reason":"file-missing"');
  expect(kept).toContain('is not there yet.');
  expect(kept).not.toMatch(/[áéíóúñ¿¡]|todavía|aún/);
}, 120_000);

test('what programs read is the same in every language; --language goes before LANG', () => {
  const lists = [spanish, { ...spanish, LANG: 'C' }].map((env) =>
    runProgram(['list', '--json'], { ...env, LOCKSTEP_STATE: state }),
  );
  expect(lists[0]).toEqual(lists[1]);
  expect(runProgram(['run', 'no-such-lesson'], spanish).err).toContain('No hay ninguna lección `no-such-lesson`');
  expect(runProgram(['run', 'no-such-lesson', '--language', 'en'], spanish).err).toContain('There is no lesson `no-such-lesson`');
  expect(runProgram(['--language=es', 'list'], {}).out).toContain('secciones');
});

/** Lines of Spanish output that stand in the English one as well: names, versions, and commands to type. */
function linesOfBoth(args: readonly string[]): readonly string[] {
  const said = (LANG: string) => {
    const { out, err } = runProgram(args, { ...spanish, LANG, LOCKSTEP_STATE: state });
    return `${out}\n${err}`.split('\n').map((line) => line.trim());
  };
  const english = new Set(said('C'));
  const own = said('es_ES.UTF-8');
  expect(own.join('').length).toBeGreaterThan(20);
  return own.filter((line) => english.has(line) && !/^(?:sudo|apt-get|lockstep|docker|podman) /.test(line) && words(line) > 2);
}

const words = (line: string): number => line.match(/(?<![\p{L}\d/._-])[a-z]{2,}(?![\p{L}\d/_-])/gu)?.length ?? 0;

test('what a learner is told on the ordinary terminal has no English line', () => {
  const broken = join(state, 'broken');
  mkdirSync(broken);
  writeFileSync(join(broken, 'lesson.md'), '');
  expect(linesOfBoth(['doctor', 'tour'])).toEqual([]);
  expect(linesOfBoth(['--help'])).toEqual([]);
  for (const args of [
    ['run', 'tour', '--frob'],
    ['run', 'tour', '--host', 'ship'],
    ['run', 'tour', '--record', 'x'],
    ['join', 'http://127.0.0.1:9'],
    ['join', 'https://127.0.0.1:9#CODE', '--name', 'x'],
    ['join', 'no address'],
    ['check'],
    ['reset', 'tour'],
    ['verify', join(broken, 'lesson.md')],
    ['replay', join(broken, 'lesson.md')],
  ])
    expect([args, linesOfBoth(args)]).toEqual([args, []]);
  // What is wrong with the files is told to their author, with a sentence before it that is the learner's.
  const { code, err } = runProgram(['run', broken], { ...spanish, LOCKSTEP_STATE: state });
  expect(code).toBe(1);
  expect(err).toContain('lockstep: Esta lección aún no se puede seguir.\n');
  expect(err).toMatch(/lesson\.md:1:1: The text is empty/);
});

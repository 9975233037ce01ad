import { expect, test } from 'vitest';
import { readArguments } from './read-arguments.ts';

const read = (...args: readonly string[]) =>
  readArguments('run', {
    args: [...args],
    allowPositionals: true,
    options: { auto: { type: 'boolean', default: false }, host: { type: 'string' }, prefix: { type: 'string' } },
  });

test('what makes sense is read as Node reads it', () => {
  expect(read('tour', '--auto', '--host=docker')).toMatchObject({
    values: { auto: true, host: 'docker' },
    positionals: ['tour'],
  });
  expect(read('--', '--auto').positionals).toEqual(['--auto']);
});

test.each([
  [['--atuo'], 'There is no option `--atuo`.', ['Did you mean `--auto`?', 'See: lockstep run --help']],
  [['--ohst', 'auto'], 'There is no option `--ohst`.', ['Did you mean `--host`?', 'See: lockstep run --help']],
  [['--languag', 'es'], 'There is no option `--languag`.', ['Did you mean `--language`?', 'See: lockstep run --help']],
  [['--frob'], 'There is no option `--frob`.', ['See: lockstep run --help']],
  [['--frob=1'], 'There is no option `--frob`.', ['See: lockstep run --help']],
  [['-x'], 'There is no option `-x`.', ['See: lockstep run --help']],
  [['tour', '--host'], '`--host` needs a value.', ['See: lockstep run --help']],
  [['--host', '--auto'], '`--host` needs a value.', ['See: lockstep run --help']],
  [['--auto=yes'], '`--auto` takes no value.', ['See: lockstep run --help']],
  [['--constructor'], 'There is no option `--constructor`.', ['See: lockstep run --help']],
])('%j is refused in our own words', (args, message, tries) => {
  expect(() => read(...args)).toThrow(expect.objectContaining({ code: 'usage', exitCode: 2, message, tries }));
});

test('an argument where none is taken is named', () => {
  expect(() => readArguments('leave', { args: ['now'], options: {} })).toThrow('`now` is not expected here.');
});

test('an argument too many is named, and a number with the option that it was meant for', () => {
  const config = (...args: readonly string[]) => ({ args: [...args], allowPositionals: true, options: {} });
  expect(readArguments('run', config('tour'), 1).positionals).toEqual(['tour']);
  expect(readArguments('lint', config('a', 'b', 'c')).positionals).toHaveLength(3);
  const tries = ['Did you mean `--section 3`?', 'See: lockstep run --help'];
  const expected = { code: 'usage', exitCode: 2, message: '`3` is not expected here.', tries };
  expect(() => readArguments('run', config('tour', '3'), 1)).toThrow(expect.objectContaining(expected));
  expect(() => readArguments('reset', config('my', 'lesson'), 1)).toThrow('`lesson` is not expected here.');
});

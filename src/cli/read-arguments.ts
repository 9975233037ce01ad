/**
 * A command's options, read by Node; what is wrong with them is told in our own sentences, with the option that was
 * probably meant. Node's own speak English only, and advise to put `--` before what was merely mistyped.
 */
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { UserError } from '../model/errors.ts';
import { nearestWord } from './nearest-word.ts';

type Read<T extends ParseArgsConfig> = ReturnType<typeof parseArgs<T>>;

/** Options of every command, which are taken before it is asked. */
const everywhere = ['help', 'language'];

/**
 * Reads the arguments of a command.
 * @param command what is typed after `lockstep`, for the help it names.
 * @param config what `parseArgs` takes.
 * @param most arguments that are no options; any number where it is not given.
 * @throws UserError `usage` for an option that there is none of, one without its value or with one too many, and for an
 * argument where none is taken.
 */
export function readArguments<T extends ParseArgsConfig>(command: string, config: T, most = Number.POSITIVE_INFINITY): Read<T> {
  const read = parsed(command, config);
  const extra = (read.positionals as readonly string[])[most];
  if (extra === undefined) return read;
  const section = command === 'run' && /^\d+$/.test(extra) ? [`Did you mean \`--section ${extra}\`?`] : [];
  throw refused(`\`${extra}\` is not expected here.`, ...section, `See: lockstep ${command} --help`);
}

function parsed<T extends ParseArgsConfig>(command: string, config: T): Read<T> {
  try {
    return parseArgs(config);
  } catch (thrown) {
    throw isOfArguments(thrown) ? whatIsWrong(command, config) : thrown;
  }
}

function isOfArguments(thrown: unknown): boolean {
  return thrown instanceof TypeError && 'code' in thrown && String(thrown.code).startsWith('ERR_PARSE_ARGS');
}

type Token = NonNullable<ReturnType<typeof parseArgs<{ tokens: true; strict: false }>>['tokens']>[number];
type OptionToken = Extract<Token, { kind: 'option' }>;

/** Node tells what it stumbled upon in words only, so it is looked for again. */
function whatIsWrong(command: string, config: ParseArgsConfig): UserError {
  const { options = {}, allowPositionals = false } = config;
  const { tokens } = parseArgs({ ...config, strict: false, allowPositionals: true, tokens: true });
  const see = `See: lockstep ${command} --help`;
  for (const token of tokens as readonly Token[]) {
    if (token.kind === 'positional' && !allowPositionals) return refused(`\`${token.value}\` is not expected here.`, see);
    const wrong = token.kind === 'option' ? wrongOption(token, options) : null;
    if (wrong !== null) return refused(wrong, ...(token.kind === 'option' ? hint(token.name, options) : []), see);
  }
  return refused('These arguments make no sense.', see);
}

function wrongOption(token: OptionToken, options: NonNullable<ParseArgsConfig['options']>): string | null {
  const { name, rawName, value, inlineValue } = token;
  if (!Object.hasOwn(options, name)) return `There is no option \`${rawName}\`.`;
  if (options[name]?.type === 'boolean') return value === undefined ? null : `\`${rawName}\` takes no value.`;
  return value === undefined || (inlineValue !== true && value.startsWith('-')) ? `\`${rawName}\` needs a value.` : null;
}

function hint(name: string, options: NonNullable<ParseArgsConfig['options']>): readonly string[] {
  if (Object.hasOwn(options, name)) return [];
  const meant = nearestWord(name, [...Object.keys(options), ...everywhere]);
  return meant === null ? [] : [`Did you mean \`--${meant}\`?`];
}

function refused(sentence: string, ...tries: readonly string[]): UserError {
  return new UserError('usage', sentence, { tries, exitCode: 2 });
}

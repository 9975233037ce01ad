/** Which language the program speaks: what `--language` says, with any command, or else what the environment asks for. */
import { type Language, languageOf, languages, speak } from '../words/words.ts';
import { oneOf } from './options.ts';

/**
 * Speaks the language that was asked for from now on; another one than English is loaded here.
 * @param argv the program's arguments.
 * @param env the process's environment.
 * @returns the arguments without `--language`.
 * @throws UserError `usage` for a language that there is none of.
 */
export async function speakAsAsked(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<readonly string[]> {
  const { asked, rest } = languageOption(argv);
  const language: Language = asked === null ? languageOf(env) : oneOf('language', asked, languages);
  if (language === 'es') {
    const { loadSpanish } = await import('../words/es/load-spanish.ts');
    speak(await loadSpanish());
  }
  return rest;
}

/** The option's value, the last one where there are several; `--language` at the very end has none and asks for nothing that there is. */
function languageOption(argv: readonly string[]): { readonly asked: string | null; readonly rest: readonly string[] } {
  let asked: string | null = null;
  const rest: string[] = [];
  for (let index = 0; index < argv.length; index += 1) {
    const argument = argv[index] ?? '';
    if (argument === '--language') {
      index += 1;
      asked = argv[index] ?? '';
    } else if (argument.startsWith('--language=')) asked = argument.slice('--language='.length);
    else rest.push(argument);
  }
  return { asked, rest };
}

/** The door to the words of commands: built, they are a file beside the program that is read when a command asks for it. */
import { type CommandWords, englishCommands } from './command-words.ts';
import { spanishCommands } from './es/spanish-commands.ts';

/**
 * The commands' words.
 * @param language the code of a language that there is a catalogue of; anything else is English.
 */
export async function loadCommandWords(language: string): Promise<CommandWords> {
  return language === 'es' ? spanishCommands : englishCommands;
}

/** Las palabras de los comandos que no dibujan ninguna lección. */
import type { CommandWords } from '../../words/command-words.ts';
import { authorHelp } from '../../words/en/author-help.ts';
import { doctor } from './doctor.ts';
import { replay, verify } from './files.ts';
import { help, learnerHelp } from './help.ts';

/** En español; la ayuda de lo que usan autores e instructores está en inglés. */
export const spanishCommands: CommandWords = { help, learnerHelp, authorHelp, doctor, verify, replay };

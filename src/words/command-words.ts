/**
 * The words of commands that draw no lesson: help, doctor, verify, replay. They are a catalogue of their own, since no
 * first frame needs them: built, they lie beside the script and are loaded by the command that says them.
 */
import { authorHelp } from './en/author-help.ts';
import { doctor } from './en/doctor.ts';
import { replay, verify } from './en/files.ts';
import { help, learnerHelp } from './en/help.ts';

/** In English: the source of the others, and their type. */
export const englishCommands = { help, learnerHelp, authorHelp, doctor, verify, replay };

/** A catalogue of commands. */
export type CommandWords = typeof englishCommands;

/** The catalogue in English: the source of the others, and their type. A word that is missing in one does not compile. */
import { classroom, classScreen } from './en/classroom.ts';
import { bar, help, keys } from './en/keys.ts';
import { leave, overlay, sectionList, sheet, skip, travel, write } from './en/overlays.ts';
import { ask, choices, news, passages, said, told } from './en/plain.ts';
import { program } from './en/program.ts';
import { header, lesson, pane, panel, parts, screen, step } from './en/screen.ts';
import { seat, watch } from './en/watch.ts';
import type { Phrase } from './phrase-book.ts';

/** All words, room by room. */
export const english = {
  /** The language's code, as `LANG` has it. */
  language: 'en' as string,
  keys,
  bar,
  help,
  parts,
  header,
  lesson,
  step,
  pane,
  panel,
  screen,
  overlay,
  write,
  skip,
  leave,
  sectionList,
  travel,
  sheet,
  classroom,
  classScreen,
  choices,
  ask,
  said,
  news,
  passages,
  told,
  seat,
  watch,
  program,
  /** Sentences from inside of the program by their English words; in English there is nothing to look up. */
  phrases: [] as readonly Phrase[],
};

/** A catalogue. */
export type Words = typeof english;

/** The catalogue in English: the source of the others, and their type. A word that is missing in one does not compile. */
import { classroom, classScreen } from './en/classroom.ts';
import { bar, help, keys } from './en/keys.ts';
import { leave, overlay, sectionList, sheet, skip, travel, write } from './en/overlays.ts';
import { header, lesson, pane, panel, parts, screen, step } from './en/screen.ts';

/** All words, room by room. */
export const english = {
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
};

/** A catalogue. */
export type Words = typeof english;

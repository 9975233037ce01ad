/**
 * The catalogue in Spanish, as a good course for system administrators speaks: the learner is addressed with "tú".
 *
 * Glossary; one word for one thing, everywhere:
 *
 * | English          | Spanish                              |
 * |------------------|--------------------------------------|
 * | lesson           | lección                              |
 * | section          | sección                              |
 * | step             | paso                                 |
 * | check            | comprobación                         |
 * | passed, not yet, could not tell | superada, todavía no, no se pudo saber |
 * | hint             | pista                                |
 * | host             | host (masculine)                     |
 * | shell, terminal  | terminal (feminine)                  |
 * | tab              | pestaña                              |
 * | command          | comando                              |
 * | file, folder     | archivo, carpeta                     |
 * | owner, group, mode | dueño, grupo, modo                 |
 * | to run           | ejecutar                             |
 * | to start, to restart | arrancar, arrancar de nuevo      |
 * | to skip          | saltar                               |
 * | to solve, solution | resolver, solución                 |
 * | locked           | cerrada                              |
 * | request          | petición                             |
 * | class, instructor, learner | clase, instructor, alumno  |
 * | progress         | progreso                             |
 * | snapshot         | instantánea                          |
 * | key (keyboard)   | tecla                                |
 */
import type { Words } from '../../words/english.ts';
import { checkPhrases } from './checks-phrases.ts';
import { classPhrases } from './class-phrases.ts';
import { classroom, classScreen } from './classroom.ts';
import { hostPhrases } from './host-phrases.ts';
import { bar, help, keys } from './keys.ts';
import { leave, overlay, sectionList, sheet, skip, travel, write } from './overlays.ts';
import { ask, choices, news, passages, said, told } from './plain.ts';
import { program } from './program.ts';
import { programPhrases } from './program-phrases.ts';
import { recordPhrases } from './record-phrases.ts';
import { sandboxPhrases } from './sandbox-phrases.ts';
import { header, lesson, pane, panel, parts, screen, step } from './screen.ts';
import { sessionPhrases } from './session-phrases.ts';
import { seat, watch } from './watch.ts';

/** All words in Spanish. */
export const spanish: Words = {
  language: 'es',
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
  phrases: [
    ...checkPhrases,
    ...sessionPhrases,
    ...hostPhrases,
    ...sandboxPhrases,
    ...recordPhrases,
    ...classPhrases,
    ...programPhrases,
  ],
};

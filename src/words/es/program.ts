/** Lo que el programa dice a quien aprende antes y después de una lección. */
import type { Words } from '../../words/english.ts';

const sections = (count: number): string => (count === 1 ? '1 sección' : `${count} secciones`);

export const program: Words['program'] = {
  title: 'Lockstep: tutoriales prácticos en una sola terminal',
  startsWith: (lesson) => `Intro empieza con ${lesson ?? 'la primera'}, un buen comienzo.`,
  goesOnWith: (lesson) => `Intro sigue con ${lesson ?? 'la primera'}.`,
  pressNumber: 'O pulsa un número; q sale.',
  numberAndEnter: 'O un número e Intro; q sale.',
  minutes: (minutes) => ` · unos ${minutes} min`,
  lesson: 'Lección: ',
  numbers: (most) => `Las lecciones tienen los números 1 a ${most}.`,
  finished: 'terminada',
  broken: 'aún no se puede seguir: lockstep lint dice por qué',
  namesake: (id, title, path) =>
    `Antes se siguió otra lección llamada ${id}, «${title}» en ${path}. Esta tiene su propio progreso.`,
  sectionsDone: (done, total) => `${done} de ${sections(total)} terminadas`,
  sections,
  done: (lesson, reset) => `"${lesson}" está terminada. lockstep list muestra qué más hay; ${reset} la empieza de nuevo.`,
  goOn: (lesson, done, total, run) =>
    `"${lesson}": ${done} de ${sections(total)} terminadas. Todo queda guardado; sigue con: ${run}`,
  localChanges: (lesson, machine) => `"${lesson}" ocurrirá en esta misma máquina, ${machine}, y lo que cambie se queda:`,
  localFiles: '  Archivos que escribe (al lado se guarda una copia de lo que había):',
  localCommands: '  Comandos que hace ejecutar como root u otro usuario:',
  localMore: (count) => `    y ${count} más; están en el texto de la lección`,
  localNoWayBack: '  Cada paso lo haces tú, pero no hay vuelta atrás: ni instantáneas ni reset.',
  localSandbox: '  En una máquina que te importe usa mejor el sandbox: --host sandbox',
  localBegin: (machine) => `¿Empezar en ${machine}? Escribe sí: `,
  localYes: 'sí',
  joinCode: 'Código de la clase: ',
  yourName: (offered) => `Tu nombre, como lo verá la clase [${offered}]: `,
  noCode: 'Sin un código no se puede entrar en la clase.',
  codeWhere: 'Está donde el instructor lo muestra.',
  badName: 'Un nombre en una clase tiene de 1 a 60 caracteres.',
  startsAllTheSame: 'La lección empieza de todos modos; se informa a la clase en cuanto responda.',
  inClass: (title, name) => `Estás en la clase "${title}" como ${name}.`,
  inNoClass: 'No estás en ninguna clase.',
  leftClass: (url) => `Has dejado la clase en ${url}. Ya no se le informa de nada; tu progreso es tuyo y se queda.`,
  record: (page, name) => `Tu certificado, firmado por la clase: ${page} (y ${name}.json, para lockstep verify)`,
  anyway: 'Intro empieza de todos modos, n sale: ',
  nothingChanged: 'No se cambió nada.',
  beginsAnew: (lesson, kept) => `"${lesson}" empieza de nuevo.${kept === null ? '' : ` Lo que se hizo antes consta en ${kept}`}`,
  hostStays: 'El host no lo hizo Lockstep: lo que cambiaste en él se queda.',
  bug: 'esto es un error de Lockstep, no tuyo. Tu progreso está guardado.',
  seeHelp: 'Mira: lockstep --help',
};

/** Lo que se dice del progreso, de las grabaciones y de la terminal: src/journal, src/recording, src/terminal. */
import type { Phrase } from '../../words/phrase-book.ts';

/** El progreso y dónde se guarda. */
const journal: readonly Phrase[] = [
  ['1 event could not be saved to {0}.', 'No se pudo guardar 1 suceso en {0}.'],
  ['{0} events could not be saved to {1}.', 'No se pudieron guardar {0} sucesos en {1}.'],
  [
    'The last thing written before the program ended was not whole; its remains are in {0}.',
    'Lo último que se escribió antes de que terminara el programa no estaba entero; sus restos están en {0}.',
  ],
  ['The lesson starts afresh.', 'La lección empieza de nuevo.'],
  ['The one event before it still counts.', 'El suceso anterior todavía vale.'],
  ['The {0} events before it still count.', 'Los {0} sucesos anteriores todavía valen.'],
  [
    'The record of this lesson is damaged at line {0}; it is kept as {1}. {2}',
    'El diario de esta lección está dañado en la línea {0}; se guarda como {1}. {2}',
  ],
  [
    'The record of this lesson ({0}) was written by a newer Lockstep.',
    'El diario de esta lección ({0}) lo escribió un Lockstep más nuevo.',
  ],
  [
    'Use that version, or start the lesson afresh: lockstep reset LESSON',
    'Usa esa versión, o empieza la lección de nuevo: lockstep reset LECCIÓN',
  ],
  [
    'Your progress cannot be saved right now ({0}); it is kept in memory and tried again. Make room in the file system of {1}.',
    'Ahora mismo no se puede guardar tu progreso ({0}); se mantiene en memoria y se intenta otra vez. Haz sitio en el sistema de archivos de {1}.',
  ],
  [
    'The record of this lesson was deleted while it was in use; it is written again to {0}.',
    'El diario de esta lección se borró mientras se usaba; se escribe otra vez en {0}.',
  ],
  ['The lock {0} keeps changing hands.', 'El cerrojo {0} cambia de manos sin parar.'],
  [
    'This lesson is open in another Lockstep on {0} (process {1}).',
    'Esta lección está abierta en otro Lockstep en {0} (proceso {1}).',
  ],
  ['Quit it there. If {0} no longer runs, delete {1}.lock', 'Sal de él allí. Si {0} ya no está en marcha, borra {1}.lock'],
  ['The folder for your progress cannot be made: {0}.', 'No se puede crear la carpeta para tu progreso: {0}.'],
  [
    'Make it writable, or set LOCKSTEP_STATE to a folder that is.',
    'Dale permiso de escritura, o pon en LOCKSTEP_STATE una carpeta que lo tenga.',
  ],
  [
    'Lockstep does not know where to keep your progress: neither HOME nor XDG_STATE_HOME is set.',
    'Lockstep no sabe dónde guardar tu progreso: no están definidas ni HOME ni XDG_STATE_HOME.',
  ],
  [
    'Set LOCKSTEP_STATE to a folder of yours, e.g. LOCKSTEP_STATE=/var/tmp/lockstep',
    'Pon en LOCKSTEP_STATE una carpeta tuya, por ejemplo LOCKSTEP_STATE=/var/tmp/lockstep',
  ],
];

/** Grabaciones. */
const recordings: readonly Phrase[] = [
  ['The recording {0} cannot be read: {1}.', 'No se puede leer la grabación {0}: {1}.'],
  [
    '{0} is no recording: its first line is no asciicast header.',
    '{0} no es una grabación: su primera línea no es una cabecera de asciicast.',
  ],
  ['{0} is an asciicast v{1}.', '{0} es un asciicast v{1}.'],
  [
    'lockstep replay plays asciicast v2, which lockstep run --record and asciinema write.',
    'lockstep replay reproduce asciicast v2, que escriben lockstep run --record y asciinema.',
  ],
  ['{0}:{1} is no event of a recording.', '{0}:{1} no es un suceso de una grabación.'],
  ['The recording ends here: {0} cannot be written ({1}).', 'La grabación termina aquí: no se puede escribir {0} ({1}).'],
  ['{0} is there already; a recording would replace it.', '{0} ya existe; una grabación lo reemplazaría.'],
  ['Give another name to --record, or add --force.', 'Da otro nombre a --record, o añade --force.'],
  ['The recording {0} cannot be written: {1}', 'No se puede escribir la grabación {0}: {1}'],
  [
    'Give --record a file in a folder that you may write to.',
    'Da a --record un archivo en una carpeta en la que puedas escribir.',
  ],
];

/** La terminal y lo que se escribe en ella. */
const terminal: readonly Phrase[] = [
  [
    'The terminal library is built for glibc, and this system uses musl (Alpine Linux).',
    'La biblioteca de terminales está hecha para glibc, y este sistema usa musl (Alpine Linux).',
  ],
  [
    'Run Lockstep on a glibc system: Debian, Ubuntu, Fedora, or a container made of one.',
    'Ejecuta Lockstep en un sistema con glibc: Debian, Ubuntu, Fedora o un contenedor hecho con uno de ellos.',
  ],
  ['The terminal library could not be loaded: {0}', 'No se pudo cargar la biblioteca de terminales: {0}'],
  [
    'Install the packages again with optional ones included: npm ci --include=optional',
    'Instala otra vez los paquetes, incluidos los opcionales: npm ci --include=optional',
  ],
  ['Open a new terminal tab.', 'Abre una pestaña nueva.'],
  ['Or open a new terminal tab.', 'O abre una pestaña nueva.'],
  [
    'Finish that command, or drop it with Ctrl-C, and try again.',
    'Termina ese comando, o descártalo con Ctrl-C, y prueba otra vez.',
  ],
  [
    'End it (exit, q or Ctrl-C) so that the prompt comes back, and try again.',
    'Termínalo (exit, q o Ctrl-C) para que vuelva el prompt, y prueba otra vez.',
  ],
  [
    'This command contains control characters, so it is not typed into the shell.',
    'Este comando contiene caracteres de control, así que no se escribe en la terminal.',
  ],
  ['Tell the author of the lesson.', 'Díselo al autor de la lección.'],
  [
    'Send it with Enter, or drop it with Ctrl-C, and try again.',
    'Envíalo con Intro, o descártalo con Ctrl-C, y prueba otra vez.',
  ],
];

/** Todo ello. */
export const recordPhrases: readonly Phrase[] = [...journal, ...recordings, ...terminal];

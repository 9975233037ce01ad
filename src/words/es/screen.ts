/** Lo que está siempre en la pantalla: cabecera, lección, terminal, panel. */
import type { Words } from '../../words/english.ts';

const lines = (count: number): string => (count === 1 ? '1 línea' : `${count} líneas`);

export const parts: Words['parts'] = {
  sectionTitle: (number, title) => `Sección ${number} · ${title}`,
  section: (number) => `la sección ${number}`,
  sectionNamed: (number, title) => `la sección ${number}, ${title}`,
  sectionDone: (number) => `Sección ${number} terminada.`,
  sectionSkipped: (number) => `Has saltado la sección ${number}.`,
  sectionSolved: (number) => `El programa resolvió la sección ${number}.`,
  thisSection: 'esta sección',
  thatSection: 'esa sección',
  nextSection: 'la sección siguiente',
  sections: (count) => (count === 1 ? 'una sección' : `${count} secciones`),
  hint: 'Pista: ',
};

export const header: Words['header'] = {
  host: 'host',
  hostLost: '! host perdido',
  noHost: '! sin host',
  allDone: 'todo hecho',
  place: (current, total) => `${current} de ${total}`,
};

export const lesson: Words['lesson'] = {
  welcome: (minutes) =>
    `Una lección y, al lado, una terminal de verdad.${minutes === undefined ? '' : ` Unos ${minutes} minutos.`}`,
  switches: ' cambia de una a otra; ',
  doesAStep: ' hace un paso.',
  showsKeys: ' muestra todas las teclas; ',
  leavesAndKeeps: ' sale y guarda dónde estabas.',
  locked: (until) => `Esta sección aún está cerrada.${until === null ? '' : ` Se abre al terminar ${until}.`}`,
  end: 'Este es el final de la lección. ',
  leaves: ' sale; todo queda como está.',
  forReading: 'para leer',
  picture: (what) => `[imagen: ${what}]`,
};

export const step: Words['step'] = {
  run: 'ejecutar',
  optional: 'opcional',
  done: 'hecho',
  written: 'escrito',
  failed: 'falló',
  failedAt: (at, of) => `falló en ${at}/${of}`,
  running: 'en ejecución',
  runningAt: (at, of) => `en ejecución ${at}/${of}`,
  writeFile: 'escribir archivo',
  writeAgain: 'escribir de nuevo',
  runAgain: 'ejecutar de nuevo',
  runCommands: (count) => `ejecutar ${count} comandos`,
  instead: 'En su lugar se ejecuta esto:',
};

export const pane: Words['pane'] = {
  skipped: 'saltada',
  readingAgain: 'releyendo',
  more: (count) => `${count} más`,
  shell: 'terminal',
  linesBack: (count) => `${lines(count)} atrás`,
  typingReturns: 'escribir devuelve',
  selecting: 'seleccionando',
  linesSelected: (count) => `${lines(count)} seleccionadas`,
  lookingBack: 'mirando atrás',
  notFound: (text) => `“${text}” no está`,
  found: (text, at, total) => `“${text}” ${at} de ${total}`,
  ended: '(terminada)',
  canBeRead: 'La lección ya se puede leer.',
  openingShell: 'Abriendo una terminal…',
  hostLost: '! Se perdió el host',
  hostFailed: '! No se pudo preparar el host',
  whatToTry: 'Qué puedes probar',
  startsAgain: 'lo arranca de nuevo',
  nothingLost: 'No se pierde nada tuyo: tu progreso está guardado.',
  preparing: 'Preparando el host',
  preparingWhat: 'Preparando ',
  shellEnded: ' La terminal ha terminado. ',
  opensNew: 'abre otra',
  privateNetwork: (host) => `${host} · red privada`,
  sharedNetwork: (host) => `${host} · red de esta máquina`,
  thisMachine: 'local · esta misma máquina',
};

export const panel: Words['panel'] = {
  checks: 'Comprobaciones',
  checksOf: (number) => `Comprobaciones de la sección ${number}`,
  count: (passed, all) => `${passed} de ${all}`,
  found: (what) => (what === 'nada' ? 'no hay nada' : `hay ${what}`),
  expected: (what) => `se espera ${what}`,
  couldNotTell: (why) => `no se pudo saber: ${why ?? 'no llegó respuesta'}`,
  heldBefore: 'antes se cumplía',
  heldAt: (time) => `se cumplía ${time}`,
  broke: (time) => `, se rompió ${time}`,
  after: (command) => ` tras \`${command}\``,
  passed: (count) => (count === 1 ? '1 superada' : `${count} superadas`),
  allChecks: 'todas las comprobaciones',
  all: 'todas',
  hint: 'pista',
  answer: 'responder',
  requestsTo: (address) => `peticiones a ${address}`,
  served: (count) => `${count} servidas`,
  failed: (count) => `${count} fallidas`,
  slowest: (ms) => `máx. ${ms} ms`,
  solving: (to, done, total) =>
    `Se resuelven secciones por ti, hasta la sección ${to}: ${done} de ${total} hechas. Ctrl-C lo detiene.`,
  reviewing: 'Mirando si se sigue cumpliendo lo de secciones anteriores…',
  readOn: 'Sigue leyendo, ',
  thenSection: (section) => `luego ${section}`,
  allSectionsDone: (done) => `Las ${done} secciones están terminadas`,
  sectionsDone: (done, skipped) => `${done} secciones terminadas, ${skipped} saltadas`,
  byProgram: (solved) => `, ${solved} de ellas por el programa`,
};

export const screen: Words['screen'] = {
  recording: ' ● rec ',
  tooSmall: (needed, has) => `Lockstep necesita ${needed} celdas; esta terminal tiene ${has}. Hazla más grande para continuar.`,
  nothingPasted: (prefix) => `No se pegó nada: ${prefix} va antes a la terminal.`,
  copied: (count, key) => `${count === 1 ? 'Copiada' : 'Copiadas'} ${lines(count)}. ${key} lo pone en la terminal.`,
  nothingCopied: 'Aquí aún no se ha copiado nada.',
  rows: (first, last, total) => `${first}–${last} de ${total}`,
};

/** Lo que se pone encima de los paneles: preguntas, listas, ayuda. */
import type { Words } from '../../words/english.ts';

export const overlay: Words['overlay'] = {
  back: 'volver',
  stay: 'quedarte',
  no: 'no',
  checks: 'Comprobaciones',
  nothingToCheck: 'Esta sección no tiene nada que comprobar.',
};

export const write: Words['write'] = {
  title: (path) => `Escribir ${path}`,
  facts: (as, owner, group, mode) => `como ${as} · dueño ${owner}:${group} · modo ${mode}`,
  changes: 'Lo que cambia; se guarda una copia de lo que hay ahora.',
  newFile: 'Un archivo nuevo.',
  same: 'El archivo ya dice exactamente esto.',
  yes: 'escribir',
  no: 'dejarlo',
};

export const skip: Words['skip'] = {
  title: 'Saltar esta sección',
  titleAgain: 'Saltar esta sección: ¿seguro?',
  text: (section) => `¿Saltar ${section}? Lo que pide se queda sin hacer, y secciones posteriores pueden contar con ello.`,
  textAgain: '¿Saltarla de verdad? Consta como saltada. Puedes leerla y ejecutar sus pasos más tarde.',
  yes: 'saltar',
  yesAgain: 'sí, saltar',
};

export const leave: Words['leave'] = {
  title: '¿Salir?',
  stepRuns: 'Un paso está aún en ejecución; termina cuando sales. Tu progreso se guarda.',
  programRuns: 'Un programa está aún en ejecución en una terminal; termina cuando sales. Tu progreso se guarda.',
  kept: 'Tu progreso se guarda.',
  yes: 'salir',
};

export const sectionList: Words['sectionList'] = {
  title: 'Secciones',
  youAreHere: 'estás aquí',
  skipped: 'saltada',
  solved: 'resuelta por ti',
  locked: 'cerrada',
  solve: 'resolver hasta aquí',
  read: 'leer',
  backToStart: 'volver a su inicio',
};

export const travel: Words['travel'] = {
  backTitle: (number) => `Volver a la sección ${number}`,
  onTitle: (number) => `Avanzar a la sección ${number}`,
  rewind: (name) => `El host vuelve a estar como cuando empezó ${name}.`,
  rewindLost: (sections) =>
    `Lo que cambiaste en él desde entonces se descarta, y tienes que hacer de nuevo ${sections}. Los programas de las terminales terminan.`,
  goBack: 'volver atrás',
  afresh: 'El inicio de esa sección no se guardó en este host. Se puede hacer de nuevo desde cero.',
  afreshLost: (sections, name) =>
    `Todo lo que cambiaste en él se descarta entonces, y el programa resuelve de nuevo ${sections} por ti, hasta ${name}. Consta que lo resolvió el programa.`,
  makeFresh: 'hacerlo de nuevo',
  catchUp: (sections, name) =>
    `El programa hace por ti los pasos de ${sections}, y sus comprobaciones lo juzgan, hasta que se abra ${name}. Ctrl-C lo detiene.`,
  nothingLost: 'No se descarta nada. Consta que lo resolvió el programa.',
  solveThem: 'resolver',
  driftTitle: 'Algo ha cambiado',
  driftOne: 'Esto se cumplía cuando estabas aquí, y ahora no:',
  driftMany: 'Esto se cumplía cuando estabas aquí, y ahora no:',
  restart: '¿Arrancar de nuevo los servicios del host? Lo que se ejecuta en las terminales termina.',
  restartAgain:
    'Arrancar de nuevo los servicios no sirvió. Continúa y arréglalo a mano, o vuelve al inicio de una sección con g. ¿Probar otra vez?',
  startAgain: 'arrancarlos de nuevo',
  goOn: 'continuar así',
};

export const sheet: Words['sheet'] = {
  title: 'Una pregunta',
  titleSeveral: 'Una pregunta: todas las correctas',
  typeHere: ' escríbelo aquí',
  choose: 'elegir',
  movePick: 'mover',
  pick: 'marcar',
  answer: 'responder',
  hint: 'pista',
};

/** Lo que se dice de los archivos que guarda quien aprende: certificados y grabaciones. */
import type { CommandWords } from '../../words/command-words.ts';

export const verify: CommandWords['verify'] = {
  notGenuine: (file) => `No es auténtico: ${file} se cambió después de firmarse, o nunca se firmó.`,
  otherKey: (fingerprint) => `Firmado con otra clave: ${fingerprint}`,
  signedWith: (fingerprint) => `El certificado está tal como se firmó, con la clave ${fingerprint}`,
  whoseKey: 'De quién es esa clave lo sabe el instructor: la muestra `lockstep class serve`.',
  genuine: 'Auténtico: firmado con esa clave y sin cambios desde entonces.',
  learner: 'Alumno',
  lesson: 'Lección',
  class: 'Clase',
  sections: 'Secciones',
  sectionsDone: (done, total) => `${done} de ${total} terminadas`,
  byProgram: (count) => `, ${count} de ellas por el programa`,
  finished: 'Terminada',
  notFinished: 'no',
};

export const replay: CommandWords['replay'] = {
  untitled: 'una grabación',
  figures: (duration, pieces, columns, rows) =>
    `dura ${duration}, ${pieces} fragmentos de salida, ${columns} columnas por ${rows} filas`,
  recorded: (when) => `, grabada el ${when} UTC`,
  noMarkers: 'sin marcas',
  largerTerminal: (recording, terminal) =>
    `La grabación es de ${recording} y esta terminal de ${terminal}: se ve como es debido en una más grande.`,
};

/** Errores que quien aprende puede provocar: src/cli y src/lesson. */
import type { Phrase } from '../../words/phrase-book.ts';

/** Lo que dicen los errores, y qué probar. */
export const programPhrases: readonly Phrase[] = [
  ['There is no command `{0}`.', 'No hay ningún comando `{0}`.'],
  ['Did you mean `lockstep {0}`?', '¿Querías decir `lockstep {0}`?'],
  [
    'There is no lesson `{0}`: neither one of ours nor a folder or file of that name.',
    'No hay ninguna lección `{0}`: ni nuestra ni una carpeta o archivo con ese nombre.',
  ],
  ['The lessons here: {0}.', 'Las lecciones de aquí: {0}.'],
  [
    'A lesson of your own is named by its path: lockstep run ./my-lesson',
    'Una lección tuya se nombra por su ruta: lockstep run ./my-lesson',
  ],
  ['"{0}" has no section {1}.', '"{0}" no tiene sección {1}.'],
  ['--{0} cannot be `{1}`.', '--{0} no puede ser `{1}`.'],
  ['One of: {0}.', 'Uno de: {0}.'],
  ['A whole number from 1 to 1000.', 'Un número entero de 1 a 1000.'],
  [
    '--host {0} is not one of: auto, sandbox, docker, podman, ssh://[USER@]HOST[:PORT], local.',
    '--host {0} no es uno de: auto, sandbox, docker, podman, ssh://[USER@]HOST[:PORT], local.',
  ],
  ['Host: the sandbox, which this machine can run by itself.', 'Host: el sandbox, que esta máquina puede usar sin más.'],
  ['Host: {0}, since the sandbox cannot run here. {1}', 'Host: {0}, porque el sandbox no puede funcionar aquí. {1}'],
  [
    'Without a terminal nobody can be asked whether this machine may be changed.',
    'Sin una terminal no se puede preguntar a nadie si se puede cambiar esta máquina.',
  ],
  ['Add --yes if it may.', 'Añade --yes si se puede.'],
  ['Without a terminal nobody can be asked.', 'Sin una terminal no se puede preguntar a nadie.'],
  ['Add --yes to throw it away all the same.', 'Añade --yes para descartarlo de todos modos.'],
  ['--record needs a file.', '--record necesita un archivo.'],
  ['--record needs a terminal to record.', '--record necesita una terminal que grabar.'],
  ['--code and --name belong to --class URL.', '--code y --name van con --class URL.'],
  ['Which lesson is to be reset?', '¿Qué lección se empieza de nuevo?'],
  ['lockstep reset LESSON; lockstep list names them.', 'lockstep reset LESSON; lockstep list las nombra.'],
  ['Which class do you want to join?', '¿A qué clase quieres unirte?'],
  [
    'lockstep join URL, with the address that the instructor shows',
    'lockstep join URL, con la dirección que muestra el instructor',
  ],
  ['Start it with: lockstep run {0}', 'Empiézala con: lockstep run {0}'],
  ['The class is taught with the lesson `{0}`, not with `{1}`.', 'La clase se da con la lección `{0}`, no con `{1}`.'],
  ['The class is taught with the lesson {0}, not with this one.', 'La clase se da con la lección {0}, no con esta.'],
  [
    'Which lesson the class has is not known before it can be reached.',
    'Hasta que la clase no responda no se sabe qué lección tiene.',
  ],
  [
    'Say which one it is, and it starts all the same: lockstep join URL --lesson LESSON',
    'Di cuál es, y empieza de todos modos: lockstep join URL --lesson LESSON',
  ],
];

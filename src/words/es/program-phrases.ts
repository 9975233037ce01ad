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
    '--host {0} no es uno de: auto, sandbox, docker, podman, ssh://[USUARIO@]HOST[:PUERTO], local.',
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
  ['lockstep reset LESSON; lockstep list names them.', 'lockstep reset LECCIÓN; lockstep list las nombra.'],
  ['Which class do you want to join?', '¿A qué clase quieres unirte?'],
  [
    'lockstep join URL, with the address that the instructor shows',
    'lockstep join URL, con la dirección que muestra el instructor',
  ],
  ['The class is taught with the lesson `{0}`, not with `{1}`.', 'La clase se da con la lección `{0}`, no con `{1}`.'],
  ['The class is taught with the lesson {0}, not with this one.', 'La clase se da con la lección {0}, no con esta.'],
  [
    'Which lesson the class has is not known before it can be reached.',
    'Hasta que la clase no responda no se sabe qué lección tiene.',
  ],
  [
    'Say which one it is, and it starts all the same: lockstep join URL --lesson LESSON',
    'Di cuál es, y empieza de todos modos: lockstep join URL --lesson LECCIÓN',
  ],
  ['There is no option `{0}`.', 'No hay ninguna opción `{0}`.'],
  ['Did you mean `--{0}`?', '¿Querías decir `--{0}`?'],
  ['`{0}` needs a value.', '`{0}` necesita un valor.'],
  ['`{0}` takes no value.', '`{0}` no lleva valor.'],
  ['`{0}` is not expected here.', '`{0}` sobra aquí.'],
  ['These arguments make no sense.', 'Estos argumentos no tienen sentido.'],
  ['See: lockstep {0} --help', 'Mira: lockstep {0} --help'],
  ['Without a terminal nobody can be asked: {0}', 'Sin una terminal no se puede preguntar a nadie: {0}'],
  ['Add --code CODE.', 'Añade --code CÓDIGO.'],
  ['Add --name NAME.', 'Añade --name NOMBRE.'],
  ['Whose checks are to be asked?', '¿De qué lección se hacen las comprobaciones?'],
  ['lockstep check LESSON; lockstep list names them.', 'lockstep check LECCIÓN; lockstep list las nombra.'],
  ['"{0}" has nothing to check.', '"{0}" no tiene nada que comprobar.'],
  ['This lesson cannot be followed yet.', 'Esta lección aún no se puede seguir.'],
  ['This course cannot be followed yet.', 'Este curso aún no se puede seguir.'],
  ['This course cannot be listed yet.', 'Este curso aún no se puede mostrar.'],
  ["The lesson's host cannot be used.", 'El host de la lección no se puede usar.'],
  ['There are no lessons in {0}.', 'No hay lecciones en {0}.'],
  ['“{0}” is a course without lessons.', '“{0}” es un curso sin lecciones.'],
  [
    '“{0}” is a course of one lesson, and there is no terminal to ask whether it is that one. Name it.',
    '“{0}” es un curso de una lección, y no hay una terminal en la que preguntar si es esa. Nómbrala.',
  ],
  [
    '“{0}” is a course of {1} lessons, and there is no terminal to ask which one on. Name one of them.',
    '“{0}” es un curso de {1} lecciones, y no hay una terminal en la que preguntar cuál. Nombra una de ellas.',
  ],
  [
    '--class is for learners: it needs a terminal, and no --auto.',
    '--class es para alumnos: necesita una terminal, y no --auto.',
  ],
  [
    '--section leads to a section of your own session: it needs a terminal, and no --auto.',
    '--section lleva a una sección de tu propia sesión: necesita una terminal, y no --auto.',
  ],
  [
    'Without one, keep the plain text: lockstep run LESSON > FILE',
    'Sin ella, guarda el texto sencillo: lockstep run LECCIÓN > ARCHIVO',
  ],
  ['Which recording?', '¿Qué grabación?'],
  ['lockstep replay FILE', 'lockstep replay ARCHIVO'],
  ['The recording {0} has no section {1}.', 'La grabación {0} no tiene sección {1}.'],
  ['It has no markers at all.', 'No tiene ninguna marca.'],
  ['It has the sections: {0}.', 'Tiene las secciones: {0}.'],
  ['{0} {1} makes no sense: a number is needed, like {2} 2.', '{0} {1} no tiene sentido: hace falta un número, como {2} 2.'],
  ['Which record is to be checked?', '¿Qué certificado se verifica?'],
  ['lockstep verify FILE', 'lockstep verify ARCHIVO'],
  ['The record {0} cannot be read: {1}.', 'No se puede leer el certificado {0}: {1}.'],
  [
    'It needs Kubernetes: it was made for the machine `{0}`. The sandbox host has no cluster.',
    'Necesita Kubernetes: se hizo para la máquina `{0}`. El sandbox no tiene ningún clúster.',
  ],
  [
    'It needs Kubernetes: {0} uses it. The sandbox host has no cluster.',
    'Necesita Kubernetes: lo usa {0}. El sandbox no tiene ningún clúster.',
  ],
  [
    'It needs Docker: it was made for the machine `{0}`. The sandbox host cannot run containers.',
    'Necesita Docker: se hizo para la máquina `{0}`. El sandbox no puede ejecutar contenedores.',
  ],
  [
    'It needs Docker: {0} uses it. The sandbox host cannot run containers.',
    'Necesita Docker: lo usa {0}. El sandbox no puede ejecutar contenedores.',
  ],
  [
    'It needs systemd: {0} uses it. Nothing on the sandbox host is run by systemd.',
    'Necesita systemd: lo usa {0}. En el sandbox systemd no ejecuta nada.',
  ],
  [
    'It needs another machine: {0} says `{1}`. Here is one host, and no other to log in to.',
    'Necesita otra máquina: {0} dice `{1}`. Aquí hay un solo host, y ningún otro al que conectarse.',
  ],
  [
    'It needs a kernel of its own: {0} says `{1}`. On the sandbox host nobody may mount, use swap, or change network, firewall or kernel settings.',
    'Necesita un núcleo propio: {0} dice `{1}`. En el sandbox nadie puede montar, usar swap ni cambiar la red, el cortafuegos o los ajustes del núcleo.',
  ],
  [
    'It needs cron: {0} says `{1}`. On the sandbox host no cron runs unless the lesson starts one.',
    'Necesita cron: {0} dice `{1}`. En el sandbox no hay ningún cron en marcha si la lección no lo arranca.',
  ],
  [
    "It needs the internet: {0} says `{1}`. Give it this machine's network with --network shared.",
    'Necesita internet: {0} dice `{1}`. Dale la red de esta máquina con --network shared.',
  ],
  [
    'It was made for the machine `{0}`; what that has installed may be missing here.',
    'Se hizo para la máquina `{0}`; lo que esa tiene instalado puede faltar aquí.',
  ],
];

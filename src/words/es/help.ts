/** `--help`: del programa entero y de los comandos que usa quien aprende. */
import type { CommandWords } from '../../words/command-words.ts';

export const help: CommandWords['help'] = {
  usage: 'Uso: ',
  lead: `Lockstep: tutoriales prácticos en una sola terminal. A un lado la lección, al otro una
terminal de verdad; la sección siguiente se abre cuando el trabajo está hecho de verdad.`,
  allUsage: 'lockstep [COMANDO] [LECCIÓN] [opciones]',
  commands: 'Comandos',
  more: 'lockstep COMANDO --help dice más; lockstep --version dice qué versión es.',
  keys: 'En una lección, ctrl-] lleva de la terminal a la lección, q sale, h muestra todas las teclas.',
  lines: {
    run: 'seguir una lección (lo que hace `lockstep` solo)',
    join: 'unirte a una clase y empezar su lección',
    leave: 'dejar la clase; tu progreso se queda',
    list: 'las lecciones que hay, y hasta dónde has llegado',
    check: 'hacer ahora las comprobaciones de una lección',
    reset: 'empezar una lección de nuevo',
    replay: 'reproducir la grabación de una lección',
    new: 'crear una lección tuya que funciona enseguida',
    preview: 'una lección como se verá, en directo mientras la escribes',
    lint: 'lo que hay que corregir en una lección, y dónde',
    test: 'probar una lección: sus comprobaciones fallan antes y se superan después',
    export: 'una lección como escenario de otro sistema',
    class: 'dar una lección a varios alumnos a la vez, y verlos a todos',
    verify: 'verificar un certificado firmado por el servidor de una clase',
    doctor: 'si las lecciones pueden funcionar aquí, y si no, por qué',
  },
};

export const learnerHelp: CommandWords['learnerHelp'] = {
  run: {
    usage: 'lockstep [run] [LECCIÓN] [opciones]',
    text: `LECCIÓN es un nombre de \`lockstep list\`, una carpeta con un lesson.md, un archivo de
markdown o un escenario de Killercoda. De un curso (una carpeta con course.yaml o
structure.json) eliges una lección. Sin LECCIÓN se te pregunta; sin una terminal es
uwsgi-zerg-mode.

Ejecútalo otra vez para seguir donde estabas: tus archivos en el host y tu progreso se
guardan.

Opciones
  --auto             ejecutar la lección sola: en la pantalla, a un ritmo legible; sin
                     una terminal, en texto sencillo, una línea por suceso. Así tiene
                     su propio host y no toca tu progreso.
  --section N        ir a la sección N: atrás, a su inicio, y antes se te pregunta; o
                     adelante, y el programa resuelve por ti las anteriores, con sus
                     comprobaciones como juez, y así queda anotado
  --fresh            descartar lo que cambiaste en el host y empezar de nuevo; pregunta antes
  --yes              con --fresh: no preguntar
  --plain            sin pantalla: texto que solo se añade y opciones numeradas, para
                     lectores de pantalla y registros; TERM=dumb hace lo mismo
  --host HOST        dónde ocurre: auto (por defecto), sandbox, docker, podman,
                     ssh://[USUARIO@]HOST[:PUERTO] o local, que es esta misma máquina.
                     auto usa el sandbox y, donde no puede funcionar, docker o podman.
                     El progreso se guarda aparte para cada host.
  --yes              con --host local: no preguntar si se puede cambiar esta máquina
  --class URL        informar a una clase de hasta dónde has llegado; su instructor ve
                     secciones, comprobaciones y horas, nunca lo que hay en tu terminal.
                     Mira lockstep join --help
  --code CÓDIGO      con --class: el código de la clase, si no está en la URL
  --name NOMBRE      con --class: tu nombre en ella
  --network shared   que el host use la red de esta máquina; si no, tiene la suya propia
  --prefix TECLA     la tecla que lleva de la terminal a la lección; por defecto ctrl-]
  --language L       el idioma de la pantalla: en o es; si no, lo eligen LC_ALL,
                     LC_MESSAGES o LANG. Vale con todos los comandos.
  --record ARCHIVO   grabar lo que ves (asciicast v2), con una marca en cada sección; lo
                     que escribes no se graba
  --force            que --record reemplace un archivo que ya existe

Código de salida: 0 cuando sales, o cuando una lección que se ejecuta sola ha abierto
todas las secciones; 1 cuando se ha quedado atascada.`,
  },
  join: {
    usage: 'lockstep join URL [opciones]',
    text: `URL es la dirección de la clase como la muestra su instructor, con el código detrás de #
o sin él; lo que falte se te pregunta. Se recuerda tu sitio: lockstep run LECCIÓN sigue
en la clase hasta lockstep leave.

A la clase se le dice qué secciones y comprobaciones están terminadas, los códigos de lo
que falla, las horas y el tipo de host: ningún comando, ninguna salida, ningún archivo.
w muestra esa lista en la lección. Tu terminal solo se ve si lo permites, cada vez que
se te pregunta. Lo que ahora no se puede decir se dice más tarde; la lección nunca espera.

Opciones
  --code CÓDIGO      el código de la clase
  --name NOMBRE      tu nombre en la clase
  --lesson LECCIÓN   la lección de la clase, si es una carpeta tuya
  --plain, --host HOST, --prefix TECLA   como en lockstep run`,
  },
  leave: {
    usage: 'lockstep leave',
    text: `Olvida tu sitio. Ya no se informa de nada a la clase.`,
  },
  list: {
    usage: 'lockstep list [CARPETA] [--json]',
    text: `CARPETA es una carpeta de lecciones o un curso: una carpeta cuyo course.yaml las pone en
orden. Sin ella, las lecciones que vienen con el programa.

Opciones
  --json   una lista en JSON, para programas`,
  },
  check: {
    usage: 'lockstep check LECCIÓN [--json] [--host HOST]',
    text: `Arranca el host de la lección donde lo dejaste, hace todas las comprobaciones de la
sección abierta y detiene el host otra vez. No se anota nada.

Opciones
  --json        un objeto JSON, para programas
  --host HOST   la sesión de la lección en ese host; mira lockstep run --help

Código de salida: 0 todas las comprobaciones se superan, 1 alguna no, 3 alguna no se pudo
hacer.`,
  },
  reset: {
    usage: 'lockstep reset LECCIÓN [--yes] [--host HOST]',
    text: `Descarta lo que cambiaste en el host de la lección y empieza su progreso de nuevo. El
diario anterior se guarda junto al nuevo.

Opciones
  --yes         no preguntar
  --host HOST   la sesión de la lección en ese host; mira lockstep run --help`,
  },
  replay: {
    usage: 'lockstep replay ARCHIVO [--speed N] [--section N]',
    text: `Reproduce lo que ha grabado \`lockstep run --record ARCHIVO\`, o cualquier asciicast v2.
Espacio la detiene y la continúa, un punto muestra el fragmento siguiente mientras está
detenida, q sale. Sin una terminal dice cuánto dura y qué secciones contiene.

Opciones
  --speed N     tantas veces más deprisa; 0.5 es la mitad
  --section N   empezar donde se abrió la sección N`,
  },
  verify: {
    usage: 'lockstep verify ARCHIVO [--key HUELLA]',
    text: `ARCHIVO es el .json o el .html que recibe un alumno al final de una clase.

Opciones
  --key HUELLA   la de la clave que tiene que haberlo firmado, como la muestra
                 \`class serve\`; sin ella se dice cuál es, para que las compares

Código de salida: 0 el certificado está tal como se firmó, 1 no lo está.`,
  },
  doctor: {
    usage: 'lockstep doctor [LECCIÓN] [--host HOST]',
    text: `Mira cada tipo de host, la terminal, el disco y los puertos de la lección.

Opciones
  --host ssh://…   también se conecta allí y mira si es lo que espera la lección

Código de salida: 0 cuando aquí se puede usar el sandbox, o el host que se nombró.`,
  },
};

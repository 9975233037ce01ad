/** Por qué no se llega a una clase, o no quiere: src/classroom/learner. */
import type { Phrase } from '../../words/phrase-book.ts';

/** Lo que dice quien sigue una clase. */
export const classPhrases: readonly Phrase[] = [
  [
    'It looks like http://192.0.2.7:8090 or https://class.example/#CODE, as the instructor shows it.',
    'Es como http://192.0.2.7:8090 o https://class.example/#CODE, tal como la muestra el instructor.',
  ],
  [
    'What answers at {0} is no class server that this Lockstep understands.',
    'Lo que responde en {0} no es un servidor de clase que este Lockstep entienda.',
  ],
  ['This class is taught with another lesson.', 'Esta clase se da con otra lección.'],
  ['The class server refused it ({0}, HTTP {1}).', 'El servidor de la clase lo rechazó ({0}, HTTP {1}).'],
  ['The class server at {0}', 'El servidor de la clase en {0}'],
  ['{0} has a certificate that this machine does not trust.', '{0} tiene un certificado en el que esta máquina no confía.'],
  [
    "{0} has a certificate that is out of date, or this machine's clock is wrong.",
    '{0} tiene un certificado caducado, o el reloj de esta máquina va mal.',
  ],
  ['{0} has a certificate for another name.', '{0} tiene un certificado para otro nombre.'],
  ['{0} does not speak this protocol: https and http are mixed up.', '{0} no habla este protocolo: se confunden https y http.'],
  [
    '{0} breaks the connection off: it may speak https alone, or be just ending.',
    '{0} corta la conexión: puede que solo hable https, o que esté terminando.',
  ],
  [
    'The class server at {0} cannot be found: its name is not known here.',
    'No se encuentra el servidor de la clase en {0}: aquí no se conoce su nombre.',
  ],
  ['The class server at {0} cannot be reached ({1}).', 'No se llega al servidor de la clase en {0} ({1}).'],
  [
    'Look at the address: it stands in the terminal of `lockstep class serve`.',
    'Mira la dirección: está en la terminal de `lockstep class serve`.',
  ],
  [
    "Ask the instructor for the certificate's file, look whose it is, and set NODE_EXTRA_CA_CERTS=FILE before you start.",
    'Pide al instructor el archivo del certificado, mira de quién es y pon NODE_EXTRA_CA_CERTS=ARCHIVO antes de empezar.',
  ],
  ['Use the name that the instructor gave, not a number.', 'Usa el nombre que dio el instructor, no un número.'],
  [
    'Try the address with http:// instead of https://, or the other way round.',
    'Prueba la dirección con http:// en vez de https://, o al revés.',
  ],
  ['Look at the address and at your network, and try again.', 'Mira la dirección y tu red, y prueba otra vez.'],
  ['Join again, with the code: lockstep join URL', 'Únete otra vez, con el código: lockstep join URL'],
  ['Or follow the lesson without the class: lockstep leave', 'O sigue la lección sin la clase: lockstep leave'],
  ['Wait a minute and try again.', 'Espera un minuto y prueba otra vez.'],
  ['Ask the instructor.', 'Pregunta al instructor.'],
  ['Your seat in the class cannot be kept in {0}: {1}.', 'No se puede guardar tu sitio en la clase en {0}: {1}.'],
  ['This is not a completion record of Lockstep, or it was damaged.', 'Esto no es un certificado de Lockstep, o está dañado.'],
  ['Name the .json or .html file that the learner was given.', 'Nombra el archivo .json o .html que recibió el alumno.'],
];

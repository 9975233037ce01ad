/** Lo que dice el sandbox: si puede funcionar aquí, y lo que cuenta su programa auxiliar (src/host/sandbox). */
import type { Phrase } from '../../words/phrase-book.ts';

/** Si puede funcionar aquí: lo que miran `lockstep doctor` y el comienzo de una lección. */
const probes: readonly Phrase[] = [
  ["The sandbox is made of Linux's own means; this is {0}.", 'El sandbox está hecho con medios de Linux; esto es {0}.'],
  ['WSL 1 has no Linux kernel of its own.', 'WSL 1 no tiene un kernel de Linux propio.'],
  ['Convert it: wsl --set-version DISTRIBUTION 2', 'Conviértelo: wsl --set-version DISTRIBUCIÓN 2'],
  ['Python 3 is not installed.', 'Python 3 no está instalado.'],
  ['Python 3 at {0}.', 'Python 3 en {0}.'],
  ['Running as root.', 'Lo ejecuta root.'],
  ['Root by sudo, without a password.', 'root con sudo, sin contraseña.'],
  ['Root by sudo, which asks for the password once.', 'root con sudo, que pide la contraseña una vez.'],
  ['Not root, and sudo is not installed.', 'No lo ejecuta root, y sudo no está instalado.'],
  ['The program mkfs.ext4 is installed.', 'El programa mkfs.ext4 está instalado.'],
  ['The program mkfs.ext4 is not installed.', 'El programa mkfs.ext4 no está instalado.'],
  ['{0} MiB free in {1}', '{0} MiB libres en {1}'],
  ['Only {0}; a prepared host needs about {1} MiB.', 'Solo {0}; un host preparado necesita unos {1} MiB.'],
  [
    'Free some disk space, or set LOCKSTEP_STATE to a folder on another disk.',
    'Libera espacio en disco, o pon en LOCKSTEP_STATE una carpeta de otro disco.',
  ],
  ['The trial ended without an answer: {0}', 'La prueba terminó sin respuesta: {0}'],
  ['Namespaces can be made.', 'Se pueden crear espacios de nombres.'],
  [
    'The kernel does not let root make namespaces or mounts here{0}.',
    'El kernel no deja que root cree aquí espacios de nombres ni montajes{0}.',
  ],
  ['The kernel has overlayfs.', 'El kernel tiene overlayfs.'],
  ['The kernel has no overlayfs.', 'El kernel no tiene overlayfs.'],
  ['As root: modprobe overlay', 'Como root: modprobe overlay'],
  ['A view of this machine can be mounted.', 'Se puede montar una vista de esta máquina.'],
  ['A copy-on-write view of / cannot be mounted{0}.', 'No se puede montar una vista de / con copia al escribir{0}.'],
  ['Files can be kept in a disk image.', 'Los archivos se pueden guardar en una imagen de disco.'],
  [
    'A disk image cannot be mounted{0}: files are kept in memory, and are lost at the end.',
    'No se puede montar una imagen de disco{0}: los archivos se guardan en memoria y se pierden al final.',
  ],
  ['Processes, memory and CPU can be limited.', 'Se pueden limitar los procesos, la memoria y la CPU.'],
  [
    'Processes and CPU cannot be limited: a runaway program inside slows this machine down.',
    'No se pueden limitar los procesos ni la CPU: un programa desbocado dentro hace lenta esta máquina.',
  ],
];

/** Lo que cuenta el programa auxiliar. */
const helper: readonly Phrase[] = [
  ['The host has no shell any more: its system files are gone.', 'El host ya no tiene shell: faltan sus archivos de sistema.'],
  ['The host could not run that: {0}', 'El host no pudo ejecutarlo: {0}'],
  ['The host could not start that: {0}', 'El host no pudo arrancarlo: {0}'],
  [
    '{0} could not be written: the disk below the sandbox fails or is full.',
    'No se pudo escribir {0}: el disco donde está el sandbox falla o está lleno.',
  ],
  ['This session is open already, in process {0}.', 'Esta sesión ya está abierta, en el proceso {0}.'],
  ["The sandbox's helper does not know {0}.", 'El programa auxiliar del sandbox no conoce {0}.'],
  ['The sandbox failed at {0}: {1}.', 'El sandbox falló en {0}: {1}.'],
  ['The sandbox did not answer.', 'El sandbox no respondió.'],
  ['There is no such shell.', 'No hay tal terminal.'],
  ['The sandbox is not running.', 'El sandbox no está en marcha.'],
  ['The sandbox cannot be made: {0}.', 'No se puede crear el sandbox: {0}.'],
  ['The sandbox cannot start: {0}.', 'El sandbox no puede arrancar: {0}.'],
  ['Not a name for a session, layer or snapshot: {0}', 'No sirve como nombre de una sesión, una capa o una instantánea: {0}'],
  ['The sandbox runs already.', 'El sandbox ya está en marcha.'],
  ['The prepared host that this session began on is gone.', 'El host preparado con el que empezó esta sesión ya no está.'],
  ['The host has not been prepared yet.', 'El host aún no se ha preparado.'],
  ['There is no snapshot {0} of this session.', 'Esta sesión no tiene ninguna instantánea {0}.'],
  ["The sandbox's disk image cannot be mounted: {0}.", 'No se puede montar la imagen de disco del sandbox: {0}.'],
  [
    'The sandbox needs {0} MiB of free disk space in {1}; there are {2} MiB.',
    'El sandbox necesita {0} MiB libres de disco en {1}; hay {2} MiB.',
  ],
  ['The program {0} is not installed.', 'El programa {0} no está instalado.'],
  ["The session's files could not be copied: {0}", 'No se pudieron copiar los archivos de la sesión: {0}'],
];

/** Todo lo que dice el sandbox. */
export const sandboxPhrases: readonly Phrase[] = [...probes, ...helper];

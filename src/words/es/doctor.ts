/** Lo que dice `lockstep doctor`. */
import type { CommandWords } from '../../words/command-words.ts';

export const doctor: CommandWords['doctor'] = {
  sandbox: 'El sandbox (el host por defecto)',
  others: 'Otros hosts',
  terminal: 'Terminal',
  ports: (lesson) => `Puertos de "${lesson}"`,
  noPorts: 'ninguno',
  stateFolder: (path) => `Carpeta de estado: ${path}`,
  canRun: (command) => `Las lecciones pueden funcionar aquí: ${command}`,
  cannotRun: 'Las lecciones aún no pueden funcionar aquí. Arriba, junto a lo que falta, está qué hacer.',
  cannotRunOn: (host) => `Las lecciones aún no pueden funcionar con --host ${host}. Arriba está qué hacer.`,
  noTerminal: 'no hay terminal: las lecciones se ejecutan solas, en texto sencillo',
  size: (columns, rows) => `${columns} columnas × ${rows} filas`,
  tooSmall: (columns, rows, least) => `${columns} columnas × ${rows} filas: amplíala al menos a ${least}`,
  colours: { true: 'color verdadero', many: '256 colores', few: '16 colores', none: 'sin colores' },
  noColor: 'NO_COLOR está definida: no se usan colores',
  notSet: 'sin definir',
  engine: (program, version, at) => `${program} ${version}${at === null ? '' : ` en ${at}`} responde: --host ${program}`,
  sshHost: (target, host) => `${target} responde y es lo que pide ${host}.`,
  local: (machine) => `esta máquina, ${machine}: --host local, que la cambia y pregunta antes`,
  noLocal: (machine) =>
    `esta máquina, ${machine} (--host local), no se puede usar: las comprobaciones necesitan root sin contraseña.`,
  noLocalTry: 'Haz que sudo no pida contraseña, o usa root; solo en una máquina que se pueda cambiar.',
  free: (port) => `el puerto ${port} está libre`,
  inUse: (port) => `el puerto ${port} está ocupado en esta máquina`,
  inUseTry: 'Solo estorba con --network shared o --host local.',
};

/** What `lockstep doctor` says itself; what hosts say of themselves is in the phrase book. */

export const doctor = {
  sandbox: 'Sandbox host (the default)',
  others: 'Other hosts',
  terminal: 'Terminal',
  ports: (lesson: string) => `Ports of "${lesson}"`,
  noPorts: 'none',
  stateFolder: (path: string) => `State folder: ${path}`,
  canRun: (command: string) => `Lessons can run here: ${command}`,
  cannotRun: 'Lessons cannot run here yet. What to do stands above, beside what is missing.',
  cannotRunOn: (host: string) => `Lessons cannot run with --host ${host} yet. What to do stands above.`,
  noTerminal: 'no terminal: lessons play by themselves, in plain text',
  size: (columns: number, rows: number) => `${columns} columns × ${rows} rows`,
  tooSmall: (columns: number, rows: number, least: string) => `${columns} columns × ${rows} rows: make it at least ${least}`,
  colours: { true: 'true colour', many: '256 colours', few: '16 colours', none: 'no colours' },
  noColor: 'NO_COLOR is set: no colours are used',
  notSet: 'not set',
  engine: (program: string, version: string, at: string | null) =>
    `${program} ${version}${at === null ? '' : ` at ${at}`} answers: --host ${program}`,
  sshHost: (target: string, host: string) => `${target} answers and is what ${host} asks for.`,
  local: (machine: string) => `${machine} itself: --host local, which changes this machine and asks first`,
  noLocal: (machine: string) => `${machine} itself (--host local) cannot be used: checks need root without a password.`,
  noLocalTry: 'Let sudo ask no password, or run as root; on a machine that may be changed only.',
  free: (port: number) => `port ${port} is free`,
  inUse: (port: number) => `port ${port} is in use on this machine`,
  inUseTry: 'In the way only with --network shared or --host local.',
};

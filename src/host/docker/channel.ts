/** Programs inside a container: with pipes for scripts, with a terminal for shells. */
import { spawn } from 'node:child_process';
import type { ShellCommand } from '../../host/host.ts';
import type { Login } from '../../host/remote-shell/login.ts';
import type { OpenChannel } from '../../host/remote-shell/worker.ts';
import type { Engine } from './engine.ts';

/**
 * Starts programs in a container as root, with pipes.
 * @param engine where.
 * @param container its name.
 */
export function openInside(engine: Engine, container: string): OpenChannel {
  return (words) =>
    spawn(engine.program, ['exec', '--interactive', '--user', '0', container, ...words], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: engine.env,
      detached: true,
    });
}

/**
 * The engine does not tell a program that its terminal is gone when the client ends: this does, in the client's place.
 * Arguments: engine, container, the login's folder, then the words of the shell.
 */
const WATCH = `engine=$1 container=$2 folder=$3
shift 3
exec 3<&0
"$engine" exec --interactive --tty --user 0 --env "TERM=$TERM" "$container" "$@" <&3 3<&- &
client=$!
trap 'kill "$client" 2>/dev/null' HUP TERM
wait "$client"
code=$?
while kill -0 "$client" 2>/dev/null; do wait "$client"; code=$?; done
trap '' HUP TERM INT
"$engine" exec --user 0 "$container" sh -c 'read -r pid <"$1/shell-pid" && kill -HUP "$pid"; rm -rf "$1"' sh "$folder" >/dev/null 2>&1 </dev/null
exit "$code"
`;

/**
 * The local command whose terminal is a shell in a container.
 * @param engine where.
 * @param container its name.
 * @param login what becomes the shell there.
 */
export function terminalInside(engine: Engine, container: string, login: Login): ShellCommand {
  const env = Object.fromEntries(Object.entries(engine.env).filter((entry): entry is [string, string] => entry[1] !== undefined));
  return {
    file: 'sh',
    args: ['-c', WATCH, 'sh', engine.program, container, login.folder, ...login.words],
    env: { ...env, TERM: 'xterm-256color', LANG: 'C.UTF-8' },
  };
}

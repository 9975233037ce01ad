/** Files on a host by shell scripts: looks before it opens anything, writes whole or not at all. */

import type { ExecResult, FileStat, WriteRequest } from '../../host/host.ts';
import { UserError } from '../../model/errors.ts';
import { quote } from './quote.ts';
import type { RemoteShell } from './remote-shell.ts';

const READ_LIMIT = 4 << 20;
const FILE_MS = 60_000;

const TYPES: Readonly<Record<string, FileStat['type']>> = {
  'regular file': 'file',
  'regular empty file': 'file',
  directory: 'directory',
  fifo: 'fifo',
  socket: 'socket',
  'symbolic link': 'symlink',
};
const NAMES: Readonly<Record<FileStat['type'], string>> = {
  file: 'a file',
  directory: 'a directory',
  fifo: 'a FIFO',
  socket: 'a socket',
  symlink: 'a link',
  device: 'a device',
};

/**
 * What a file is; null where there is nothing. Rejects with a UserError (code `host-denied`) where the user may not look.
 * @param shell on the host.
 * @param path on the host.
 * @param user who looks.
 */
export async function statFile(shell: RemoteShell, path: string, user: string): Promise<FileStat | null> {
  const result = await shell.exec({ script: `export LC_ALL=C\nstat -c '%F|%U|%G|%a|%s' -- ${quote(path)}\n`, user });
  if (result.code !== 0) {
    if (/No such file|Not a directory/.test(result.stderr.toString())) return null;
    throw trouble(result, path, user);
  }
  return parseStat(result.stdout.toString().trim());
}

/**
 * A line of `stat -c '%F|%U|%G|%a|%s'`.
 * @param line without its newline.
 */
function parseStat(line: string): FileStat {
  const [type = '', owner = '', group = '', mode = '', size = ''] = line.split('|');
  return { type: TYPES[type] ?? 'device', owner, group, mode: mode.padStart(4, '0'), size: Number(size) };
}

/**
 * A regular file's contents. Rejects with a UserError for anything else, for too many bytes, without the right to.
 * @param shell on the host.
 * @param path on the host.
 * @param options who reads, default root; the most bytes, default 4 MiB.
 */
export async function readHostFile(
  shell: RemoteShell,
  path: string,
  options: { readonly user?: string; readonly maxBytes?: number },
): Promise<Buffer> {
  const limit = options.maxBytes ?? READ_LIMIT;
  const user = options.user ?? 'root';
  const script = `export LC_ALL=C
p=${quote(path)}
about=$(stat -L -c '%F|%U|%G|%a|%s' -- "$p") || exit 1
echo "$about" >&2
case $about in regular*) ;; *) exit 3 ;; esac
[ "\${about##*|}" -le ${limit} ] || exit 4
exec head -c ${limit + 1} <"$p"
`;
  const result = await shell.exec({ script, user, maxOutput: limit + 1, timeoutMs: FILE_MS });
  const about = parseStat(result.stderr.toString().trim());
  if (result.code === 3) throw new UserError('host-not-regular', `${path} is ${NAMES[about.type]}, not a regular file.`);
  if (result.code === 4) throw new UserError('host-too-large', `${path} has ${about.size} bytes; at most ${limit} are read.`);
  if (result.code !== 0) throw trouble(result, path, user);
  if (result.stdout.length > limit) throw new UserError('host-too-large', `${path} has more than ${limit} bytes.`);
  return result.stdout;
}

/** Finds out, with the user's own rights, where a path leads and whether it may be written. */
function lookScript(path: string): string {
  return `export LC_ALL=C
p=${quote(path)}
t=$(readlink -f -- "$p") || {
  if [ -L "$p" ]; then echo "$p: Too many levels of symbolic links" >&2; exit 1; fi
  dir=$(dirname -- "$p")
  [ -e "$dir" ] && [ ! -d "$dir" ] && { echo "$p: Not a directory" >&2; exit 1; }
  exit 5
}
dir=$(dirname -- "$t")
if [ -e "$t" ] || [ -L "$t" ]; then
  about=$(stat -c '%F|%U|%G|%a|%s' -- "$t") || exit 1
  case $about in regular*) ;; *) printf '%s\\n' "$about"; exit 3 ;; esac
  if [ ! -w "$t" ]; then printf '%s\\n%s\\n' "$about" "$t"; exit 6; fi
else
  [ -d "$dir" ] || exit 5
  if [ ! -w "$dir" ] || [ ! -x "$dir" ]; then printf '%s' "$dir"; exit 7; fi
fi
printf '%s' "$t"
`;
}

/** Puts the input at a path that lookScript has found. */
function replaceScript(target: string, request: WriteRequest): string {
  return `export LC_ALL=C
umask 077
t=${quote(target)} user=${quote(request.user)}
dir=$(dirname -- "$t") name=$(basename -- "$t") kept=
fresh=$(mktemp -- "$dir/.$name.lockstep-XXXXXXXX") || exit 1
give_up() { rm -f -- "$fresh"; [ -z "$kept" ] || rm -f -- "$kept"; exit 1; }
trap give_up HUP INT TERM
cat >"$fresh" || give_up
sync -- "$fresh" 2>/dev/null || sync
if [ -e "$t" ]; then
  [ -f "$t" ] || give_up
  [ "$(stat -c %u:%g -- "$t")" = "$(stat -c %u:%g -- "$fresh")" ] || chown "$(stat -c %u:%g -- "$t")" -- "$fresh" || give_up
  chmod "$(stat -c %a -- "$t")" -- "$fresh" || give_up
  cp --attributes-only --preserve=xattr -- "$t" "$fresh" 2>/dev/null
  if [ ${request.backup === false ? 0 : 1} = 1 ]; then
    most=0
    for old in "$t".~*~; do
      n=\${old#"$t".\\~}; n=\${n%\\~}
      case $n in '' | *[!0-9]* | 0*) continue ;; esac
      [ "$n" -le "$most" ] || most=$n
    done
    kept="$t.~$((most + 1))~"
    ln -- "$t" "$kept" || { kept=; give_up; }
  fi
else
  group=$(id -g -- "$user")
  case $(stat -c %A -- "$dir") in ??????[sS]*) group=$(stat -c %g -- "$dir") ;; esac
  me="$(id -u):$(id -g)"
  [ "$me" = "$(id -u -- "$user"):$group" ] || chown "$(id -u -- "$user"):$group" -- "$fresh" || give_up
  chmod ${quote(request.mode ?? '0644')} -- "$fresh" || give_up
fi
mv -f -- "$fresh" "$t" || give_up
sync -- "$dir" 2>/dev/null
printf '%s' "$kept"
`;
}

/**
 * Writes a file whole or not at all. Rejects with a UserError for what is not a regular file, without the right to, on a
 * full disk.
 * @param shell on the host.
 * @param path on the host.
 * @param content all of it.
 * @param request as whom and how.
 */
export async function writeHostFile(
  shell: RemoteShell,
  path: string,
  content: Buffer,
  request: WriteRequest,
): Promise<{ readonly backup: string | null }> {
  const { user } = request;
  const look = await shell.exec({ script: lookScript(path), user });
  if (look.code !== 0) throw refusal(look, path, user);
  const target = look.stdout.toString();
  // As root where that is possible: only root may give the new file the old one's owner.
  const writer = (await shell.user()) === 'root' ? 'root' : user;
  const result = await shell.exec({ script: replaceScript(target, request), user: writer, stdin: content, timeoutMs: FILE_MS });
  if (result.code !== 0) throw trouble(result, path, writer);
  const backup = result.stdout.toString();
  return { backup: backup === '' ? null : backup };
}

function refusal(look: ExecResult, path: string, user: string): UserError {
  const words = look.stdout.toString();
  if (look.code === 3) {
    return new UserError(
      'host-not-regular',
      `${path} is ${NAMES[parseStat(words.trim()).type]}; only regular files are written.`,
    );
  }
  if (look.code === 5)
    return new UserError('host-no-file', `The folder ${path.replace(/\/[^/]*$/, '') || '/'} does not exist on the host.`);
  if (look.code === 6) {
    const [about = '', target = path] = words.split('\n');
    const { owner, mode } = parseStat(about);
    return new UserError('host-denied', `${user} may not write ${target}, which belongs to ${owner} and has mode ${mode}.`);
  }
  if (look.code === 7) return new UserError('host-denied', `${user} may not make a file in ${words}.`);
  return trouble(look, path, user);
}

const TROUBLES: readonly (readonly [RegExp, string, (path: string, user: string) => string])[] = [
  [/Permission denied|Operation not permitted/, 'host-denied', (path, user) => `${user} may not do that with ${path}.`],
  [/No such file/, 'host-no-file', (path) => `${path} does not exist on the host.`],
  [/Not a directory/, 'host-no-file', (path) => `A part of ${path} is not a directory.`],
  [/Too many levels/, 'host-bad-file', (path) => `${path} is a link that leads in a circle.`],
  [/No space left|quota exceeded/i, 'host-disk-full', (path) => `There is no room left on the host for ${path}.`],
  [/Read-only file system/, 'host-read-only', (path) => `${path} is in a place that cannot be written.`],
  [/File name too long/, 'host-bad-file', (path) => `The path is too long: ${path.slice(0, 200)}`],
];

function trouble(result: ExecResult, path: string, user: string): UserError {
  const words = result.stderr.toString().trim();
  const known = TROUBLES.find(([pattern]) => pattern.test(words));
  if (known !== undefined) return new UserError(known[1], known[2](path, user));
  const how = result.timedOut
    ? 'it took too long'
    : words.split('\n').at(-1) || `the shell ended with ${result.code ?? result.signal}`;
  return new UserError('host-bad-file', `${path}: ${how}.`);
}

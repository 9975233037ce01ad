/**
 * What runs on the host, as POSIX sh with coreutils: the helper that runs one script after another, the end of a whole
 * tree, the start of a login shell. Text only; who starts it and talks to it is worker.ts. setpriv is used where it is,
 * su where it is not.
 */
import { quote } from './quote.ts';

/** The variable that marks every process of a script, so that all of them are found again. */
const MARK = 'LOCKSTEP_JOB';

/** How a program is run as another user; sets `as`. Wants `uid`, `gid` and `user`. */
const SWITCH = `
find_user() {
  entry=$(getent passwd "$1" 2>/dev/null || grep -e "^$1:" /etc/passwd 2>/dev/null) || return 1
  IFS=: read -r user secret uid gid gecos home shell <<ENTRY
$entry
ENTRY
}
as_user() {
  if [ "$uid" = "$me" ]; then as=
  elif setpriv --reuid=0 --regid=0 --init-groups true 2>/dev/null; then as="setpriv --reuid=$uid --regid=$gid --init-groups"
  else as="su_user $user"
  fi
}
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export PATH
me=$(id -u)
`;

/**
 * The helper: reads a header line and the script and input it announces, runs the script, tells its end on both outputs
 * with the mark that the header gave, and so on until its input ends.
 * Header: END-MARK JOB USER SECONDS SCRIPT-BYTES INPUT-BYTES. End: NUL END-MARK " " CODE " " HELD newline; HELD is how
 * many more processes than before hold on to the helper's outputs. CODE is `nouser` where there is no such user.
 */
export const HELPER = `d=$1
umask 022
trap 'rm -rf "$d"' EXIT
trap 'exit 1' HUP INT TERM PIPE
${SWITCH}
holders() {
  held=0
  for at in /proc/[0-9]*/fd/1 /proc/[0-9]*/fd/2; do
    if [ "$at" -ef /proc/$$/fd/1 ] || [ "$at" -ef /proc/$$/fd/8 ]; then held=$((held + 1)); fi
  done
}
exec 8>&2 2>/dev/null
echo $$ >"$d/pid"
for old in "\${d%/*}"/lockstep.????????; do
  if [ -r "$old/pid" ] && read -r pid <"$old/pid" && ! kill -0 "$pid" && [ ! -e "/proc/$pid" ]; then rm -rf "$old"; fi
done
run_script() {
  cd "$home" || cd /
  case $as in
    su_user*)
      exec env -i ${MARK}="$job" HOME="$home" USER="$user" LOGNAME="$user" SHELL="$shell" PATH="$PATH" LANG=C.UTF-8 \\
        timeout -s KILL "$seconds" su -p -s /bin/sh "$user" -c "exec sh $d/script" ;;
    *)
      exec env -i ${MARK}="$job" HOME="$home" USER="$user" LOGNAME="$user" SHELL="$shell" PATH="$PATH" LANG=C.UTF-8 \\
        $as timeout -s KILL "$seconds" sh "$d/script" ;;
  esac
}
holders
base=$held
known=
printf '\\0%s %s %s\\n' "$2" "$me" "$(id -un)"
while IFS=' ' read -r end job name seconds script input; do
  if [ "$script" -gt 0 ]; then head -c "$script" >"$d/script" || exit 1; else true >"$d/script"; fi
  from=/dev/null
  if [ "$input" -gt 0 ]; then from=$d/input; (umask 077; head -c "$input" >"$from") || exit 1; fi
  code=nouser
  if [ "$name" = "$known" ] || find_user "$name"; then
    if [ "$name" != "$known" ]; then as_user; known=$name; fi
    (run_script) <"$from" 2>&8 8>&-
    code=$?
  fi
  true >"$d/script"
  [ "$input" -eq 0 ] || true >"$d/input"
  holders
  printf '\\0%s %s %s\\n' "$end" "$code" $((held - base))
  printf '\\0%s\\n' "$end" >&8
done
`;

/**
 * The words that start the helper: its text comes as the first bytes of input, so that no command line shows it.
 * @param hello what it says when it is ready.
 */
export function bootstrap(hello: string): readonly string[] {
  const text = [
    'for b in /run /tmp; do d=$(mktemp -d "$b/lockstep.XXXXXXXX" 2>/dev/null) && break; done',
    'chmod 711 "$d"',
    `head -c ${Buffer.byteLength(HELPER)} >"$d/helper"`,
    'if [ "$(id -u)" != 0 ] && sudo -n true >/dev/null 2>&1; then exec sudo -n sh "$d/helper" "$d" "$0"; fi',
    'exec sh "$d/helper" "$d" "$0"',
  ].join('; ');
  return ['sh', '-c', text, hello];
}

/**
 * A script that ends everything that bears a job's mark, and what descends from it: stopped first, so that nothing forks
 * away meanwhile.
 * @param job hexadecimal digits.
 */
export function endTree(job: string): string {
  return `found=' '
add() {
  case $found in *" $1 "*) return 1 ;; esac
  kill -STOP "$1" 2>/dev/null
  found="$found$1 "
}
round=0 new=1
while [ $new = 1 ] && [ $round -lt 100 ]; do
  round=$((round + 1)) new=0
  for at in $(grep -l -F -e ${MARK}=${job} /proc/[0-9]*/environ 2>/dev/null); do
    at=\${at#/proc/}
    if add "\${at%/environ}"; then new=1; fi
  done
  for pair in $(sed -n 's/^\\([0-9]*\\) .*) . \\([0-9]*\\) .*/\\1:\\2/p' /proc/[0-9]*/stat 2>/dev/null); do
    case $found in *" \${pair#*:} "*) if add "\${pair%%:*}"; then new=1; fi ;; esac
  done
done
[ "$found" = ' ' ] || kill -KILL $found 2>/dev/null
:
`;
}

/**
 * A program that becomes a user's interactive shell, as after a login.
 * @param user whose.
 * @param rc path of the bash rc file on the host; null for none.
 * @param env further variables.
 */
export function loginProgram(user: string, rc: string | null, env: Readonly<Record<string, string>>): string {
  const more = Object.entries(env)
    .filter(([name]) => /^[A-Za-z_]\w*$/.test(name))
    .map(([name, value]) => `${name}=${quote(value)}`);
  return `${SWITCH}
if ! find_user ${quote(user)}; then
  echo "There is no user "${quote(user)}" on the host."
  exit 1
fi
as_user
echo $$ 2>/dev/null >"\${0%/*}/shell-pid"
cd "$home" 2>/dev/null || cd /
[ -n "$shell" ] || shell=/bin/sh
set -- "$shell" -i
case $shell in
  */bash) set -- "$shell" ${rc === null ? '' : `--rcfile ${quote(rc)} `}-i ;;
esac
set -- env -i HOME="$home" USER="$user" LOGNAME="$user" SHELL="$shell" PATH="$PATH" LANG=C.UTF-8 TERM="\${TERM:-xterm-256color}" ${more.join(' ')} "$@"
if [ "$uid" != "$me" ] && [ "$me" != 0 ]; then exec sudo -n -u "$user" -- "$@"; fi
case $as in
  su_user*) exec su -s /bin/sh "$user" -c 'exec "$0" "$@"' "$@" ;;
  *) exec $as "$@" ;;
esac
`;
}

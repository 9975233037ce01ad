/**
 * Turns facts into one script: all of them asked at once, each bounded in time and output and kept from its neighbours.
 *
 * Answers go to files in a private folder and come back framed by their lengths, so that nothing an answer contains can
 * be taken for another answer. Light facts are functions in a subshell each; heavy ones are files of their own, run in a
 * session of their own (`kill 0` reaches nobody else) with both streams cut at the limit and the rest read and dropped,
 * so that a flood neither fills the disk nor changes the exit code. Whoever is over time is ended with its whole tree.
 * Out of reach: a program that makes itself a daemon, and a fact that asks as root and means harm to the asking itself;
 * the latter can spoil answers (all of them become errors) but is not kept from it.
 */
import type { Fact } from '../../checks/kind.ts';
import { quote } from './quote.ts';

/** A fact with its deadline. */
export interface Asked {
  readonly fact: Fact;
  readonly timeoutMs: number;
}

/** Folders for the answers, the first that can be written to; memory before disk. */
const folders = ['/dev/shm', '/tmp', '/var/tmp', '/run'];

/**
 * One script that asks all the facts and prints their answers for `readAnswers`.
 * @param asked facts with deadlines in milliseconds.
 * @param nonce a word of letters and digits that nobody could guess.
 */
export function batchScript(asked: readonly Asked[], nonce: string): string {
  return [
    prelude(nonce),
    ...asked.map(start),
    ...watchdogs(asked),
    // Not before: a watchdog that starts out with this trap would lose a TERM that comes before its own trap.
    "trap 'exit 143' HUP INT TERM",
    `printf '\\n%s begin %s\\n' ${nonce} "$$"`,
    ...asked.map((_, index) => `told ${index} "$p${index}"`),
    epilogue(
      nonce,
      asked.map((_, index) => `"$d/${index}.o" "$d/${index}.e"`),
    ),
  ].join('\n');
}

// The braces matter: redirecting a function call in the background, dash keeps a copy of the script's own stdout open.
function start({ fact, timeoutMs }: Asked, index: number): string {
  if (fact.weight === 'light') {
    return [
      `f${index}() {`,
      fact.script,
      '}',
      `: >"$d/${index}.o" >"$d/${index}.e"`,
      `( LC_ALL=C; export LC_ALL; ulimit -f ${Math.ceil(fact.maxBytes / 512) + 1}; f${index}; echo "$?" >"$d/${index}.x" ) >"$d/${index}.o" 2>"$d/${index}.e" </dev/null &`,
      `p${index}=$!`,
    ].join('\n');
  }
  return [
    `printf '%s\\n' ${quote(fact.script)} >"$d/${index}.sh"`,
    `: >"$d/${index}.o" >"$d/${index}.e"`,
    `{ heavy ${index} ${fact.maxBytes + 1} ${Math.ceil(timeoutMs / 1000) + 1}; } </dev/null >/dev/null 2>&1 &`,
    `p${index}=$!`,
  ].join('\n');
}

/** One watchdog for each deadline there is. */
function watchdogs(asked: readonly Asked[]): string[] {
  const byDeadline = new Map<number, string[]>();
  asked.forEach(({ timeoutMs }, index) => {
    const pair = `${index} "$p${index}"`;
    byDeadline.set(timeoutMs, [...(byDeadline.get(timeoutMs) ?? []), pair]);
  });
  return [...byDeadline].map(
    ([timeoutMs, pairs]) =>
      `{ watchdog ${(timeoutMs / 1000).toFixed(2)} ${Math.ceil(timeoutMs / 1000)} ${pairs.join(' ')}; } </dev/null >/dev/null 2>&1 &\ndogs="$dogs $!"`,
  );
}

/** Makes the folder and defines the functions. A folder left by a batch that was killed is removed by the next one. */
function prelude(nonce: string): string {
  return `umask 077
PATH="\${PATH:-/usr/local/bin:/usr/bin:/bin}:/usr/local/sbin:/usr/sbin:/sbin"
export PATH
d= dogs=
for b in ${folders.join(' ')}; do
  for old in "$b"/lockstep-checks.*; do
    owner=\${old##*/lockstep-checks.}
    [ -O "$old" ] 2>/dev/null && [ ! -d "/proc/\${owner%%.*}" ] && rm -rf "$old"
  done
  mkdir "$b/lockstep-checks.$$.${nonce}" 2>/dev/null && d="$b/lockstep-checks.$$.${nonce}" && break
done
if [ -z "$d" ]; then
  printf '\\n%s no-room\\n' ${nonce}
  exit 0
fi
trap 'rm -rf "$d"' EXIT
printf '%s' ${nonce} >"$d/nonce"
own= guard='exec sh "$2"'
if command -v setsid >/dev/null 2>&1; then
  own=setsid
  # Should this script be killed, its facts still end; with sh as the only tool that does so everywhere.
  guard='( sleep "$1"; kill -9 0 ) </dev/null >/dev/null 2>&1 & exec sh "$2"'
fi
keep() { # N NAME: keeps N bytes of stdin, drops the rest
  head -c "$1" >"$d/$2" || : >"$d/$2.full"
  cat >/dev/null
}
heavy() { # INDEX BYTES SECONDS
  {
    {
      $own sh -c "$guard" guard "$3" "$d/$1.sh" </dev/null 2>&4 4>&- &
      c=$!
      echo "$c" >"$d/$1.c"
      wait "$c"
      x=$?
      kill -9 "-$c"
      echo "$x" >"$d/$1.x"
    } | keep "$2" "$1.o" 4>&-
  } 4>&1 | keep "$2" "$1.e"
}
end_tree() { # PID...: ends them and all that descends from them
  all=" $* " grown=1
  while [ -n "$grown" ]; do
    grown=
    for q in /proc/[0-9]*/stat; do
      read -r line <"$q" || continue
      q=\${line%% *} line=\${line##*) } line=\${line#* } parent=\${line%% *}
      case $all in *" $q "*) continue ;; esac
      case $all in *" $parent "*) all="$all$q " grown=1 ;; esac
    done
  done
  kill -9 $all
}
watchdog() { # SECONDS WHOLE-SECONDS {INDEX PID}...
  s=
  trap 'kill "$s"; exit' TERM
  sleep "$1" &
  s=$!
  wait "$s" || { sleep "$2" & s=$!; wait "$s"; }
  shift 2
  while [ "$#" -gt 0 ]; do
    if kill -0 "$2"; then
      [ -e "$d/$1.x" ] || : >"$d/$1.t"
      c=
      [ -e "$d/$1.c" ] && read -r c <"$d/$1.c"
      [ -n "$c" ] && kill -9 "-$c"
      end_tree "$2" $c
    fi
    shift 2
  done
}
told() { # INDEX PID: waits for it, then prints its index and how it ended
  wait "$2" 2>/dev/null
  x=
  if [ -e "$d/$1.t" ]; then x=late
  elif [ -e "$d/$1.o.full" ] || [ -e "$d/$1.e.full" ]; then x=full
  elif [ -e "$d/$1.x" ]; then read -r x <"$d/$1.x"
  fi
  echo "$1 \${x:-lost}"
}`;
}

function epilogue(nonce: string, files: readonly string[]): string {
  return `kill $dogs 2>/dev/null
set -- ${files.join(' ')}
printf '%s sizes\\n' ${nonce}
wc -c "$@" 2>/dev/null
printf '%s data\\n' ${nonce}
cat "$@" 2>/dev/null
printf '\\n%s end\\n' ${nonce}`;
}

/**
 * Turns facts into one script: all of them asked at once, each bounded in time and output and kept from its neighbours.
 *
 * Answers go to files in a private folder and come back framed by their lengths, so that nothing an answer contains can
 * be taken for another answer. Light facts are functions in a subshell each; heavy ones are files of their own, run in a
 * process group of their own (`kill 0` reaches nobody else) with both streams cut at the limit and the rest read and
 * dropped, so that a flood neither fills the disk nor changes the exit code. Whoever is over time is ended with its whole tree.
 * Out of reach: a program that makes itself a daemon, and a fact that asks as root and means harm to the asking itself;
 * the latter can spoil answers (all of them become errors) but is not kept from it.
 */
import type { Fact } from '../../checks/kind.ts';
import { opening } from './opening.ts';
import { quote } from './quote.ts';
import { watchdogScript } from './watchdog.ts';

/** A fact with its deadline. */
export interface Asked {
  readonly fact: Fact;
  readonly timeoutMs: number;
}

/**
 * One script that asks all the facts and prints their answers for `readAnswers`.
 * @param asked facts with deadlines in milliseconds.
 * @param nonce a word of letters and digits that nobody could guess; it appears in no command line.
 * @param folder another one, for the name of the folder, which everybody can see.
 */
export function batchScript(asked: readonly Asked[], nonce: string, folder: string): string {
  return [
    prelude(nonce, folder),
    ...asked.map(({ fact }, index) => start(fact, index)),
    ...watchdogs(asked),
    // Not before, and never for EXIT: what has been started but is not yet a program of its own would have the trap, too.
    `trap 'rm -rf "$d"; exit 143' HUP INT TERM`,
    `printf '\\n%s begin\\n' "$nonce"`,
    ...asked.map(({ fact }, index) => `told_${fact.weight} ${index} "$p${index}"`),
    epilogue(
      nonce,
      asked.map((_, index) => `"$d/${index}.o" "$d/${index}.e"`),
    ),
  ].join('\n');
}

function start(fact: Fact, index: number): string {
  const files = `: >"$d/${index}.o" >"$d/${index}.e"`;
  if (fact.weight === 'light') {
    const blocks = Math.ceil(fact.maxBytes / 512) + 1;
    return `f${index}() {
${fact.script}
}
${files}
( LC_ALL=C; export LC_ALL; ulimit -f ${blocks}; f${index} ) >"$d/${index}.o" 2>"$d/${index}.e" </dev/null &
p${index}=$!`;
  }
  // The braces matter: redirecting a function call in the background, dash keeps a copy of the script's own stdout open.
  return `printf '%s\\n' ${quote(fact.script)} >"$d/${index}.sh"
${files}
{ heavy ${index} ${fact.maxBytes + 1}; } </dev/null >/dev/null 2>&1 &
p${index}=$!`;
}

/** One watchdog for each deadline there is. */
function watchdogs(asked: readonly Asked[]): string[] {
  const byDeadline = new Map<number, string[]>();
  asked.forEach(({ timeoutMs }, index) => {
    const pair = `${index} "$p${index}"`;
    byDeadline.set(timeoutMs, [...(byDeadline.get(timeoutMs) ?? []), pair]);
  });
  return [
    `printf '%s' ${quote(watchdogScript)} >"$d/watchdog"`,
    ...[...byDeadline].map(([timeoutMs, pairs]) => {
      const times = `${(timeoutMs / 1000).toFixed(2)} ${Math.ceil(timeoutMs / 1000)}`;
      return `$own sh "$d/watchdog" "$$" "$d" ${times} ${pairs.join(' ')} </dev/null >/dev/null 2>&1 &\ndogs="$dogs $!"`;
    }),
  ];
}

/** Makes the folder and defines the functions. */
function prelude(nonce: string, folder: string): string {
  return `${opening(nonce, folder)}
own= dogs=
command -v setsid >/dev/null 2>&1 && own=setsid
keep() { # N NAME: keeps N bytes of stdin, drops the rest; ends its shell
  head -c "$1" >"$d/$2" || : >"$d/$2.full"
  exec cat >/dev/null
}
heavy() { # INDEX BYTES
  {
    {
      $own sh "$d/$1.sh" </dev/null 2>&4 4>&- &
      c=$!
      echo "$c" >"$d/$1.c"
      wait "$c"
      x=$?
      kill -9 "-$c"
      echo "$x" >"$d/$1.x"
    } | keep "$2" "$1.o" 4>&-
  } 4>&1 | keep "$2" "$1.e"
}
forget() { # INDEX: whatever still writes to its files writes to nothing that is read
  rm -f "$d/$1.o" "$d/$1.e"
  : >"$d/$1.o" >"$d/$1.e"
}
told_light() { # INDEX PID: waits for it, then prints its index and how it ended
  wait "$2" 2>/dev/null
  x=$?
  [ ! -e "$d/$1.t" ] || { x=late; forget "$1"; }
  echo "$1 $x"
}
told_heavy() {
  wait "$2" 2>/dev/null
  x=
  if [ -e "$d/$1.t" ]; then x=late; forget "$1"
  elif [ -e "$d/$1.o.full" ] || [ -e "$d/$1.e.full" ]; then x=full
  elif [ -e "$d/$1.x" ]; then read -r x <"$d/$1.x"
  fi
  echo "$1 \${x:-lost}"
}`;
}

function epilogue(nonce: string, files: readonly string[]): string {
  return `for w in $dogs; do kill -9 "-$w" 2>/dev/null || kill "$w" 2>/dev/null; done
set -- ${files.join(' ')}
printf '%s sizes\\n' ${nonce}
wc -c "$@" 2>/dev/null
printf '%s data\\n' ${nonce}
cat "$@" 2>/dev/null
printf '\\n%s end\\n' ${nonce}
rm -rf "$d"`;
}

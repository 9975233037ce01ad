/**
 * The watchdog of a batch, in POSIX sh: sleeps until the deadline and ends every fact that is not over by then, with all
 * that it started. It has a session of its own, so that it does its work even when the asking script has been killed.
 *
 * Arguments: pid of the asking script, its folder, the deadline in seconds, the same in whole seconds for a sleep that
 * knows only those, then for each fact its index and pid. A fact that is over in time never gets a mark (`INDEX.t`).
 */
export const watchdogScript = `main=$1 d=$2
s=
trap 'kill "$s"; exit' TERM
sleep "$3" &
s=$!
wait "$s" || { sleep "$4" & s=$!; wait "$s"; }
shift 4
parent_of() { # PID: prints nothing when it is gone
  read -r line <"/proc/$1/stat" || return
  line=\${line##*) } line=\${line#* }
  echo "\${line%% *}"
}
end_below() { # PID...: ends all that descends from them
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
  kill -9 \${all#" $* "}
}
while [ "$#" -gt 0 ]; do
  c=
  [ -e "$d/$1.c" ] && read -r c <"$d/$1.c"
  p=$2
  # A pid may have come to be somebody else's; the asking script's own child it is only while that fact runs.
  if [ "$(parent_of "$p")" = "$main" ]; then
    [ -e "$d/$1.x" ] || : >"$d/$1.t"
    # Held until all below it is gone: as soon as it ends, the asking script goes on, and ends its watchdogs.
    kill -STOP "$p"
    end_below "$p" $c
    [ -z "$c" ] || kill -9 "-$c" || kill -9 "$c"
    kill -9 "$p"
  elif [ ! -d "/proc/$main" ] && [ -n "$c" ] && [ ! -e "$d/$1.x" ]; then
    end_below "$c"
    kill -9 "-$c" || kill -9 "$c"
  fi
  shift 2
done
[ -d "/proc/$main" ] || rm -rf "$d"
`;

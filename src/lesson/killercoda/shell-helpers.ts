/** Functions that conditions of a verify script call. A script gets those that it calls, and no others. */

const ini = `ini_values() { # FILE SECTION KEY: its values, one a line
  awk -v section="$2" -v key="$3" '
    /^[ \\t]*\\[[^]]*\\][ \\t]*$/ { name = $0; gsub(/^[ \\t]*\\[|\\][ \\t]*$/, "", name); inside = name == section; next }
    inside && /^[ \\t]*[^;#]/ && index($0, "=") {
      found = substr($0, 1, index($0, "=") - 1); gsub(/^[ \\t]+|[ \\t]+$/, "", found)
      value = substr($0, index($0, "=") + 1); gsub(/^[ \\t]+|[ \\t]+$/, "", value)
      if (found == key) print value
    }' "$1"
}
ini_section() { # FILE SECTION
  awk -v section="$2" '
    /^[ \\t]*\\[[^]]*\\][ \\t]*$/ { name = $0; gsub(/^[ \\t]*\\[|\\][ \\t]*$/, "", name); if (name == section) found = 1 }
    END { exit !found }' "$1"
}
`;

const contains = `contains() { # TEXT: found in what comes in
  whole=$(cat; echo .)
  case $whole in *"$1"*) return 0 ;; *) return 1 ;; esac
}
`;

const data = `data_holds() { # KIND FILE QUESTION: the question is JSON; YAML needs python3-yaml
  python3 - "$@" <<'END'
import json, re, sys
kind, path, question = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
try:
    with open(path, encoding="utf-8-sig") as file:
        if kind == "json":
            documents = [json.load(file)]
        else:
            import yaml
            documents = [each for each in yaml.safe_load_all(file) if each is not None]
except FileNotFoundError:
    sys.exit(1)
except Exception as error:
    print(error)
    sys.exit(1)
nothing = object()
def at(data, steps):
    for step in steps:
        if isinstance(data, dict) and step in data: data = data[step]
        elif isinstance(data, list) and isinstance(step, int) and step < len(data): data = data[step]
        else: return nothing
    return data
def shown(value):
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(",", ":"))
def same(pattern, value):
    if "text" in pattern: return shown(value) == pattern["text"]
    flags = sum({"i": re.I, "m": re.M, "s": re.S}.get(flag, 0) for flag in pattern["flags"])
    return re.search(pattern["regex"], shown(value), flags) is not None
def has(value, patterns):
    if value is nothing: return False
    if len(patterns) == 1 and same(patterns[0], value): return True
    return isinstance(value, list) and len(value) == len(patterns) and all(map(same, patterns, value))
def holds(data):
    return all(has(at(data, steps), patterns) for steps, patterns in question["has"]) and all(at(data, steps) is nothing for steps in question["lacks"])
sys.exit(not any(map(holds, documents)))
END
}
`;

const service = `service_state() { # NAME: running or stopped; fails where nobody knows it
  if systemctl show -p LoadState "$1.service" 2>/dev/null | grep -q LoadState=; then
    systemctl show -p LoadState "$1.service" | grep -q LoadState=not-found && return 1
    systemctl is-active -q "$1.service" && echo running || echo stopped
  elif said=$(supervisorctl status "$1" "$1:*" 2>/dev/null | grep -v ': ERROR (no such') && [ -n "$said" ]; then
    printf '%s\\n' "$said" | grep -qvE '^[^ ]+ +RUNNING' && echo stopped || echo running
  elif [ -x "/etc/init.d/$1" ]; then
    "/etc/init.d/$1" status >/dev/null 2>&1 && echo running || echo stopped
  else return 1
  fi
}
service_enabled() { # NAME
  if systemctl show -p LoadState "$1.service" 2>/dev/null | grep -q LoadState=; then systemctl is-enabled -q "$1.service" 2>/dev/null
  else ls /etc/rc[2345].d/S[0-9][0-9]"$1" >/dev/null 2>&1
  fi
}
`;

const installed = `package_version() { # NAME: its version; fails where it is not installed
  if command -v dpkg-query >/dev/null 2>&1; then dpkg-query -W -f '\${db:Status-Status} \${Version}\\n' "$1" 2>/dev/null | sed -n 's/^installed \\([0-9]*:\\)\\{0,1\\}//p' | grep .
  elif command -v rpm >/dev/null 2>&1; then rpm -q --qf '%{VERSION}-%{RELEASE}\\n' "$1"
  else apk list -I "$1" 2>/dev/null | sed -n "s/^$1-\\([^ ]*\\) .*/\\1/p" | grep .
  fi
}
`;

const member = `is_member() { # USER GROUP
  id -Gn "$1" 2>/dev/null | tr ' ' '\\n' | grep -qxF -- "$2"
}
`;

/** By the names that a script calls. */
const helpers: readonly (readonly [names: RegExp, text: string])[] = [
  [/\bini_(?:values|section)\b/, ini],
  [/\bcontains '/, contains],
  [/\bdata_holds\b/, data],
  [/\bservice_(?:state|enabled)\b/, service],
  [/\bpackage_version\b/, installed],
  [/\bis_member\b/, member],
];

/**
 * The functions that a script calls.
 * @param script conditions of checks.
 */
export function helpersFor(script: string): string {
  return helpers
    .filter(([names]) => names.test(script))
    .map(([, text]) => text)
    .join('');
}

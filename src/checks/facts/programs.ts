/** What supervisord says of its programs, asked once however many checks want to know. */
import { quote } from '../../checks/batch/quote.ts';
import type { Answer, Fact } from '../../checks/kind.ts';

/**
 * The same question that supervisorctl asks (XML-RPC over HTTP on a UNIX socket), without the time that Python takes to
 * start: it is asked twice a second. Prints nothing and fails unless a whole answer came.
 */
const perl = `
my $to;
for my $conf (qw(supervisord.conf etc/supervisord.conf /etc/supervisord.conf /etc/supervisor/supervisord.conf)) {
  next unless -e $conf;
  open(my $file, "<", $conf) or exit 1;
  while (<$file>) { $to = $1 if m{^serverurl\\s*=\\s*unix://([^%;\\s]+)\\s*(?:\\s;.*)?$} }
  last;
}
exit 1 unless defined $to && -S $to;
$SIG{ALRM} = sub { exit 1 };
alarm 2;
# AF_UNIX and SOCK_STREAM by number: loading perl's Socket would take longer than all the rest.
my $socket;
socket($socket, 1, 1, 0) && connect($socket, pack("S a108", 1, $to)) or exit 1;
my $call = "<?xml version='1.0'?><methodCall><methodName>supervisor.getAllProcessInfo</methodName><params/></methodCall>";
syswrite($socket, "POST /RPC2 HTTP/1.0\\r\\nHost: localhost\\r\\nContent-Type: text/xml\\r\\nContent-Length: " . length($call) . "\\r\\n\\r\\n$call");
my $answer = "";
while (sysread($socket, my $piece, 65536)) { $answer .= $piece }
exit 1 unless $answer =~ m{^HTTP/\\S+ 200 } && $answer =~ m{<methodResponse>.*</methodResponse>}s && $answer !~ m{<fault>};
print $answer;
`;

/**
 * States of all programs. Asked directly where supervisorctl would use a UNIX socket named in its configuration (which is
 * looked for where Debian's supervisorctl looks), and by supervisorctl itself everywhere else and whenever that did not
 * work: it also knows what to say then.
 */
export const statusFact: Fact = {
  weight: 'heavy',
  maxBytes: 524_288,
  script: `LC_ALL=C; export LC_ALL
[ "$(command -v supervisorctl)" = /usr/bin/supervisorctl ] && command -v perl >/dev/null 2>&1 && perl -e ${quote(perl)} 2>/dev/null && exit 0
exec supervisorctl status`,
};

/** One line of it. */
export interface Program {
  /** `name`, or `group:name` where the group is called otherwise. */
  readonly name: string;
  readonly state: string;
  /** How long a running program has been up, milliseconds; null for others. supervisord tells whole seconds. */
  readonly uptimeMs: number | null;
}

// The names of supervisord's process states, http://supervisord.org/subprocess.html#process-states
const line = /^(\S+)\s+(STOPPED|STARTING|RUNNING|BACKOFF|STOPPING|EXITED|FATAL|UNKNOWN)\b(.*)$/;
const uptime = /uptime (?:(\d+) days?, )?(\d+):(\d\d):(\d\d)/;

/**
 * The programs told of in a status answer.
 * @param answer of `statusFact`.
 */
export function programStates(answer: Answer): readonly Program[] {
  const text = answer.stdout.toString('utf8');
  return text.startsWith('HTTP/') ? fromXml(text) : text.split('\n').flatMap(fromLine);
}

function fromLine(text: string): Program[] {
  const found = line.exec(text);
  if (found?.[1] === undefined || found[2] === undefined) return [];
  return [{ name: found[1], state: found[2], uptimeMs: uptimeOf(found[3] ?? '') }];
}

/** Named and timed as supervisorctl does it. http://supervisord.org/api.html#supervisor.rpcinterface.SupervisorNamespaceRPCInterface.getProcessInfo */
function fromXml(text: string): Program[] {
  return text.split('</struct>').flatMap((struct) => {
    const fields = new Map(
      [...struct.matchAll(/<name>(\w+)<\/name>\s*<value><\w+>([^<]*)</g)].map((found) => [
        found[1] ?? '',
        decode(found[2] ?? ''),
      ]),
    );
    const [name, group, state] = ['name', 'group', 'statename'].map((field) => fields.get(field));
    if (name === undefined || group === undefined || state === undefined) return [];
    const upSeconds = Number(fields.get('now')) - Number(fields.get('start'));
    const uptimeMs = state === 'RUNNING' ? Math.max(0, upSeconds) * 1000 : null;
    return [{ name: group === name ? name : `${group}:${name}`, state, uptimeMs }];
  });
}

function decode(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function uptimeOf(detail: string): number | null {
  const found = uptime.exec(detail);
  if (!found) return null;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = found.slice(1).map((part) => Number(part ?? 0));
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
}

/** A GET request in POSIX sh with the tools that hosts have, and its answer read back the same from each. */
import { quote } from '../../checks/batch/quote.ts';
import type { Answer } from '../../checks/kind.ts';
import { oneLine } from '../../checks/pattern.ts';

/** What came of a request. */
export type Response =
  | {
      readonly status: 'answered';
      readonly code: number;
      readonly headers: readonly (readonly [name: string, value: string])[];
      readonly body: string;
    }
  /** Nobody answered: refused, unreachable, unknown name. */
  | { readonly status: 'silent'; readonly detail: string }
  | { readonly status: 'late' }
  | { readonly status: 'broken'; readonly detail: string }
  | { readonly status: 'toolless' }
  | { readonly status: 'untold'; readonly detail: string };

/** Exit codes, which are curl's where curl has one. */
const python = `
import http.client, signal, socket, ssl, sys, urllib.parse
url, seconds = urllib.parse.urlsplit(sys.argv[1]), float(sys.argv[2])
def late(*_):
    sys.exit(28)
signal.signal(signal.SIGALRM, late)
signal.setitimer(signal.ITIMER_REAL, seconds)
out = sys.stdout.buffer
try:
    kind = http.client.HTTPSConnection if url.scheme == "https" else http.client.HTTPConnection
    connection = kind(url.hostname, url.port, timeout=seconds)
    connection.request("GET", (url.path or "/") + ("?" + url.query if url.query else ""), headers={"User-Agent": "lockstep"})
    answer = connection.getresponse()
    head = "HTTP/1.1 %d %s\\r\\n" % (answer.status, answer.reason)
    head += "".join("%s: %s\\r\\n" % pair for pair in answer.getheaders())
    out.write(head.encode("latin-1") + b"\\r\\n")
    while True:
        piece = answer.read(65536)
        if not piece:
            break
        out.write(piece)
    if answer.length:
        sys.exit(18)
except socket.gaierror as error:
    print(error.strerror, file=sys.stderr)
    sys.exit(6)
except (ConnectionRefusedError, ssl.SSLError) as error:
    print(error.strerror, file=sys.stderr)
    sys.exit(7)
except socket.timeout:
    sys.exit(28)
except ConnectionError as error:
    print(error or type(error).__name__, file=sys.stderr)
    sys.exit(52)
except http.client.HTTPException as error:
    print("%s %s" % (type(error).__name__, error), file=sys.stderr)
    sys.exit(8)
except OSError as error:
    print(error.strerror, file=sys.stderr)
    sys.exit(7)
`;

const perl = `
use IO::Socket::INET;
my ($url, $seconds) = @ARGV;
$SIG{ALRM} = sub { exit 28 };
alarm($seconds < 1 ? 1 : int $seconds);
my ($host, $port, $path) = $url =~ m{^http://(?:[^/@]*@)?([^/:?]+)(?::([0-9]+))?([^#]*)} or do { print STDERR "perl can ask http:// addresses only\\n"; exit 1 };
$port ||= 80;
$path = "/$path" unless $path =~ m{^/};
my $socket = IO::Socket::INET->new(PeerAddr => $host, PeerPort => $port, Proto => "tcp") or do { print STDERR "$!\\n"; exit 7 };
print $socket "GET $path HTTP/1.0\\r\\nHost: $host:$port\\r\\nUser-Agent: lockstep\\r\\nConnection: close\\r\\n\\r\\n";
my $got = 0;
while (my $read = sysread($socket, my $piece, 65536)) { $got += $read; print $piece }
exit($got ? 0 : 52);
`;

/**
 * A script that asks for the url and prints which tool it used, then status line, headers and body.
 * @param url http or https.
 * @param timeoutMs the deadline around it; the tools give up a little earlier so that they can say so themselves.
 * @throws RangeError for an address of another kind.
 */
export function getScript(url: string, timeoutMs: number): string {
  if (!/^https?:\/\//i.test(url)) throw new RangeError(`${url} is neither an http:// nor an https:// address`);
  const seconds = Math.max(0.5, timeoutMs / 1000 - Math.min(0.5, timeoutMs / 5000)).toFixed(1);
  const whole = Math.max(1, Math.floor(Number(seconds)));
  const word = quote(url);
  return `LC_ALL=C; export LC_ALL
if command -v curl >/dev/null 2>&1; then
  echo curl
  exec curl -q -sS -i -g -A lockstep -m ${seconds} --noproxy '*' --url ${word}
elif command -v wget >/dev/null 2>&1; then
  help=$(wget --help 2>&1) limit=
  echo wget
  case $help in *--content-on-error*)
    exec wget -nv -S -O - -U lockstep --content-on-error --max-redirect=0 --tries=1 -T ${whole} --no-proxy --no-config -- ${word} ;;
  *' -T '*) limit='-T ${whole}' ;;
  esac
  # busybox: -T is a matter of how it was built.
  exec wget -q -S -O - -U lockstep $limit -Y off ${word}
elif command -v python3 >/dev/null 2>&1; then
  echo python3
  exec python3 -c ${quote(python)} ${word} ${seconds}
elif command -v perl >/dev/null 2>&1; then
  echo perl
  exec perl -e ${quote(perl)} ${word} ${seconds}
fi
echo none`;
}

/**
 * Reads what `getScript` printed.
 * @param answer the host's.
 */
export function readResponse(answer: Answer): Response {
  const text = answer.stdout.toString('utf8');
  const end = text.indexOf('\n');
  const tool = text.slice(0, end);
  const rest = text.slice(end + 1);
  if (tool === 'none') return { status: 'toolless' };
  if (tool === 'wget') return readWget(answer, rest);
  if (answer.code === 0) return readMessage(rest);
  return byExitCode(answer, rest);
}

/** curl's exit codes: https://curl.se/libcurl/c/libcurl-errors.html */
function byExitCode(answer: Answer, rest: string): Response {
  const detail =
    oneLine(answer.stderr)
      .replace(/^curl: \(\d+\) /, '')
      .replace(/\.$/, '') || `exit code ${answer.code}`;
  if ([6, 7, 35, 51, 58, 60].includes(answer.code)) return { status: 'silent', detail };
  if (answer.code === 28) return { status: 'late' };
  if (answer.stderr.includes('HTTP/0.9')) return { status: 'broken', detail: 'it does not begin as one' };
  if ([8, 16, 18, 92].includes(answer.code)) return { status: 'broken', detail };
  if ([52, 55, 56].includes(answer.code)) return rest === '' ? { status: 'silent', detail } : { status: 'broken', detail };
  return { status: 'untold', detail };
}

/** Status line, headers, empty line, body; interim answers (1xx) before the real one are skipped. */
function readMessage(text: string): Response {
  const found = /^HTTP\/[\d.]+ (\d{3})[^\n]*\n/.exec(text);
  if (!found) return { status: 'broken', detail: `it begins ${oneLine(text.slice(0, 40)) || 'with nothing'}` };
  const code = Number(found[1]);
  const blank = /\r?\n\r?\n/.exec(text);
  const head = text.slice(found[0].length, blank?.index ?? text.length);
  const body = blank ? text.slice(blank.index + blank[0].length) : '';
  if (code < 200 && code !== 101) return readMessage(body);
  return { status: 'answered', code, headers: readHeaders(head), body };
}

function readHeaders(text: string): (readonly [string, string])[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const at = line.indexOf(':');
    return at < 1 ? [] : [[line.slice(0, at).trim(), line.slice(at + 1).trim()] as const];
  });
}

/** wget prints headers indented on stderr and its own complaints between them; busybox has no body with an error status. */
function readWget(answer: Answer, body: string): Response {
  const said = answer.stderr;
  const status = [...said.matchAll(/^ {2}HTTP\/[\d.]+ (\d{3})/gm)].at(-1);
  if (status) {
    const headers = readHeaders(
      said
        .slice(status.index)
        .split('\n')
        .filter((line) => /^ {2}\S/.test(line))
        .join('\n'),
    );
    return { status: 'answered', code: Number(status[1]), headers, body };
  }
  const detail =
    oneLine(said)
      .replace(/^wget: /, '')
      .replace(/\.$/, '') || `exit code ${answer.code}`;
  if (/timed out/i.test(said)) return { status: 'late' };
  if (/refused|unable to resolve|bad address|unreachable|not known|failed: /i.test(said)) return { status: 'silent', detail };
  if (/No data received|reset|closed/i.test(said)) return { status: 'silent', detail };
  if (said.includes('error getting response')) return { status: 'broken', detail };
  return answer.code === 0 ? { status: 'broken', detail: 'it has no status' } : { status: 'untold', detail };
}

/** Connects to a TCP address or UNIX socket, sends nothing and prints all that comes, with the tools that hosts have. */
import { quote } from '../../checks/batch/quote.ts';

const perl = `
use Socket;
my ($to, $seconds) = @ARGV;
$SIG{ALRM} = sub { exit 28 };
alarm $seconds;
my ($family, $address) = (AF_UNIX, undef);
if ($to =~ m{^/}) {
  length($to) < 108 or do { print STDERR "the path of the socket is too long\\n"; exit 7 };
  $address = pack_sockaddr_un($to);
} else {
  my ($host, $port) = $to =~ m{^(.*):([0-9]+)$} or do { print STDERR "it is neither host:port nor a path\\n"; exit 1 };
  my $packed = inet_aton($host) or do { print STDERR "the name is not known\\n"; exit 7 };
  ($family, $address) = (AF_INET, pack_sockaddr_in($port, $packed));
}
my $socket;
socket($socket, $family, SOCK_STREAM, 0) && connect($socket, $address) or do { print STDERR "$!\\n"; exit 7 };
while (sysread($socket, my $piece, 65536)) { print $piece }
`;

const python = `
import signal, socket, sys
to, seconds = sys.argv[1], float(sys.argv[2])
signal.signal(signal.SIGALRM, lambda *_: sys.exit(28))
signal.setitimer(signal.ITIMER_REAL, seconds)
try:
    if to.startswith("/"):
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(to)
    else:
        host, _, port = to.rpartition(":")
        connection = socket.create_connection((host.strip("[]"), int(port)))
except OSError as error:
    print(error.strerror, file=sys.stderr)
    sys.exit(7)
while True:
    piece = connection.recv(65536)
    if not piece:
        break
    sys.stdout.buffer.write(piece)
`;

/**
 * A script that prints what the other end sends until it closes. Exit codes: 7 no connection, 28 too late, 127 no tool.
 * perl comes first: it starts in a tenth of python3's time and is on every Debian.
 * @param to `host:port` or the path of a UNIX socket.
 * @param timeoutMs the deadline around it; the script gives up a little earlier.
 */
export function connectScript(to: string, timeoutMs: number): string {
  const seconds = Math.max(1, Math.floor(timeoutMs / 1000 - 0.3));
  const word = quote(to);
  const unix = to.startsWith('/');
  const at = to.lastIndexOf(':');
  const host = quote(to.slice(0, Math.max(0, at)).replace(/^\[|\]$/g, ''));
  const port = quote(to.slice(at + 1));
  const ipv6 = /^\[/.test(to);
  return `LC_ALL=C; export LC_ALL
${ipv6 ? 'if false; then :' : `if command -v perl >/dev/null 2>&1; then\n  exec perl -e ${quote(perl)} ${word} ${seconds}`}
elif command -v python3 >/dev/null 2>&1; then
  exec python3 -c ${quote(python)} ${word} ${seconds}
${unix ? '' : `elif command -v bash >/dev/null 2>&1; then\n  exec bash -c 'exec 3<>"/dev/tcp/$1/$2" || exit 7; cat <&3' connect ${host} ${port}`}
elif command -v nc >/dev/null 2>&1; then
  ${unix ? `nc -U ${word}` : `nc ${host} ${port}`} </dev/null || exit 7
else
  exit 127
fi`;
}

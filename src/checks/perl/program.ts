/**
 * The quick way to ask, where the host has Perl (every Debian has): one program that looks light facts up by itself and
 * runs heavy ones beside each other. Starting programs is nearly all that a batch costs; this way it is one, and one for
 * each heavy fact. It stands in the asking script itself, before the text for hosts without Perl, so that either is one
 * round trip. No modules: loading them costs more than all the rest.
 *
 * Answers come back framed by their lengths, and the lengths stand where no fact can write. Whatever is not settled by
 * them (a path on a dead network file system, texts that are too much together) is asked again by `batchScript`.
 */

import type { Outcome } from '../../checks/batch/read-answers.ts';
import type { Asked } from '../../checks/batch/script.ts';
import type { Answer } from '../../checks/kind.ts';
import { perlKeeper } from './keeper.ts';
import { perlLooks, perlTools } from './looks.ts';

/** An answer, or why there is none; null for what is left open. */
type PerlOutcome = Outcome | null;

/** The line that ends what Perl reads. The lines before it begin with numbers. */
const last = 'END_OF_PERL';

const common = `my %asked;
chomp(my $line = <DATA>);
my ($nonce, $name, $seconds) = split / /, $line;
my ($d, $asker, $told) = ('', $$, '');
while (<DATA>) {
  chomp;
  last if $_ eq '${last}';
  my ($i, @words) = split / /, $_, -1;
  s/%(..)/chr hex $1/ge for @words;
  $asked{$i} = [@words];
}
close DATA;
my @order = sort { $a <=> $b } keys %asked;
my @heavy = grep { $asked{$_}[2] eq 'run' } @order;
my @light = grep { defined &{"look_$asked{$_}[2]"} } @order;
sub all_of { # HANDLE TEXT: writes all of it
  my ($to, $text) = @_;
  my $at = 0;
  while ($at < length $text) {
    my $done = syswrite($to, $text, length($text) - $at, $at);
    return 0 if !defined $done && $! != 4;
    $at += $done // 0;
  }
  return 1;
}
sub record { # INDEX CODE OUT ERR
  my ($i, $code, $out, $err) = @_;
  return join(' ', $i, $code, length $out, length $err) . "\\n$out$err";
}
sub look {
  my ($i) = @_;
  my (undef, $most, $how, @words) = @{$asked{$i}};
  my ($code, $out, $err) = &{"look_$how"}(@words);
  return '' unless defined $code;
  return record($i, $code, substr($out, 0, $most), $err);
}
all_of(\\*STDOUT, "\\n$nonce perl\\n");
`;

/** Runs the heavy facts, each with a keeper, and looks the others up meanwhile. */
const withHeavy = `sub now { # seconds; what is built in counts whole ones only
  my ($seconds) = (whole('/proc/uptime', 64) // '') =~ /^([0-9.]+)/;
  return $seconds || time;
}
sub remove { # FOLDER
  my ($folder) = @_;
  return if $folder eq '';
  opendir(my $entries, $folder) or return;
  unlink map { "$folder/$_" } grep { !/^\\.\\.?$/ } readdir $entries;
  rmdir $folder or system 'rm', '-rf', $folder;
}
sub make_folder { # NAME: the first place that can be written to; what a batch that was killed left there is removed
  for my $place ('/dev/shm', '/tmp', '/var/tmp', '/run') {
    opendir(my $entries, $place) or next;
    for my $left (grep { /^lockstep-checks\\.[0-9]+\\./ } readdir $entries) {
      remove("$place/$left") if -O "$place/$left" && $left =~ /\\.([0-9]+)\\./ && !-d "/proc/$1";
    }
    $d = "$place/lockstep-checks.$$.$name" if $d eq '' && mkdir "$place/lockstep-checks.$$.$name", 0700;
  }
  return $d ne '';
}
umask 077;
$ENV{PATH} = ($ENV{PATH} // '/usr/local/bin:/usr/bin:/bin') . ':/usr/local/sbin:/usr/sbin:/sbin';
if (!make_folder()) {
  all_of(\\*STDOUT, "\\n$nonce no-room\\n");
  exit 0;
}
$SIG{$_} = sub { remove($d); exit 143 } for qw(HUP INT TERM);
my @waiting;
my $begin = sub { # INDEX SECONDS WHAT
  my ($i, $most, $what) = @_;
  pipe(my $from, my $tell) or return;
  my $pid = fork;
  return unless defined $pid;
  if (!$pid) {
    close $from;
    $SIG{$_} = 'DEFAULT' for qw(HUP INT TERM);
    $what->($tell);
    exit 0;
  }
  push @waiting, { i => $i, pid => $pid, from => $from, until => now() + $most, said => '' };
};
for my $i (@heavy) {
  my ($most, $bytes, undef, $text) = @{$asked{$i}};
  my $file;
  if (!open($file, '>', "$d/$i.sh") || !all_of($file, $text)) {
    $told .= record($i, 'full', '', '');
    next;
  }
  close $file;
  $begin->($i, $most, sub { keep($_[0], $i, $bytes) });
}
$begin->(-1, $seconds, sub { my $tell = $_[0]; all_of($tell, "0\\n" . join '', (map { look($_) } @light), '.') }) if @light;
while (@waiting) {
  my ($ready, $due) = ('', $waiting[0]{until});
  for (@waiting) {
    vec($ready, fileno($_->{from}), 1) = 1;
    $due = $_->{until} if $_->{until} < $due;
  }
  my $left = $due - now();
  my $found = select($ready, undef, undef, $left > 0 ? $left : 0);
  my ($now, @still) = (now());
  for my $each (@waiting) {
    my $got = 1;
    if ($found > 0 && vec($ready, fileno($each->{from}), 1)) {
      $got = sysread($each->{from}, $each->{said}, 1 << 20, length $each->{said});
    } elsif ($now >= $each->{until}) {
      my ($c) = $each->{said} =~ /^([0-9]+)\\n/;
      end_tree($each->{pid}, $c || 0);
      kill 'KILL', -$c if $c;
      $told .= record($each->{i}, 'late', '', '') if $each->{i} >= 0;
      next;
    }
    push(@still, $each), next if !defined $got || $got;
    my ($c, $answer) = $each->{said} =~ /^([0-9]+)\\n(.*)\\.\\z/s;
    if (defined $answer) {
      $told .= $answer;
      next;
    }
    # Ended by the fact itself, its keeper could not end that.
    kill 'KILL', -$1 if $each->{said} =~ /^([0-9]+)\\n/ && $1;
    $told .= record($each->{i}, 'lost', '', '') if $each->{i} >= 0;
  }
  @waiting = @still;
}
# Taken away by a fact: some of them may not have found their text.
exit 1 if !-d $d;
remove($d);
`;

/**
 * A script that asks by Perl where there is one, and goes on with another script where there is none.
 * @param asked facts with deadlines in milliseconds.
 * @param nonce a word of letters and digits that nobody could guess.
 * @param folder another one, for the name of the folder, which everybody can see.
 * @param otherwise the script for hosts without Perl.
 */
export function perlScript(asked: readonly Asked[], nonce: string, folder: string, otherwise: string): string {
  const lightMs = Math.min(lightLimitMs, Math.max(...asked.map(({ timeoutMs }) => timeoutMs)));
  const lines = asked.map(({ fact, timeoutMs }, index) => {
    const how = fact.inPerl ?? (fact.weight === 'heavy' ? ['run', `${fact.script}\n`] : ['later']);
    const [name = '', ...words] = how;
    return [index, timeoutMs / 1000, fact.maxBytes + 1, name, ...words.map(escaped)].join(' ');
  });
  return `command -v perl >/dev/null 2>&1 && [ -r "$0" ] && exec perl -x "$0"
: <<'${last}'
#!perl
${programFor(asked)}__END__
${nonce} ${folder} ${lightMs / 1000}
${lines.join('\n')}
${last}
${otherwise}`;
}

/** Only what the facts need: reading the text is most of what it costs. */
function programFor(asked: readonly Asked[]): string {
  const looks = [...new Set(asked.map(({ fact }) => perlLooks[fact.inPerl?.[0] ?? ''] ?? ''))];
  const light = '$told .= look($_) for @light;\n';
  const heavy = asked.some(({ fact }) => fact.weight === 'heavy');
  return [perlTools, common, ...looks, heavy ? `${perlKeeper}${withHeavy}` : light, ending].join('');
}

const ending = `all_of(\\*STDOUT, "$told\\n$nonce end\\n");
`;

/** The longest that is waited for what is only looked up, milliseconds; what it leaves open is asked again. */
const lightLimitMs = 3_000;

/** Bytes that might part words or lines as `%` and two digits. */
function escaped(word: string): string {
  return Buffer.from(word)
    .toString('latin1')
    .replace(/[^\w./:-]/g, (letter) => `%${letter.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

/** What the asking Perl printed. */
export type PerlAnswers =
  /** Perl did not ask. */
  | { readonly status: 'elsewhere' }
  | { readonly status: 'no-room' }
  /** For each fact its outcome; null for one that it left open. `whole` is false when it was ended before its end. */
  | { readonly status: 'told'; readonly outcomes: readonly PerlOutcome[]; readonly whole: boolean };

/**
 * Takes the answers out of what the script printed.
 * @param stdout all of it, as far as it came.
 * @param nonce the one the script was made with.
 * @param limits bytes to keep of each answer's streams, in the order asked.
 */
export function readPerl(stdout: Buffer, nonce: string, limits: readonly number[]): PerlAnswers {
  const begin = `\n${nonce} perl\n`;
  if (!stdout.subarray(0, begin.length).equals(Buffer.from(begin))) return { status: 'elsewhere' };
  const end = Buffer.from(`\n${nonce} end\n`);
  const noRoom = Buffer.from(`\n${nonce} no-room\n`);
  const outcomes: PerlOutcome[] = limits.map(() => null);
  let at = begin.length;
  for (;;) {
    const rest = stdout.subarray(at);
    if (rest.equals(noRoom)) return { status: 'no-room' };
    if (rest.equals(end)) return { status: 'told', outcomes, whole: true };
    const found = /^(\d+) (\d+|late|lost|full) (\d+) (\d+)\n/.exec(rest.toString('latin1', 0, 64));
    const [head = '', index, how = '', out, errors] = found ?? [];
    const limit = limits[Number(index)];
    const size = head.length + Number(out) + Number(errors);
    if (found === null || limit === undefined || size > rest.length) return { status: 'told', outcomes, whole: false };
    const data = rest.subarray(head.length, size);
    outcomes[Number(index)] =
      how === 'late' || how === 'lost' || how === 'full' ? { missing: how } : answerOf(Number(how), data, Number(out), limit);
    at += size;
  }
}

function answerOf(code: number, data: Buffer, out: number, limit: number): Answer {
  const errors = data.subarray(out);
  return {
    code,
    stdout: Buffer.from(data.subarray(0, Math.min(out, limit))),
    stderr: errors.subarray(0, limit).toString('utf8'),
    truncated: out > limit || errors.length > limit,
  };
}

/**
 * The keeper of a batch's heavy facts, in Perl: starts each in a process group of its own, keeps the beginning of what it
 * says and drops the rest, ends whatever it left in its group, and writes down how it ended. Each fact has a process of the
 * keeper to itself, so that one that ends its parent loses only its own answer. Starting programs is what a batch costs: a
 * fact takes one here, and six where there is no Perl (every Debian has one).
 *
 * Arguments: the batch's folder, then for each fact its index and the bytes to keep of each stream. Files by the fact's
 * index: `.sh` its text, `.o` and `.e` what it said, `.p` the keeper's process, `.c` its own, `.x` its exit code, `.o.full`
 * and `.e.full` where the disk was, `.t` from the watchdog: too late. No modules: loading them costs more than all the rest.
 */
export const keeperScript = `my ($d, @facts) = @ARGV;
my %keeping;
while (my ($i, $most) = splice @facts, 0, 2) {
  next if -e "$d/$i.t";
  my $p = fork;
  exit 1 unless defined $p;
  keep($i, $most), exit 0 if !$p;
  tell_file("$d/$i.p", "$p\\n");
  $keeping{$p} = $i;
}
while ((my $p = wait) > 0) {
  my $i = $keeping{$p};
  next if -e "$d/$i.x" || !open(my $file, '<', "$d/$i.c");
  # Ended by the fact itself, its keeper could not end that.
  my $c = int(<$file> || 0);
  kill 'KILL', -$c if $c > 1;
}

sub tell_file {
  open(my $file, '>', $_[0]) or return;
  print $file $_[1];
}

sub keep {
  my ($i, $most) = @_;
  pipe(my $o, my $to_o) && pipe(my $e, my $to_e) or return;
  my $over = 0;
  # A handler, so that the end of a fact wakes the wait for its output.
  $SIG{CHLD} = sub { };
  my $c = fork;
  return unless defined $c;
  if (!$c) {
    setpgrp(0, 0);
    open(STDOUT, '>&', $to_o) && open(STDERR, '>&', $to_e) or exit 1;
    exec 'sh', "$d/$i.sh" or exit 127;
  }
  setpgrp($c, $c);
  tell_file("$d/$i.c", "$c\\n");
  close $to_o;
  close $to_e;
  my @streams;
  for (['o', $o], ['e', $e]) {
    open(my $file, '>', "$d/$i.$_->[0]") or tell_file("$d/$i.$_->[0].full", '');
    push @streams, { full => "$d/$i.$_->[0].full", from => $_->[1], file => $file, left => $most };
  }
  while (@streams || !$over) {
    if (!$over && waitpid($c, 1) == $c) {
      $over = 1 + $?;
      kill 'KILL', -$c;
    }
    my $ready = '';
    vec($ready, fileno($_->{from}), 1) = 1 for @streams;
    # The time is for an end that comes just before the wait; after it, what has been said is there already.
    my $found = select($ready, undef, undef, $over ? 0 : 0.1);
    last if $over && $found < 1;
    @streams = grep { !vec($ready, fileno($_->{from}), 1) || take($_) } @streams if $found > 0;
  }
  $over -= 1;
  tell_file("$d/$i.x", ($over & 127 ? 128 + ($over & 127) : $over >> 8) . "\\n");
}

sub take {
  my ($stream) = @_;
  my $got = sysread($stream->{from}, my $piece, 65536);
  return !defined $got if !$got;
  my $part = $got < $stream->{left} ? $got : $stream->{left};
  $stream->{left} -= $part;
  return 1 if !$part || !$stream->{file};
  my $written = syswrite($stream->{file}, $piece, $part);
  tell_file($stream->{full}, '') if !defined $written || $written < $part;
  return 1;
}
`;

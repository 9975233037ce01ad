/**
 * What keeps a heavy fact from all others, in Perl: a keeper, a process that runs it in a process group of its own, keeps
 * the beginning of what it says and drops the rest, and ends whatever it left in its group. Each fact has a keeper to
 * itself, so that one that ends its parent loses only its own answer. The keeper tells its end through a pipe that the
 * fact has not. When the asking process is gone, the keeper ends its fact and itself.
 */

/**
 * `keep INDEX MOST WORDS…`, in the keeper, never returns; `end_tree PID…` ends processes and all that descends from them,
 * held first, so that nothing forks away meanwhile.
 */
export const perlKeeper = `sub end_tree {
  my %ours;
  my @new = grep { $_ > 1 } @_;
  while (@new) {
    $ours{$_} = kill('STOP', $_) || 1 for @new;
    @new = ();
    opendir(my $proc, '/proc') or last;
    for my $pid (grep { /^[0-9]+$/ && !$ours{$_} && $_ != $$ } readdir $proc) {
      my $stat = whole("/proc/$pid/stat", 4096) // next;
      push @new, $pid if $stat =~ /.*\\) \\S+ ([0-9]+)/s && $ours{$1};
    }
  }
  kill 'KILL', keys %ours;
}
sub keep {
  my ($tell, $i, $most, @how) = @_;
  # Whoever ends the asking with its process group has not ended the facts: a keeper stays to do that.
  setpgrp(0, 0);
  pipe(my $o, my $to_o) && pipe(my $e, my $to_e) or exit 1;
  my $over = 0;
  # A handler, so that the end of a fact wakes the wait for its output.
  $SIG{CHLD} = sub { };
  my $c = fork;
  exit 1 unless defined $c;
  if (!$c) {
    setpgrp(0, 0);
    open(STDIN, '<', '/dev/null') && open(STDOUT, '>&', $to_o) && open(STDERR, '>&', $to_e) or exit 1;
    exec 'sh', "$d/$i.sh" or exit 127;
  }
  setpgrp($c, $c);
  all_of($tell, "$c\\n");
  close $to_o;
  close $to_e;
  my @streams = map { { from => $_, kept => '', most => $most } } $o, $e;
  my @open = @streams;
  while (@open || !$over) {
    if (!$over && waitpid($c, 1) == $c) {
      $over = 1 + $?;
      kill 'KILL', -$c;
    }
    if (getppid != $asker) {
      kill 'KILL', -$c;
      end_tree($c) if !$over;
      remove($d);
      exit 1;
    }
    my $ready = '';
    vec($ready, fileno($_->{from}), 1) = 1 for @open;
    # The time is for an end that comes just before the wait; after it, what has been said is there already.
    my $found = select($ready, undef, undef, $over ? 0 : 0.1);
    last if $over && $found < 1;
    @open = grep { !vec($ready, fileno($_->{from}), 1) || take($_) } @open if $found > 0;
  }
  $over -= 1;
  my $code = $over & 127 ? 128 + ($over & 127) : $over >> 8;
  all_of($tell, record($i, $code, map { $_->{kept} } @streams) . '.');
  # Not by \`exit\`: a fifth of its time goes into tidying up.
  kill 'KILL', $$;
}
sub take {
  my ($stream) = @_;
  my $got = sysread($stream->{from}, my $piece, 65536);
  return !defined $got if !$got;
  $stream->{kept} .= substr $piece, 0, $stream->{most} - length $stream->{kept};
  return 1;
}
`;

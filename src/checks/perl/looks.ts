/**
 * What the asking Perl looks up by itself, without starting a program: paths, texts, ports, sockets, processes. Each says
 * what the sh text of the same fact prints, so that the judges need not know who was asked. System errors by number: their
 * words depend on the host's language. Each is a piece of text of its own, since what is not needed takes time to read.
 */

/** What they all may use: words of an error, a path that is no option, the beginning of a file. */
export const perlTools = `my %words = (2 => 'No such file or directory', 13 => 'Permission denied', 20 => 'Not a directory', 40 => 'Too many levels of symbolic links');
sub why { $words{$! + 0} || "$!" }
sub path_of { $_[0] =~ m{^/} ? $_[0] : "./$_[0]" }
sub whole { # PATH MOST: the beginning of a file; undef where it cannot be read
  my ($path, $most) = @_;
  open(my $file, '<', $path) or return;
  my ($text, $got) = ('', 1);
  while ($got && length $text < $most) {
    $got = sysread($file, $text, $most - length $text, length $text);
    return unless defined $got;
  }
  return $text;
}
`;

/** Functions `look_NAME` by the names that facts use in `inPerl`; each returns exit code, output and errors, or nothing: ask sh. */
export const perlLooks: Readonly<Record<string, string>> = {
  stat: `my (%user, %group);
sub stat_line {
  my ($mode, $uid, $gid, $size) = @_[2, 4, 5, 7];
  $user{$uid} = getpwuid($uid) // 'UNKNOWN' unless exists $user{$uid};
  $group{$gid} = getgrgid($gid) // 'UNKNOWN' unless exists $group{$gid};
  return sprintf "%x %s %s %s %s %s\\n", $mode, $size, $uid, $gid, $user{$uid}, $group{$gid};
}
sub look_stat {
  my $path = path_of($_[0]);
  my @own = lstat $path or return (1, '', 'stat: ' . why());
  my $said = stat_line(@own);
  return (0, $said, '') if ($own[2] & 0170000) != 0120000;
  my @final = stat $path;
  my $error = @final ? '' : 'stat: ' . why();
  my $to = readlink $path;
  return unless defined $to;
  return (0, $said . (@final ? stat_line(@final) : "-\\n") . "$to\\n", $error);
}
`,
  content: `my $room = 4 * 262144;
sub look_content {
  my ($path, $most) = (path_of($_[0]), $_[1]);
  return (0, '', '') if !-f $path;
  return if $room < 0;
  my $text = whole($path, $most);
  return (1, '', why()) if !defined $text;
  $room -= length $text;
  return (0, $text, '');
}
`,
  // By netlink (sock_diag(7)), since /proc/net/tcp walks the table of all connections, 3 ms each on a machine with much
  // memory; its lines are made of the answer. Numbers: AF_NETLINK, SOCK_RAW, NETLINK_SOCK_DIAG, SOCK_DIAG_BY_FAMILY, 0x301
  // NLM_F_REQUEST | NLM_F_DUMP, 6 TCP, 10 TCP_LISTEN; types 2 an error, 3 the end.
  listening: `sub listening_by_netlink { # FAMILY: undef where that is not possible
  my ($family) = @_;
  my ($socket, $said) = (undef, '');
  socket($socket, 16, 3, 4) or return;
  send($socket, pack('L S S L L C4 L x48', 72, 20, 0x301, 1, 0, $family, 6, 0, 0, 1 << 10), 0) or return;
  while (1) {
    my $piece = '';
    defined recv($socket, $piece, 1 << 16, 0) && length $piece >= 16 or return;
    while (length $piece >= 16) {
      my ($size, $type) = unpack 'L S', $piece;
      return $said if $type == 3;
      return if $type == 2 || $size < 72;
      my ($port, @words) = unpack 'x20 n x2 L' . ($family == 2 ? 1 : 4), $piece;
      $said .= sprintf "0: %s:%04X - 0A \\n", join('', map { sprintf '%08X', $_ } @words), $port;
      substr $piece, 0, ($size + 3) & ~3, '';
    }
  }
}
sub look_listening {
  my $said = '';
  return (3, '', '') if !-r '/proc/net/tcp';
  for ([2, '/proc/net/tcp'], [10, '/proc/net/tcp6']) {
    my ($family, $list) = @$_;
    my $found = listening_by_netlink($family);
    if (!defined $found) {
      open(my $file, '<', $list) or next;
      while (<$file>) { $found .= $_ if index($_, ' 0A ') >= 0 }
    }
    $said .= $found // '';
  }
  return ($said eq '' ? 1 : 0, $said, '');
}
`,
  unix: `sub look_unix {
  my $said = whole('/proc/net/unix', $_[0]);
  return defined $said ? (0, $said, '') : (1, '', why());
}
`,
  real: `sub look_real {
  my $at = path_of($_[0]);
  for (1 .. 40) {
    my $to = readlink $at;
    last if !defined $to;
    $at = $to =~ m{^/} ? $to : ($at =~ m{^(.*/)}s)[0] . $to;
  }
  my ($folder, $name) = $at =~ m{^(.*)/([^/]*)$}s;
  opendir(my $here, '.') or return;
  my $real = chdir($folder eq '' ? '/' : $folder) ? readlink('/proc/self/cwd') : undef;
  chdir $here;
  return (0, '', '') if !defined $real;
  $real =~ s{/$}{};
  return (0, "$real/$name", '');
}
`,
  processes: `sub look_processes {
  my $most = $_[0];
  opendir(my $proc, '/proc') or return (1, '', why());
  my (@pids, $lines, $commands) = ();
  ($lines, $commands) = ('', '');
  for my $pid (grep { /^[0-9]+$/ } readdir $proc) {
    my $command = whole("/proc/$pid/cmdline", $most);
    # The kernel's own and what has ended have none; nobody asks for them.
    next if !defined $command || $command eq '';
    my ($file, $status);
    open($file, '<', "/proc/$pid/status") && sysread($file, $status, 8192) or next;
    push @pids, $pid;
    $lines .= "/proc/$pid/status:$_\\n" for $status =~ /^((?:PPid|Uid|NSsid|State):.*)$/mg;
    $commands .= "$nonce$command";
    last if length $commands > $most;
  }
  return (0, "$asker $nonce\\n@pids\\n$lines$commands$nonce", '');
}
`,
  user: `sub look_user {
  my @found = getpwnam $_[0];
  my $all = whole('/etc/passwd', 262144) // '';
  return (0, (@found ? $found[2] : '-') . "\\n$all", '');
}
`,
};

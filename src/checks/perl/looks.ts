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
  listening: `sub look_listening {
  my $said = '';
  return (3, '', '') if !-r '/proc/net/tcp';
  for my $list ('/proc/net/tcp', '/proc/net/tcp6') {
    open(my $file, '<', $list) or next;
    while (<$file>) { $said .= $_ if index($_, ' 0A ') >= 0 }
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

/** Which part of a line is a shell's prompt, and which first words are those of commands. */

/** A prompt with the user's and host's name, or in brackets, or of a virtual environment, before `$` or `#`. */
const NAMED = /^\s*(?:\([\w.-]{1,40}\) ?)?(?:\[[^\]\n]{1,80}\]|[\w.-]{1,64}@[\w.-]{1,64}(?::[^\s$#]{0,200})?) ?[$#](?: |$)/;
const USER = /^\s*(?:\([\w.-]{1,40}\) ?)?\$(?: |$)/;
const ROOT = /^\s*# /;

/** Languages in which `# ` at the start may be root's prompt; in the others it is a comment. */
const SESSION_LANGS = new Set(['', 'console', 'shell-session', 'shellsession']);

/** Programs that exercises use; a block that names no language is commands only if each starts with one of these. */
const PROGRAMS = new Set(
  `alias apk apt apt-cache apt-get awk base64 bash bg brew bzip2 cargo cat cd chgrp chmod chown clear cmake conda cp crontab curl cut
  date dd df diff dig dmesg dnf docker docker-compose dpkg du echo env exit export fg file find free galaxyctl gcc getent git go grep
  groupadd gunzip gzip head helm history host hostname htop id ifconfig install ip java jobs journalctl jq kill killall kubectl ldd less
  ln locale ls lsblk lsof make man mkdir mkfifo mktemp mount mv nano nc netstat nginx nohup node npm npx nslookup openssl passwd perl
  pgrep ping pip pip3 pkill podman printf ps psql pwd python python2 python3 readlink rm rmdir rsync ruby scp sed service set sh sha256sum
  sleep sort source split ss ssh ssh-keygen stat strace su sudo supervisorctl supervisord systemctl tail tar tee telnet test time timeout
  tmux top touch tr tree type ufw ulimit umask umount uname uniq unzip uptime useradd usermod uwsgi uwsgitop vi vim virtualenv watch wc
  wget which who whoami xargs xz yarn yum zip`.split(/\s+/),
);

/**
 * How many characters of a line are its prompt; 0 where it has none.
 * @param line a line of a block.
 * @param root whether a bare `# ` is root's prompt here.
 */
export function promptLength(line: string, root: boolean): number {
  const found = USER.exec(line) ?? NAMED.exec(line) ?? (root ? ROOT.exec(line) : null);
  return found === null ? 0 : found[0].length;
}

/**
 * True where the `# ` lines of a block are root's prompts rather than comments: the block is a session, has no `$ `,
 * starts with such a line, each of them names a program, and no other line does.
 * @param lines the block's lines.
 * @param lang the fence's language, lower case.
 */
export function rootPromptsCount(lines: readonly string[], lang: string): boolean {
  if (!SESSION_LANGS.has(lang)) return false;
  const written = lines.filter((line) => line.trim() !== '');
  if (!ROOT.test(written[0] ?? '') || written.some((line) => USER.test(line))) return false;
  return written.every((line) => ROOT.test(line) === looksLikeCommand(line.replace(ROOT, '')));
}

/**
 * True where a command's first word (after `sudo` and assignments) is a well-known program or a path.
 * @param command a command, without prompt.
 */
export function looksLikeCommand(command: string): boolean {
  const words = command.trim().split(/\s+/, 12);
  const name = words.find((word) => !/^\w+=/.test(word));
  if (name === undefined) return words.some((word) => /^\w+=\S/.test(word));
  return PROGRAMS.has(name) || /^(?:\.{1,2}|~)?\/[\w./+-]*[\w+-]$/.test(name) || /^(?:for|while|until|if|case)$/.test(name);
}

/**
 * True where a command opens root's shell: `# ` after it is that shell's prompt.
 * @param command a command, without prompt.
 */
export function startsRootShell(command: string): boolean {
  return /^\s*(?:sudo\s+(?:-i|-s|su\b|bash\b|sh\b)|su(?:\s+-|\s+root)?\s*$)/.test(command);
}

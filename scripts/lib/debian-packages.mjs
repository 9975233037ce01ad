/**
 * Every Debian package that Lockstep itself needs, once. README names the same; a test compares the two.
 * What a lesson's host needs (a web server, a compiler) is installed on the host and stands in fixtures/hosts.
 * `program` is how one sees that a package is there.
 */

/** To run lessons on the embedded sandbox host. */
export const FOR_RUNNING = [
  { name: 'python3', program: 'python3', why: 'the helper that makes the sandbox' },
  { name: 'e2fsprogs', program: 'mkfs.ext4', why: "the file system that holds the sandbox's layers" },
  { name: 'kmod', program: 'modprobe', why: 'overlayfs, where the kernel has it as a module' },
  { name: 'procps', program: 'ps', why: '`ps` and `top` in the shells of lessons' },
];

/** For `npm test` and `npm run bench`. */
export const FOR_TESTING = [
  { name: 'git', program: 'git', why: 'a copy of the sources for tests of the tools' },
  { name: 'busybox', program: 'busybox', why: 'checks and scripts are tried under its shell and tools' },
  { name: 'curl', program: 'curl', why: 'one of the tools that checks ask a host with' },
  { name: 'wget', program: 'wget', why: 'one of the tools that checks ask a host with' },
  { name: 'tmux', program: 'tmux', why: 'benchmarks and the terminal pane are compared with it' },
  { name: 'vttest', program: 'vttest', why: 'the terminal pane is compared with tmux, screen by screen' },
  { name: 'vim', program: 'vim', why: 'a full-screen program inside the terminal pane' },
  { name: 'htop', program: 'htop', why: 'a full-screen program inside the terminal pane' },
  { name: 'nano', program: 'nano', why: 'a full-screen program inside the terminal pane' },
  { name: 'less', program: 'less', why: 'a full-screen program inside the terminal pane' },
  { name: 'openssh-client', program: 'ssh', why: 'hosts over ssh' },
  { name: 'openssh-server', program: 'sshd', why: 'a real server for hosts over ssh' },
  { name: 'postgresql', program: 'pg_ctlcluster', why: 'a real server for classes that are kept in PostgreSQL' },
  { name: 'openssl', program: 'openssl', why: 'a certificate for a class over TLS' },
  { name: 'docker.io', program: 'dockerd', why: 'a real engine for hosts in containers' },
  { name: 'podman', program: 'podman', why: 'the other engine for hosts in containers' },
  { name: 'catatonit', program: 'catatonit', why: "the first process of that engine's containers" },
  { name: 'debootstrap', program: 'debootstrap', why: "the base image of the engines' containers" },
  { name: 'sudo', program: 'sudo', why: 'hosts over ssh and this very machine: checks ask as root' },
  { name: 'chromium', program: 'chromium', why: "the class's page in a real browser" },
  // A font has no program; this is its folder, as seen from one of programs.
  { name: 'fonts-inter', program: '../share/fonts/opentype/inter', why: 'letters for that browser' },
];

"""What a job's own process does between fork and exec: groups, rights, descriptors, environment."""
import fcntl
import os
import resource
import struct
import termios

import _signal as signal

import accounts
import file_work
import quick_json as json
from trouble import Trouble

PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
MOST_FILES = 4096
_SCRIPT_FD = 99  # out of the way of the numbers that scripts use themselves


def _ordinary_signals():
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGCHLD, signal.SIGPIPE, signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGXFSZ):
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, [])


def _join(procs):
    for descriptor in procs:
        try:
            os.write(descriptor, b'0')
        except OSError:
            pass


def _place(descriptors):
    """Puts descriptors where the program expects them, {number: descriptor}, and closes all others."""
    high = {number: fcntl.fcntl(descriptor, fcntl.F_DUPFD, 200) for number, descriptor in descriptors.items()}
    for number, descriptor in high.items():
        os.dup2(descriptor, number)
    first = 0
    for number in [*sorted(descriptors), MOST_FILES]:
        if first < number:  # an empty range would close everything (Python 3.11)
            os.closerange(first, number)
        first = number + 1


def _become(account):
    try:
        with open('/proc/self/oom_score_adj', 'w') as file:
            file.write('300')  # if memory runs out, the sandbox goes before the machine's own programs
    except OSError:
        pass
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(1024, most), most))
    os.umask(0o022)
    os.setgroups(account.groups)
    os.setresgid(account.gid, account.gid, account.gid)
    os.setresuid(account.uid, account.uid, account.uid)
    for folder in (account.home, '/'):
        try:
            os.chdir(folder)
            return
        except OSError:
            pass


def environment(account, extra):
    """A login's environment."""
    return {'HOME': account.home, 'USER': account.name, 'LOGNAME': account.name, 'SHELL': account.shell,
            'PATH': PATH, 'LANG': 'C.UTF-8', **extra}


def run_script(job):
    """Becomes `sh` on the job's script, which has no name and no text that ps or pgrep could find."""
    account = accounts.find(job.header.get('user') or 'root')
    descriptors = {0: job.stdin, 1: job.write_ends['o'], 2: job.write_ends['e'], _SCRIPT_FD: job.script,
                   _SCRIPT_FD + 1: job.write_ends['r']}
    if 's' in job.write_ends:
        descriptors[3] = job.write_ends['s']
    _become(account)
    if job.header.get('cwd'):
        os.chdir(job.header['cwd'])
    _place(descriptors)
    os.set_inheritable(_SCRIPT_FD + 1, False)
    job.write_ends['r'] = _SCRIPT_FD + 1
    marked = {} if job.group.folder is not None else {'LOCKSTEP_JOB': job.mark}
    values = environment(account, {**marked, **job.header.get('env', {})})
    os.execve('/bin/sh', ['sh', '/proc/self/fd/%d' % _SCRIPT_FD], values)


def run_shell(job):
    """Becomes an interactive shell on the job's terminal; all that can be done before its gate opens is done before."""
    terminal = job.terminal
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack('4H', job.header['rows'], job.header['cols'], 0, 0))
    fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
    gate = {} if job.gate is None else {_SCRIPT_FD: job.gate}
    _place({0: terminal, 1: terminal, 2: terminal, _SCRIPT_FD + 1: job.write_ends['r'], **gate})
    os.set_inheritable(_SCRIPT_FD + 1, False)
    job.write_ends['r'] = _SCRIPT_FD + 1
    if gate:
        if not os.read(_SCRIPT_FD, 1):
            return
        os.close(_SCRIPT_FD)
    # The account may have been made a moment ago.
    account = accounts.find(job.header['user'])
    os.fchown(0, account.uid, accounts.group_id('tty', 5))
    _become(account)
    values = environment(account, {'TERM': 'xterm-256color', **job.header.get('env', {})})
    bash = next((path for path in ('/bin/bash', '/usr/bin/bash') if os.access(path, os.X_OK)), None)
    if job.header.get('rc_path') and bash:
        os.execve(bash, ['bash', '--rcfile', job.header['rc_path'], '-i'], values)
    for path in (account.shell, bash, '/bin/sh'):
        if path and os.access(path, os.X_OK):
            os.execve(path, ['-' + os.path.basename(path)], values)
    raise FileNotFoundError('no shell')


def run_file_work(job):
    """Does one thing with files and ends."""
    header = job.header
    user = header.get('user') or 'root'
    if header['op'] == 'stat':
        answer = {'stat': file_work.look(header['path'], user)}
    elif header['op'] == 'read':
        file_work.read(header['path'], user, header['limit'], lambda chunk: _write_all(job.write_ends['o'], chunk))
        answer = {}
    else:
        with open(job.stdin, 'rb', closefd=False) as file:
            content = file.read()
        answer = {'backup': file_work.write(header['path'], user, header['mode'], header['backup'], content)}
    _write_all(job.write_ends['r'], json.dumps(answer).encode())


def _write_all(descriptor, data):
    while data:
        data = data[os.write(descriptor, data):]


_WORK = {'exec': run_script, 'shell': run_shell, 'stat': run_file_work, 'read': run_file_work, 'write': run_file_work}


def run(job, procs):
    """The whole life of a job's process; never returns."""
    code = 127
    try:
        _ordinary_signals()
        os.setsid()
        _join(procs)
        _WORK[job.header['op']](job)
        code = 0
    except Trouble as trouble:
        _report(job, trouble)
    except FileNotFoundError:
        _report(job, Trouble('host-broken', 'The host has no shell any more: its system files are gone.'))
    except BaseException as error:
        _report(job, Trouble('host-bad-job', 'The host could not run that: %r' % error))
    os._exit(code)


def _report(job, trouble):
    try:
        _write_all(job.write_ends['r'], json.dumps(trouble.as_json()).encode())
    except OSError:
        pass

"""PID 1 of the sandbox and the one who runs things in it: scripts, shells, file work. One process, one loop.

Each job has a connection of its own, handed over by the helper; a client that hangs up ends its job's whole tree.
When the helper is gone this process ends, and with it the kernel ends everything in the sandbox.
"""
import os
import struct
import time

import _signal as signal
import _socket as socket

import children
import frames
import linux
import quick_json as json
import view
from job import Job
from job_group import JobGroup
from trouble import Trouble
from waiting import READ, WRITE, Waiting

_MAX_PENDING = 1 << 20  # unsent bytes of a connection above which its job's output is left in the pipe
# Of two names for one signal the first in the alphabet, as in Python's own list.
_SIGNALS = {getattr(signal, name): name for name in sorted(dir(signal), reverse=True)
            if name.startswith('SIG') and name[3:].isalnum()}
_KILL_AGAIN = 0.02
_GIVE_UP = 5.0  # after that long a job whose processes cannot be killed is answered all the same


class Agent:
    """`control`: the helper's socket; `groups`: folder descriptors of the cgroups by name."""

    def __init__(self, control, groups):
        self.control, self.groups = control, groups
        self.selector = Waiting()
        self.jobs = set()
        self.by_pid = {}
        self.emptied = []
        self.number = 0
        self.started = False  # the definition's start.sh has ended well

    def run(self):
        """Never returns."""
        woken, waker = os.pipe()
        os.set_blocking(woken, False)
        os.set_blocking(waker, False)
        signal.set_wakeup_fd(waker)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self.selector.register(self.control, READ, self.on_control)
        self.selector.register(woken, READ, lambda _: self.on_child(woken))
        try:
            self.loop()
        except Exception as error:  # ours to mend, and not to be kept secret
            self.control.send(json.dumps({'error': repr(error)}).encode())
        os._exit(1)

    def loop(self):
        """Handles what comes until the helper is gone."""
        while True:
            self.selector.wait(self.next_wait())
            self.on_time()

    def next_wait(self):
        """Seconds until something is due; None when nothing is."""
        now = time.monotonic()
        due = [now + _KILL_AGAIN if job.killing else job.deadline
               for job in self.jobs if job.killing or (job.deadline and not job.answered)]
        return max(0.0, min(due) - now) if due else None

    def on_control(self, _mask):
        """The helper hands over a connection together with its header."""
        try:
            data, ancillary, _, _ = self.control.recvmsg(frames.MAX_HEADER, socket.CMSG_SPACE(4))
        except OSError:
            data, ancillary = b'', []
        if not data:
            os._exit(0)
        [descriptor] = [struct.unpack('i', payload[:4])[0] for level, kind, payload in ancillary
                        if (level, kind) == (socket.SOL_SOCKET, socket.SCM_RIGHTS)]
        connection = socket.socket(fileno=descriptor)
        connection.setblocking(False)
        self.number += 1
        job = Job(self.number, connection, json.loads(data))
        self.jobs.add(job)
        self.selector.register(connection, READ, lambda mask: self.on_connection(job, mask))
        if job.missing == 0:
            self.try_launch(job)

    def on_connection(self, job, mask):
        if mask & WRITE:
            self.flush(job)
        if not mask & READ or job.connection is None:
            return
        try:
            data = job.connection.recv(min(job.missing, 1 << 20) or 4096)
        except BlockingIOError:
            return
        except OSError:
            data = b''
        if not data:
            self.hang_up(job)
        elif job.missing:
            job.body += data
            job.missing -= len(data)
            if job.missing == 0:
                self.try_launch(job)

    def try_launch(self, job):
        """One job that cannot be started must not end the sandbox."""
        try:
            self.launch(job)
        except (OSError, KeyError, TypeError, ValueError) as error:
            job.answered = True
            self.on_end(job, False)
            self.send(job, frames.json_frame('x', Trouble(
                'host-bad-job', 'The host could not start that: %r' % error).as_json()))

    def launch(self, job):
        """Forks the job's process."""
        header, master = job.header, None
        if header['op'] == 'shell':
            if header.get('terminal') is None:
                master, job.terminal = os.openpty()
            else:  # its master is with the client already
                job.terminal = os.open('/dev/pts/%d' % header['terminal'], os.O_RDWR | os.O_NOCTTY)
            job.open_files('r')
            self.store_rc(header)
            if header.get('after_start') and not self.started:
                job.wait_at_gate()
        else:
            job.open_files('oers' if header.get('status') else 'oer')
        job.group = JobGroup(self.groups.get(header.get('group', 'check'), []), job.mark)
        job.pid = os.fork()
        if job.pid == 0:
            children.run(job, job.group.procs)
        job.forked()
        self.by_pid[job.pid] = job
        self.watch_pipes(job, True)
        if header.get('timeout'):
            job.deadline = job.started + header['timeout']
        if master is not None:
            _send_terminal(job.connection, master)
            os.close(master)

    def store_rc(self, header):
        """Puts the shell's rc text where every user can read it, outside their homes."""
        text = header.pop('rc', None)
        if text is not None:
            header['rc_path'] = '%s/rc-%d' % (view.INSIDE, self.number)
            with open(header['rc_path'], 'wb') as file:
                os.fchmod(file.fileno(), 0o644)
                file.write(text.encode())

    def watch_pipes(self, job, wanted):
        """Reads a job's output, or leaves it in the pipe while its client is slow."""
        for kind, reading in job.pipes.items():
            registered = self.selector.has(reading)
            if wanted and not registered:
                self.selector.register(reading, READ,
                                       lambda _, kind=kind: self.on_pipe(job, kind))
            elif not wanted and registered:
                self.selector.unregister(reading)

    def on_pipe(self, job, kind):
        """Some output of a job; True when there may be more."""
        reading = job.pipes.get(kind)
        if reading is None:
            return False
        try:
            data = os.read(reading, 65536)
        except BlockingIOError:
            return False
        if not data:
            if self.selector.has(reading):
                self.selector.unregister(reading)
            os.close(reading)
            del job.pipes[kind]
        elif kind == 'r':
            job.result += data
        elif not job.answered:  # later it is a daemon's, which would die of a closed pipe
            kept = job.keep(kind, data)
            if kept:
                self.send(job, frames.frame(kind, kept))
        return bool(data)

    def send(self, job, data):
        job.pending += data
        self.flush(job)

    def flush(self, job):
        """Sends what the client's socket takes."""
        if job.connection is None:
            return
        try:
            while job.pending:
                del job.pending[:job.connection.send(job.pending)]
        except BlockingIOError:
            pass
        except OSError:
            self.hang_up(job)
            return
        self.selector.modify(job.connection, READ | (WRITE if job.pending else 0))
        self.watch_pipes(job, job.answered or len(job.pending) < _MAX_PENDING)
        if job.answered and not job.pending:
            self.disconnect(job)

    def on_child(self, woken):
        """Reaps everything that ended, ours and orphans."""
        try:
            os.read(woken, 4096)
        except BlockingIOError:
            pass
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                break
            if pid == 0:
                break
            job = self.by_pid.pop(pid, None)
            if job:
                job.status = linux.exit_code(status)
                if not job.killing:
                    self.answer(job)
        self.emptied = [group for group in self.emptied if not group.remove()]

    def on_time(self):
        now = time.monotonic()
        for job in list(self.jobs):
            if job.killing:
                self.kill(job)
            elif job.deadline and now >= job.deadline and not job.answered:
                job.timed_out = True
                self.kill(job)

    def kill(self, job):
        """One pass over the job's tree; comes again until nothing is left of it."""
        if not job.killing:
            job.killing, job.kill_since = True, time.monotonic()
        gone = job.group.kill(job.pid)
        if (gone and job.pid not in self.by_pid) or time.monotonic() - job.kill_since > _GIVE_UP:
            job.killing = False
            self.answer(job)

    def hang_up(self, job):
        """The client is gone. A shell loses its terminal by that; everything else is ended here."""
        ended = job.pid is None or job.answered or job.header['op'] == 'shell'
        self.disconnect(job)
        if not ended:
            job.answered = True
            self.jobs.add(job)
            self.watch_pipes(job, True)
            self.kill(job)

    def answer(self, job):
        """Sends what is still in the pipes and the result."""
        for kind in list(job.pipes):
            for _ in range(64):
                if not self.on_pipe(job, kind):
                    break
        self.emptied.append(job.group)
        self.on_end(job, job.status == 0)
        if job.connection is None:
            self.jobs.discard(job)
            return
        status = job.status
        answer = {'code': status if status is not None and status >= 0 else None,
                  'signal': _SIGNALS.get(-status, 'SIG%d' % -status) if status is not None and status < 0 else None,
                  'truncated': job.truncated, 'timed_out': job.timed_out,
                  'ms': round((time.monotonic() - job.started) * 1000)}
        if job.result:
            answer.update(json.loads(job.result))
        job.answered = True
        self.send(job, frames.json_frame('x', answer))

    def on_end(self, job, well):
        """Shells that were asked for while start.sh was running begin with its end, or not at all."""
        job.open_gate(False)
        if job.header.get('starts'):
            self.started = well
            for other in self.jobs:
                other.open_gate(well)

    def disconnect(self, job):
        self.jobs.discard(job)
        if job.connection is not None:
            self.selector.unregister(job.connection)
            job.connection.close()
            job.connection = None


def _send_terminal(connection, master):
    try:
        connection.sendmsg([frames.frame('t', b'')],
                           [(socket.SOL_SOCKET, socket.SCM_RIGHTS, struct.pack('i', master))])
    except OSError:
        pass

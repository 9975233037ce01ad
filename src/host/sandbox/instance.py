"""A running sandbox as the helper sees it: namespaces, cgroups, the agent inside."""
import os
import resource
import struct
import time

import _signal as signal
import _socket as socket

import cgroups
import children
import linux
import quick_json as json
import view
from agent import Agent
from trouble import Trouble


_STOP_SECONDS = 15


class Instance:
    """Starts at once; raises Trouble when the view cannot be made. The caller must be the reaper of orphans and of children."""

    def __init__(self, spec, limits, group_name, group_version):
        """
        `spec` for view.enter; `limits`: memory, pids, cpus of the learner's group; `group_name`: unique;
        `group_version`: of cgroups, None for what fits.
        """
        self.pid = None
        self.groups = cgroups.Cgroups(group_name, group_version)
        self.groups.limit('user', limits['memory'], limits['pids'], limits['cpus'], 25)
        self.groups.limit('check', max(limits['memory'] // 2, 256 << 20), 256, 1, 100)
        self.control, inner = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        for end in (self.control, inner):
            end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)
        reading, writing = os.pipe()
        middle = os.fork()
        if middle == 0:
            _middle(spec, inner, writing, self.groups)
        inner.close()
        os.close(writing)
        with open(reading, 'rb') as pipe:
            told = pipe.read()
        if not told.isdigit():
            self.stop()
            raise _cannot_start(json.loads(told)['error'] if told else 'it ended at once')
        self.pid = int(told)
        self.warnings = self._wait_ready()
        if not self.groups.limited:
            self.warnings.append('processes and CPU cannot be limited: no cgroups that may be changed')

    def _wait_ready(self):
        try:
            self.control.settimeout(30)
            answer = json.loads(self.control.recv(65536) or b'{"error": "it ended at once"}')
        except (OSError, ValueError) as error:
            answer = {'error': str(error)}
        if 'error' in answer:
            self.stop()
            raise _cannot_start(answer['error'])
        self.control.settimeout(5)
        return answer['warnings']

    def hand_over(self, connection, header):
        """Gives a client's connection to the agent."""
        self.control.sendmsg([json.dumps(header).encode()], [
            (socket.SOL_SOCKET, socket.SCM_RIGHTS, struct.pack('i', connection.fileno()))])

    def stop(self):
        """Ends every process inside and removes the groups; when it returns, nothing runs any more."""
        self.control.close()
        if self.pid is not None:
            try:
                os.kill(self.pid, signal.SIGKILL)
                # The kernel lets PID 1 go last. Nobody freezes any more, but somebody may have been about to thaw.
                until = time.monotonic() + _STOP_SECONDS
                while os.waitpid(self.pid, os.WNOHANG)[0] == 0 and time.monotonic() < until:
                    cgroups.thaw(self.groups.tops)
                    time.sleep(0.002)
            except (ProcessLookupError, ChildProcessError):
                pass
            self.pid = None
        cgroups.end(self.groups.tops, 2)


def _cannot_start(why):
    return Trouble('sandbox-start-failed', 'The sandbox cannot start: %s.' % why)


def _middle(spec, inner, writing, groups):
    """Makes the namespaces and forks PID 1 into them; never returns."""
    try:
        os.setsid()
        linux.unshare(linux.NEW_MOUNTS | linux.NEW_UTS | linux.NEW_IPC | linux.NEW_PID
                      | (linux.NEW_NET if spec['private'] else 0))
        pid = os.fork()
        if pid == 0:
            os.close(writing)
            _first_process(spec, inner, groups)
        os.write(writing, b'%d' % pid)
        os.close(writing)
        groups.hasten_joining()
    except BaseException as error:
        os.write(writing, json.dumps({'error': str(error)}).encode())
    os._exit(0)


def _first_process(spec, inner, groups):
    """PID 1 of the sandbox; never returns."""
    try:
        folders = groups.open_groups()
        linux.close_all_except({inner.fileno(), *(one for several in folders.values() for one in several)})
        null = os.open('/dev/null', os.O_RDWR)
        for number in (0, 1, 2):
            os.dup2(null, number)
        for number in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM, signal.SIGQUIT):
            signal.signal(number, signal.SIG_IGN)
        most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(children.MOST_FILES, most), most))
        socket.sethostname(spec['hostname'])
        if spec['private']:
            linux.loopback_up()
        warnings = view.enter(spec)
        linux.rename_process('lockstep-init')
        linux.drop_capabilities()
        linux.hide_descriptors()
        inner.send(json.dumps({'warnings': warnings}).encode())
        Agent(inner, folders).run()
    except BaseException as error:
        try:
            inner.send(json.dumps({'error': str(error)}).encode())
        except OSError:
            pass
    os._exit(1)

"""What the program asks of the helper: a connection for each request, with one header and one answer.

Long operations run in processes of their own, so that others need not wait; what happens inside the sandbox is handed
on to the agent there.
"""
import errno
import os
import struct

import _signal as signal
import _socket as socket

import frames
import linux
import operations
import storage
from trouble import Trouble
from waiting import READ


class Clients:
    """`config`: state, uid; `doing`: the Operations; `selector`: the Waiting of the helper."""

    def __init__(self, config, doing, selector):
        self.config, self.operations, self.selector = config, doing, selector
        self.state = config['state']
        self.waiting = {}
        self.workers = set()

    def listen(self, folder):
        """From now on; the socket lies in the folder."""
        os.chdir(folder)  # a socket's path has at most 107 bytes
        if os.path.lexists('socket'):
            os.unlink('socket')
        before = os.umask(0o177)
        listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        listening.bind('socket')
        os.umask(before)
        os.chown('socket', self.config['uid'], -1)
        listening.listen(64)
        listening.setblocking(False)
        self.selector.register(listening, READ, lambda _: self.on_client(listening))

    def on_client(self, listening):
        try:
            descriptor, _ = listening._accept()
        except BlockingIOError:
            return
        connection = socket.socket(fileno=descriptor)
        _, uid, _ = struct.unpack('3i', connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))
        if uid not in (0, self.config['uid']):
            connection.close()
            return
        connection.setblocking(False)
        self.waiting[connection] = bytearray()
        self.selector.register(connection, READ, lambda _: self.on_header(connection))

    def on_header(self, connection):
        try:
            header = frames.read_header(connection, self.waiting[connection])
        except BlockingIOError:
            return
        except (EOFError, ValueError, OSError):
            self.forget(connection)
            connection.close()
            return
        if header is not None:
            self.forget(connection)
            connection.setblocking(True)
            connection.settimeout(10)
            self.perform(connection, header)

    def forget(self, connection):
        self.selector.unregister(connection)
        del self.waiting[connection]

    def perform(self, connection, header):
        """Does what a client asked, or hands it on."""
        op = header.get('op')
        try:
            if op in operations.AGENT or op == 'shell':
                self.hand_over(connection, header)
            elif op == 'multiplexer':
                self.lend_multiplexer(connection)
            elif op in operations.DIRECT:
                answer(connection, getattr(self.operations, op)(header))
                if op in ('drop', 'swap', 'unlock_prepare'):
                    self.work({'op': 'empty_trash'}, None)
            elif op in operations.FORKED:
                self.work(header, connection)
            else:
                raise Trouble('sandbox-bad-request', 'The sandbox\'s helper does not know %r.' % op)
        except Trouble as trouble:
            refuse(connection, header, trouble)
        except OSError as error:
            refuse(connection, header, self.trouble_of(op, error))
        connection.close()

    def attempt(self, header):
        """The answer to one of the short questions, a trouble included."""
        try:
            return getattr(self.operations, header['op'])(header)
        except Trouble as trouble:
            return trouble.as_json()
        except OSError as error:
            return self.trouble_of(header['op'], error).as_json()

    def trouble_of(self, op, error):
        """
        What an error of the system's means. A full disk below the image shows as an I/O error inside, and as a
        read-only image once its file system has had enough of those.
        """
        free = storage.free_bytes(self.state)
        if error.errno in (errno.ENOSPC, errno.EDQUOT) or (
                error.errno in (errno.EIO, errno.EROFS) and free < storage.RESERVE):
            return storage.disk_full(self.state, storage.RESERVE, free)
        return Trouble('sandbox-failed', 'The sandbox failed at %s: %s.' % (op, error))

    def hand_over(self, connection, header):
        if header['op'] == 'shell':
            known = self.operations.shells.get(header.get('token'))
            if known is None:
                raise Trouble('sandbox-bad-request', 'There is no such shell.')
            header = {**known, 'cols': header['cols'], 'rows': header['rows'], 'terminal': header.get('terminal')}
        self.running().hand_over(connection, header)

    def running(self):
        if not self.operations.instance:
            raise Trouble('sandbox-not-running', 'The sandbox is not running.')
        return self.operations.instance

    def lend_multiplexer(self, connection):
        """Gives a client the multiplexer of the sandbox's terminals."""
        connection.sendmsg([frames.frame('t', b'')], [
            (socket.SOL_SOCKET, socket.SCM_RIGHTS, struct.pack('i', self.operations.store.multiplexer))])

    def work(self, header, connection):
        """Runs one of the long operations in a process of its own, which answers the client itself."""
        pid = os.fork()
        if pid:
            self.workers.add(pid)
            return
        try:
            linux.die_with_parent()
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            result = getattr(self.operations, header['op'])(header)
        except Trouble as trouble:
            result = trouble.as_json()
        except OSError as error:
            result = self.trouble_of(header['op'], error).as_json()
        if connection:
            answer(connection, result)
        os._exit(0)


def answer(connection, value):
    """The last frame of a request; a client that is gone does not matter."""
    try:
        connection.sendall(frames.json_frame('x', value))
    except OSError:
        pass


def refuse(connection, header, trouble):
    """Answers after the body was read: closing with unread bytes would make the client miss the answer."""
    left = int(header.get('script') or 0) + int(header.get('stdin') or 0)
    try:
        while left > 0:
            data = connection.recv(min(left, 1 << 20))
            if not data:
                return
            left -= len(data)
    except OSError:
        return
    answer(connection, trouble.as_json())

"""Connects the terminal that it runs on with a shell in the sandbox. Needs no rights of its own.

Usage: attach.py FOLDER TOKEN. The helper's socket is in FOLDER. The shell's terminal is one of the sandbox's own; its
controlling side comes here as a descriptor, so that bytes and window sizes go straight to it.
"""
import fcntl
import json
import os
import select
import signal
import socket
import struct
import sys
import termios
import time
import tty

_CHUNK = 65536
_FULL = 1 << 18
_LAST_READS = 4096
_LAST_LOOK = 0.15


def window():
    """Rows and columns of our own terminal."""
    try:
        rows, cols = struct.unpack('4H', fcntl.ioctl(0, termios.TIOCGWINSZ, bytes(8)))[:2]
    except OSError:
        rows = cols = 0
    return rows or 24, cols or 80


def connect(folder, token):
    """Asks for the shell; (socket, terminal, bytes that came after)."""
    os.chdir(folder)
    helper = socket.socket(socket.AF_UNIX)
    helper.connect('socket')
    rows, cols = window()
    helper.sendall(json.dumps({'op': 'shell', 'token': token, 'rows': rows, 'cols': cols}).encode() + b'\n')
    data, ancillary, _, _ = helper.recvmsg(_CHUNK, socket.CMSG_SPACE(4))
    for level, kind, payload in ancillary:
        if (level, kind) == (socket.SOL_SOCKET, socket.SCM_RIGHTS):
            return helper, struct.unpack('i', payload[:4])[0], data
    return helper, None, data


def answer(helper, data):
    """The answer once it is whole, None before; -1 as code when the other side is gone."""
    try:
        more = helper.recv(_CHUNK)
    except BlockingIOError:
        return None
    except OSError:
        more = b''
    if not more:
        return {'code': -1}
    data += more
    while len(data) >= 5:
        length = struct.unpack('>I', data[1:5])[0]
        if len(data) < 5 + length:
            return None
        if data[:1] == b'x':
            return json.loads(data[5:5 + length])
        del data[:5 + length]
    return None


def move(source, target, buffer):
    """Reads once; False at the end."""
    try:
        data = os.read(source, _CHUNK)
    except BlockingIOError:
        return True
    except OSError:
        return False
    buffer += data
    flush(target, buffer)
    return bool(data)


def flush(target, buffer):
    """Writes what the other side takes."""
    try:
        while buffer:
            del buffer[:os.write(target, buffer)]
    except BlockingIOError:
        pass
    except OSError:
        buffer.clear()


def relay(helper, terminal, data):
    """Until the shell ends; returns its answer."""
    resized, waker = os.pipe()
    for descriptor in (0, 1, terminal, resized, waker):
        os.set_blocking(descriptor, False)
    helper.setblocking(False)
    signal.set_wakeup_fd(waker)
    signal.signal(signal.SIGWINCH, lambda *_: None)
    to_shell, to_screen = bytearray(), bytearray()
    poll, open_terminal = select.poll(), True
    poll.register(resized, select.POLLIN)
    poll.register(helper, select.POLLIN)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack('4H', *window(), 0, 0))
    while True:
        poll.register(0, select.POLLIN if len(to_shell) < _FULL else 0)
        poll.register(1, select.POLLOUT if to_screen else 0)
        wanted = (select.POLLIN if not to_screen else 0) | (select.POLLOUT if to_shell else 0)
        watch(poll, terminal, wanted if open_terminal else 0)
        for descriptor, event in poll.poll():
            if descriptor == 0:
                if not move(0, terminal, to_shell):
                    return {'code': -1}
            elif descriptor == 1 and event & (select.POLLERR | select.POLLHUP):
                return {'code': -1}
            elif descriptor == 1:
                flush(1, to_screen)
            elif descriptor == terminal:
                if event & select.POLLOUT:
                    flush(terminal, to_shell)
                if event & (select.POLLIN | select.POLLHUP) and not move(terminal, 1, to_screen):
                    open_terminal = False
            elif descriptor == resized:
                os.read(resized, 64)
                fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack('4H', *window(), 0, 0))
            else:
                found = answer(helper, data)
                if found:
                    drain(terminal, to_screen)
                    # Some readers of a terminal drop what they have not read yet when its program ends.
                    time.sleep(_LAST_LOOK)
                    return found


def watch(poll, descriptor, wanted):
    """Registers a descriptor, or none of its events: a terminal whose other side is closed reports that all the time."""
    if wanted:
        poll.register(descriptor, wanted)
    else:
        try:
            poll.unregister(descriptor)
        except KeyError:
            pass


def drain(terminal, to_screen):
    """
    The last words of the shell. A read that finds nothing has waited for what the kernel still had on the way; what
    programs in the background may write later does not matter.
    """
    os.set_blocking(1, True)
    flush(1, to_screen)
    for _ in range(_LAST_READS):
        try:
            data = os.read(terminal, _CHUNK)
        except OSError:  # nothing now, or the other side is closed
            return
        if not data:
            return
        flush(1, bytearray(data))


def complain(sentence):
    """On our own terminal, which is raw."""
    os.write(2, (sentence + '\r\n').encode())
    return 255


def main():
    """Relays and ends with the shell's exit code."""
    try:
        tty.setraw(0)
    except termios.error:
        pass
    try:
        helper, terminal, data = connect(sys.argv[1], sys.argv[2])
    except OSError as error:
        return complain('The sandbox cannot be reached: %s' % error)
    found = relay(helper, terminal, bytearray(data)) if terminal is not None else answer(helper, bytearray(data))
    if found is None or 'error' in found:
        return complain((found or {}).get('error', {}).get('sentence', 'The sandbox did not answer.'))
    if found.get('signal'):
        return 128 + getattr(signal, found['signal'], 0)
    return found['code'] if found['code'] is not None and found['code'] >= 0 else 255


os._exit(main())

"""Connects the terminal that it runs on with a shell in the sandbox. Needs no rights of its own.

Usage: attach.py FOLDER TOKEN. The helper's socket is in FOLDER. The shell's terminal is one of the sandbox's own; its
master comes here as a descriptor, and every byte goes through here. That is the way for whoever cannot open the
sandbox's multiplexer; the pane can nearly always, and then holds the master itself (hold_shell.py).
"""
import fcntl
import os
import select
import signal
import struct
import sys
import termios
import time
import tty

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import shell_client  # noqa: E402

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
    helper = shell_client.connect(folder)
    rows, cols = window()
    shell_client.ask(helper, {'op': 'shell', 'token': token, 'rows': rows, 'cols': cols})
    return helper, *shell_client.receive_descriptor(helper)


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
                found = shell_client.answer(helper, data)
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


def main():
    """Relays and ends with the shell's exit code."""
    try:
        tty.setraw(0)
    except termios.error:
        pass
    try:
        helper, terminal, data = connect(sys.argv[1], sys.argv[2])
    except OSError as error:
        return shell_client.complain('The sandbox cannot be reached: %s' % error)
    data = bytearray(data)
    return shell_client.exit_code(relay(helper, terminal, data) if terminal is not None else shell_client.answer(helper, data))


os._exit(main())

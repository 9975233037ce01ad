"""Starts a shell in the sandbox on a terminal whose master the program holds, and ends as the shell does.

Usage: hold_shell.py FOLDER TOKEN. The helper's socket is in FOLDER, the master is descriptor 3. Standard input gives
window sizes, one line `COLS ROWS` each, the first one before anything begins; its end is the program's end.
"""
import fcntl
import os
import select
import struct
import sys
import termios

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import shell_client  # noqa: E402

_MASTER = 3
# <asm-generic/ioctls.h>; Python knows them since 3.13.
_UNLOCK = getattr(termios, 'TIOCSPTLCK', 0x40045431)
_NUMBER = getattr(termios, 'TIOCGPTN', 0x80045430)


def unlock():
    """Lets the other side of the terminal be opened; its number in /dev/pts."""
    fcntl.ioctl(_MASTER, _UNLOCK, struct.pack('i', 0))
    return struct.unpack('I', fcntl.ioctl(_MASTER, _NUMBER, bytes(4)))[0]


def sizes(data):
    """Takes the whole lines out of `data`; the last one as (cols, rows), None where there is none."""
    end = data.rfind(b'\n')
    if end < 0:
        return None
    cols, rows = data[:end].split(b'\n')[-1].split()
    del data[:end + 1]
    return int(cols), int(rows)


def more_sizes(data):
    """Waits for input; like `sizes`, but raises EOFError at its end."""
    read = os.read(0, 4096)
    if not read:
        raise EOFError
    data += read
    return sizes(data)


def serve(helper, asked):
    """Until the shell ends or the program does; the answer."""
    data = bytearray()
    poll = select.poll()
    poll.register(0, select.POLLIN)
    poll.register(helper, select.POLLIN)
    while True:
        for descriptor, _ in poll.poll():
            if descriptor == 0:
                size = more_sizes(asked)
                if size is not None:
                    fcntl.ioctl(_MASTER, termios.TIOCSWINSZ, struct.pack('4H', size[1], size[0], 0, 0))
            else:
                found = shell_client.answer(helper, data)
                if found:
                    return found


def main():
    asked, size = bytearray(), None
    try:
        while size is None:
            size = more_sizes(asked)
        helper = shell_client.connect(sys.argv[1])
        shell_client.ask(helper, {'op': 'shell', 'token': sys.argv[2], 'cols': size[0], 'rows': size[1],
                                  'terminal': unlock()})
        return shell_client.exit_code(serve(helper, asked))
    except EOFError:
        return 255
    except OSError as error:
        return shell_client.complain('The sandbox cannot be reached: %s' % error)


os._exit(main())

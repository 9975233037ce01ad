"""Keeps the sandbox's terminal multiplexer (ptmx) open, so that the program can open it by way of /proc.

Usage: lend_multiplexer.py FOLDER. The helper's socket is in FOLDER. It prints the number of the descriptor and ends with
its standard input. Opening /proc/PID/fd/NUMBER makes a terminal of the sandbox's own whose master the program holds:
no byte has to go through another process, and no rights are needed for it but those to look at one's own processes.
"""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import shell_client  # noqa: E402


def main():
    helper = shell_client.connect(sys.argv[1])
    shell_client.ask(helper, {'op': 'multiplexer'})
    descriptor, _ = shell_client.receive_descriptor(helper)
    if descriptor is None:
        return 1
    os.write(1, b'%d\n' % descriptor)
    while os.read(0, 4096):
        pass
    return 0


os._exit(main())

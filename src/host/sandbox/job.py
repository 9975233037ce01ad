"""One request to the agent: its connection, its process, its pipes."""
import os
import time


class Job:
    """`number` is unique within the agent; `header` is what the client asked."""

    def __init__(self, number, connection, header):
        self.mark = 'x%d' % number
        self.connection = connection  # None once the client is gone or has its answer
        self.header = header
        self.missing = header.get('script', 0) + header.get('stdin', 0)
        self.body = bytearray()
        self.pending = bytearray()  # bytes for the client that did not fit into its socket yet
        self.pid = None
        self.group = None
        self.status = None
        self.pipes = {}
        self.write_ends = {}
        self.left = {}
        self.truncated = self.timed_out = self.killing = self.answered = False
        self.result = b''
        self.stdin = self.script = self.terminal = None
        self.gate = self.opener = None
        self.started = time.monotonic()
        self.kill_since = self.started
        self.deadline = None

    def open_files(self, kinds):
        """Makes what the job's process gets: script and input as nameless files, one pipe a kind of output."""
        script = self.header.get('script', 0)
        self.script = memory_file(self.body[:script])
        self.stdin = memory_file(self.body[script:])
        self.body = bytearray()
        for kind in kinds:
            reading, writing = os.pipe()
            os.set_blocking(reading, False)
            self.pipes[kind], self.write_ends[kind] = reading, writing
            self.left[kind] = self.header.get('max_output') or (1 << 62)

    def wait_at_gate(self):
        """The job's process is made ready, and goes on when `open_gate` says so."""
        self.gate, self.opener = os.pipe()

    def open_gate(self, go):
        """Lets the process go on, or end without having done anything."""
        if self.opener is not None:
            try:
                if go:
                    os.write(self.opener, b'1')
            except OSError:
                pass  # it was killed meanwhile
            os.close(self.opener)
            self.opener = None

    def forked(self):
        """Closes what only the job's process needs."""
        for descriptor in (self.script, self.stdin, self.terminal, self.gate, *self.write_ends.values()):
            if descriptor is not None:
                os.close(descriptor)
        self.write_ends = {}
        self.group.forked()

    def keep(self, kind, data):
        """The part of `data` that is still within the output limit."""
        if len(data) > self.left[kind]:
            self.truncated = True
            data = data[:self.left[kind]]
        self.left[kind] -= len(data)
        return data


def memory_file(data):
    """A nameless file with these bytes, read from its start."""
    descriptor = os.memfd_create('lockstep', os.MFD_CLOEXEC)
    view = memoryview(bytes(data))
    while view:
        view = view[os.write(descriptor, view):]
    os.lseek(descriptor, 0, os.SEEK_SET)
    return descriptor

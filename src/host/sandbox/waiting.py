"""Waits for descriptors, each with what is to be called for it. As Python's selectors, without all that those load."""
import select

READ, WRITE = select.EPOLLIN, select.EPOLLOUT
# Told whether they were asked for or not; whoever reads or writes then finds out what it is.
_ALWAYS = select.EPOLLHUP | select.EPOLLERR


class Waiting:
    """A `file` is a descriptor, or what has a `fileno`."""

    def __init__(self):
        self.epoll = select.epoll()
        self.known = {}

    def register(self, file, events, call):
        """From now on `call` is given those of `events` that there are."""
        number = _number(file)
        self.epoll.register(number, events)
        self.known[number] = (events, call)

    def modify(self, file, events):
        """Other events of the same file."""
        number = _number(file)
        before, call = self.known[number]
        if events != before:
            self.epoll.modify(number, events)
            self.known[number] = (events, call)

    def unregister(self, file):
        """To be done before it is closed."""
        number = _number(file)
        del self.known[number]
        self.epoll.unregister(number)

    def has(self, file):
        """Whether it is waited for."""
        return _number(file) in self.known

    def wait(self, seconds=None):
        """Calls whatever is to be called for what comes first; for ever with None."""
        for number, found in self.epoll.poll(seconds):
            entry = self.known.get(number)
            if entry:  # not ended by one that was called before it
                events, call = entry
                call(events if found & _ALWAYS else found & events)


def _number(file):
    return file if isinstance(file, int) else file.fileno()

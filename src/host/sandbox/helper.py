"""The one privileged process of Lockstep: makes the sandbox, and lives as long as the program that wants it.

Started by the program with a JSON line on its standard input; that pipe is the lifeline: at its end everything dies.
It answers on standard output with one JSON line, then listens on a socket in the state folder. What is to be brought up
at once comes with that first line (`up`), and how that went is a second line of the answer.
"""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import errno  # noqa: E402
import fcntl  # noqa: E402
import time  # noqa: E402

import _signal as signal  # noqa: E402  signal and socket themselves load more than all the rest

import clients  # noqa: E402
import linux  # noqa: E402
import operations  # noqa: E402
import quick_json as json  # noqa: E402
import storage  # noqa: E402
import sweep  # noqa: E402
from trouble import Trouble  # noqa: E402
from waiting import READ, Waiting  # noqa: E402


_LOOK_AT_DISK = 0.25
# What an earlier session threw away is removed when this one has its shell: until then the disk and the processor are its.
_EMPTY_TRASH_AFTER = 3.0


def tell(value):
    """One JSON line to the program."""
    try:
        os.write(1, json.dumps(value).encode() + b'\n')
    except OSError:
        pass


class Helper:
    """`config`: state, session, label, owner (pid), uid, storage, need; `up`: a question of that kind
    that needs no asking, or None; `once`: leaves no folder behind."""

    def __init__(self, config):
        self.config = config
        self.state = config['state']
        self.run_folder = '%s/run/%s' % (self.state, config['session'])
        self.selector = Waiting()
        self.record = {'boot': sweep.boot(), 'owner': sweep.identity(config['owner']),
                       'helper': sweep.identity(os.getpid())}
        self.operations = None
        self.clients = None

    def open(self):
        """Takes the session, cleans up after the dead, opens the storage; raises Trouble."""
        os.makedirs(self.run_folder, exist_ok=True)
        swept = sweep.sweep(self.state, self.config['owner'])
        self.lock = open(self.run_folder + '/lock', 'a')
        try:
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            record = storage.read_json(self.run_folder + '/' + sweep.RECORD) or {}
            raise Trouble('sandbox-in-use', 'This session is open already, in process %s.' % (
                record.get('owner', {}).get('pid', '?')))
        self.save_record()
        linux.adopt_orphans()
        linux.unshare(linux.NEW_MOUNTS)
        linux.mount(None, '/', None, linux.REC | linux.PRIVATE)
        store = storage.Storage(self.state, self.config['storage'], self.config['need'])
        self.operations = operations.Operations(self.config, store, self)
        self.clients = clients.Clients(self.config, self.operations, self.selector)
        self.own_files()
        return {'ready': True, 'multiplexer': '/proc/%d/fd/%d' % (os.getpid(), store.multiplexer) if store.kind else None,
                'storage': store.kind, 'why_memory': store.why_memory, 'swept': swept}

    def save_record(self, **changes):
        self.record.update(changes)
        try:
            storage.write_json(self.run_folder + '/' + sweep.RECORD, self.record, self.config['uid'])
        except OSError as error:
            if error.errno != errno.ENOSPC:  # a full disk must not keep the session from being stopped or reset
                raise

    def own_files(self):
        """What we make in the person's state folder belongs to them, so that they can remove it."""
        uid = self.config['uid']
        if uid == 0:
            return
        for folder, folders, files in os.walk(self.state):
            if folder == self.state:
                folders[:] = [name for name in folders if name not in ('mnt', 'root')]
            for name in folders + files:
                path = folder + '/' + name
                if name != 'state.img' and os.lstat(path).st_uid != uid:
                    os.lchown(path, uid, -1)

    def serve(self):
        """Until the lifeline ends; never returns."""
        woken, waker = os.pipe()
        os.set_blocking(woken, False)
        os.set_blocking(waker, False)
        signal.set_wakeup_fd(waker)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.signal(signal.SIGTERM, lambda *_: self.leave())
        self.selector.register(0, READ, lambda _: self.on_lifeline())
        self.selector.register(woken, READ, lambda _: self.on_child(woken))
        if hasattr(os, 'pidfd_open'):
            try:
                owner = os.pidfd_open(self.config['owner'])
                self.selector.register(owner, READ, lambda _: self.leave())
            except OSError:
                pass
        if self.config.get('up'):
            tell({'up': self.clients.attempt(self.config['up'])})
        balanced = time.monotonic()
        trash_due = balanced + _EMPTY_TRASH_AFTER if self.operations.store.kind else None
        while True:
            running = self.operations.instance is not None
            self.selector.wait(_LOOK_AT_DISK if running else trash_due and _EMPTY_TRASH_AFTER)
            now = time.monotonic()
            if running and now - balanced > _LOOK_AT_DISK:
                self.look_at_disk()
                balanced = now
            if trash_due and now >= trash_due:
                self.clients.work({'op': 'empty_trash'}, None)
                trash_due = None

    def look_at_disk(self):
        """Ends the sandbox where its image cannot be written any more: nothing that happens in it would be kept."""
        store = self.operations.store
        try:
            store.balance()
        except OSError as error:
            if error.errno not in (errno.EROFS, errno.EIO, errno.ENOSPC):
                raise
            if error.errno == errno.EROFS:
                self.operations.down()
                tell({'event': 'lost', 'sentence': 'The disk that %s is on is full, so that the sandbox\'s files could not '
                      'be written any more: %s. Make room there, then start it again.' % (
                          os.path.dirname(store.state), storage.free_words(store.state))})

    def on_lifeline(self):
        if not os.read(0, 4096):
            self.leave()

    def leave(self):
        """Ends everything and itself."""
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for pid in self.clients.workers:
            os.kill(pid, signal.SIGKILL)
        try:
            self.operations.unlock_prepare(None)
            self.operations.down()
        finally:
            for name in (sweep.RECORD, 'socket'):
                storage.remove(self.run_folder + '/' + name)
            if self.config.get('once'):
                storage.remove(self.run_folder)
            os._exit(0)

    def on_child(self, woken):
        try:
            os.read(woken, 4096)
        except BlockingIOError:
            pass
        for pid in list(self.clients.workers):
            try:
                if os.waitpid(pid, os.WNOHANG)[0]:
                    self.clients.workers.discard(pid)
            except ChildProcessError:
                self.clients.workers.discard(pid)
        running = self.operations.instance
        while True:  # adopted orphans; an instance's first process is reaped by who stops it
            try:
                found = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            except ChildProcessError:
                return
            if found is None or (running and found.si_pid == running.pid) or found.si_pid in self.clients.workers:
                return
            os.waitpid(found.si_pid, os.WNOHANG)

    def on_started(self, running):
        """Watches the agent's end of the control socket, which closes as soon as the agent is gone."""
        self.selector.register(running.control, READ, lambda _: self.on_lost(running))

    def on_stopping(self, running):
        self.selector.unregister(running.control)

    def on_lost(self, running):
        try:
            why = json.loads(running.control.recv(65536))['error']
        except (OSError, ValueError):
            why = 'its first process was killed'
        self.operations.down()
        tell({'event': 'lost', 'sentence': 'The sandbox ended unexpectedly: %s.' % why})

def read_config():
    """The first line of standard input, byte by byte so that nothing behind it is lost."""
    line = b''
    while not line.endswith(b'\n'):
        byte = os.read(0, 1)
        if not byte:
            os._exit(0)
        line += byte
    return json.loads(line)


def main():
    """Prepares itself, tells how that went, serves."""
    for number in (signal.SIGINT, signal.SIGHUP, signal.SIGQUIT, signal.SIGPIPE):
        signal.signal(number, signal.SIG_IGN)
    os.umask(0o022)
    config = read_config()
    helper = Helper(config)
    try:
        about = helper.open()
        helper.clients.listen(helper.run_folder)
    except Trouble as trouble:
        tell(trouble.as_json())
        os._exit(1)
    except OSError as error:
        tell(Trouble('sandbox-failed', 'The sandbox cannot be made: %s.' % error).as_json())
        os._exit(1)
    tell(about)
    helper.serve()


main()

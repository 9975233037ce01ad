"""A job's own cgroup, by which its whole tree can be ended; without cgroups, its descendants as /proc shows them."""
import os

import _signal as signal


class JobGroup:
    """Made before the job is forked; `procs` are the descriptors that its process writes itself into."""

    def __init__(self, folders, mark):
        """`folders`: descriptors of the parent group in each hierarchy, the first one gets a group for the job."""
        self.mark = mark
        self.parent = folders[0] if folders else None
        self.folder = None
        self.procs = []
        if folders:
            try:
                os.mkdir(mark, dir_fd=self.parent)
                self.folder = os.open(mark, os.O_RDONLY | os.O_DIRECTORY, dir_fd=self.parent)
            except OSError:
                pass
        for folder in ([self.folder] if self.folder is not None else folders[:1]) + list(folders[1:]):
            try:
                self.procs.append(os.open('cgroup.procs', os.O_WRONLY, dir_fd=folder))
            except OSError:
                pass

    def forked(self):
        """Called in the agent once the job runs."""
        for descriptor in self.procs:
            os.close(descriptor)
        self.procs = []

    def _write(self, name, text):
        try:
            descriptor = os.open(name, os.O_WRONLY, dir_fd=self.folder)
        except OSError:
            return False
        try:
            os.write(descriptor, text)
            return True
        except OSError:
            return False
        finally:
            os.close(descriptor)

    def members(self):
        """Pids in the group."""
        try:
            descriptor = os.open('cgroup.procs', os.O_RDONLY, dir_fd=self.folder)
            with open(descriptor) as file:
                return [int(line) for line in file]
        except OSError:
            return []

    def kill(self, main):
        """One pass over the tree with SIGKILL; True when nothing was left to kill. `main`: the job's own pid."""
        if self.folder is None:
            found = descendants(main, self.mark)
        else:
            found = self.members()
            if self._write('cgroup.kill', b'1'):
                return not found
        frozen = bool(found) and self.folder is not None and self._write('freezer.state', b'FROZEN')
        if frozen:
            found = self.members()
        for pid in found:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        if frozen:
            self._write('freezer.state', b'THAWED')
        return not found

    def remove(self):
        """True when the group is gone; a daemon left in it keeps it."""
        if self.folder is None:
            return True
        try:
            os.rmdir(self.mark, dir_fd=self.parent)
        except FileNotFoundError:
            pass
        except OSError:
            return False
        os.close(self.folder)
        self.folder = None
        return True


def descendants(main, mark):
    """Pids of `main`, what it started, and what carries its mark in the environment (detached processes)."""
    parents, marked = {}, set()
    needle = b'LOCKSTEP_JOB=' + mark.encode()
    for name in os.listdir('/proc'):
        if not name.isdigit() or name == '1':
            continue
        try:
            with open('/proc/%s/stat' % name, 'rb') as file:
                fields = file.read().rsplit(b')', 1)[1].split()
            if fields[0] == b'Z':
                continue
            parents[int(name)] = int(fields[1])
            with open('/proc/%s/environ' % name, 'rb') as file:
                if needle in file.read().split(b'\0'):
                    marked.add(int(name))
        except OSError:
            continue
    found = marked | ({main} if main in parents else set())
    while True:
        more = {pid for pid, parent in parents.items() if parent in found} - found
        if not more:
            return found
        found |= more

"""Limits and process groups by cgroups, version 1 (one hierarchy a controller) and version 2 (one for all).

A session has the group `user` for what the learner runs (pids, memory and CPU limited) and `check` for scripts that
must work even when `user` is full. Each script has a group of its own below one of them, so that its whole tree can
be ended, however its processes detached themselves.
"""
import os
import time

import _signal as signal

_CONTROLLERS = ('pids', 'memory', 'cpu', 'freezer')
PERIOD = 100000


def _write(path, value):
    with open(path, 'w') as file:
        file.write(str(value))


def _try(path, value):
    try:
        _write(path, value)
    except OSError:
        pass


def _mounts():
    """(version 1 mount points by controller with their root, version 2 mount point with its root or None)."""
    old, unified = {}, None
    with open('/proc/self/mountinfo') as file:
        for line in file:
            left, right = line.split(' - ')
            fields, (kind, _, options) = left.split(), right.split()[:3]
            if kind == 'cgroup':
                for option in options.split(','):
                    if option in _CONTROLLERS:
                        old[option] = (fields[4], fields[3])
            elif kind == 'cgroup2':
                unified = (fields[4], fields[3])
    return old, unified


def _own():
    """This process's group in each hierarchy, by controller; version 2 is ''."""
    found = {}
    with open('/proc/self/cgroup') as file:
        for line in file:
            _, controllers, path = line.rstrip('\n').split(':', 2)
            for controller in controllers.split(','):
                found[controller] = path
    return found


def _inside(mount, root, path):
    if root != '/' and path.startswith(root):
        path = path[len(root):]
    return mount + (path if path != '/' else '')


class Cgroups:
    """The groups of one session, made by the helper and used by the agent."""

    def __init__(self, name, version=None):
        """`name` is unique on the machine. `version` forces 1 or 2, 0 means none; by default the one that has limits."""
        self.tops = []  # the session's own folder in each hierarchy
        self.version = 0
        old, unified = _mounts()
        own = _own()
        if version in (None, 1) and 'pids' in old:
            self._make_old(name, old, own)
        if not self.tops and unified and version in (None, 2):
            self._make_unified(name, unified, own)

    def _make_old(self, name, old, own):
        # Below our own group, so that limits set on us hold for the sandbox too.
        for controller, (mount, root) in old.items():
            top = _inside(mount, root, own.get(controller, '/')) + '/' + name
            try:
                os.makedirs(top + '/user', exist_ok=True)
                os.makedirs(top + '/check', exist_ok=True)
                if top not in self.tops:
                    self.tops.append(top)
                self.version = 1
            except OSError:
                continue

    def _make_unified(self, name, unified, own):
        # Controllers can only be handed down by a group without processes of its own, or by the root.
        mount, root = unified
        here = _inside(mount, root, own.get('', '/'))
        for base in (mount, os.path.dirname(here), here):
            try:
                top = base + '/' + name
                os.makedirs(top, exist_ok=True)
                for folder in (base, top):
                    for controller in ('cpu', 'memory', 'pids'):
                        _try(folder + '/cgroup.subtree_control', '+' + controller)
                os.makedirs(top + '/user', exist_ok=True)
                os.makedirs(top + '/check', exist_ok=True)
                self.tops, self.version = [top], 2
                return
            except OSError:
                continue

    @property
    def limited(self):
        """True when processes and CPU are really limited."""
        return any(os.path.exists(top + '/user/pids.max') for top in self.tops) and any(
            os.path.exists(top + '/user/' + file) for top in self.tops for file in ('cpu.max', 'cpu.cfs_quota_us'))

    def limit(self, group, memory, pids, cpus, weight):
        """`memory` in bytes, `cpus` 1 = one whole core, `weight` 100 = ordinary."""
        # A bound below the whole machine keeps it usable even when a fork bomb goes off.
        cpus = min(cpus, max(0.25, (os.cpu_count() or 1) * 0.8))
        quota = max(1000, int(cpus * PERIOD))
        for top in self.tops:
            folder = top + '/' + group + '/'
            if self.version == 2:
                values = {'pids.max': pids, 'memory.max': memory, 'memory.swap.max': 0,
                          'cpu.max': '%d %d' % (quota, PERIOD), 'cpu.weight': weight}
            else:
                values = {'pids.max': pids, 'memory.limit_in_bytes': memory, 'memory.memsw.limit_in_bytes': memory,
                          'cpu.cfs_period_us': PERIOD, 'cpu.cfs_quota_us': quota, 'cpu.shares': weight * 1024 // 100}
            for file, value in values.items():
                if os.path.exists(folder + file):
                    _try(folder + file, value)

    def open_groups(self):
        """Folder descriptors by group, for the agent: it keeps them when the machine's mounts are out of its sight."""
        return {group: [os.open(top + '/' + group, os.O_RDONLY | os.O_DIRECTORY) for top in self._killing_first()]
                for group in ('user', 'check')}

    def hasten_joining(self):
        """
        This process, which is about to end, joins a group. The kernel has whoever joins one wait until all processors
        have passed a quiet point (5 to 15 ms), unless somebody did that a moment ago.
        """
        for top in self.tops[:1]:
            _try(top + '/check/cgroup.procs', '0')

    def _killing_first(self):
        # Scripts' own groups are made in the first one: the freezer's, where freezing makes killing certain.
        return sorted(self.tops, key=lambda top: not os.path.exists(top + '/user/freezer.state'))

    def freeze(self, frozen):
        """Stops or continues everything in `user` and `check`, and waits until it is so; False where that cannot be."""
        done = False
        for folder in [top + '/' + group for top in self.tops for group in ('user', 'check')]:
            if os.path.exists(folder + '/freezer.state'):
                _try(folder + '/freezer.state', 'FROZEN' if frozen else 'THAWED')
                done = _wait_for(folder + '/freezer.state', 'FROZEN' if frozen else 'THAWED')
            elif os.path.exists(folder + '/cgroup.freeze'):
                _try(folder + '/cgroup.freeze', '1' if frozen else '0')
                done = _wait_for(folder + '/cgroup.events', 'frozen 1' if frozen else 'frozen 0')
        return done


def _wait_for(path, text):
    """A process in the middle of a long write stops a moment later."""
    until = time.monotonic() + 1
    while time.monotonic() < until:
        with open(path) as file:
            if text in file.read():
                return True
        time.sleep(0.002)
    return False


def thaw(tops):
    """Lets everything in these groups run again: what is frozen (version 1) cannot even be killed."""
    for top in tops:
        for folder, _, files in os.walk(top):
            if 'freezer.state' in files:
                _try(folder + '/freezer.state', 'THAWED')


def end(tops, seconds):
    """Ends what runs in these groups and removes them; True when all are gone in time."""
    until = time.monotonic() + seconds
    while not remove(tops):
        if time.monotonic() > until:
            return False
        for pid in members(tops):
            try:
                os.kill(pid, signal.SIGKILL)
            except OSError:
                pass
        thaw(tops)
        time.sleep(0.005)
    return True


def thaw(tops):
    """
    Lets every group below these go on. Who dies between freezing a group and killing it would leave processes that
    not even SIGKILL ends, and a PID 1 that waits for them for ever.
    """
    for top in tops:
        for folder, _, _ in os.walk(top):
            for file, value in (('freezer.state', 'THAWED'), ('cgroup.freeze', '0')):
                if os.path.exists(folder + '/' + file):
                    _try(folder + '/' + file, value)


def remove(tops):
    """Removes the groups of a session whose processes have ended; what is still busy stays. True when all are gone."""
    thaw(tops)
    for top in tops:
        for folder, _, _ in os.walk(top, topdown=False):
            try:
                os.rmdir(folder)
            except OSError:
                pass
    return not any(os.path.isdir(top) for top in tops)


def members(tops):
    """Pids in any of these groups."""
    found = set()
    for top in tops:
        for folder, _, _ in os.walk(top):
            try:
                with open(folder + '/cgroup.procs') as file:
                    found.update(int(line) for line in file)
            except OSError:
                pass
    return found

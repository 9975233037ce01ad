"""Ends what a dead program left behind, and nothing else: processes, cgroups, loop devices, sockets.

Each session in use has a record in the state folder with the pids of its owner and its helper and when they started,
so that a pid that was given to another program since is never touched.
"""
import os
import time

import _signal as signal

import cgroups
import linux
import loop_device
import storage

RECORD = 'record.json'


def boot():
    """A word for this boot of the machine: pids of another one mean nothing."""
    with open('/proc/sys/kernel/random/boot_id') as file:
        return file.read().strip()


def identity(pid):
    """A process as records keep it."""
    return {'pid': pid, 'start': linux.process_start(pid)}


def alive(process):
    """True when it is the very process and still runs."""
    return bool(process) and process['start'] is not None and linux.process_start(process['pid']) == process['start']


def records(state):
    """(session, record) of each session that is or was in use."""
    try:
        names = sorted(os.listdir(state + '/run'))
    except OSError:
        return []
    found = [(name, storage.read_json('%s/run/%s/%s' % (state, name, RECORD))) for name in names]
    return [(name, record) for name, record in found if isinstance(record, dict)]


def in_use(record):
    """True when the program that owns the session still runs."""
    return record.get('boot') == boot() and alive(record.get('owner'))


def sweep(state, owner_pid):
    """
    Cleans up after every dead owner, and after an earlier helper of the living owner `owner_pid`. Returns the
    sessions that were cleaned up.
    """
    swept, left = [], 0
    for name, record in records(state):
        mine = record.get('owner', {}).get('pid') == owner_pid
        if in_use(record) and not (mine and not alive(record.get('helper'))):
            left += 1
            continue
        _end(record)
        for file in os.listdir('%s/run/%s' % (state, name)):
            if file != 'lock':
                os.unlink('%s/run/%s/%s' % (state, name, file))
        swept.append(name)
    if not left:
        loop_device.detach_all(state + '/state.img')
    return swept


def _end(record):
    tops = [top for top in record.get('cgroups', []) if os.path.basename(top).startswith('lockstep-')]
    if record.get('boot') == boot():
        # A helper whose owner died is on its way out by itself; it gets a moment to do that in order.
        _wait([record.get('helper')], 3)
        processes = [record.get('helper'), record.get('init')]
        for process in processes:
            if alive(process):
                os.kill(process['pid'], signal.SIGKILL)
        cgroups.thaw(tops)
        _wait(processes, 3)
    cgroups.end(tops, 3)


def _wait(processes, seconds):
    until = time.monotonic() + seconds
    while any(alive(process) for process in processes) and time.monotonic() < until:
        time.sleep(0.005)

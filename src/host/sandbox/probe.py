"""Tries, as root and without leaving a trace, whether this machine can run the sandbox. Prints JSON.

Usage: probe.py STATE_FOLDER. Each probe is {name, ok, detail}; what a failure means is told by the program.
"""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import json  # noqa: E402
import tempfile  # noqa: E402

import cgroups  # noqa: E402
import linux  # noqa: E402
import loop_device  # noqa: E402
import storage  # noqa: E402
from trouble import Trouble  # noqa: E402

_ALL = linux.NEW_MOUNTS | linux.NEW_UTS | linux.NEW_IPC | linux.NEW_NET | linux.NEW_PID


def isolated(work):
    """Runs `work` in a process of its own with namespaces of its own; (ok, what went wrong)."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            linux.unshare(_ALL)
            linux.mount(None, '/', None, linux.REC | linux.PRIVATE)
            work()
            os._exit(0)
        except (OSError, Trouble) as error:
            os.write(writing, str(error).encode())
        os._exit(1)
    os.close(writing)
    with open(reading, 'rb') as pipe:
        detail = pipe.read().decode(errors='replace')
    return linux.exit_code(os.waitpid(pid, 0)[1]) == 0, detail


def overlay(folder):
    """A trial view of / with its changes in `folder`."""
    os.chdir(folder)  # relative paths, whatever characters the folder's has
    for name in ('upper', 'work', 'view', 'layer'):
        os.mkdir(name)
    linux.mount('lockstep', 'view', 'overlay', linux.NODEV, 'lowerdir=/,upperdir=upper,workdir=work')
    with open('view/lockstep-probe', 'w') as file:
        file.write('x')
    os.setxattr('layer', 'trusted.overlay.opaque', b'y')


def in_memory(folder):
    """The trial view with its changes in memory."""
    linux.mount('lockstep', folder, 'tmpfs', 0, 'mode=700')
    overlay(folder)


def in_image(folder):
    """The trial view with its changes in a small image on a loop device."""
    image = folder + '/image'
    with open(image, 'wb') as file:
        file.truncate(16 << 20)
    code, output = storage.run([storage.program('mkfs.ext4'), '-q', '-F', image])
    if code != 0:
        raise OSError(5, 'mkfs.ext4 failed: %s' % output)
    os.mkdir(folder + '/mounted')
    device, name = loop_device.attach(image)
    try:
        linux.mount(name, folder + '/mounted', 'ext4', 0, None)
    finally:
        os.close(device)
    overlay(folder + '/mounted')


def overlay_known():
    """Whether the kernel has overlayfs, loading its module where needed."""
    def listed():
        with open('/proc/filesystems') as file:
            return any(line.split()[-1] == 'overlay' for line in file)
    if not listed():
        try:
            storage.run([storage.program('modprobe'), 'overlay'])
        except Trouble:
            pass
    return listed(), ''


def limits():
    """Whether processes and CPU can be limited."""
    groups = cgroups.Cgroups('lockstep-probe-%d' % os.getpid())
    found = groups.limited
    cgroups.remove(groups.tops)
    return found, ''


def main(folder):
    """All probes in order; later ones are left out when an earlier one makes them pointless."""
    found = []

    def probe(name, result):
        found.append({'name': name, 'ok': result[0], 'detail': result[1]})
        return result[0]

    if probe('namespaces', isolated(lambda: None)) and probe('overlayfs', overlay_known()):
        with tempfile.TemporaryDirectory(dir=folder, prefix='probe-') as place:
            if probe('view', isolated(lambda: in_memory(place))):
                probe('image', isolated(lambda: in_image(place)))
        probe('limits', limits())
    print(json.dumps(found))


main(sys.argv[1])

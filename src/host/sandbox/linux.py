"""System calls that Python's standard library lacks: mounts, namespaces, capabilities, process control.

Knows nothing of sessions or of what the view looks like.
"""
import ctypes
import fcntl
import os
import struct

import _socket as socket

_libc = ctypes.CDLL(None, use_errno=True)

# clone(2), unshare(2)
NEW_MOUNTS, NEW_CGROUP, NEW_UTS, NEW_IPC, NEW_PID, NEW_NET = (
    0x20000, 0x02000000, 0x04000000, 0x08000000, 0x20000000, 0x40000000)
# mount(2)
RDONLY, NOSUID, NODEV, NOEXEC, REMOUNT, BIND, REC, PRIVATE, NOATIME = (
    1, 2, 4, 8, 32, 4096, 16384, 1 << 18, 1024)
UMOUNT_DETACH = 2
# prctl(2)
_SET_PDEATHSIG, _SET_DUMPABLE, _SET_NAME, _CAPBSET_DROP, _SET_CHILD_SUBREAPER = 1, 4, 15, 24, 36
# glibc has no wrapper for this one; the number depends on the machine (each architecture's asm/unistd.h).
_PIVOT_ROOT = {'x86_64': 155, 'aarch64': 41, 'riscv64': 41, 'loongarch64': 41, 'armv7l': 218, 'armv6l': 218,
               'i686': 217, 's390x': 217, 'ppc64le': 203}
# capabilities(7): chown dac_override fowner fsetid kill setgid setuid setpcap net_bind_service net_raw sys_chroot
# audit_write setfcap. Enough for apt, sudo, su and services; nothing that reaches the machine's kernel.
KEPT_CAPABILITIES = frozenset((0, 1, 3, 4, 5, 6, 7, 8, 10, 13, 18, 29, 31))


def _check(result, what):
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, '%s (%s)' % (os.strerror(number), what))


def _bytes(text):
    return None if text is None else os.fsencode(text)


def mount(source, target, kind=None, flags=0, data=None):
    """mount(2); raises OSError naming the type and the target."""
    _check(_libc.mount(_bytes(source), _bytes(target), _bytes(kind), ctypes.c_ulong(flags), _bytes(data)),
           'mounting %s on %s' % (kind or source or 'flags', target))


def unmount(target, flags=0):
    """umount2(2)."""
    _check(_libc.umount2(_bytes(target), flags), 'unmounting %s' % target)


def sync_files(descriptor):
    """syncfs(2): writes a whole file system down; raises OSError when that fails."""
    _check(_libc.syncfs(descriptor), 'writing to disk')


def unshare(flags):
    """unshare(2)."""
    _check(_libc.unshare(flags), 'making new namespaces')


def pivot_to_here():
    """Makes the current folder, a mount point, the root of this mount namespace; the old root is out of reach."""
    machine = os.uname().machine
    if machine not in _PIVOT_ROOT:
        raise OSError(38, 'pivot_root is not known for the architecture %s' % machine)
    # pivot_root(2): with both arguments ".", the old root ends up mounted over the new one and can be detached.
    _check(_libc.syscall(_PIVOT_ROOT[machine], b'.', b'.'), 'pivot_root')
    unmount('.', UMOUNT_DETACH)
    os.chdir('/')


def drop_capabilities():
    """Keeps only KEPT_CAPABILITIES, for this process and whatever it starts, root programs included."""
    for capability in range(64):
        if capability not in KEPT_CAPABILITIES:
            _libc.prctl(_CAPBSET_DROP, capability, 0, 0, 0)
    mask = sum(1 << capability for capability in KEPT_CAPABILITIES)
    low, high = mask & 0xffffffff, mask >> 32
    header = struct.pack('<Ii', 0x20080522, 0)
    _check(_libc.capset(header, struct.pack('<6I', low, low, 0, high, high, 0)), 'capset')


def die_with_parent():
    """SIGKILL for this process when the thread that forked it ends."""
    _libc.prctl(_SET_PDEATHSIG, 9, 0, 0, 0)


def adopt_orphans():
    """Orphaned descendants become children of this process."""
    _libc.prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def hide_descriptors():
    """Nobody without CAP_SYS_PTRACE can look into this process, until it runs another program."""
    _libc.prctl(_SET_DUMPABLE, 0, 0, 0, 0)


def rename_process(name):
    """What ps shows for this process: paths of the machine do not belong into the sandbox."""
    _libc.prctl(_SET_NAME, name.encode(), 0, 0, 0)
    with open('/proc/self/stat', 'rb') as file:
        fields = file.read().rsplit(b')', 1)[1].split()
    start, end = int(fields[45]), int(fields[46])  # proc(5): arg_start and arg_end, fields 48 and 49
    if end - start > len(name) > 0 < start:
        ctypes.memset(start, 0, end - start)
        ctypes.memmove(start, name.encode(), len(name))


def loopback_up():
    """Brings up `lo` in this network namespace (SIOCSIFFLAGS with IFF_UP and IFF_RUNNING)."""
    probe = socket.socket()
    try:
        fcntl.ioctl(probe, 0x8914, struct.pack('16sh', b'lo', 0x41))
    finally:
        probe.close()


def exit_code(status):
    """A wait status as exit code, or as the signal's number below 0. (In Python's own library since 3.9.)"""
    return -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)


def process_start(pid):
    """When a process started, in clock ticks since boot; None when there is none or it is a zombie."""
    try:
        with open('/proc/%d/stat' % pid, 'rb') as file:
            fields = file.read().rsplit(b')', 1)[1].split()
    except OSError:
        return None
    return None if fields[0] in (b'Z', b'X') else int(fields[19])


def close_all_except(kept):
    """Closes every descriptor above 2 that is not in `kept`."""
    for name in os.listdir('/proc/self/fd'):
        if int(name) > 2 and int(name) not in kept:
            try:
                os.close(int(name))
            except OSError:
                pass

"""Assembles the throwaway view of the machine and makes it the root. Runs once, in the process that becomes PID 1.

Below it all is the machine's own /, read only; above it the mask that hides private places, the prepared layers and
the session's own files. Knows nothing of who asks for what inside.
"""
import os
import stat

import linux

_OPTIONS = ('index=off,metacopy=off,redirect_dir=on,xino=off', 'index=off,redirect_dir=on', '')
_DEVICES = (('null', 1, 3), ('zero', 1, 5), ('full', 1, 7), ('random', 1, 8), ('urandom', 1, 9), ('tty', 5, 0))
_DEVICE_LINKS = (('pts/ptmx', 'ptmx'), ('/proc/self/fd', 'fd'), ('/proc/self/fd/0', 'stdin'),
                 ('/proc/self/fd/1', 'stdout'), ('/proc/self/fd/2', 'stderr'))
# What acts on the whole machine is read only, what tells its secrets is empty.
_PROC_READ_ONLY = ('sys', 'bus', 'fs', 'irq', 'sysrq-trigger')
_PROC_EMPTY_FILES = ('kcore', 'keys', 'timer_list', 'sched_debug', 'kmsg', 'kpagecount', 'kpageflags', 'kpagecgroup')
_EMPTY_FOLDERS = ('/proc/acpi', '/proc/scsi', '/sys/firmware')
_DISKS = frozenset(('ext2', 'ext3', 'ext4', 'xfs', 'btrfs', 'f2fs', 'jfs', 'reiserfs', 'zfs', 'bcachefs'))
_DISCS = frozenset(('squashfs', 'erofs', 'iso9660'))
_LEFT_OUT = ('/proc', '/sys', '/dev', '/boot', '/var/lib/docker', '/var/lib/containers', '/var/lib/kubelet')
# The driver's own folder inside: scripts' rc files and the host definition. Memory, never part of a layer.
INSIDE = '/run/lockstep'


def machine_mounts(hidden):
    """
    (path, type) of the machine's further file systems that the view should have, outermost first. The overlay over /
    does not show them by itself. `hidden`: folders that are masked anyway.
    """
    found = {}
    with open('/proc/self/mountinfo') as file:
        for line in file:
            left, right = line.split(' - ')
            path = _unescape(left.split()[4])
            found[path] = right.split()[0]  # a later mount on the same path covers the earlier one
    hidden = tuple(folder + '/' for folder in (*hidden, *_LEFT_OUT))
    return sorted((path, kind) for path, kind in found.items()
                  if path != '/' and not (path + '/').startswith(hidden)
                  and kind in _DISKS | _DISCS and os.path.isdir(path))


def _unescape(path):
    """Spaces and such are octal in mountinfo, e.g. \\040 (proc(5))."""
    first, *others = path.split('\\')
    return first + ''.join(chr(int(part[:3], 8)) + part[3:] for part in others)


def _escape(path):
    return path.replace('\\', '\\\\').replace(':', '\\:').replace(',', '\\,')


def _overlay(target, lowers, upper, work, volatile):
    os.makedirs(upper, exist_ok=True)
    os.makedirs(work, exist_ok=True)
    paths = 'lowerdir=%s,upperdir=%s,workdir=%s' % (':'.join(_escape(path) for path in lowers), upper, work)
    for number, options in enumerate(_OPTIONS):  # older kernels do not know all of them
        try:
            data = ','.join(part for part in (paths, 'volatile' if volatile and number == 0 else '', options) if part)
            linux.mount('lockstep', target, 'overlay', linux.NODEV | linux.NOATIME, data)
            return
        except OSError as error:
            if error.errno != 22 or number == len(_OPTIONS) - 1:
                raise


def folder_name(mount):
    """The name of the folder that keeps a further file system's changes; the root's is `root`."""
    return 'sub-' + mount.strip('/').replace('%', '%25').replace('/', '%2f')


def mount_files(spec):
    """Mounts the session's root, relative to the storage as current folder; returns warnings."""
    root, warnings = spec['root'], []

    def layers(name):
        found = ['layers/%s/%s' % (layer, name) for layer in spec['layers']]
        return [path for path in found if os.path.isdir(path)]

    files, work = spec['files'], spec['work']
    mask = 'masks/' + spec['mask']
    fresh = not os.path.isdir(files + '/root')
    _overlay(root, layers('root') + [mask, '/'], files + '/root', work + '/root', spec['volatile'])
    for path, kind in spec['mounts']:
        inside = root + path
        try:
            os.makedirs(inside, exist_ok=True)
            if kind in _DISCS:
                linux.mount(path, inside, None, linux.BIND)
                linux.mount(None, inside, None,
                            linux.REMOUNT | linux.BIND | linux.RDONLY | linux.NOSUID | linux.NODEV)
                continue
            name = folder_name(path)
            masked = [mask + path] if os.path.isdir(mask + path) else []
            _overlay(inside, layers(name) + masked + [path], files + '/' + name, work + '/' + name, spec['volatile'])
        except OSError as error:
            warnings.append('%s is left out: %s' % (path, error))
    return fresh, warnings


def _mount_kernel(root, terminals):
    linux.mount('proc', root + '/proc', 'proc', linux.NOSUID | linux.NODEV | linux.NOEXEC)
    linux.mount('sysfs', root + '/sys', 'sysfs', linux.NOSUID | linux.NODEV | linux.NOEXEC)
    linux.mount(None, root + '/sys', None,
                linux.REMOUNT | linux.BIND | linux.RDONLY | linux.NOSUID | linux.NODEV | linux.NOEXEC)
    linux.mount('tmpfs', root + '/dev', 'tmpfs', linux.NOSUID, 'mode=755,size=1m')
    before = os.umask(0)
    for name, major, minor in _DEVICES:
        try:
            os.mknod(root + '/dev/' + name, 0o666 | stat.S_IFCHR, os.makedev(major, minor))
        except PermissionError:  # inside a container: borrow the one that is there
            open(root + '/dev/' + name, 'w').close()
            linux.mount('/dev/' + name, root + '/dev/' + name, None, linux.BIND)
    for name in ('pts', 'shm', 'mqueue'):
        os.mkdir(root + '/dev/' + name, 0o755)
    os.umask(before)
    linux.mount(terminals, root + '/dev/pts', None, linux.BIND)
    linux.mount('shm', root + '/dev/shm', 'tmpfs', linux.NOSUID | linux.NODEV, 'size=256m,mode=1777')
    try:
        linux.mount('mqueue', root + '/dev/mqueue', 'mqueue', linux.NOSUID | linux.NODEV | linux.NOEXEC)
    except OSError:
        pass
    for target, name in _DEVICE_LINKS:
        os.symlink(target, root + '/dev/' + name)


def _seal_kernel():
    for name in _PROC_READ_ONLY:
        path = '/proc/' + name
        if os.path.exists(path):
            linux.mount(path, path, None, linux.BIND)
            linux.mount(None, path, None, linux.REMOUNT | linux.BIND | linux.RDONLY | linux.NOSUID | linux.NODEV
                        | linux.NOEXEC)
    for name in _PROC_EMPTY_FILES:
        if os.path.exists('/proc/' + name):
            linux.mount('/dev/null', '/proc/' + name, None, linux.BIND)
    for path in _EMPTY_FOLDERS:
        if os.path.isdir(path):
            linux.mount('tmpfs', path, 'tmpfs', linux.RDONLY, 'size=0')


def _replace(path, content):
    if os.path.lexists(path):
        os.unlink(path)
    with open(path, 'wb') as file:
        file.write(content)


def _read(path):
    try:
        with open(path, 'rb') as file:
            return file.read()
    except OSError:
        return b''


def _write_names(root, spec):
    """Name files of a new session; later it may change them like any other file."""
    host = spec['hostname'].encode()
    hosts = b'127.0.0.1\tlocalhost %s\n::1\tlocalhost ip6-localhost\n' % host
    if not spec['private']:
        hosts = _read('/etc/hosts').rstrip(b'\n') + b'\n127.0.1.1\t%s\n' % host
    _replace(root + '/etc/resolv.conf', _read('/etc/resolv.conf'))  # often a link into /run, which is hidden
    _replace(root + '/etc/hostname', host + b'\n')
    _replace(root + '/etc/hosts', hosts)
    for name in ('/.dockerenv', '/run/.containerenv'):
        if os.path.lexists(root + name):
            os.unlink(root + name)


def _clean_run(root):
    """What a boot would not find: sockets, FIFOs and pid files."""
    for folder, _, files in os.walk(root + '/run'):
        for name in files:
            path = folder + '/' + name
            kind = os.lstat(path).st_mode
            if stat.S_ISSOCK(kind) or stat.S_ISFIFO(kind) or name.endswith('.pid'):
                os.unlink(path)


def enter(spec):
    """Builds the view that `spec` describes and makes it this process's root; returns warnings."""
    root = spec['root']
    linux.mount(None, '/', None, linux.REC | linux.PRIVATE)
    os.umask(0o022)
    os.chdir(spec['storage'])
    fresh, warnings = mount_files(spec)
    for name in ('proc', 'sys', 'dev', 'run'):
        os.makedirs(root + '/' + name, exist_ok=True)
    _mount_kernel(root, spec['terminals'])
    if fresh:
        os.makedirs(root + '/etc', exist_ok=True)
        _write_names(root, spec)
    _clean_run(root)
    os.makedirs(root + INSIDE, exist_ok=True)
    linux.mount('lockstep', root + INSIDE, 'tmpfs', linux.NOSUID | linux.NODEV, 'mode=755,size=16m')
    os.mkdir(root + INSIDE + '/host', 0o755)
    if spec['definition']:
        linux.mount(spec['definition'], root + INSIDE + '/host', None, linux.BIND)
        linux.mount(None, root + INSIDE + '/host', None,
                    linux.REMOUNT | linux.BIND | linux.RDONLY | linux.NOSUID | linux.NODEV)
    os.chdir(root)
    linux.pivot_to_here()
    _seal_kernel()
    return warnings

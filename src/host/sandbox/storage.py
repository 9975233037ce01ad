"""Where sessions' files, layers and snapshots live: a sparse ext4 image in the state folder, or memory.

Layout inside: terminals (a devpts of its own), masks/NAME, layers/KEY/{root,sub-*}, sessions/NAME/{files,work}, snapshots/NAME/ID. `files` holds one
folder for the root file system and one for each further file system of the machine. The image is a superblock of its
own, because overlayfs refuses a layer that lies below another layer of the same mount.
"""
import errno
import fcntl
import os
import struct

import accounts
import linux
import loop_device
import quick_json as json
from trouble import Trouble

GIB = 1 << 30
IMAGE_BYTES = 8 * GIB
# Left free in the state folder: an image that finds no room below it loses what was written last.
RESERVE = 128 << 20
CUSHION = 48 << 20
GROWTH = 512 << 20  # an image is only made larger by at least that much
# tmp and run with the rights that a boot gives them; the others are what may hold a person's own things.
HIDDEN = (('/tmp', 0o1777), ('/run', 0o755), ('/root', 0o700), ('/home', 0o755), ('/mnt', 0o755), ('/media', 0o755),
          ('/var/tmp', 0o1777), ('/var/cache/apt/archives', 0o755))
_FITRIM = 0xC0185879
TERMINALS = 'terminals'


class Storage:
    """The opened storage; `where` is its folder, seen by this mount namespace only."""

    def __init__(self, state, kind, need):
        """`state`: the driver's folder; `kind`: auto, image, memory or none; `need`: bytes that must be free."""
        self.state = state
        self.image = state + '/state.img'
        self.where = state + '/mnt'
        self.kind = None
        self.why_memory = None
        if kind == 'none':
            return
        if kind != 'memory':
            try:
                self._open_image(need)
            except OSError as error:
                free = free_bytes(state)
                if os.path.exists(self.image) and free < CUSHION // 2:
                    raise disk_full(state, CUSHION, free)  # rather than to begin on other files
                if kind == 'image':
                    raise Trouble('sandbox-no-image', 'The sandbox\'s disk image cannot be mounted: %s.' % error)
                self.why_memory = str(error)
        if self.kind is None:
            linux.mount('lockstep', self.where, 'tmpfs', linux.NOSUID | linux.NODEV, 'mode=755,size=50%')
            self.kind = 'memory'
        for name in ('masks', 'layers', 'sessions', 'snapshots', 'trash', TERMINALS):
            os.makedirs(self.where + '/' + name, exist_ok=True)
        self._open_terminals()
        self.balance()

    def _open_terminals(self):
        """
        The sandbox's terminals, before there is a sandbox, so that a shell's can be made while that is still on its way.
        Its multiplexer is kept open: with the descriptor nothing can be done but make terminals.
        """
        linux.mount('devpts', self.path(TERMINALS), 'devpts', linux.NOSUID | linux.NOEXEC,
                    'newinstance,ptmxmode=0666,mode=620,gid=%d' % accounts.group_id('tty', 5))
        self.multiplexer = os.open(self.path(TERMINALS, 'ptmx'), os.O_PATH)

    def _open_image(self, need):
        with open(self.state + '/image.lock', 'w') as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not os.path.exists(self.image):
                self._make_image(need)
            self._grow_image()
            had_errors = _had_errors(self.image) and not loop_device.in_use(self.image)
            device, name = loop_device.attach(self.image)
            try:
                if had_errors:
                    run([program('e2fsck'), '-f', '-y', name])  # the disk below it was full at a bad moment
                self._mount_image(name)
            finally:
                os.close(device)
        self.kind = 'image'

    def _grow_image(self):
        """An image that was made when there was little room gets its full size once there is more."""
        size = os.path.getsize(self.image)
        wanted = min(IMAGE_BYTES, size + max(0, free_bytes(self.state) - RESERVE)) // 4096 * 4096
        if wanted - size >= GROWTH and not loop_device.in_use(self.image):
            code, _ = run([program('e2fsck'), '-f', '-y', self.image])
            if code <= 1:  # without errors, or they are mended
                os.truncate(self.image, wanted)
                run([program('resize2fs'), self.image])

    def _mount_image(self, device):
        try:
            linux.mount(device, self.where, 'ext4', linux.NOATIME, 'noinit_itable,discard')
        except OSError as error:
            if error.errno not in (errno.EUCLEAN, errno.EINVAL, errno.EIO):
                raise
            run([program('e2fsck'), '-y', device])  # the machine went down at a bad moment
            linux.mount(device, self.where, 'ext4', linux.NOATIME, 'noinit_itable,discard')

    def _make_image(self, need):
        free = free_bytes(self.state)
        if free < need:
            raise disk_full(self.state, need, free)
        fresh = self.image + '.new'
        with open(fresh, 'wb') as file:
            os.chmod(fresh, 0o600)
            file.truncate(min(IMAGE_BYTES, max(need, free - RESERVE)) // 4096 * 4096)
        code, output = run([program('mkfs.ext4'), '-q', '-F', '-m', '0', '-L', 'lockstep', '-J', 'size=16',
                            '-E', 'lazy_itable_init=1,nodiscard', fresh])
        if code != 0:
            os.unlink(fresh)
            raise OSError(errno.EIO, 'mkfs.ext4 failed: %s' % output)
        os.rename(fresh, self.image)

    def identity(self):
        """A number that changes when the storage is made anew, for notes about what it holds."""
        return os.stat(self.image).st_ino if self.kind == 'image' else 0

    def balance(self):
        """
        Keeps the image from promising room that the state folder's disk no longer has: what is missing is taken by a
        file without contents, so that programs inside meet a full disk in time instead of losing what they wrote.
        """
        if self.kind != 'image':
            return
        with open(self.where + '/ballast', 'ab') as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            held = os.fstat(file.fileno()).st_blocks * 512
            inside, outside = free_bytes(self.where) + held, free_bytes(self.state)
            wanted = max(0, inside - max(0, outside - RESERVE)) >> 20 << 20
            if abs(wanted - held) >= 8 << 20 or (wanted == 0) != (held == 0):
                if wanted < held:
                    file.truncate(wanted)
                else:
                    _allocate(file, min(wanted, inside - (1 << 20)))
            self._keep_cushion(outside)

    def _keep_cushion(self, outside):
        """Room that is really taken while the disk is not full, so that what was written by then can still go down."""
        path = self.state + '/cushion'
        there = os.path.exists(path)
        if there and outside < CUSHION // 2:
            os.unlink(path)
        elif not there and outside > RESERVE + 2 * CUSHION:
            with open(path, 'wb') as file:
                os.chown(path, os.stat(self.state).st_uid, -1)
                _allocate(file, CUSHION)

    def check_room(self, need):
        """Raises Trouble when less than `need` bytes are free in the state folder or inside the image."""
        self.balance()
        for folder in (self.state, self.where):
            free = free_bytes(folder)
            if free < need:
                raise disk_full(self.state, need, free)

    def sync(self):
        """Writes everything down to the state folder's disk; raises Trouble when it is full."""
        folder = os.open(self.where, os.O_RDONLY)
        try:
            linux.sync_files(folder)
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EIO):
                raise disk_full(self.state, RESERVE, free_bytes(self.state))
            raise
        finally:
            os.close(folder)

    def trim(self):
        """Gives room that the image no longer uses back to the state folder."""
        if self.kind == 'image':
            folder = os.open(self.where, os.O_RDONLY)
            try:
                linux.sync_files(folder)  # only what the journal knows to be free can be given back
                fcntl.ioctl(folder, _FITRIM, struct.pack('<3Q', 0, (1 << 64) - 1, 1 << 20))
            except OSError:
                pass
            finally:
                os.close(folder)

    def path(self, *parts):
        """Absolute path of something inside."""
        return '/'.join((self.where,) + parts)

    def mask(self):
        """
        Makes the layer that hides the machine's own /tmp, /home and so on, and the state folder; returns its name.
        An opaque folder of a layer hides whatever lies below it.
        """
        outside = os.path.dirname(self.state)
        hidden = [(folder, mode) for folder, mode in HIDDEN if _is_plain_folder(folder)]
        if _is_plain_folder(outside) and not any((outside + '/').startswith(folder + '/') for folder, _ in hidden):
            hidden.append((outside, 0o700))
        name = 'mask-%08x' % hash_text(repr(hidden))
        done = self.path('masks', name)
        if not os.path.isdir(done):
            fresh = '%s.%d' % (done, os.getpid())
            os.makedirs(fresh)
            for folder, mode in hidden:
                _hide(fresh, folder, mode)
            try:
                os.rename(fresh, done)
            except OSError:
                # Another program that began at the same moment has made the same one.
                if not os.path.isdir(done):
                    raise
                remove(fresh)
        return name


def _had_errors(image):
    """Whether the file system in an image met errors since it was checked last; ext4(5), s_state."""
    with open(image, 'rb') as file:
        file.seek(1024 + 58)
        return bool(struct.unpack('<H', file.read(2))[0] & 2)


def free_words(folder):
    """How much is free in a folder's file system, in words."""
    free = free_bytes(folder) >> 20
    return 'there are %d MiB left' % free if free else 'there is nothing left'


def _is_plain_folder(path):
    return os.path.realpath(path) == path and os.path.isdir(path)


def _allocate(file, size):
    try:
        os.posix_fallocate(file.fileno(), 0, size)
    except OSError:
        pass  # full now: as good as it gets


def _hide(mask, folder, mode):
    path = ''
    for part in folder.strip('/').split('/'):
        path += '/' + part
        if not os.path.isdir(mask + path):
            machine = os.stat(path)
            os.mkdir(mask + path)
            os.chown(mask + path, machine.st_uid, machine.st_gid)
            os.chmod(mask + path, machine.st_mode & 0o7777)
    os.chown(mask + folder, 0, 0)
    os.chmod(mask + folder, mode)
    os.setxattr(mask + folder, 'trusted.overlay.opaque', b'y')


def hash_text(text):
    """A stable 32-bit number for a text (FNV-1a)."""
    value = 0x811c9dc5
    for byte in os.fsencode(text):
        value = (value ^ byte) * 0x01000193 & 0xffffffff
    return value


def free_bytes(folder):
    """Bytes that can still be written in a folder's file system."""
    about = os.statvfs(folder)
    return about.f_bavail * about.f_frsize


def disk_full(state, need, free):
    """The Trouble that says so, with both figures."""
    return Trouble('sandbox-disk-full', 'The sandbox needs %d MiB of free disk space in %s; there are %d MiB.'
                   % (need >> 20, os.path.dirname(state), free >> 20))


def program(name):
    """Absolute path of a system program, wherever sbin is; raises Trouble."""
    for folder in ('/usr/sbin', '/sbin', '/usr/bin', '/bin', '/usr/local/sbin', '/usr/local/bin'):
        if os.access(folder + '/' + name, os.X_OK):
            return folder + '/' + name
    raise Trouble('sandbox-missing-program', 'The program %s is not installed.' % name)


def run(words):
    """Runs a program without input; (exit code, its output as text)."""
    reading, writing = os.pipe()
    pid = os.posix_spawn(words[0], words, {'PATH': '/usr/sbin:/usr/bin:/sbin:/bin', 'LC_ALL': 'C'}, file_actions=[
        (os.POSIX_SPAWN_OPEN, 0, '/dev/null', os.O_RDONLY, 0),
        (os.POSIX_SPAWN_DUP2, writing, 1), (os.POSIX_SPAWN_DUP2, writing, 2)])
    os.close(writing)
    with open(reading, 'rb') as pipe:
        output = pipe.read().decode(errors='replace').strip()
    return linux.exit_code(os.waitpid(pid, 0)[1]), output


def remove(path):
    """Removes a tree, whatever is in it; nothing there is fine."""
    if not os.path.isdir(path) or os.path.islink(path):
        if os.path.lexists(path):
            os.unlink(path)
        return
    for folder, folders, files in os.walk(path, topdown=False):
        for name in files:
            os.unlink(folder + '/' + name)
        for name in folders:
            below = folder + '/' + name
            os.unlink(below) if os.path.islink(below) else os.rmdir(below)
    os.rmdir(path)


def copy_tree(source, target):
    """Copies a tree with owners, modes, times, hard links, devices and overlay attributes; all of it or nothing."""
    part = target + '.part'
    remove(part)
    os.makedirs(os.path.dirname(target), exist_ok=True)
    code, output = run([program('cp'), '-a', '--reflink=auto', source, part])
    if code != 0:
        remove(part)
        raise Trouble('sandbox-disk-full' if 'No space left' in output else 'sandbox-copy-failed',
                      'The session\'s files could not be copied: %s' % output[-300:])
    remove(target)
    os.rename(part, target)


def write_json(path, value, owner=None):
    """Writes a small JSON file atomically."""
    with open(path + '.part', 'w') as file:
        file.write(json.dumps(value))
    if owner is not None:
        os.chown(path + '.part', owner, -1)
    os.rename(path + '.part', path)


def read_json(path):
    """What a JSON file holds; None where it is missing or broken."""
    try:
        with open(path) as file:
            return json.loads(file.read())
    except (OSError, ValueError):
        return None

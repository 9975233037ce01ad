"""Looking at, reading and writing files inside the sandbox. Runs in a process of its own that may be killed.

Never opens anything but a regular file: a FIFO would wait, a device would act.
"""
import errno
import os
import stat

import accounts
from trouble import Trouble

_KINDS = ((stat.S_ISREG, 'file'), (stat.S_ISDIR, 'directory'), (stat.S_ISFIFO, 'fifo'), (stat.S_ISSOCK, 'socket'),
          (stat.S_ISLNK, 'symlink'))
_NAMES = {'directory': 'a directory', 'fifo': 'a FIFO', 'socket': 'a socket', 'symlink': 'a link', 'device': 'a device'}


def _kind(mode):
    return next((name for test, name in _KINDS if test(mode)), 'device')


def _trouble(error, path, user):
    sentences = {
        errno.EACCES: ('host-denied', '%s may not do that with %s.' % (user, path)),
        errno.EPERM: ('host-denied', '%s may not do that with %s.' % (user, path)),
        errno.ENOENT: ('host-no-file', '%s does not exist on the host.' % path),
        errno.ENOTDIR: ('host-no-file', 'A part of %s is not a directory.' % path),
        errno.ELOOP: ('host-bad-file', '%s is a link that leads in a circle.' % path),
        errno.ENOSPC: ('sandbox-disk-full', 'There is no room left on the host for %s.' % path),
        errno.EDQUOT: ('sandbox-disk-full', 'There is no room left on the host for %s.' % path),
        errno.EIO: ('sandbox-disk-full', '%s could not be written: the disk below the sandbox fails or is full.' % path),
        errno.EROFS: ('host-read-only', '%s is in a place that cannot be written.' % path),
        errno.ENAMETOOLONG: ('host-bad-file', 'The path is too long: %s' % path[:200]),
    }
    return Trouble(*sentences.get(error.errno, ('host-bad-file', '%s: %s.' % (path, os.strerror(error.errno or 0)))))


def _as_user(account):
    """From here on with the user's rights; the saved uid stays root's."""
    os.setgroups(account.groups)
    os.setegid(account.gid)
    os.seteuid(account.uid)


def _as_root():
    os.seteuid(0)
    os.setegid(0)


def look(path, user):
    """FileStat as a dict; None where there is nothing."""
    account = accounts.find(user)
    _as_user(account)
    try:
        found = os.lstat(path)
    except OSError as error:
        if error.errno in (errno.ENOENT, errno.ENOTDIR):
            return None
        raise _trouble(error, path, user)
    return {'type': _kind(found.st_mode), 'owner': accounts.user_name(found.st_uid),
            'group': accounts.group_name(found.st_gid), 'mode': '%04o' % stat.S_IMODE(found.st_mode),
            'size': found.st_size}


def read(path, user, limit, write_out):
    """Hands the whole contents of a regular file to `write_out`."""
    _as_user(accounts.find(user))
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)  # does not open what it finds
        found = os.fstat(place)
        if not stat.S_ISREG(found.st_mode):
            raise Trouble('host-not-regular', '%s is %s, not a regular file.' % (path, _NAMES[_kind(found.st_mode)]))
        if found.st_size > limit:
            raise Trouble('host-too-large', '%s has %d bytes; at most %d are read.' % (path, found.st_size, limit))
        file = os.open('/proc/self/fd/%d' % place, os.O_RDONLY | os.O_CLOEXEC)
        left = limit + 1
        while left > 0:
            chunk = os.read(file, min(left, 1 << 16))
            if not chunk:
                return
            left -= len(chunk)
            write_out(chunk)
    except OSError as error:
        raise _trouble(error, path, user)
    raise Trouble('host-too-large', '%s has more than %d bytes.' % (path, limit))


def _may_write(target, folder, account, old):
    """The user's own rights decide: on the file where there is one, on the folder otherwise."""
    _as_user(account)
    allowed = os.access(target if old else folder, os.W_OK if old else os.W_OK | os.X_OK, effective_ids=True)
    _as_root()
    if not allowed and old:
        raise Trouble('host-denied', '%s may not write %s, which belongs to %s and has mode %04o.' % (
            account.name, target, accounts.user_name(old.st_uid), stat.S_IMODE(old.st_mode)))
    if not allowed:
        raise Trouble('host-denied', '%s may not make a file in %s.' % (account.name, folder))


def _backup_name(folder, name):
    begin = name + '.~'
    middles = [other[len(begin):-1] for other in os.listdir(folder) if other.startswith(begin) and other.endswith('~')]
    numbers = [int(middle) for middle in middles if middle.isdecimal()]
    return '%s.~%d~' % (name, max(numbers, default=0) + 1)


def _copy_attributes(source, target):
    for name in os.listxattr(source):
        if name.startswith('user.') or name.startswith('system.posix_acl'):
            try:
                os.setxattr(target, name, os.getxattr(source, name))
            except OSError:
                pass


def write(path, user, mode, backup, content):
    """
    Puts `content` at `path`: a new file beside it, then a rename, so that it is the old or the new, never half.
    Links are followed. Returns the backup's path or None.
    """
    account = accounts.find(user)
    try:
        _as_user(account)
        target = os.path.realpath(path)
        _as_root()
        folder, name = os.path.split(target)
        old = os.lstat(target) if os.path.lexists(target) else None
        if old and not stat.S_ISREG(old.st_mode):
            raise Trouble('host-not-regular', '%s is %s; only regular files are written.' % (
                path, _NAMES[_kind(old.st_mode)]))
        if not os.path.isdir(folder):
            raise Trouble('host-no-file', 'The folder %s does not exist on the host.' % folder)
        _may_write(target, folder, account, old)
        return _replace(folder, name, old, account, mode, backup, content)
    except OSError as error:
        raise _trouble(error, path, user)


def _replace(folder, name, old, account, mode, backup, content):
    target = '%s/%s' % (folder.rstrip('/'), name)
    fresh = '%s/.%s.lockstep-%d' % (folder.rstrip('/'), name[:200], os.getpid())
    kept = None
    try:
        _write_whole(fresh, content)
        if old:
            os.chown(fresh, old.st_uid, old.st_gid)
            os.chmod(fresh, stat.S_IMODE(old.st_mode))
            _copy_attributes(target, fresh)
        else:
            above = os.stat(folder)
            os.chown(fresh, account.uid, above.st_gid if above.st_mode & stat.S_ISGID else account.gid)
            os.chmod(fresh, mode)
        if old and backup:
            kept = '%s/%s' % (folder.rstrip('/'), _backup_name(folder, name))
            os.link(target, kept)  # the very file, with its owner, mode and times
        os.rename(fresh, target)
    except BaseException:
        for leftover in (fresh, kept):
            if leftover and os.path.lexists(leftover):
                os.unlink(leftover)
        raise
    place = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    os.fsync(place)
    os.close(place)
    return kept


def _write_whole(path, content):
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        view = memoryview(content)
        while view:
            view = view[os.write(file, view):]
        os.fsync(file)
    finally:
        os.close(file)

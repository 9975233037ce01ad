"""Loop devices: a file as a block device that vanishes with its last use."""
import errno
import fcntl
import os
import struct

# linux/loop.h
_SET_FD, _CLR_FD, _SET_STATUS, _GET_STATUS, _CONFIGURE, _GET_FREE = 0x4C00, 0x4C01, 0x4C04, 0x4C05, 0x4C0A, 0x4C82
_AUTOCLEAR = 4
_INFO = struct.Struct('<5Q4I64s64s32s2Q')  # struct loop_info64


def _info(path):
    return _INFO.pack(0, 0, 0, 0, 0, 0, 0, 0, _AUTOCLEAR, os.fsencode(path)[:63], b'', b'', 0, 0)


def _backs(device, image):
    """True when the open loop device shows the file whose stat is `image`."""
    buffer = bytearray(_INFO.size)
    try:
        fcntl.ioctl(device, _GET_STATUS, buffer)
    except OSError:
        return False
    return _INFO.unpack(buffer)[:2] == (image.st_dev, image.st_ino)


def find(path):
    """Open descriptors of the loop devices that show `path`, with their names."""
    image = os.stat(path)
    found = []
    for name in os.listdir('/sys/block'):
        if name.startswith('loop') and os.path.isdir('/sys/block/%s/loop' % name):
            try:
                device = os.open('/dev/' + name, os.O_RDWR | os.O_CLOEXEC)
            except OSError:
                continue
            if _backs(device, image):
                found.append((device, '/dev/' + name))
            else:
                os.close(device)
    return found


def in_use(path):
    """Whether some loop device shows `path`."""
    found = find(path)
    for device, _ in found:
        os.close(device)
    return bool(found)


def attach(path):
    """
    (descriptor, device name) of a loop device showing `path`; one that exists already is used again, because two
    devices over one file would ruin it. The caller holds a lock and closes the descriptor once it has mounted.
    """
    found = find(path)
    for device, _ in found[1:]:
        os.close(device)
    if found:
        return found[0]
    backing = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    control = os.open('/dev/loop-control', os.O_RDWR | os.O_CLOEXEC)
    try:
        for _ in range(16):  # another program may take the free device first
            name = '/dev/loop%d' % fcntl.ioctl(control, _GET_FREE)
            device = os.open(name, os.O_RDWR | os.O_CLOEXEC)
            try:
                _configure(device, backing, path)
                return device, name
            except OSError as error:
                os.close(device)
                if error.errno != errno.EBUSY:
                    raise
        raise OSError(errno.EBUSY, 'no free loop device')
    finally:
        os.close(control)
        os.close(backing)


def _configure(device, backing, path):
    try:
        fcntl.ioctl(device, _CONFIGURE, struct.pack('<II', backing, 0) + _info(path) + bytes(64))
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTTY):
            raise
        fcntl.ioctl(device, _SET_FD, backing)  # kernels before 5.8
        fcntl.ioctl(device, _SET_STATUS, _info(path))


def detach_all(path):
    """Frees every loop device that shows `path`; those in use are freed by the kernel at their last use."""
    if os.path.exists(path):
        for device, _ in find(path):
            try:
                fcntl.ioctl(device, _CLR_FD)
            except OSError:
                pass
            os.close(device)

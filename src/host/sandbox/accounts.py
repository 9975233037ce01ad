"""Users and groups as the sandbox's own /etc/passwd and /etc/group have them, without the machine's name services."""
from trouble import Trouble


class Account:
    """A line of /etc/passwd, with all the groups it is in."""

    def __init__(self, name, uid, gid, home, shell, groups):
        self.name, self.uid, self.gid, self.home, self.shell, self.groups = name, uid, gid, home, shell, groups


def _lines(path, fields):
    try:
        with open(path, encoding='utf-8', errors='surrogateescape') as file:
            return [parts for parts in (line.rstrip('\n').split(':') for line in file) if len(parts) >= fields]
    except OSError:
        return []


def find(name):
    """The account called `name`; root exists even when its files are gone. Raises Trouble."""
    for parts in _lines('/etc/passwd', 7):
        if parts[0] == name:
            gid = int(parts[3])
            groups = [int(group[2]) for group in _lines('/etc/group', 4) if name in group[3].split(',')]
            return Account(name, int(parts[2]), gid, parts[5] or '/', parts[6] or '/bin/sh', sorted({gid, *groups}))
    if name == 'root':
        return Account('root', 0, 0, '/root', '/bin/sh', [0])
    raise Trouble('host-no-user', 'There is no user %s on the host.' % name)


def user_name(uid):
    """The name of a uid, or its digits."""
    return next((parts[0] for parts in _lines('/etc/passwd', 7) if parts[2] == str(uid)), str(uid))


def group_name(gid):
    """The name of a gid, or its digits."""
    return next((parts[0] for parts in _lines('/etc/group', 4) if parts[2] == str(gid)), str(gid))


def group_id(name, default):
    """The gid of a group by name."""
    return next((int(parts[2]) for parts in _lines('/etc/group', 4) if parts[0] == name), default)

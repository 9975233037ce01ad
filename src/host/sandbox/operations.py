"""What the helper does when asked: start and stop the sandbox, keep layers, sessions and snapshots in order."""
import fcntl
import os
import struct

import instance
import storage
import sweep
import view
from trouble import Trouble

_MARKS = '._-'
_COPY_NEED = 64 << 20
_PREPARING = '+prepare-'  # no session's name begins like that


def _name(text):
    plain = text.isascii() and all(letter.isalnum() or letter in _MARKS for letter in text)
    if not (plain and 0 < len(text) <= 80 and text[0] not in _MARKS):
        raise Trouble('sandbox-bad-name', 'Not a name for a session, layer or snapshot: %r' % text)
    return text


class Operations:
    """`config`: what the program told at the start; `store`: an opened Storage; `helper`: keeps record and watch."""

    def __init__(self, config, store, helper):
        self.config, self.store, self.helper = config, store, helper
        self.session = _name(config['session'])
        self.instance = None
        self.shells = {}
        self.prepare_lock = None
        self.preparing = None

    # --- what the main process does itself, because it changes what it knows

    def up(self, asked):
        """Starts the session, or with `prepare` a fresh view whose files become a layer."""
        if self.instance:
            raise Trouble('sandbox-running', 'The sandbox runs already.')
        key = asked.get('prepare')
        if key:
            self.preparing = _name(key)
            base = 'sessions/' + _PREPARING + key
            self.trash(base)
            layers = []
        else:
            base = 'sessions/' + self.session
            self.mend(base)
            layers = self.base_layers(base, asked)
        os.makedirs(self.store.path(base), exist_ok=True)
        self.trash(base + '/work')
        mask = self.store.mask()
        spec = {
            'root': self.config['state'] + '/root', 'storage': self.store.where, 'files': base + '/files',
            'work': base + '/work', 'mask': mask, 'layers': layers, 'volatile': bool(key),
            'mounts': view.machine_mounts([folder for folder, _ in storage.HIDDEN] + [self.config['state']]),
            'hostname': asked['hostname'], 'private': asked['private'], 'definition': asked.get('definition'),
            'terminals': storage.TERMINALS,
        }
        self.instance = instance.Instance(spec, asked['limits'], 'lockstep-%d-%s' % (os.getpid(), self.session),
                                          self.config.get('cgroups'))
        self.helper.on_started(self.instance)
        self.helper.save_record(init=sweep.identity(self.instance.pid), cgroups=self.instance.groups.tops)
        return {'warnings': self.instance.warnings}

    def base_layers(self, base, asked):
        """The layers below a session's files: those it began with, however the definition changed since."""
        note = self.store.path(base, 'base.json')
        known = storage.read_json(note)
        layers = known['layers'] if known else [_name(asked['layer'])] if asked.get('layer') else []
        if not all(os.path.isdir(self.store.path('layers', layer)) for layer in layers):
            if known and asked.get('anew') and asked.get('layer') and self.is_kept(asked['layer']):
                known, layers = None, [asked['layer']]
            elif known:
                raise Trouble('sandbox-layer-gone', 'The prepared host that this session began on is gone.')
            else:
                raise Trouble('host-not-prepared', 'The host has not been prepared yet.')
        if not known:
            os.makedirs(self.store.path(base), exist_ok=True)
            storage.write_json(note, {'layers': layers, 'definition': asked['name']})
        if self.store.kind == 'image':
            self.note('sessions', self.session,
                      {'session': self.config['label'], 'layers': layers, 'definition': asked['name']})
        return layers

    def down(self, _asked=None):
        """Ends everything that runs."""
        if self.instance:
            running, self.instance = self.instance, None
            self.helper.on_stopping(running)
            running.stop()
            self.helper.save_record(init=None, cgroups=[])
        return {}

    def lock_prepare(self, _asked):
        """Only one program prepares at a time; {'locked': False, 'by': pid} when it is another one."""
        path = self.config['state'] + '/prepare.lock'
        if self.prepare_lock is None:
            self.prepare_lock = open(path, 'a+')
        try:
            fcntl.flock(self.prepare_lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self.prepare_lock.seek(0)
            return {'locked': False, 'by': self.prepare_lock.read().strip()}
        self.prepare_lock.truncate(0)
        self.prepare_lock.write(str(self.config['owner']))
        self.prepare_lock.flush()
        for name in os.listdir(self.store.path('sessions')):
            if name.startswith(_PREPARING):  # of a program that was killed at it
                self.trash('sessions/' + name)
        return {'locked': True}

    def machine_busy(self, _asked):
        """The process that is installing packages on the machine; a layer on top of half a package would be broken."""
        try:
            with open('/var/lib/dpkg/lock-frontend', 'rb+') as lock:
                asked = struct.pack('hhqqi4x', fcntl.F_WRLCK, 0, 0, 0, 0)  # struct flock, fcntl(2)
                kind, _, _, _, pid = struct.unpack('hhqqi4x', fcntl.fcntl(lock, fcntl.F_GETLK, asked))
        except OSError:
            return {'by': None}
        return {'by': None if kind == fcntl.F_UNLCK else pid}

    def unlock_prepare(self, _asked):
        """Lets the next one prepare; throws away what was not frozen."""
        if self.preparing:
            self.down()
            self.trash('sessions/' + _PREPARING + self.preparing)
            self.preparing = None
        if self.prepare_lock:
            self.prepare_lock.close()
            self.prepare_lock = None
        return {}

    def freeze(self, asked):
        """Makes what was prepared a layer; the caller stopped it before."""
        key = self.preparing
        base = 'sessions/' + _PREPARING + key
        files = self.store.path(base, 'files')
        for name in ('tmp', 'var/tmp', 'run/lockstep'):
            storage.remove(files + '/root/' + name)
        self.store.sync()
        self.trash('layers/' + key)
        os.rename(files, self.store.path('layers', key))
        self.trash(base)
        self.preparing = None
        storage.write_json(self.store.path('layers', key + '.json'), {'definition': asked['name']})
        if self.store.kind == 'image':
            self.note('layers', key, {'definition': asked['name'], 'identity': self.store.identity()})
        self.forget_layers(asked['name'], key)
        return {}

    def forget_layers(self, definition, kept):
        """Drops older layers of a definition that no session stands on."""
        used = {kept}
        for session in os.listdir(self.store.path('sessions')):
            used.update((storage.read_json(self.store.path('sessions', session, 'base.json')) or {}).get('layers', []))
        for name in os.listdir(self.store.path('layers')):
            key = name[:-5]
            about = storage.read_json(self.store.path('layers', name)) if name.endswith('.json') else None
            if about and about.get('definition') == definition and key not in used:
                self.trash('layers/' + key)
                storage.remove(self.store.path('layers', name))
                storage.remove('%s/layers/%s' % (self.config['state'], name))

    def has_layer(self, asked):
        """Whether a layer is there; a note about it that was lost is written again."""
        key = _name(asked['key'])
        there = self.is_kept(key)
        if there and self.store.kind == 'image':
            about = storage.read_json(self.store.path('layers', key + '.json')) or {}
            self.note('layers', key, {'definition': about.get('definition'), 'identity': self.store.identity()})
        return {'there': there}

    def is_kept(self, key):
        """Whether a layer is in the storage."""
        return os.path.isdir(self.store.path('layers', _name(key)))

    def swap(self, _asked):
        """Puts the staged files in the place of the session's; the caller stopped it before."""
        base = 'sessions/' + self.session
        self.trash(base + '/files')
        os.rename(self.store.path(base, 'staged'), self.store.path(base, 'files'))
        return {}

    def mend(self, base):
        """Finishes a swap that a crash interrupted."""
        staged, files = self.store.path(base, 'staged'), self.store.path(base, 'files')
        if os.path.isdir(staged) and not os.path.isdir(files):
            os.rename(staged, files)
        self.trash(base + '/staged')
        self.trash(base + '/staged.part')

    def drop(self, asked):
        """Throws the session's files away; with `snapshots` those too; with `forget` nothing is left of it."""
        if asked.get('forget'):
            self.config['once'] = True
        self.trash('sessions/' + self.session)
        storage.remove('%s/sessions/%s.json' % (self.config['state'], self.session))
        if asked.get('snapshots'):
            self.trash('snapshots/' + self.session)
            self.trash('snapshots/' + self.session + '.lock')
        return {}

    def trash(self, path):
        """Takes something out of the way at once; `empty_trash` removes it."""
        if os.path.lexists(self.store.path(path)):
            number = len(os.listdir(self.store.path('trash')))
            while os.path.lexists(self.store.path('trash', '%d-%d' % (os.getpid(), number))):
                number += 1
            os.rename(self.store.path(path), self.store.path('trash', '%d-%d' % (os.getpid(), number)))

    def register_shell(self, asked):
        """Keeps what a shell should be like under the word by which the attaching program will name it."""
        self.shells[_name(asked['token'])] = {'op': 'shell', 'group': 'user', 'user': asked['user'], 'env': asked.get('env', {}),
                              'rc': asked.get('rc'), 'after_start': asked.get('after_start', False)}
        return {}

    def note(self, folder, name, value):
        """A note in the state folder that the program can read without the helper."""
        os.makedirs('%s/%s' % (self.config['state'], folder), exist_ok=True)
        storage.write_json('%s/%s/%s.json' % (self.config['state'], folder, name), value, self.config['uid'])

    # --- what may take long and is done by a process of its own

    def snapshot(self, asked):
        """Copies the session's files while its processes stand still."""
        name = _name(asked['id'])
        self.store.check_room(_COPY_NEED)
        with self.copying():
            if self.instance:
                self.instance.groups.freeze(True)
            try:
                storage.copy_tree(self.store.path('sessions', self.session, 'files'),
                                  self.store.path('snapshots', self.session, name))
            finally:
                if self.instance:
                    self.instance.groups.freeze(False)
        return {}

    def copying(self):
        """One copy of a session's files at a time; the lock goes with the file."""
        lock = open(self.store.path('snapshots', self.session + '.lock'), 'w')
        fcntl.flock(lock, fcntl.LOCK_EX)
        return lock

    def stage(self, asked):
        """Copies a snapshot beside the session's files."""
        source = self.store.path('snapshots', self.session, _name(asked['id']))
        if not os.path.isdir(source):
            raise Trouble('sandbox-no-snapshot', 'There is no snapshot %s of this session.' % asked['name'])
        self.store.check_room(_COPY_NEED)
        with self.copying():
            storage.copy_tree(source, self.store.path('sessions', self.session, 'staged'))
        return {}

    def empty_trash(self, _asked=None):
        """Removes what was thrown away and gives the room back."""
        folder = self.store.path('trash')
        with open(self.store.path('masks', 'trash.lock'), 'w') as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            names = os.listdir(folder)
            for name in names:
                storage.remove(folder + '/' + name)
            if names:
                self.store.trim()
        return {}

    def check_room(self, asked):
        """Raises Trouble when there is too little disk."""
        self.store.check_room(asked['need'])
        return {}


DIRECT = {'up', 'down', 'lock_prepare', 'machine_busy', 'unlock_prepare', 'freeze', 'has_layer', 'swap', 'drop', 'register_shell'}
FORKED = {'snapshot', 'stage', 'empty_trash', 'check_room'}
AGENT = {'exec', 'stat', 'read', 'write'}

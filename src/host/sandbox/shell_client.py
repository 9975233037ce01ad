"""The asking side of the helper's socket, for the small programs that connect a terminal with a shell."""
import _socket  # the part of socket that is needed; socket.py itself takes as long to load as Python to start
import os
import struct

_CHUNK = 65536


def connect(folder):
    """A connection to the helper whose socket is in `folder`."""
    os.chdir(folder)  # a socket's path has at most 107 bytes
    helper = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
    helper.connect('socket')
    return helper


def ask(helper, question):
    """Sends a question, a dict of words and whole numbers; json is loaded for answers, which nobody waits for."""
    pairs = ['"%s": %s' % (name, _value(value)) for name, value in question.items()]
    helper.sendall(('{%s}\n' % ', '.join(pairs)).encode())


def _value(value):
    if isinstance(value, int):
        return '%d' % value
    if not value.replace('_', '').replace('-', '').isalnum():
        raise ValueError('not a plain word: %r' % value)
    return '"%s"' % value


def receive_descriptor(helper):
    """Reads once: (the descriptor that came along or None, bytes)."""
    data, ancillary, _, _ = helper.recvmsg(_CHUNK, _socket.CMSG_SPACE(4))
    for level, kind, payload in ancillary:
        if (level, kind) == (_socket.SOL_SOCKET, _socket.SCM_RIGHTS):
            return struct.unpack('i', payload[:4])[0], data
    return None, data


def answer(helper, data):
    """Reads once into `data`: the answer once it is whole, None before; -1 as code when the other side is gone."""
    try:
        more = helper.recv(_CHUNK)
    except BlockingIOError:
        return None
    except OSError:
        more = b''
    if not more:
        return {'code': -1}
    data += more
    while len(data) >= 5:
        length = struct.unpack('>I', data[1:5])[0]
        if len(data) < 5 + length:
            return None
        if data[:1] == b'x':
            import json
            return json.loads(data[5:5 + length])
        del data[:5 + length]
    return None


def complain(sentence):
    """On our error output, which may be a raw terminal; returns the exit code for that."""
    os.write(2, (sentence + '\r\n').encode())
    return 255


def exit_code(found):
    """What to end with after an answer, None for none."""
    if found is None or 'error' in found:
        return complain((found or {}).get('error', {}).get('sentence', 'The sandbox did not answer.'))
    if found.get('signal'):
        import signal
        return 128 + getattr(signal, found['signal'], 0)
    return found['code'] if found['code'] is not None and found['code'] >= 0 else 255

"""The asking side of the helper's socket, for the small programs that connect a terminal with a shell."""
import json
import os
import signal
import socket
import struct

_CHUNK = 65536


def connect(folder):
    """A connection to the helper whose socket is in `folder`."""
    os.chdir(folder)  # a socket's path has at most 107 bytes
    helper = socket.socket(socket.AF_UNIX)
    helper.connect('socket')
    return helper


def ask(helper, question):
    """Sends a question."""
    helper.sendall(json.dumps(question).encode() + b'\n')


def receive_descriptor(helper):
    """Reads once: (the descriptor that came along or None, bytes)."""
    data, ancillary, _, _ = helper.recvmsg(_CHUNK, socket.CMSG_SPACE(4))
    for level, kind, payload in ancillary:
        if (level, kind) == (socket.SOL_SOCKET, socket.SCM_RIGHTS):
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
        return 128 + getattr(signal, found['signal'], 0)
    return found['code'] if found['code'] is not None and found['code'] >= 0 else 255

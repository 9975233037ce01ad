"""The wire: a JSON line asks, frames answer. A frame is one letter, a length and that many bytes.

o, e: output and error output; s: a status line's bytes; r: result of a child (never on the wire); t: a terminal
comes along (SCM_RIGHTS); p: progress as JSON; x: the answer as JSON, the last frame.
"""
import struct

import _socket as socket

import quick_json as json

_HEAD = struct.Struct('>cI')
MAX_HEADER = 256 << 10


def frame(kind, payload):
    """`kind` is one of the letters above."""
    return _HEAD.pack(kind.encode(), len(payload)) + payload


def json_frame(kind, value):
    """A frame whose payload is JSON."""
    return frame(kind, json.dumps(value).encode())


def read_header(connection, buffer):
    """
    Takes the JSON line from a non-blocking connection without touching the bytes behind it. `buffer`: what came
    before. Returns (header or None while incomplete); raises EOFError, ValueError.
    """
    peeked = connection.recv(65536, socket.MSG_PEEK)
    if not peeked:
        raise EOFError
    end = peeked.find(b'\n')
    buffer += connection.recv(len(peeked) if end < 0 else end + 1)
    if len(buffer) > MAX_HEADER:
        raise ValueError('header too long')
    if end < 0:
        return None
    header = json.loads(buffer)
    if not isinstance(header, dict):
        raise ValueError('header is not an object')
    return header

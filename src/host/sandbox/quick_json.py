"""JSON by the C half of Python's own json, whose other half loads regular expressions: a third of the helper's start.

What that half is called is Python's own affair; where it is called otherwise, json itself is used.
"""


class _Ordinary:
    """What json.JSONDecoder is by default, as far as the scanner asks."""
    strict = True
    object_hook = object_pairs_hook = None
    parse_float, parse_int, parse_constant = float, int, float
    memo = {}


def _refuse(value):
    raise TypeError('no JSON for %r' % (value,))


def _by_c():
    from _json import encode_basestring_ascii, make_encoder, make_scanner
    scan = make_scanner(_Ordinary())
    encode = make_encoder(None, _refuse, encode_basestring_ascii, None, ': ', ', ', False, False, True)

    def read(text):
        try:
            value, end = scan(text, 0)
        except (StopIteration, SystemError):  # the latter where what it would raise is not loaded
            raise ValueError('not JSON')
        if end != len(text):
            raise ValueError('more than JSON')
        return value

    def write(value):
        return ''.join(encode(value, 0))

    if read(write({'a': [1, 'b\n', None, True, -1.5]})) != {'a': [1, 'b\n', None, True, -1.5]}:
        raise ValueError
    return read, write


try:
    _read, _write = _by_c()
except (ImportError, TypeError, ValueError, AttributeError):
    from json import dumps as _write, loads as _read


def loads(text):
    """What a text, or its bytes in UTF-8, says; raises ValueError."""
    return _read((text if isinstance(text, str) else bytes(text).decode()).strip())


def dumps(value):
    """Text without a line break."""
    return _write(value)

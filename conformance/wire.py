"""Messages between the judge and the worker: a JSON header and the raw bytes of the arrays it refers to.

Nothing is ever unpickled: what arrives may have been written by a stranger's code.
"""
import json
import os
import select
import struct
import time

import numpy as np

MAX_HEADER = 16 << 20
MAX_BODY = 256 << 20
# What may stand in a header: a stranger may write one, and reading it must not take long. Digits of a number
# (an integer of a million takes minutes to read), brackets and commas, entries of a dict (their keys may be
# chosen to have one hash), characters of a dtype.
MAX_DIGITS = 40
MAX_MARKS = 400000
MAX_ENTRIES = 10000
MAX_DTYPE = 32
_MARKS = (b",", b"[", b"{")
_KEYS = (str, int, float, type(None))
# A pipe that can be written to takes so many bytes without waiting.
_ATOMIC = 4096
_LENGTH = struct.Struct(">I")
_KINDS = "biufcSU"


class Closed(Exception):
    """The other end is gone."""


class Expired(Exception):
    """The deadline passed before a whole message had arrived."""


class Garbage(Exception):
    """The bytes that arrived are not a message."""


def pack(value, arrays):
    """`value` with every array replaced by a reference into `arrays`, which grows; ready for JSON."""
    if isinstance(value, (np.ndarray, np.generic)):
        array = np.asarray(value)
        if array.dtype.kind not in _KINDS:
            raise ValueError("an array of {} cannot be sent".format(array.dtype))
        arrays.append(array)
        scalar = isinstance(value, np.generic)
        return {"@array": len(arrays) - 1, "dtype": array.dtype.str, "shape": array.shape, "scalar": scalar}
    if isinstance(value, dict):
        return {"@dict": [[pack(k, arrays), pack(v, arrays)] for k, v in value.items()]}
    if isinstance(value, tuple):
        return {"@tuple": [pack(v, arrays) for v in value]}
    if isinstance(value, list):
        return [pack(v, arrays) for v in value]
    return value


def unpack(value, arrays):
    """The inverse of `pack`. Each of `arrays` is taken out and serves once: a copy of it is made."""
    if isinstance(value, list):
        return [unpack(v, arrays) for v in value]
    if isinstance(value, dict):
        if "@array" in value:
            name = str(value["dtype"])
            dtype = np.dtype(name if len(name) <= MAX_DTYPE else None)
            if dtype.kind not in _KINDS or len(name) > MAX_DTYPE:
                raise Garbage("an array of {}".format(name[:MAX_DTYPE]))
            array = np.frombuffer(arrays.pop(value["@array"]), dtype).reshape(value["shape"])
            return array[()] if value["scalar"] else array.copy()
        if "@tuple" in value:
            return tuple(unpack(v, arrays) for v in value["@tuple"])
        if len(value["@dict"]) > MAX_ENTRIES or not all(isinstance(k, _KEYS) for k, _ in value["@dict"]):
            raise Garbage("a dict of {} entries".format(len(value["@dict"])))
        return {k: unpack(v, arrays) for k, v in value["@dict"]}
    return value


def dumps(message):
    """The bytes of `message`: plain values, lists, tuples, dicts and numeric arrays (ValueError for object
    arrays)."""
    arrays = []
    tree = pack(message, arrays)
    blobs = [array.tobytes() for array in arrays]
    header = json.dumps({"tree": tree, "sizes": [len(b) for b in blobs]}).encode("utf-8")
    return b"".join([_LENGTH.pack(len(header)), header] + blobs)


def send(fd, message, deadline=None):
    """Write `message` to the descriptor. Raises Closed when nobody reads any more, and Expired when the
    `deadline`, a `time.monotonic()` value, passes because nobody does."""
    view = memoryview(dumps(message))
    try:
        while view:
            if deadline is not None and not _writable(fd, deadline - time.monotonic()):
                raise Expired()
            view = view[os.write(fd, view if deadline is None else view[:_ATOMIC]):]
    except (BrokenPipeError, ConnectionResetError):
        raise Closed()


def receive(fd, deadline=None):
    """The next message from the descriptor.

    `deadline` is a `time.monotonic()` value or None. Raises Closed, Expired or Garbage.
    """
    (length,) = _LENGTH.unpack(_exactly(fd, _LENGTH.size, deadline))
    if length > MAX_HEADER:
        raise Garbage("a header of {} bytes".format(length))
    raw = _exactly(fd, length, deadline)
    try:
        if sum(map(raw.count, _MARKS)) > MAX_MARKS:
            raise Garbage("a header of more than {} parts".format(MAX_MARKS))
        header = json.loads(raw.decode("utf-8"), parse_int=_integer, parse_float=_float)
        sizes = [int(n) for n in header["sizes"]]
        if min(sizes or [0]) < 0 or sum(sizes) > MAX_BODY:
            raise Garbage("arrays of {} bytes".format(sum(sizes)))
        return unpack(header["tree"], {place: _exactly(fd, n, deadline) for place, n in enumerate(sizes)})
    except (ValueError, KeyError, TypeError, IndexError, RecursionError) as error:
        raise Garbage("{}: {}".format(type(error).__name__, str(error)[:200]))


def _integer(text):
    return int(_short(text))


def _float(text):
    return float(_short(text))


def _short(text):
    if len(text) > MAX_DIGITS:
        raise Garbage("a number of {} digits".format(len(text)))
    return text


def readable(fd, seconds=0):
    """Whether there is something to read, an end included, within so many seconds."""
    poll = select.poll()  # unlike select(), not limited to descriptors below 1024
    poll.register(fd, select.POLLIN)
    return bool(poll.poll(seconds * 1000))


def _writable(fd, seconds):
    poll = select.poll()
    poll.register(fd, select.POLLOUT)
    return bool(poll.poll(max(0, seconds) * 1000))


def _exactly(fd, size, deadline):
    chunks = []
    while size:
        if deadline is not None:
            left = deadline - time.monotonic()
            if left <= 0 or not readable(fd, left):
                raise Expired()
        chunk = os.read(fd, min(size, 1 << 20))
        if not chunk:
            raise Closed()
        chunks.append(chunk)
        size -= len(chunk)
    return b"".join(chunks)

"""Messages: what was sent arrives, and what is no message is refused as one, whoever wrote it."""

import contextlib
import json
import os
import struct
import threading
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance import wire

NUMBERS = st.booleans() | st.integers(-2**60, 2**60) | st.floats(allow_nan=False)
PLAIN = st.none() | NUMBERS | st.text(max_size=8)
VALUES = st.recursive(
    PLAIN, lambda inner: st.lists(inner, max_size=3) | st.tuples(inner, inner)
    | st.dictionaries(PLAIN.filter(lambda key: not isinstance(key, float)), inner, max_size=3), max_leaves=12)


@pytest.fixture
def pipe():
    reading, writing = os.pipe()
    yield reading, writing
    for descriptor in (reading, writing):
        with contextlib.suppress(OSError):  # the test closed it
            os.close(descriptor)


def passed(message):
    """The message after a pipe."""
    reading, writing = os.pipe()
    sender = threading.Thread(target=wire.send, args=(writing, message))
    sender.start()
    try:
        return wire.receive(reading, time.monotonic() + 10)
    finally:
        sender.join()
        os.close(reading)
        os.close(writing)


@given(VALUES)
def test_plain_values_arrive_with_their_types(value):
    got = passed({"value": value})["value"]
    assert got == value
    assert repr(got) == repr(value)  # 1, 1.0 and True are equal


@pytest.mark.parametrize("array", [
    np.arange(12.0).reshape(3, 4), np.array([np.nan, np.inf, -0.0], "float16"), np.array([True, False]),
    np.zeros((0, 3), "int64"), np.array(5), np.array(["ab", "c"]), np.array([1 + 2j]),
    np.asfortranarray(np.eye(3)[:, :2])])
def test_arrays_arrive_bit_for_bit(array):
    got = passed({"array": array})["array"]
    assert (got.dtype, got.shape, got.tobytes()) == (array.dtype, array.shape, array.tobytes())
    got[...] = got  # it belongs to whoever received it


def test_a_numpy_scalar_is_no_array():
    got = passed({"scalar": np.float32(1.5)})["scalar"]
    assert type(got) is np.float32


def test_objects_are_not_sent():
    with pytest.raises(ValueError, match="an array of object cannot be sent"):
        wire.dumps({"array": np.array([print], object)})


def test_a_message_larger_than_a_pipe_arrives():
    array = np.random.RandomState(0).bytes(3 << 20)
    sent = np.frombuffer(array, "uint8")
    assert np.array_equal(passed({"array": sent})["array"], sent)


def header(tree, sizes, blob=b""):
    raw = json.dumps({"tree": tree, "sizes": sizes}).encode()
    return struct.pack(">I", len(raw)) + raw + blob


def reference(dtype):
    return {"@array": 0, "dtype": dtype, "shape": [1], "scalar": False}


@pytest.mark.parametrize("raw", [
    pytest.param(b"\xff\xff\xff\xff", id="a header of four gigabytes"),
    pytest.param(struct.pack(">I", 4) + b"oops", id="no JSON"),
    pytest.param(struct.pack(">I", 2) + b"{}", id="no message"),
    pytest.param(header(1, [1 << 40]), id="an array of a terabyte"),
    pytest.param(header(1, [-1]), id="an array of less than nothing"),
    pytest.param(header(reference("O"), [8], bytes(8)), id="an array of objects"),
    pytest.param(header(reference("<f4"), [3], bytes(3)), id="an array that is too short"),
    pytest.param(header(reference("<f4"), []), id="an array that is missing"),
    pytest.param(header({"@dict": 7}, []), id="a dict of nothing")])
def test_what_is_no_message_is_garbage(pipe, raw):
    reading, writing = pipe
    os.write(writing, raw)
    with pytest.raises(wire.Garbage):
        wire.receive(reading, time.monotonic() + 5)


def test_half_a_message_expires_and_an_end_is_an_end(pipe):
    reading, writing = pipe
    os.write(writing, wire.dumps({"a": 1})[:7])
    with pytest.raises(wire.Expired):
        wire.receive(reading, time.monotonic() + 0.05)
    os.close(writing)
    with pytest.raises(wire.Closed):
        wire.receive(reading)


def test_nobody_reads_any_more(pipe):
    reading, writing = pipe
    os.close(reading)
    with pytest.raises(wire.Closed):
        wire.send(writing, {"a": 1})


def test_what_can_be_read_is_known_without_reading(pipe):
    reading, writing = pipe
    assert not wire.readable(reading)
    wire.send(writing, "x")
    assert wire.readable(reading)
    assert wire.receive(reading) == "x"


REFERENCE = {"@array": 0, "dtype": "<f8", "shape": [1], "scalar": False}
DEAR = {
    "a number of 3000000 digits": b'{"sizes": [], "tree": ' + b"7" * 3000000 + b"}",
    "a number of 3000003 digits": b'{"sizes": [], "tree": 0.' + b"7" * 3000000 + b"1}",
    "a header of more than 400000 parts": b'{"sizes": [], "tree": [' + b"[]," * 5000000 + b"[]]}",
    "a dict of 20000 entries": json.dumps(
        {"sizes": [], "tree": {"@dict": [[(2**61 - 1) * n, 0] for n in range(20000)]}}).encode(),
    "a dict of 1 entries": b'{"sizes": [], "tree": {"@dict": [[[1], 0]]}}',
    "KeyError: 0": json.dumps({"sizes": [8], "tree": [REFERENCE] * 2}).encode() + bytes(8),
    "an array of f8,f8,f8": json.dumps(
        {"sizes": [8], "tree": dict(REFERENCE, dtype=",".join(["f8"] * 100000))}).encode() + bytes(8),
    "RecursionError": b'{"sizes": [], "tree": ' + b"[" * 100000 + b"]" * 100000 + b"}",
}


@pytest.mark.parametrize("says", DEAR)
def test_what_would_be_dear_to_read_is_refused_at_once(pipe, says):
    header = DEAR[says]
    arrays = 8 if header.endswith(bytes(8)) else 0
    message = struct.pack(">I", len(header) - arrays) + header

    def write():
        left = memoryview(message)
        while left:
            left = left[os.write(pipe[1], left):]

    sender = threading.Thread(target=write)
    sender.start()
    began = time.process_time()
    try:
        with pytest.raises(wire.Garbage, match=says):
            wire.receive(pipe[0], time.monotonic() + 30)
    finally:
        sender.join()
    assert time.process_time() - began < 2


def test_nobody_waits_for_a_reader_that_does_not_read(pipe):
    began = time.monotonic()
    with pytest.raises(wire.Expired):
        wire.send(pipe[1], {"data": np.zeros(1 << 20)}, began + 0.3)
    assert time.monotonic() - began < 5


def test_what_is_sent_in_pieces_arrives_whole():
    reading, writing = os.pipe()
    array = np.arange(1 << 17)
    sender = threading.Thread(target=wire.send, args=(writing, {"data": array}, time.monotonic() + 30))
    sender.start()
    assert (wire.receive(reading, time.monotonic() + 30)["data"] == array).all()
    sender.join()
    os.close(reading)
    os.close(writing)

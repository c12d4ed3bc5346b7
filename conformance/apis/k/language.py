"""The language of K's spec: `k.function(...)`, the ways in, and the inputs that only K has."""
import zlib

from conformance.apis.language import Spec
from conformance.case import FLOATX

VARIABLE, KNOWN, UNKNOWN = "variable", "known", "unknown"
"""The ways in: as a variable, as a placeholder of known shape, as a placeholder with unknown dimensions."""
ALL_WAYS = (VARIABLE, KNOWN, UNKNOWN)
_TURNS = (UNKNOWN, VARIABLE, UNKNOWN, KNOWN, UNKNOWN)


def choose_ways(asked, area, function, variant, inputs, profile, first):
    """The ways a case goes in: those it asks for, else those that follow from what it is.

    The first case of a function and the examples of the documentation go in all three ways. Every other case
    goes in one: as unknown when it says itself which dimensions are unknown, else in the way that its name
    alone decides, in three of five cases the one that tells a backend least. Where nothing can be unknown, a
    case goes in as known instead.
    """
    ways = _ways(area, function, variant, inputs, profile, first) if asked is None else asked
    if any(item.unknown_axes and item.ndim for item in inputs.values() if not item.plain):
        return ways
    return tuple(way for way in ways if way != UNKNOWN) or (KNOWN,)


def _ways(area, function, variant, inputs, profile, first):
    if all(item.plain for item in inputs.values()):
        return (VARIABLE,)  # there is nothing that could go in another way
    if first or profile == "examples":
        return ALL_WAYS
    if any(item.unknown_axes not in ((), (0,)) for item in inputs.values()):
        return (UNKNOWN,)
    return (_TURNS[zlib.crc32("/".join((area, function, variant)).encode()) % len(_TURNS)],)


def weight(item):
    """The same input as an array that the call makes a variable of, as layers do with their weights."""
    made = "K.variable({})" if item.dtype == FLOATX else "K.variable({{}}, dtype={!r})".format(item.dtype)
    return item.but(plain=True, text=made)


k = Spec("K.{}", ALL_WAYS, choose_ways, release="Keras 2.3.1")

"""Placeholders: what comes out when one is fed, in every rank, with every dimension unknown, and at several sizes."""
import numpy as np

from conformance.spec.model import KNOWN, UNKNOWN, Area, bools, ints, normal, uniform

AREA = Area("placeholder")
_FED = (KNOWN, UNKNOWN)

# -- one feed

AREA.row("placeholder", "feed-0d", "K.square(x)", lambda x: x ** 2, ways=(KNOWN,), x=normal())
AREA.row("placeholder", "feed-1d", "K.square(x)", lambda x: x ** 2, ways=_FED, x=normal(5))
AREA.row("placeholder", "feed-2d", "K.square(x)", lambda x: x ** 2, ways=_FED, x=normal(4, 3))
AREA.row("placeholder", "feed-3d", "K.square(x)", lambda x: x ** 2, ways=_FED, x=normal(2, 4, 3))
AREA.row("placeholder", "feed-4d", "K.square(x)", lambda x: x ** 2, ways=_FED, x=normal(2, 4, 3, 5))
AREA.row("placeholder", "feed-5d", "K.square(x)", lambda x: x ** 2, ways=_FED, x=normal(2, 4, 3, 1, 2))
AREA.row("placeholder", "feed-unknown-middle", "K.square(x)", lambda x: x ** 2, ways=(UNKNOWN,), x=normal(2, 4, 3).unknown(1))
AREA.row("placeholder", "feed-unknown-last", "K.square(x)", lambda x: x ** 2, ways=(UNKNOWN,), x=normal(2, 4, 3).unknown(2))
AREA.row("placeholder", "feed-unknown-two", "K.square(x)", lambda x: x ** 2, ways=(UNKNOWN,), x=normal(2, 4, 3).unknown(0, 2))
AREA.row("placeholder", "feed-unknown-all", "K.square(x)", lambda x: x ** 2, ways=(UNKNOWN,), x=normal(2, 4, 3).unknown(0, 1, 2))
AREA.row("placeholder", "feed-unknown-all-4d", "K.square(x)", lambda x: x ** 2, ways=(UNKNOWN,),
         x=normal(2, 4, 3, 5).unknown(0, 1, 2, 3))
AREA.row("placeholder", "feed-one-row", "K.square(x)", lambda x: x ** 2, ways=_FED, x=normal(1, 4))
AREA.row("placeholder", "feed-one-element", "K.square(x)", lambda x: x ** 2, ways=_FED, x=normal(1, 1))
AREA.row("placeholder", "feed-float16", "x + x", lambda x: x + x, ways=_FED, x=normal(4, 3, dtype="float16"))
AREA.row("placeholder", "feed-float64", "x / 3.", lambda x: x / 3, ways=_FED, x=normal(4, 3, dtype="float64"))
AREA.row("placeholder", "feed-int32", "x + x", lambda x: x + x, ways=_FED, x=ints(4, 3, low=-9), dtype="int32")
AREA.row("placeholder", "feed-int64", "x + x", lambda x: x + x, ways=_FED, x=ints(4, 3, low=-9, dtype="int64"), dtype="int64")
AREA.row("placeholder", "feed-bool", "K.switch(x, a, b)", lambda x, a, b: np.where(x, a, b), ways=_FED,
         x=bools(4, 3), a=normal(4, 3), b=normal(4, 3))

# -- K's symbolic shape: "A symbolic shape (which is itself a tensor)."

AREA.row("shape", "1d", "K.shape(x)", lambda x: np.array(x.shape), x=normal(5))
AREA.row("shape", "2d", "K.shape(x)", lambda x: np.array(x.shape), x=normal(4, 3))
AREA.row("shape", "3d-unknown-two", "K.shape(x)", lambda x: np.array(x.shape), x=normal(2, 4, 3).unknown(0, 2))
AREA.row("shape", "4d-unknown-all", "K.shape(x)", lambda x: np.array(x.shape), x=normal(2, 4, 3, 5).unknown(0, 1, 2, 3))
AREA.row("shape", "derived", "K.shape(K.expand_dims(x, 1))", lambda x: np.array([4, 1, 3]), x=normal(4, 3).unknown(0, 1))
AREA.row("shape", "one-dimension", "K.shape(x)[1] * 10", lambda x: np.array(30), x=normal(4, 3).unknown(0, 1))
AREA.row("shape", "reshape-by-it", "K.reshape(y, K.shape(x))", lambda x, y: y.reshape(4, 3), x=normal(4, 3), y=normal(12))
AREA.row("shape", "0d", "K.shape(x)", lambda x: np.array([], "int32"), ways=("variable", KNOWN), x=normal())
AREA.row("size", "2d", "K.size(x)", lambda x: np.array(12), x=normal(4, 3))
AREA.row("size", "3d-unknown-two", "K.size(x)", lambda x: np.array(24), x=normal(2, 4, 3).unknown(0, 1))
AREA.row("size", "0d", "K.size(x)", lambda x: np.array(1), ways=("variable", KNOWN), x=normal())
AREA.row("size", "1d-name", "K.size(x, name='how_many')", lambda x: np.array(5), x=normal(5))
AREA.row("size", "of-int32", "K.size(x)", lambda x: np.array(6), x=ints(2, 3))

# -- several placeholders

AREA.row("placeholder", "two-inputs", "a - b", lambda a, b: a - b, ways=_FED, a=normal(4, 3), b=normal(4, 3))
AREA.row("placeholder", "two-inputs-float64", "a - b", lambda a, b: a - b, ways=_FED, a=normal(4, 3, dtype="float64"),
         b=normal(4, 3, dtype="float64"))
AREA.row("placeholder", "three-inputs-used-backwards", "[c * 2., b * 3., a * 4.]", lambda a, b, c: [c * 2, b * 3, a * 4],
         ways=_FED, a=normal(4, 3), b=normal(4, 2), c=normal(4, 5))
AREA.row("placeholder", "used-twice", "[x * 2., x * x]", lambda x: [x * 2, x * x], ways=_FED, x=normal(4, 3))
AREA.row("placeholder", "with-variable", "x * K.variable(np.arange(1., 4.))", lambda x: x * np.arange(1, 4), ways=_FED,
         x=normal(4, 3))
AREA.row("placeholder", "unused", "x * 2.", lambda x, y: x * 2, ways=_FED, x=normal(4, 3), y=normal(4, 2))

# -- one function, several sizes

_TWO_SIZES = """
    p = K.placeholder({})
    f = K.function([p], [{}])
    first, second, again = f([x])[0], f([y])[0], f([x])[0]
"""


def _sizes(variant, made, result, oracle, x, y):
    AREA.script("placeholder", "sizes-" + variant, _TWO_SIZES.format(made, result),
                lambda x, y: {"first": oracle(x), "second": oracle(y), "again": oracle(x)},
                names=("first", "second", "again"), x=x, y=y)


_sizes("1d", "shape=(None,)", "K.square(p)", lambda v: v ** 2, normal(4), normal(7))
_sizes("first", "shape=(None, 3)", "K.square(p)", lambda v: v ** 2, normal(4, 3), normal(6, 3))
_sizes("first-shrinks", "shape=(None, 3)", "K.square(p)", lambda v: v ** 2, normal(6, 3), normal(1, 3))
_sizes("middle", "shape=(2, None, 3)", "K.square(p)", lambda v: v ** 2, normal(2, 4, 3), normal(2, 5, 3))
_sizes("last", "shape=(2, 3, None)", "K.square(p)", lambda v: v ** 2, normal(2, 3, 4), normal(2, 3, 7))
_sizes("two", "shape=(None, 3, None)", "K.square(p)", lambda v: v ** 2, normal(2, 3, 4), normal(5, 3, 6))
_sizes("all", "shape=(None, None, None)", "K.square(p)", lambda v: v ** 2, normal(2, 3, 4), normal(5, 2, 6))
_sizes("ndim-2", "ndim=2", "K.square(p)", lambda v: v ** 2, normal(2, 3), normal(5, 4))
_sizes("ndim-3", "ndim=3", "K.square(p)", lambda v: v ** 2, normal(2, 3, 4), normal(5, 2, 6))
_sizes("ndim-4", "ndim=4", "K.square(p)", lambda v: v ** 2, normal(2, 3, 4, 2), normal(5, 2, 6, 3))
_sizes("reduced-over-known", "shape=(None, 3)", "K.sum(p, axis=1)", lambda v: v.sum(1), normal(4, 3), normal(6, 3))
_sizes("reduced-over-unknown", "shape=(None, 3)", "K.mean(p, axis=0)", lambda v: v.mean(0), normal(4, 3), normal(6, 3))
_sizes("reduced-over-all", "shape=(None, 3)", "K.sum(p)", lambda v: v.sum(), uniform(4, 3), uniform(6, 3))
_sizes("dot", "shape=(None, 3)", "K.dot(p, K.variable(np.arange(6.).reshape(3, 2)))",
       lambda v: v.dot(np.arange(6.).reshape(3, 2)), normal(4, 3), normal(6, 3))
_sizes("shape", "shape=(None, 3)", "K.shape(p)", lambda v: np.array(v.shape), normal(4, 3), normal(6, 3))
_sizes("flattened", "shape=(None, 3, 2)", "K.batch_flatten(p)", lambda v: v.reshape(len(v), 6), normal(4, 3, 2), normal(5, 3, 2))

AREA.script("placeholder", "sizes-two-inputs", """
    p, q = K.placeholder(shape=(None, 3)), K.placeholder(shape=(None, 3))
    f = K.function([p, q], [p - 2. * q])
    first, second = f([x, x + 1.])[0], f([y, y - 1.])[0]
""", lambda x, y: {"first": -x - 2, "second": -y + 2}, names=("first", "second"), x=normal(4, 3), y=normal(6, 3))
AREA.script("placeholder", "inputs-in-their-order", """
    p, q = K.placeholder(shape=(None, 3)), K.placeholder(shape=(None, 3))
    forward, backward = K.function([p, q], [p - q])([x, y])[0], K.function([q, p], [p - q])([x, y])[0]
""", lambda x, y: {"forward": x - y, "backward": y - x}, names=("forward", "backward"), x=normal(4, 3), y=normal(4, 3))
AREA.script("placeholder", "two-functions-share-it", """
    p = K.placeholder(shape=(None, 3))
    f, g = K.function([p], [K.square(p)]), K.function([p], [p * 3.])
    squared, tripled = f([x])[0], g([y])[0]
""", lambda x, y: {"squared": x ** 2, "tripled": y * 3}, names=("squared", "tripled"), x=normal(4, 3), y=normal(2, 3))
AREA.script("placeholder", "feed-transposed-array", """
    p = K.placeholder(shape=(4, 3))
    got = K.function([p], [p * 2.])([x.T])[0]
""", lambda x: {"got": x.T * 2}, names=("got",), x=normal(3, 4))
AREA.script("placeholder", "feed-strided-array", """
    p = K.placeholder(shape=(2, 4))
    got = K.function([p], [p * 2.])([x[::2, ::-1]])[0]
""", lambda x: {"got": x[::2, ::-1] * 2}, names=("got",), x=normal(4, 4))
AREA.script("placeholder", "feed-is-not-changed", """
    p = K.placeholder(shape=(4, 3))
    before = x.copy()
    K.function([p], [K.square(p) + 1.])([x])
    same = bool((x == before).all())
""", {"same": True}, x=normal(4, 3))
AREA.script("placeholder", "output-is-not-the-feed", """
    p = K.placeholder(shape=(4, 3))
    got = K.function([p], [K.identity(p)])([x])[0]
    before = got.copy()
    x[...] = 7.
    same = bool((got == before).all())
""", {"same": True}, x=normal(4, 3))
for _dtype in ("float16", "float64"):
    AREA.script("placeholder", "feed-after-floatx-" + _dtype, """
        K.set_floatx('{}')
        p = K.placeholder(shape=(None, 3))
        out = K.function([p], [p + p])([x])[0]
        dtype, got = str(out.dtype), out
    """.format(_dtype), lambda x, _dtype=_dtype: {"dtype": _dtype, "got": x + x}, names=("dtype", "got"),
                x=normal(4, 3, dtype=_dtype))
AREA.script("placeholder", "named-twice", """
    p, q = K.placeholder((2, 3), name='same'), K.placeholder((2, 3), name='same')
    got = K.function([p, q], [p - q])([x, y])[0]
""", lambda x, y: {"got": x - y}, names=("got",), x=normal(2, 3), y=normal(2, 3))

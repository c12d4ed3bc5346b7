"""Placeholders: the inputs of a function, which get their values when the function is called."""
import numpy as np

from conformance.apis.k.language import KNOWN, UNKNOWN, k
from conformance.case import bools, ints, normal, uniform

FED = (KNOWN, UNKNOWN)
PAGE = "backends page: Using the abstract Keras backend to write new code"


def sizes(f, variant, made, result, oracle, x, y):
    """A function of one placeholder, called with arrays of two sizes and then with the first array again."""
    f.script("sizes-" + variant, f"""
        p = K.placeholder({made})
        f = K.function([p], [{result}])
        first, second, again = f([x])[0], f([y])[0], f([x])[0]
    """, oracle=lambda x, y: {"first": oracle(x), "second": oracle(y), "again": oracle(x)},
             names=("first", "second", "again"), x=x, y=y)


def sum_with_itself(dtype):
    """The doubled input, from a placeholder that was made under another default float type."""
    return lambda x: {"dtype": dtype, "got": x + x}


with k.function("placeholder", area="placeholder", profile="core") as f:
    f.promise("a call without shape and without ndim is refused", at="placeholder: ndim")
    f.refuses("neither-shape-nor-ndim", "K.ndim(K.placeholder())", ("ValueError", "TypeError"))
    f.refuses("dtype-alone", "K.ndim(K.placeholder(dtype='float32', name='x'))", ("ValueError", "TypeError"))

    f.promise("each call makes a new placeholder", at="placeholder: summary")
    f.case("calls-are-distinct", "K.placeholder((2, 3)) is K.placeholder((2, 3))", want=False)

    f.promise("shape gives the number of axes and the length of each axis of the array that is fed",
              at="placeholder: shape")
    f.case("feed-0d", "K.square(x)", x=normal(), oracle=np.square, ways=KNOWN)
    f.case("feed-1d", "K.square(x)", x=normal(5), oracle=np.square, ways=FED)
    f.case("feed-2d", "K.square(x)", x=normal(4, 3), oracle=np.square, ways=FED)
    f.case("feed-3d", "K.square(x)", x=normal(2, 4, 3), oracle=np.square, ways=FED)
    f.case("feed-4d", "K.square(x)", x=normal(2, 4, 3, 5), oracle=np.square, ways=FED)
    f.case("feed-5d", "K.square(x)", x=normal(2, 4, 3, 1, 2), oracle=np.square, ways=FED)
    f.case("feed-one-row", "K.square(x)", x=normal(1, 4), oracle=np.square, ways=FED)
    f.case("feed-one-element", "K.square(x)", x=normal(1, 1), oracle=np.square, ways=FED)

    f.promise("shape may hold None for each axis whose length is not known before the placeholder is fed",
              at="placeholder: shape")
    f.case("feed-unknown-middle", "K.square(x)", x=normal(2, 4, 3).unknown(1), oracle=np.square)
    f.case("feed-unknown-last", "K.square(x)", x=normal(2, 4, 3).unknown(2), oracle=np.square)
    f.case("feed-unknown-two", "K.square(x)", x=normal(2, 4, 3).unknown(0, 2), oracle=np.square)
    f.case("feed-unknown-all", "K.square(x)", x=normal(2, 4, 3).unknown(0, 1, 2), oracle=np.square)
    f.case("feed-unknown-all-4d", "K.square(x)", x=normal(2, 4, 3, 5).unknown(0, 1, 2, 3), oracle=np.square)

    f.promise("an axis with None takes a different length at each call", at="placeholder: shape")
    sizes(f, "1d", "shape=(None,)", "K.square(p)", np.square, normal(4), normal(7))
    sizes(f, "first", "shape=(None, 3)", "K.square(p)", np.square, normal(4, 3), normal(6, 3))
    sizes(f, "first-shrinks", "shape=(None, 3)", "K.square(p)", np.square, normal(6, 3), normal(1, 3))
    sizes(f, "middle", "shape=(2, None, 3)", "K.square(p)", np.square, normal(2, 4, 3), normal(2, 5, 3))
    sizes(f, "last", "shape=(2, 3, None)", "K.square(p)", np.square, normal(2, 3, 4), normal(2, 3, 7))
    sizes(f, "two", "shape=(None, 3, None)", "K.square(p)", np.square, normal(2, 3, 4), normal(5, 3, 6))
    sizes(f, "all", "shape=(None, None, None)", "K.square(p)", np.square, normal(2, 3, 4), normal(5, 2, 6))
    sizes(f, "reduced-over-known", "shape=(None, 3)", "K.sum(p, axis=1)", lambda v: v.sum(1), normal(4, 3),
          normal(6, 3))
    sizes(f, "reduced-over-unknown", "shape=(None, 3)", "K.mean(p, axis=0)", lambda v: v.mean(0),
          normal(4, 3), normal(6, 3))
    sizes(f, "reduced-over-all", "shape=(None, 3)", "K.sum(p)", lambda v: v.sum(), uniform(4, 3),
          uniform(6, 3))
    sizes(f, "dot", "shape=(None, 3)", "K.dot(p, K.variable(np.arange(6.).reshape(3, 2)))",
          lambda v: v.dot(np.arange(6.).reshape(3, 2)), normal(4, 3), normal(6, 3))
    sizes(f, "shape", "shape=(None, 3)", "K.shape(p)", lambda v: np.array(v.shape), normal(4, 3),
          normal(6, 3))
    sizes(f, "flattened", "shape=(None, 3, 2)", "K.batch_flatten(p)", lambda v: v.reshape(len(v), 6),
          normal(4, 3, 2), normal(5, 3, 2))
    f.script("sizes-two-inputs", """
        p, q = K.placeholder(shape=(None, 3)), K.placeholder(shape=(None, 3))
        f = K.function([p, q], [p - 2. * q])
        first, second = f([x, x + 1.])[0], f([y, y - 1.])[0]
    """, oracle=lambda x, y: {"first": -x - 2, "second": -y + 2}, names=("first", "second"),
             x=normal(4, 3), y=normal(6, 3))

    f.promise("ndim alone makes a placeholder of that many axes, each of any length", at="placeholder: ndim")
    sizes(f, "ndim-2", "ndim=2", "K.square(p)", np.square, normal(2, 3), normal(5, 4))
    sizes(f, "ndim-3", "ndim=3", "K.square(p)", np.square, normal(2, 3, 4), normal(5, 2, 6))
    sizes(f, "ndim-4", "ndim=4", "K.square(p)", np.square, normal(2, 3, 4, 2), normal(5, 2, 6, 3))
    f.case("keras-shape-ndim", "K.placeholder(ndim=3)._keras_shape", want=(None, None, None))
    f.case("keras-shape-ndim-1", "K.placeholder(ndim=1)._keras_shape", want=(None,))

    f.promise("where shape and ndim are both given, shape counts", at="placeholder: ndim")
    f.case("keras-shape-shape-before-ndim", "K.placeholder(shape=(2, 4), ndim=3)._keras_shape", want=(2, 4))

    f.promise("dtype is the type of the array that is fed", at="placeholder: dtype")
    f.case("feed-float16", "x + x", x=normal(4, 3, dtype="float16"), oracle=lambda x: x + x, ways=FED)
    f.case("feed-float64", "x / 3.", x=normal(4, 3, dtype="float64"), oracle=lambda x: x / 3, ways=FED)
    f.case("feed-int32", "x + x", x=ints(4, 3, low=-9), oracle=lambda x: x + x, ways=FED,
           result_dtype="int32")
    f.case("feed-int64", "x + x", x=ints(4, 3, low=-9, dtype="int64"), oracle=lambda x: x + x, ways=FED,
           result_dtype="int64")
    f.case("feed-bool", "K.switch(x, a, b)", x=bools(4, 3), a=normal(4, 3), b=normal(4, 3), oracle=np.where,
           ways=FED)

    f.promise("without a dtype, the placeholder has the default float type", at="floatx: summary")
    for dtype in ("float16", "float64"):
        f.script("feed-after-floatx-" + dtype, f"""
            K.set_floatx('{dtype}')
            p = K.placeholder(shape=(None, 3))
            out = K.function([p], [p + p])([x])[0]
            dtype, got = str(out.dtype), out
        """, oracle=sum_with_itself(dtype), names=("dtype", "got"), x=normal(4, 3, dtype=dtype))

    f.promise("a placeholder is an input: the array that is fed takes its place wherever it was used",
              at=PAGE)
    f.case("used-twice", "[x * 2., x * x]", x=normal(4, 3), oracle=lambda x: [x * 2, x * x], ways=FED)
    f.case("with-variable", "x * K.variable(np.arange(1., 4.))", x=normal(4, 3),
           oracle=lambda x: x * np.arange(1, 4), ways=FED)
    f.case("unused", "x * 2.", x=normal(4, 3), y=normal(4, 2), oracle=lambda x, y: x * 2, ways=FED)
    f.script("two-functions-share-it", """
        p = K.placeholder(shape=(None, 3))
        f, g = K.function([p], [K.square(p)]), K.function([p], [p * 3.])
        squared, tripled = f([x])[0], g([y])[0]
    """, oracle=lambda x, y: {"squared": x ** 2, "tripled": y * 3}, names=("squared", "tripled"),
             x=normal(4, 3), y=normal(2, 3))

    f.promise("of several placeholders, each placeholder gets the array at its own place among the inputs",
              at=PAGE)
    f.case("two-inputs", "a - b", a=normal(4, 3), b=normal(4, 3), oracle=np.subtract, ways=FED)
    f.case("two-inputs-float64", "a - b", a=normal(4, 3, dtype="float64"), b=normal(4, 3, dtype="float64"),
           oracle=np.subtract, ways=FED)
    f.case("three-inputs-used-backwards", "[c * 2., b * 3., a * 4.]", a=normal(4, 3), b=normal(4, 2),
           c=normal(4, 5), oracle=lambda a, b, c: [c * 2, b * 3, a * 4], ways=FED)
    f.script("inputs-in-their-order", """
        p, q = K.placeholder(shape=(None, 3)), K.placeholder(shape=(None, 3))
        forward, backward = K.function([p, q], [p - q])([x, y])[0], K.function([q, p], [p - q])([x, y])[0]
    """, oracle=lambda x, y: {"forward": x - y, "backward": y - x}, names=("forward", "backward"),
             x=normal(4, 3), y=normal(4, 3))

    f.promise("the array that is fed may lie in memory in any order, stays as it is, and is not the output",
              at=PAGE)
    f.script("feed-transposed-array", """
        p = K.placeholder(shape=(4, 3))
        got = K.function([p], [p * 2.])([x.T])[0]
    """, oracle=lambda x: {"got": x.T * 2}, names=("got",), x=normal(3, 4))
    f.script("feed-strided-array", """
        p = K.placeholder(shape=(2, 4))
        got = K.function([p], [p * 2.])([x[::2, ::-1]])[0]
    """, oracle=lambda x: {"got": x[::2, ::-1] * 2}, names=("got",), x=normal(4, 4))
    f.script("feed-is-not-changed", """
        p = K.placeholder(shape=(4, 3))
        before = x.copy()
        K.function([p], [K.square(p) + 1.])([x])
        same = bool((x == before).all())
    """, want={"same": True}, x=normal(4, 3))
    f.script("output-is-not-the-feed", """
        p = K.placeholder(shape=(4, 3))
        got = K.function([p], [K.identity(p)])([x])[0]
        before = got.copy()
        x[...] = 7.
        same = bool((got == before).all())
    """, want={"same": True}, x=normal(4, 3))

    f.promise("name is a part of the placeholder's own name", at="placeholder: name")
    f.case("name", "'some_input' in K.placeholder(shape=(2, 3), name='some_input').name", want=True)
    f.case("name-with-ndim", "'other_input' in K.placeholder(ndim=3, name='other_input').name", want=True)
    f.case("names-differ", "['first' in K.placeholder((2, 3), name='first').name, "
           "'first' in K.placeholder((2, 3), name='second').name]", want=[True, False])

    f.promise("name only labels the placeholder: two placeholders with the same name stay two inputs",
              at="placeholder: name")
    f.script("named-twice", """
        p, q = K.placeholder((2, 3), name='same'), K.placeholder((2, 3), name='same')
        got = K.function([p, q], [p - q])([x, y])[0]
    """, oracle=lambda x, y: {"got": x - y}, names=("got",), x=normal(2, 3), y=normal(2, 3))

    f.promise("the placeholder carries its shape as _keras_shape", at="placeholder: examples")
    f.case("keras-shape-known", "K.placeholder(shape=(2, 4, 5))._keras_shape", want=(2, 4, 5))
    f.case("keras-shape-unknown", "K.placeholder(shape=(None, 4, 5))._keras_shape", want=(None, 4, 5))
    f.case("keras-shape-float64", "K.placeholder(shape=(4, 3), dtype='float64')._keras_shape", want=(4, 3))
    f.silent("which metadata a placeholder carries besides _keras_shape", at="placeholder: returns")
    f.case("uses-learning-phase", "K.placeholder(shape=(2, 4))._uses_learning_phase", want=False)

    f.promise("sparse makes the placeholder sparse, and the other arguments keep their meaning",
              at="placeholder: sparse")
    f.script("facts", """
        p = K.placeholder((4, 3), sparse=True)
        sparse, shape, ndim, dtype = bool(K.is_sparse(p)), K.int_shape(p), K.ndim(p), K.dtype(p)
        keras_shape, fed = p._keras_shape, bool(K.is_placeholder(p))
    """, want={"sparse": True, "shape": (4, 3), "ndim": 2, "dtype": "float32",
               "keras_shape": (4, 3), "fed": True}, profile="full")
    f.script("facts-unknown-float64", """
        p = K.placeholder((None, 3), dtype='float64', sparse=True)
        sparse, shape, ndim, dtype = bool(K.is_sparse(p)), K.int_shape(p), K.ndim(p), K.dtype(p)
    """, want={"sparse": True, "shape": (None, 3), "ndim": 2, "dtype": "float64"}, profile="full")
    f.script("ndim", """
        p = K.placeholder(ndim=2, sparse=True)
        sparse, shape, ndim = bool(K.is_sparse(p)), K.int_shape(p), K.ndim(p)
    """, want={"sparse": True, "shape": (None, None), "ndim": 2}, profile="full")
    f.script("sparse-name", """
        p = K.placeholder((4, 3), sparse=True, name='rare')
        sparse = bool(K.is_sparse(p))
    """, want={"sparse": True}, profile="full")
    f.promise("a placeholder is dense unless sparse is true", at="placeholder: sparse")
    f.script("dense-by-default", "sparse = [bool(K.is_sparse(K.placeholder((4, 3)))), "
             "bool(K.is_sparse(K.placeholder((4, 3), sparse=False)))]", want={"sparse": [False, False]},
             profile="full")

"""Reading and setting the values of variables, of a single variable or of several."""
import numpy as np

from conformance.apis.k.language import k
from conformance.case import given, ints, normal, plain, uniform

# Whole numbers, which every dtype holds.
WHOLE = [[1, 2, -3], [4, 0, 6], [7, -8, 9], [0, 1, 5]]
# An engine may take over the memory of an array that lies on a 64-byte boundary and copy any other array:
# without these lines, chance decides which kind of array a case meets.
ALIGNED = """
raw = np.zeros(x.nbytes + 64, 'uint8')
start = -raw.ctypes.data % 64
aligned = raw[start:start + x.nbytes].view(x.dtype).reshape(x.shape)
aligned[...] = x
x = aligned
"""


def typed(dtype):
    """The input, from a variable of this dtype that was set to it."""
    return lambda x: {"dtype": dtype, "got": x}


with k.function("get_value", area="variable", profile="core") as f:
    f.promise("get_value gives the value of a variable, of any number of axes", at="get_value: summary")
    f.case("0d", "K.get_value(K.variable(v))", v=plain(normal()), oracle=lambda v: v)
    f.case("1d", "K.get_value(K.variable(v))", v=plain(normal(5)), oracle=lambda v: v)
    f.case("2d", "K.get_value(K.variable(v))", v=plain(normal(4, 3)), oracle=lambda v: v)
    f.case("3d", "K.get_value(K.variable(v))", v=plain(normal(2, 4, 3)), oracle=lambda v: v)
    f.case("4d", "K.get_value(K.variable(v))", v=plain(normal(2, 4, 3, 5)), oracle=lambda v: v)
    f.case("float64", "K.get_value(K.variable(v, dtype='float64'))", v=plain(normal(4, 3, dtype="float64")),
           oracle=lambda v: v, result_dtype="float64")

    f.promise("the result is a NumPy array of the variable's dtype", at="get_value: returns")
    f.case("is-an-array", "type(K.get_value(K.variable(np.ones((4, 3))))).__name__", want="ndarray")
    for dtype in ("float16", "float64", "int32", "bool"):
        f.case("dtype-" + dtype, f"str(K.get_value(K.variable(np.ones((4, 3)), dtype='{dtype}')).dtype)",
               want=dtype)

    f.promise("the result and the variable do not share their memory", at="get_value: returns")
    f.script("result-is-a-copy", """
        v = K.variable(x)
        got = K.get_value(v)
        if got.flags.writeable:
            got[...] = 77.
        after = K.get_value(v)
    """, oracle=lambda x: {"after": x}, names=("after",), x=normal(4, 3))
    f.script("is-not-changed-later", """
        v = K.variable(x)
        got = K.get_value(v)
        K.set_value(v, x + 1.)
    """, oracle=lambda x: {"got": x}, names=("got",), x=normal(4, 3))

with k.function("set_value", area="variable", profile="core") as f:
    f.promise("the variable has the value of the array from then on", at="set_value: summary")
    for axes, array in enumerate((normal(), normal(5), normal(4, 3), normal(2, 4, 3), normal(2, 4, 3, 5))):
        f.script(f"{axes}d", """
            v = K.variable(x)
            K.set_value(v, 3. - x)
            got, evaluated = K.get_value(v), K.eval(v)
        """, oracle=lambda x: {"got": 3 - x, "evaluated": 3 - x}, names=("got", "evaluated"), x=array)
    f.script("back-to-zero", """
        v = K.variable(x)
        K.set_value(v, np.zeros((4, 3), 'float32'))
        got = K.get_value(v)
    """, want={"got": np.zeros((4, 3))}, x=normal(4, 3))
    f.script("after-evaluation-of-a-zeros", """
        v = K.zeros((4, 3))
        before = K.get_value(v)
        K.set_value(v, x)
        got, again = K.get_value(v), before
    """, oracle=lambda x: {"got": x, "again": np.zeros((4, 3))}, names=("got", "again"), x=normal(4, 3))

    f.promise("a variable may be set again, from its own value too", at="set_value: summary")
    f.script("twice", """
        v = K.variable(x)
        K.set_value(v, x + 1.)
        first = K.get_value(v)
        K.set_value(v, x * 2.)
        second = K.get_value(v)
    """, oracle=lambda x: {"first": x + 1, "second": x * 2}, names=("first", "second"), x=normal(4, 3))
    f.script("of-itself", """
        v = K.variable(x)
        K.set_value(v, K.get_value(v) * 2.)
        got = K.get_value(v)
    """, oracle=lambda x: {"got": x * 2}, names=("got",), x=normal(4, 3))

    f.promise("a function that was made before computes with the new value", at="set_value: summary")
    f.script("seen-by-a-function", """
        v, p = K.variable(x), K.placeholder((None, 3))
        f = K.function([p], [p * K.sum(v, axis=0)])
        first = f([y])[0]
        K.set_value(v, x + 2.)
        second = f([y])[0]
    """, oracle=lambda x, y: {"first": y * x.sum(0), "second": y * (x + 2).sum(0)}, names=("first", "second"),
             x=uniform(4, 3), y=normal(5, 3))

    f.promise("no other variable changes, and neither do the variable's shape, name and kind",
              at="set_value: x")
    f.script("other-variables-stay", """
        v, w = K.variable(x), K.variable(x * 3.)
        K.set_value(v, x + 1.)
        first, second = K.get_value(v), K.get_value(w)
    """, oracle=lambda x: {"first": x + 1, "second": x * 3}, names=("first", "second"), x=normal(4, 3))
    f.script("keeps-shape-and-name", """
        v = K.variable(x, name='kept')
        K.set_value(v, x + 1.)
        shape, named, kind = K.int_shape(v), 'kept' in v.name, K.is_variable(v)
    """, want={"shape": (4, 3), "named": True, "kind": True}, x=normal(4, 3))

    f.promise("an array of the variable's dtype arrives as it is, of floats or of integers",
              at="set_value: value")
    for dtype, array in (("float16", normal(4, 3, dtype="float16")),
                         ("float64", normal(4, 3, dtype="float64")),
                         ("int32", ints(4, 3, low=-9))):
        f.script("dtype-" + dtype, f"""
            v = K.variable(np.zeros((4, 3)), dtype='{dtype}')
            K.set_value(v, x)
            dtype, got = str(K.get_value(v).dtype), K.get_value(v)
        """, oracle=typed(dtype), names=("dtype", "got"), x=array)

    f.promise("the variable keeps its dtype when the array has another dtype", at="variable: dtype")
    for dtype in ("float64", "float16", "int32"):
        f.script("keeps-its-dtype-from-" + dtype, f"""
            v = K.variable(np.zeros((4, 3)))
            K.set_value(v, x.astype('{dtype}'))
            dtypes, got = [K.dtype(v), str(K.get_value(v).dtype)], K.get_value(v)
        """, oracle=lambda x: {"dtypes": ["float32", "float32"], "got": x}, names=("dtypes", "got"),
                 x=given(WHOLE))

    f.promise("the array may lie in memory in any order", at="set_value: value")
    f.script("transposed-array", """
        v = K.variable(np.zeros((3, 4)))
        K.set_value(v, x.T)
        got = K.get_value(v)
    """, oracle=lambda x: {"got": x.T}, names=("got",), x=normal(4, 3))
    f.script("strided-array", """
        v = K.variable(np.zeros((2, 3)))
        K.set_value(v, x[::2, ::-1])
        got = K.get_value(v)
    """, oracle=lambda x: {"got": x[::2, ::-1]}, names=("got",), x=normal(4, 3))

    f.silent("whether a later change of the array reaches the variable", at="set_value: value")
    for dtype, made in (("float32", "K.variable(np.zeros((4, 3)))"),
                        ("float64", "K.variable(np.zeros((4, 3)), dtype='float64')")):
        f.script("not-aliasing-" + dtype, f"x = x.astype('{dtype}'){ALIGNED}v = {made}" + """
before = x.copy()
K.set_value(v, x)
x[...] = 77.
unchanged = bool((K.get_value(v) == before).all())
""", want={"unchanged": True}, x=normal(4, 3))

    f.silent("whether the value may be a number instead of an array", at="set_value: value")
    f.script("number", """
        v = K.variable(x)
        K.set_value(v, 0.125)
        got = K.get_value(v)
    """, want={"got": np.array(0.125)}, x=normal())

with k.function("batch_get_value", area="variable", profile="core") as f:
    f.promise("the values come in the order of the variables, which may have different shapes",
              at="batch_get_value: summary")
    f.case("three", "K.batch_get_value([K.variable(a), K.variable(b), K.variable(c)])",
           a=plain(normal(4, 3)), b=plain(normal(5)), c=plain(normal()), oracle=lambda a, b, c: [a, b, c])

    f.promise("the list may hold a single variable, no variable, or a variable twice",
              at="batch_get_value: ops")
    f.case("one", "K.batch_get_value([K.variable(a)])", a=plain(normal(4, 3)), oracle=lambda a: [a])
    f.case("none", "K.batch_get_value([])", want=[])
    f.case("same-variable-twice", "(lambda v: K.batch_get_value([v, v]))(K.variable(a))",
           a=plain(normal(4, 3)), oracle=lambda a: [a, a])

    f.promise("the result is a list of NumPy arrays, each of its variable's dtype",
              at="batch_get_value: returns")
    f.case("is-a-list", "type(K.batch_get_value([K.variable(np.ones(3)), K.variable(np.zeros(3))])).__name__",
           want="list")
    f.case("of-arrays", "[type(v).__name__ for v in K.batch_get_value([K.zeros((2, 3)), K.ones((2,))])]",
           want=["ndarray", "ndarray"])
    f.case("dtype-float64",
           "[str(v.dtype) for v in K.batch_get_value([K.ones((2,), 'float64'), K.ones((3,))])]",
           want=["float64", "float32"])

with k.function("batch_set_value", area="variable", profile="core") as f:
    f.promise("each variable gets the value of its own tuple, and a variable without a tuple stays",
              at="batch_set_value: tuples")
    f.script("three", """
        a, b, c = K.variable(x), K.variable(y), K.variable(z)
        K.batch_set_value([(a, x + 1.), (b, y + 2.), (c, z + 3.)])
        got = K.batch_get_value([a, b, c])
    """, oracle=lambda x, y, z: {"got": [x + 1, y + 2, z + 3]}, names=("got",),
             x=normal(4, 3), y=normal(5), z=normal())
    f.script("one", """
        a, b = K.variable(x), K.variable(x * 2.)
        K.batch_set_value([(a, x + 1.)])
        got = [K.get_value(a), K.get_value(b)]
    """, oracle=lambda x: {"got": [x + 1, x * 2]}, names=("got",), x=normal(4, 3))
    f.script("none", """
        a = K.variable(x)
        K.batch_set_value([])
        got = K.get_value(a)
    """, oracle=lambda x: {"got": x}, names=("got",), x=normal(4, 3))

    f.promise("the variables may be set again and again, from each other's values too",
              at="batch_set_value: summary")
    f.script("repeated", """
        a, b = K.variable(x), K.variable(y)
        for n in (1., 2., 3.):
            K.batch_set_value([(a, x + n), (b, y - n)])
        got = K.batch_get_value([b, a])
    """, oracle=lambda x, y: {"got": [y - 3, x + 3]}, names=("got",), x=normal(4, 3), y=normal(5))
    f.script("swap", """
        a, b = K.variable(x), K.variable(y)
        K.batch_set_value(list(zip([a, b], reversed(K.batch_get_value([a, b])))))
        got = K.batch_get_value([a, b])
    """, oracle=lambda x, y: {"got": [y, x]}, names=("got",), x=normal(4, 3), y=normal(4, 3))

    f.promise("each variable keeps its dtype when the array has another dtype", at="variable: dtype")
    f.script("keeps-dtypes", """
        a, b = K.zeros((4, 3), dtype='float64'), K.zeros((4, 3))
        K.batch_set_value([(a, x), (b, x)])
        dtypes, got = [str(v.dtype) for v in K.batch_get_value([a, b])], K.batch_get_value([a, b])
    """, oracle=lambda x: {"dtypes": ["float64", "float32"], "got": [x, x]}, names=("dtypes", "got"),
             x=given(WHOLE, "float64"))

    f.silent("whether a later change of an array reaches its variable", at="batch_set_value: tuples")
    f.script("not-aliasing", ALIGNED + """a = K.variable(np.zeros((4, 3)))
before = x.copy()
K.batch_set_value([(a, x)])
x[...] = 77.
unchanged = bool((K.get_value(a) == before).all())
""", want={"unchanged": True}, x=normal(4, 3))

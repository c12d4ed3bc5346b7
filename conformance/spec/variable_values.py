"""Reading and setting variables: get_value, set_value, their batch forms, aliasing; sparse kinds; printing."""
import numpy as np

from conformance.spec.model import Area, Check, given, ints, normal, plain, uniform

AREA = Area("variable")

# -- get_value: "The value of a variable. A Numpy array."

for _made in (normal(), normal(5), normal(4, 3), normal(2, 4, 3), normal(2, 4, 3, 5)):
    AREA.row("get_value", "{}d".format(np.ndim(_made.array(0))), "K.get_value(K.variable(v))", lambda v: v, v=plain(_made))
AREA.row("get_value", "float64", "K.get_value(K.variable(v, dtype='float64'))", lambda v: v, dtype="float64",
         v=plain(normal(4, 3, dtype="float64")))
AREA.row("get_value", "is-an-array", "type(K.get_value(K.variable(np.ones((4, 3))))).__name__", "ndarray")
for _kind in ("float16", "float64", "int32", "bool"):
    AREA.row("get_value", "dtype-" + _kind, "str(K.get_value(K.variable(np.ones((4, 3)), dtype='{}')).dtype)".format(_kind),
             _kind)
AREA.script("get_value", "result-is-a-copy", """
    v = K.variable(x)
    got = K.get_value(v)
    if got.flags.writeable:
        got[...] = 77.
    after = K.get_value(v)
""", lambda x: {"after": x}, names=("after",), x=normal(4, 3))
AREA.script("get_value", "is-not-changed-later", """
    v = K.variable(x)
    got = K.get_value(v)
    K.set_value(v, x + 1.)
""", lambda x: {"got": x}, names=("got",), x=normal(4, 3))

# -- set_value

for _made in (normal(), normal(5), normal(4, 3), normal(2, 4, 3), normal(2, 4, 3, 5)):
    _rank = np.ndim(_made.array(0))
    AREA.script("set_value", "{}d".format(_rank), """
        v = K.variable(x)
        K.set_value(v, 3. - x)
        got, evaluated = K.get_value(v), K.eval(v)
    """, lambda x: {"got": 3 - x, "evaluated": 3 - x}, names=("got", "evaluated"), x=_made)
for _kind, _made in (("float16", normal(4, 3, dtype="float16")), ("float64", normal(4, 3, dtype="float64"))):
    AREA.script("set_value", "dtype-" + _kind, """
        v = K.variable(np.zeros((4, 3)), dtype='{}')
        K.set_value(v, x)
        dtype, got = str(K.get_value(v).dtype), K.get_value(v)
    """.format(_kind), lambda x, _kind=_kind: {"dtype": _kind, "got": x}, names=("dtype", "got"), x=_made)
AREA.script("set_value", "dtype-int32", """
    v = K.variable(np.zeros((4, 3)), dtype='int32')
    K.set_value(v, x)
    dtype, got = str(K.get_value(v).dtype), K.get_value(v)
""", lambda x: {"dtype": "int32", "got": x}, names=("dtype", "got"), x=ints(4, 3, low=-9))
for _kind in ("float64", "float16", "int32"):
    AREA.script("set_value", "keeps-its-dtype-from-" + _kind, """
        v = K.variable(np.zeros((4, 3)))
        K.set_value(v, x.astype('{}'))
        dtypes, got = [K.dtype(v), str(K.get_value(v).dtype)], K.get_value(v)
    """.format(_kind), lambda x: {"dtypes": ["float32", "float32"], "got": x}, names=("dtypes", "got"),
                x=given([[1, 2, -3], [4, 0, 6], [7, -8, 9], [0, 1, 5]]))
AREA.script("set_value", "number", """
    v = K.variable(x)
    K.set_value(v, 0.125)
    got = K.get_value(v)
""", {"got": np.array(0.125)}, x=normal(),
            unspecified="\"value: Value to set the tensor to, as a Numpy array (of the same shape).\"")
AREA.script("set_value", "twice", """
    v = K.variable(x)
    K.set_value(v, x + 1.)
    first = K.get_value(v)
    K.set_value(v, x * 2.)
    second = K.get_value(v)
""", lambda x: {"first": x + 1, "second": x * 2}, names=("first", "second"), x=normal(4, 3))
AREA.script("set_value", "back-to-zero", """
    v = K.variable(x)
    K.set_value(v, np.zeros((4, 3), 'float32'))
    got = K.get_value(v)
""", {"got": np.zeros((4, 3))}, x=normal(4, 3))
AREA.script("set_value", "of-itself", """
    v = K.variable(x)
    K.set_value(v, K.get_value(v) * 2.)
    got = K.get_value(v)
""", lambda x: {"got": x * 2}, names=("got",), x=normal(4, 3))
AREA.script("set_value", "transposed-array", """
    v = K.variable(np.zeros((3, 4)))
    K.set_value(v, x.T)
    got = K.get_value(v)
""", lambda x: {"got": x.T}, names=("got",), x=normal(4, 3))
AREA.script("set_value", "strided-array", """
    v = K.variable(np.zeros((2, 3)))
    K.set_value(v, x[::2, ::-1])
    got = K.get_value(v)
""", lambda x: {"got": x[::2, ::-1]}, names=("got",), x=normal(4, 3))
# An engine may take over the memory of an array that lies on a 64-byte boundary and copy any other: chance decides, if we do not.
_ALIGNED = """
raw = np.zeros(x.nbytes + 64, 'uint8')
start = -raw.ctypes.data % 64
aligned = raw[start:start + x.nbytes].view(x.dtype).reshape(x.shape)
aligned[...] = x
x = aligned
"""
for _name, _make in (("float32", "K.variable(np.zeros((4, 3)))"), ("float64", "K.variable(np.zeros((4, 3)), dtype='float64')")):
    AREA.script("set_value", "not-aliasing-" + _name, "x = x.astype('{}')".format(_name) + _ALIGNED + """v = {}
before = x.copy()
K.set_value(v, x)
x[...] = 77.
unchanged = bool((K.get_value(v) == before).all())
""".format(_make), {"unchanged": True}, x=normal(4, 3))
AREA.script("set_value", "other-variables-stay", """
    v, w = K.variable(x), K.variable(x * 3.)
    K.set_value(v, x + 1.)
    first, second = K.get_value(v), K.get_value(w)
""", lambda x: {"first": x + 1, "second": x * 3}, names=("first", "second"), x=normal(4, 3))
AREA.script("set_value", "keeps-shape-and-name", """
    v = K.variable(x, name='kept')
    K.set_value(v, x + 1.)
    shape, named, kind = K.int_shape(v), 'kept' in v.name, K.is_variable(v)
""", {"shape": (4, 3), "named": True, "kind": True}, x=normal(4, 3))
AREA.script("set_value", "seen-by-a-function", """
    v, p = K.variable(x), K.placeholder((None, 3))
    f = K.function([p], [p * K.sum(v, axis=0)])
    first = f([y])[0]
    K.set_value(v, x + 2.)
    second = f([y])[0]
""", lambda x, y: {"first": y * x.sum(0), "second": y * (x + 2).sum(0)}, names=("first", "second"),
            x=uniform(4, 3), y=normal(5, 3))
AREA.script("set_value", "after-evaluation-of-a-zeros", """
    v = K.zeros((4, 3))
    before = K.get_value(v)
    K.set_value(v, x)
    got, again = K.get_value(v), before
""", lambda x: {"got": x, "again": np.zeros((4, 3))}, names=("got", "again"), x=normal(4, 3))

# -- the batch forms

AREA.row("batch_get_value", "three", "K.batch_get_value([K.variable(a), K.variable(b), K.variable(c)])", lambda a, b,
         c: [a, b, c],
         a=plain(normal(4, 3)), b=plain(normal(5)), c=plain(normal()))
AREA.row("batch_get_value", "one", "K.batch_get_value([K.variable(a)])", lambda a: [a], a=plain(normal(4, 3)))
AREA.row("batch_get_value", "none", "K.batch_get_value([])", [])
AREA.row("batch_get_value", "is-a-list", "type(K.batch_get_value([K.variable(np.ones(3)), K.variable(np.zeros(3))])).__name__",
         "list")
AREA.row("batch_get_value", "of-arrays", "[type(v).__name__ for v in K.batch_get_value([K.zeros((2, 3)), K.ones((2,))])]",
         ["ndarray", "ndarray"])
AREA.row("batch_get_value", "same-variable-twice", "(lambda v: K.batch_get_value([v, v]))(K.variable(a))", lambda a: [a, a],
         a=plain(normal(4, 3)))
AREA.row("batch_get_value", "dtype-float64", "[str(v.dtype) for v in K.batch_get_value([K.ones((2,), 'float64'), K.ones((3,))])]",
         ["float64", "float32"])
AREA.script("batch_set_value", "three", """
    a, b, c = K.variable(x), K.variable(y), K.variable(z)
    K.batch_set_value([(a, x + 1.), (b, y + 2.), (c, z + 3.)])
    got = K.batch_get_value([a, b, c])
""", lambda x, y, z: {"got": [x + 1, y + 2, z + 3]}, names=("got",), x=normal(4, 3), y=normal(5), z=normal())
AREA.script("batch_set_value", "one", """
    a, b = K.variable(x), K.variable(x * 2.)
    K.batch_set_value([(a, x + 1.)])
    got = [K.get_value(a), K.get_value(b)]
""", lambda x: {"got": [x + 1, x * 2]}, names=("got",), x=normal(4, 3))
AREA.script("batch_set_value", "none", """
    a = K.variable(x)
    K.batch_set_value([])
    got = K.get_value(a)
""", lambda x: {"got": x}, names=("got",), x=normal(4, 3))
AREA.script("batch_set_value", "repeated", """
    a, b = K.variable(x), K.variable(y)
    for n in (1., 2., 3.):
        K.batch_set_value([(a, x + n), (b, y - n)])
    got = K.batch_get_value([b, a])
""", lambda x, y: {"got": [y - 3, x + 3]}, names=("got",), x=normal(4, 3), y=normal(5))
AREA.script("batch_set_value", "not-aliasing", _ALIGNED + """a = K.variable(np.zeros((4, 3)))
before = x.copy()
K.batch_set_value([(a, x)])
x[...] = 77.
unchanged = bool((K.get_value(a) == before).all())
""", {"unchanged": True}, x=normal(4, 3))
AREA.script("batch_set_value", "keeps-dtypes", """
    a, b = K.zeros((4, 3), dtype='float64'), K.zeros((4, 3))
    K.batch_set_value([(a, x), (b, x)])
    dtypes, got = [str(v.dtype) for v in K.batch_get_value([a, b])], K.batch_get_value([a, b])
""", lambda x: {"dtypes": ["float64", "float32"], "got": [x, x]}, names=("dtypes", "got"),
            x=given([[1, 2, -3], [4, 0, 6], [7, -8, 9], [0, 1, 5]], "float64"))
AREA.script("batch_set_value", "swap", """
    a, b = K.variable(x), K.variable(y)
    K.batch_set_value(list(zip([a, b], reversed(K.batch_get_value([a, b])))))
    got = K.batch_get_value([a, b])
""", lambda x, y: {"got": [y, x]}, names=("got",), x=normal(4, 3), y=normal(4, 3))

# -- dense or sparse

AREA.row("is_sparse", "not-variable", "bool(K.is_sparse(K.variable(np.ones((2, 3)))))", False)
AREA.row("is_sparse", "not-derived", "bool(K.is_sparse(K.square(K.variable(np.ones((2, 3))))))", False)
AREA.row("is_sparse", "not-constant", "bool(K.is_sparse(K.constant(2.)))", False)
AREA.row("to_dense", "of-dense", "K.to_dense(x) * 1.", lambda x: x, x=normal(4, 3))
AREA.row("to_dense", "of-dense-stays-dense", "bool(K.is_sparse(K.to_dense(x)))", False, x=normal(4, 3))
AREA.row("to_dense", "documented-example", "bool(K.is_sparse(K.to_dense(K.placeholder((2, 2), sparse=True))))", False)

# -- print_tensor: "The same tensor `x`, unchanged."; "Prints `message` and the tensor value when evaluated."

AREA.row("print_tensor", "unchanged", "K.print_tensor(x)", lambda x: x, x=normal(4, 3))
AREA.row("print_tensor", "unchanged-message", "K.print_tensor(x, message='x is: ')", lambda x: x, x=normal(2, 4, 3).unknown(0, 1))
AREA.row("print_tensor", "unchanged-0d", "K.print_tensor(x, 'x is: ')", lambda x: x, ways=("variable",), x=normal())
AREA.row("print_tensor", "unchanged-int32", "K.print_tensor(x)", lambda x: x, ways=("variable",), dtype="int32", x=ints(4, 3))
AREA.row("print_tensor", "used-further", "K.print_tensor(x, message='x is: ') * 2.", lambda x: x * 2, x=normal(4, 3))


def _prints(*words):
    def check(printed):
        missing = [word for word in words if word not in str(printed)]
        return "nothing with {} was printed".format(" and ".join(missing)) if missing else None
    return Check("text that holds " + " and ".join(words), check)


_PRINTING = """
    from keras import backend as K
    K.zeros((1,))
    saved, sink = [os.dup(1), os.dup(2)], os.open(os.path.join(root, 'printed'), os.O_RDWR | os.O_CREAT)
    x = K.print_tensor(K.variable(np.array([[123., 456.], [789., 321.]])){})
    os.dup2(sink, 1)
    os.dup2(sink, 2)
    {}
    sys.stdout.flush()
    sys.stderr.flush()
    os.dup2(saved[0], 1)
    os.dup2(saved[1], 2)
    with open(os.path.join(root, 'printed'), errors='replace') as stream:
        printed = stream.read()
"""
AREA.isolated("print_tensor", "prints-the-value", _PRINTING.format("", "K.eval(x)"),
              {"printed": _prints("123", "456", "789", "321")})
AREA.isolated("print_tensor", "prints-the-message", _PRINTING.format(", message='the tensor called x'", "K.eval(x)"),
              {"printed": _prints("the tensor called x", "789")})
AREA.isolated("print_tensor", "prints-in-a-function", _PRINTING.format(", 'seen in passing'", "K.function([], [x * 2.])([])"),
              {"printed": _prints("seen in passing", "456")})
AREA.isolated("print_tensor", "prints-when-evaluated-only", _PRINTING.format(", 'not yet'", "pass"), {"printed": Check(
    "no text", lambda printed: "printed before it was evaluated" if "not yet" in str(printed) else None)})

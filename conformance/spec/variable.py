"""Variables and constants: making one from an array, its dtype, name and metadata, and that it is not the array."""
import numpy as np

from conformance.spec.model import Area, bools, given, ints, normal, plain, uniform

AREA = Area("variable")
_THIRD = 1.0 / 3.0

# -- variable

AREA.row("variable", "example-3d", "K.variable(value=v)", lambda v: v, dtype="float32", example=True,
         v=plain(uniform(3, 4, 5, dtype="float64")))
AREA.row("variable", "0d", "K.variable(v)", lambda v: v, v=plain(normal()))
AREA.row("variable", "1d", "K.variable(v)", lambda v: v, v=plain(normal(5)))
AREA.row("variable", "2d", "K.variable(v)", lambda v: v, v=plain(normal(4, 3)))
AREA.row("variable", "4d", "K.variable(v)", lambda v: v, v=plain(normal(2, 4, 3, 5)))
AREA.row("variable", "5d", "K.variable(v)", lambda v: v, v=plain(normal(2, 4, 3, 1, 2)))
AREA.row("variable", "one-element", "K.variable(v)", lambda v: v, v=plain(normal(1, 1)))
AREA.row("variable", "transposed-array", "K.variable(v.T)", lambda v: v.T, v=plain(normal(4, 3)))
AREA.row("variable", "strided-array", "K.variable(v[::2, ::-1])", lambda v: v[::2, ::-1], v=plain(normal(5, 3)))
AREA.row("variable", "fortran-order-3d", "K.variable(np.asfortranarray(v))", lambda v: v, v=plain(normal(2, 4, 3)))
AREA.row("variable", "infinite-values", "K.variable(v)", lambda v: v, v=plain(given([np.inf, -np.inf, np.nan, 1.5])))
AREA.row("variable", "second-argument-is-dtype", "K.variable(v, 'float64')", lambda v: v, dtype="float64", v=plain(normal(4, 3)))
AREA.row("variable", "third-argument-is-name", "'weights' in K.variable(v, 'float32', 'weights').name", True,
         v=plain(normal(4, 3)))
# The documented example.
AREA.row("variable", "documented-example", "K.variable(value=np.array([[1, 2], [3, 4]]), dtype='float64', name='example_var')",
         np.array([[1.0, 2.0], [3.0, 4.0]]), dtype="float64")
AREA.row("variable", "documented-name",
         "'example_var' in K.variable(value=np.array([[1, 2], [3, 4]]), name='example_var').name", True)

# Without a dtype a variable has floatx, whatever the array was: K's examples make float32 of integers and of float64.
for _made, _kind in ((ints(4, 3, low=-9), "int32"), (ints(4, 3, dtype="int64"), "int64"), (ints(4, 3, dtype="uint8"), "uint8"),
                     (bools(4, 3), "bool"), (normal(4, 3, dtype="float16"), "float16"),
                     (normal(4, 3, dtype="float64"), "float64")):
    AREA.row("variable", "floatx-of-{}-array".format(_kind), "K.variable(v)",
             lambda v: v.astype("float32").astype("float64"), dtype="float32", v=plain(_made))
AREA.row("variable", "floatx-of-0d-float64", "K.variable(v)", lambda v: v, dtype="float32", v=plain(normal(dtype="float64")))
for _kind in ("float16", "float64"):
    AREA.script("variable", "floatx-" + _kind, """
        K.set_floatx('{}')
        v = K.variable(x)
        dtype, evaluated, got = K.dtype(v), str(K.eval(v).dtype), K.eval(v)
    """.format(_kind), lambda x, _kind=_kind: {"dtype": _kind, "evaluated": _kind, "got": x},
                names=("dtype", "evaluated", "got"), x=normal(4, 3, dtype="float16"))
AREA.script("variable", "given-beats-floatx", """
    K.set_floatx('float64')
    v = K.variable(x, dtype='float32')
    dtype, evaluated = K.dtype(v), str(K.eval(v).dtype)
""", {"dtype": "float32", "evaluated": "float32"}, x=normal(4, 3, dtype="float64"))
AREA.script("variable", "floatx-later", """
    v = K.variable(x)
    K.set_floatx('float64')
    dtype, evaluated = K.dtype(v), str(K.eval(v).dtype)
""", {"dtype": "float32", "evaluated": "float32"}, x=normal(4, 3, dtype="float64"))
AREA.row("variable", "dtype-float64", "K.variable(v, dtype='float64')", lambda v: v, dtype="float64",
         v=plain(given([_THIRD, 1e-300, 1e300, 1 + 1e-12], "float64")))
AREA.row("variable", "dtype-float64-0d", "K.variable(v, dtype='float64')", lambda v: v, dtype="float64",
         v=plain(normal(dtype="float64")))
AREA.row("variable", "dtype-float16", "K.variable(v, dtype='float16')", lambda v: np.float16(v).astype("float64"),
         dtype="float16",
         v=plain(given([_THIRD, 1000.4, -2.0], "float32")))
AREA.row("variable", "dtype-float32-of-float64", "K.variable(v, dtype='float32')", lambda v: v, dtype="float32",
         v=plain(normal(4, 3, dtype="float64")))
for _kind, _values in (("int32", [[-7, 0, 2 ** 30 + 1]]), ("int64", [[-7, 2 ** 40 + 1, 3]]), ("uint8", [[0, 200, 255]]),
                       ("bool", [[True, False, True]])):
    AREA.row("variable", "dtype-" + _kind, "K.variable(v, dtype='{}')".format(_kind), lambda v: v, dtype=_kind,
             v=plain(given(_values, _kind)))
AREA.row("variable", "dtype-int32-truncates", "K.variable(v, dtype='int32')", np.array([1, -2, 3]), dtype="int32",
         v=plain(given([1.9, -2.9, 3.0])),
         unspecified="\"dtype: Tensor type\": how a float array becomes an integer variable is not said.")
AREA.row("variable", "number", "K.variable(2.5)", np.array(2.5),
         unspecified="\"value: Numpy array, initial value of the tensor.\"")
AREA.row("variable", "list", "K.variable([[1., 2.], [3., 5.]])", np.array([[1.0, 2.0], [3.0, 5.0]]),
         unspecified="\"value: Numpy array, initial value of the tensor.\"")
AREA.row("variable", "empty-array", "K.variable(np.zeros((0, 3)))", np.zeros((0, 3)), dtype="float32")

# -- name, constraint, metadata

AREA.row("variable", "names-differ",
         "['one' in K.variable(v, name='one').name, 'one' in K.variable(v, name='two').name]", [True, False], v=plain(normal(3)))
AREA.row("variable", "constraint", "K.variable(v, constraint=np.abs).constraint is np.abs", True, v=plain(normal(3)))
AREA.row("variable", "constraint-does-not-change-it", "K.variable(v, constraint=np.abs)", lambda v: v,
         v=plain(given([1.0, -2.0, 3.0])))
AREA.row("variable", "no-constraint", "K.variable(v).constraint", None, v=plain(normal(3)),
         unspecified="\"constraint: Optional projection function\": what a variable without one carries is not said.")
AREA.row("variable", "keras-shape", "K.variable(v)._keras_shape", (4, 3), v=plain(normal(4, 3)),
         unspecified="\"A variable instance (with Keras metadata included)\": which metadata is not said.")
AREA.row("variable", "uses-learning-phase", "K.variable(v)._uses_learning_phase", False, v=plain(normal(4, 3)),
         unspecified="\"A variable instance (with Keras metadata included)\": which metadata is not said.")

# -- a variable is not the array it came from

for _name, _make, _value in (("float32", "K.variable(x)", normal(4, 3)),
                             ("float64", "K.variable(x, dtype='float64')", normal(4, 3, dtype="float64")),
                             ("int32", "K.variable(x, dtype='int32')", ints(4, 3)),
                             ("0d", "K.variable(x)", normal()),
                             ("fortran-order", "K.variable(x.T)", normal(4, 3))):
    AREA.script("variable", "not-aliasing-" + _name, """
        before = x.T.copy() if {!r} == 'fortran-order' else x.copy()
        v = {}
        x[...] = 77
        unchanged = bool((K.eval(v) == before).all())
    """.format(_name, _make), {"unchanged": True}, x=_value)
AREA.script("variable", "not-aliasing-after-evaluation", """
    before = x.copy()
    v = K.variable(x)
    K.eval(v)
    x[...] = 77.
    unchanged = bool((K.get_value(v) == before).all())
""", {"unchanged": True}, x=normal(4, 3))
AREA.script("variable", "array-survives", """
    before = x.copy()
    v = K.variable(x)
    K.set_value(v, np.full((4, 3), 9., 'float32'))
    unchanged = bool((x == before).all())
""", {"unchanged": True}, x=normal(4, 3))
AREA.script("variable", "two-from-one-array", """
    v, w = K.variable(x), K.variable(x)
    K.set_value(v, np.full((4, 3), 9., 'float32'))
    first, second = K.get_value(v), K.get_value(w)
""", lambda x: {"first": np.full((4, 3), 9.0), "second": x}, names=("first", "second"), x=normal(4, 3))
AREA.script("variable", "same-name-twice", """
    v, w = K.variable(x, name='twin'), K.variable(x + 1., name='twin')
    first, second = K.get_value(v), K.get_value(w)
""", lambda x: {"first": x, "second": x + 1}, names=("first", "second"), x=normal(4, 3))

# -- constant

AREA.row("constant", "number", "K.constant(2.5)", np.array(2.5))
AREA.row("constant", "list", "K.constant([1.5, -2., 4.])", np.array([1.5, -2.0, 4.0]))
AREA.row("constant", "nested-list", "K.constant([[1., 2., 3.], [4., 5., 6.5]])", np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.5]]))
AREA.row("constant", "array-3d", "K.constant(v)", lambda v: v, v=plain(normal(2, 4, 3)))
AREA.row("constant", "number-with-shape", "K.constant(2.5, shape=(2, 4, 3))", np.full((2, 4, 3), 2.5))
AREA.row("constant", "number-with-shape-1d", "K.constant(-3., shape=(5,))", np.full(5, -3.0))
AREA.row("constant", "list-with-shape", "K.constant([1., 2., 3., 4., 5., 6.], shape=(2, 3))", np.arange(1.0, 7.0).reshape(2, 3))
AREA.row("constant", "list-as-column", "K.constant([1., 2., 4.], shape=(3, 1))", np.array([[1.0], [2.0], [4.0]]))
AREA.row("constant", "list-with-its-own-shape", "K.constant([1., 2., 4.], shape=(3,))", np.array([1.0, 2.0, 4.0]))
AREA.row("constant", "integers-give-floatx", "K.constant([1, 2, 4])", np.array([1.0, 2.0, 4.0]), dtype="float32")
AREA.row("constant", "dtype-float64", "K.constant([1. / 3., 1e-300], dtype='float64')", np.array([_THIRD, 1e-300]),
         dtype="float64")
AREA.row("constant", "dtype-float64-number", "K.constant(1. / 3., dtype='float64')", np.array(_THIRD), dtype="float64")
AREA.row("constant", "dtype-float16", "K.constant([0.5, 3.], dtype='float16')", np.array([0.5, 3.0]), dtype="float16")
AREA.row("constant", "dtype-int32", "K.constant([1, -2, 4], dtype='int32')", np.array([1, -2, 4]), dtype="int32")
AREA.row("constant", "dtype-bool", "K.constant([True, False], dtype='bool')", np.array([True, False]), dtype="bool")
AREA.row("constant", "dtype-and-shape", "K.constant(0.25, dtype='float64', shape=(3, 2))", np.full((3, 2), 0.25), dtype="float64")
AREA.row("constant", "positional", "K.constant(0.25, 'float64', (3, 2))", np.full((3, 2), 0.25), dtype="float64")
AREA.row("constant", "name", "K.constant(2.5, name='half_ten') * 2.", np.array(5.0))
AREA.row("constant", "name-kept", "'three_numbers' in K.constant([2.5, 7.25, 4.], name='three_numbers').name", True)
AREA.row("constant", "name-kept-beside-unnamed", "[K.constant(7.25), 'half_ten' in K.constant(7.25, name='half_ten').name][1]",
         True)
AREA.row("constant", "in-expression", "x * K.constant([1., 10., 100.])", lambda x: x * np.array([1.0, 10.0, 100.0]),
         x=normal(4, 3))
AREA.row("constant", "int_shape-of-list", "K.int_shape(K.constant([1., 2., 4.]))", (3,))
AREA.row("constant", "int_shape-of-shape", "K.int_shape(K.constant(1.5, shape=(4, 3)))", (4, 3))
AREA.row("constant", "int_shape-of-number", "K.int_shape(K.constant(1.5))", ())
AREA.row("constant", "is-no-variable", "K.is_variable(K.constant(2.5))", False)
AREA.row("constant", "is-a-tensor", "K.is_tensor(K.constant([1., 2.]))", True)
for _kind in ("float16", "float64"):
    AREA.script("constant", "floatx-" + _kind, """
        K.set_floatx('{}')
        c = K.constant([1.5, 2.])
        dtype, evaluated = K.dtype(c), str(K.eval(c).dtype)
    """.format(_kind), {"dtype": _kind, "evaluated": _kind})
AREA.script("constant", "not-aliasing", """
    before = x.copy()
    c = K.constant(x)
    x[...] = 77.
    unchanged = bool((K.eval(c) == before).all())
""", {"unchanged": True}, x=normal(4, 3))

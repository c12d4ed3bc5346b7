"""What K says of a variable and of a tensor: kind, shape, ndim, dtype, size; its value; casting and copying it."""
import numpy as np

from conformance.spec.model import Area, bools, given, ints, normal, plain, uniform

AREA = Area("variable")

_SHAPES = ((), (7,), (3, 5), (2, 4, 5), (6, 2, 3, 5), (2, 3, 4, 5, 6))
for _shape in _SHAPES:
    _name, _made = "variable-{}d".format(len(_shape)), "K.variable(np.ones({}))".format(_shape)
    AREA.row("int_shape", _name, "K.int_shape({})".format(_made), _shape)
    AREA.row("ndim", _name, "K.ndim({})".format(_made), len(_shape))
    AREA.row("count_params", _name, "K.count_params({})".format(_made), int(np.prod(_shape)))
    AREA.row("shape", _name, "K.shape({})".format(_made), np.array(_shape, "int32"))
    if len(_shape) > 2:
        AREA.row("size", _name, "K.size({})".format(_made), np.array(int(np.prod(_shape))))

AREA.row("int_shape", "documented-example", "K.int_shape(K.variable(value=np.array([[1, 2], [3, 4]])))", (2, 2))
AREA.row("int_shape", "is-a-tuple", "isinstance(K.int_shape(K.variable(np.ones((3, 5)))), tuple)", True)
AREA.row("int_shape", "derived-is-a-tuple", "isinstance(K.int_shape(K.square(K.variable(np.ones((3, 5))))), tuple)", True)
AREA.row("int_shape", "constant-is-a-tuple", "isinstance(K.int_shape(K.constant(1.5, shape=(4, 3))), tuple)", True)
AREA.row("int_shape", "derived", "K.int_shape(K.square(K.variable(np.ones((3, 5)))))", (3, 5))
AREA.row("int_shape", "derived-broadcast", "K.int_shape(K.variable(np.ones((3, 1))) + K.variable(np.ones((1, 5))))", (3, 5))
AREA.row("int_shape", "derived-transposed", "K.int_shape(K.transpose(K.variable(np.ones((3, 5)))))", (5, 3))
AREA.row("int_shape", "derived-scalar", "K.int_shape(K.sum(K.variable(np.ones((3, 5)))))", ())
AREA.row("int_shape", "cast", "K.int_shape(K.cast(K.variable(np.ones((3, 5))), 'float64'))", (3, 5))
AREA.row("ndim", "documented-example", "K.ndim(K.variable(value=np.array([[1, 2], [3, 4]])))", 2)
AREA.row("ndim", "derived-scalar", "K.ndim(K.sum(K.variable(np.ones((3, 5)))))", 0)
AREA.row("ndim", "derived-expanded", "K.ndim(K.expand_dims(K.variable(np.ones((3, 5))), -1))", 3)
AREA.row("count_params", "documented-example", "K.count_params(K.zeros((2, 3)))", 6)
AREA.row("count_params", "derived", "K.count_params(K.transpose(K.variable(np.ones((3, 5)))))", 15)
AREA.row("count_params", "constant", "K.count_params(K.constant([[1., 2., 3.], [4., 5., 6.]]))", 6)
AREA.row("dtype", "default", "K.dtype(K.variable(np.array([[1, 2], [3, 4]])))", "float32")
for _kind in ("float16", "float64", "int32", "int64", "uint8", "bool"):
    AREA.row("dtype", "variable-" + _kind, "K.dtype(K.variable(np.ones((2, 3)), dtype='{}'))".format(_kind), _kind)
AREA.row("dtype", "is-a-string", "type(K.dtype(K.variable(np.ones(3)))).__name__", "str")
AREA.row("dtype", "derived-float64", "K.dtype(K.square(K.variable(np.ones(3), dtype='float64')))", "float64")
AREA.row("dtype", "derived-comparison-bool", "K.dtype(K.greater(K.variable(np.ones(3)), 0.5))", "bool")

# -- kinds

for _name, _source, _want in (("variable", "K.variable(np.ones((2, 3)))", True),
                              ("variable-0d", "K.variable(np.array(2.))", True),
                              ("variable-float64", "K.variable(np.ones(3), dtype='float64')", True),
                              ("not-derived", "K.square(K.variable(np.ones((2, 3))))", False),
                              ("not-identity", "K.identity(K.variable(np.ones((2, 3))))", False),
                              ("not-cast", "K.cast(K.variable(np.ones((2, 3))), 'float64')", False),
                              ("not-numpy-array", "np.ones((2, 3))", False), ("not-number", "2.", False),
                              ("not-none", "None", False)):
    AREA.row("is_variable", _name, "K.is_variable({})".format(_source), _want)
for _name, _source, _want in (("variable", "K.variable(np.ones((2, 3)))", True),
                              ("derived", "K.square(K.variable(np.ones(3)))", True),
                              ("scalar", "K.sum(K.variable(np.ones(3)))", True), ("zeros", "K.zeros((2, 3))", True),
                              ("not-numpy-array", "np.ones((2, 3))", False), ("not-list", "[1., 2.]", False),
                              ("not-number", "2.", False), ("not-none", "None", False), ("not-string", "'x'", False)):
    AREA.row("is_tensor", _name, "K.is_tensor({})".format(_source), _want)
AREA.row("is_keras_tensor", "not-variable", "K.is_keras_tensor(K.variable(np.array([1, 2])))", False)
AREA.row("is_keras_tensor", "not-constant", "K.is_keras_tensor(K.constant(2.))", False)
for _name, _source in (("numpy-array", "np.array([1, 2])"), ("number", "2."), ("list", "[1, 2]"), ("string", "'x'"),
                       ("none", "None")):
    AREA.refuses("is_keras_tensor", _name, "K.is_keras_tensor({})".format(_source), "ValueError", "")

# -- evaluation

AREA.row("eval", "documented-example", "K.eval(K.variable(np.array([[1, 2], [3, 4]]), dtype='float32'))",
         np.array([[1.0, 2.0], [3.0, 4.0]]))
AREA.row("eval", "variable", "K.eval(K.variable(v))", lambda v: v, v=plain(normal(4, 3)))
AREA.row("eval", "derived", "K.eval(K.square(K.variable(v)) + 1.)", lambda v: v ** 2 + 1, v=plain(normal(4, 3)))
AREA.row("eval", "scalar", "K.eval(K.sum(K.variable(v)))", lambda v: v.sum(), v=plain(uniform(4, 3)))
AREA.row("eval", "constant", "K.eval(K.constant([1., 2.5]))", np.array([1.0, 2.5]))
AREA.row("eval", "two-variables", "K.eval(K.variable(v) - K.variable(w))", lambda v, w: v - w, v=plain(normal(4, 3)),
         w=plain(normal(3)))
AREA.row("eval", "is-an-array",
         "[type(K.eval(K.variable(np.ones(3)))).__name__, type(K.eval(K.exp(K.variable(np.ones(3))))).__name__]",
         ["ndarray", "ndarray"])
AREA.row("eval", "dtype-float64", "str(K.eval(K.variable(np.ones(3), dtype='float64') * 2.).dtype)", "float64")
AREA.script("eval", "sees-the-new-value", """
    v = K.variable(x)
    doubled = v * 2.
    first = K.eval(doubled)
    K.set_value(v, x + 1.)
    second = K.eval(doubled)
""", lambda x: {"first": x * 2, "second": x * 2 + 2}, names=("first", "second"), x=normal(4, 3))
AREA.script("eval", "result-is-a-copy", """
    v = K.variable(x)
    got = K.eval(v)
    if got.flags.writeable:
        got[...] = 77.
    after = K.eval(v)
""", lambda x: {"after": x}, names=("after",), x=normal(4, 3))

# -- identity: "A tensor of the same shape, type and content."

for _made in (normal(), normal(5), normal(4, 3), normal(2, 4, 3).unknown(0, 2), normal(2, 4, 3, 5)):
    AREA.row("identity", "{}d".format(np.ndim(_made.array(0))), "K.identity(x)", lambda x: x, x=_made)
AREA.row("identity", "name", "K.identity(x, name='same_again')", lambda x: x, x=normal(4, 3))
AREA.row("identity", "name-kept", "'same_again' in K.identity(K.variable(np.ones(3)), name='same_again').name", True)
AREA.row("identity", "second-argument", "'same_again' in K.identity(K.variable(np.ones(3)), 'same_again').name", True)
AREA.row("identity", "dtype-float64", "K.identity(x)", lambda x: x, x=normal(4, 3, dtype="float64"))
AREA.row("identity", "dtype-float16", "K.identity(x)", lambda x: x, x=normal(4, 3, dtype="float16"))
AREA.row("identity", "dtype-int32", "K.identity(x)", lambda x: x, x=ints(4, 3), dtype="int32")
AREA.row("identity", "of-expression", "K.identity(K.square(x))", lambda x: x ** 2, x=normal(4, 3))
AREA.row("identity", "is-another-tensor", "K.identity(x) is x", False, x=normal(4, 3), ways=("variable",))
AREA.row("identity", "int_shape", "K.int_shape(K.identity(K.variable(np.ones((3, 5)))))", (3, 5))
AREA.script("identity", "follows-the-variable", """
    v = K.variable(x)
    same = K.identity(v)
    K.set_value(v, x + 1.)
    got = K.eval(same)
""", lambda x: {"got": x + 1}, names=("got",), x=normal(4, 3))

# -- cast

for _from, _to in (("float32", "float16"), ("float32", "float64"), ("float64", "float32"), ("float64", "float16"),
                   ("float16", "float32"), ("float16", "float64"), ("float32", "float32")):
    AREA.row("cast", "{}-to-{}".format(_from, _to), "K.cast(x, '{0}') + K.cast(x, '{0}')".format(_to),
             lambda x, _to=_to: x.astype(_to).astype("float64") * 2, dtype=_to, x=normal(4, 3, dtype=_from))
for _made, _from in ((ints(4, 3, low=-9), "int32"), (ints(4, 3, low=-9, dtype="int64"), "int64"), (bools(4, 3), "bool"),
                     (ints(4, 3, high=255, dtype="uint8"), "uint8")):
    AREA.row("cast", "{}-to-float32".format(_from), "K.cast(x, 'float32') + K.cast(x, 'float32')", lambda x: x * 2.0,
             dtype="float32", x=_made)
    AREA.row("cast", "{}-to-float64".format(_from), "K.cast(x, 'float64') + K.cast(x, 'float64')", lambda x: x * 2.0,
             dtype="float64", x=_made)
for _to in ("int32", "bool"):
    AREA.row("cast", "float32-to-" + _to, "K.cast(x, '{}')".format(_to), lambda x, _to=_to: x.astype(_to), dtype=_to,
             ways=("variable",),
             x=given([[1.7, -2.9, 0.0], [3.2, -0.4, 8.0]]),
             unspecified="\"dtype: String, either (`'float16'`, `'float32'`, or `'float64'`).\"")
AREA.row("cast", "0d-float64", "K.cast(x, 'float64')", lambda x: x, dtype="float64", x=normal())
AREA.row("cast", "3d-unknown-float64", "K.cast(x, 'float64')", lambda x: x, dtype="float64", x=normal(2, 4, 3).unknown(0, 1))
AREA.row("cast", "keyword-float64", "K.cast(x, dtype='float64')", lambda x: x, dtype="float64", x=normal(5))
AREA.row("cast", "comparison-to-float32", "K.cast(K.greater(x, 0.), 'float32')", lambda x: (x > 0) * 1.0, dtype="float32",
         x=normal(4, 3))
AREA.row("cast", "rounds-to-float16-and-back", "K.cast(K.cast(x, 'float16'), 'float32')",
         lambda x: x.astype("float16").astype("float64"), dtype="float32", x=given([1.0 / 3.0, 1000.4, 2049.0]))
AREA.row("cast", "of-expression-float64", "K.cast(x * 3., 'float64')", lambda x: x * 3, dtype="float64", ulps=(2.0 ** 30,
         "the product is rounded to float32 before the cast"), x=given([[1.0, 2.5, -4.0], [8.0, 0.5, 3.0]]))
# "It doesn't work in-place"
AREA.script("cast", "not-in-place-float16", """
    v, p = K.variable(x), K.placeholder((2, 3))
    c, d = K.cast(v, 'float16'), K.cast(p, 'float16')
    kept, made = [K.dtype(v), K.dtype(p)], [K.dtype(c), K.dtype(d)]
""", {"kept": ["float32", "float32"], "made": ["float16", "float16"]}, x=normal(4, 3))

# -- cast_to_floatx: NumPy in, NumPy out

AREA.row("cast_to_floatx", "documented-example", "K.cast_to_floatx(np.array([1.0, 2.0], dtype='float64'))", np.array([1.0, 2.0]))
AREA.row("cast_to_floatx", "is-an-array", "type(K.cast_to_floatx(np.ones((2, 3)))).__name__", "ndarray")
for _made, _from in ((normal(4, 3, dtype="float64"), "float64"), (ints(4, 3, low=-9), "int32"), (bools(4, 3), "bool"),
                     (normal(4, 3, dtype="float16"), "float16"), (normal(4, 3), "float32")):
    AREA.row("cast_to_floatx", "from-" + _from,
             "[str(K.cast_to_floatx(v).dtype), K.cast_to_floatx(v)]",
             lambda v: ["float32", v.astype("float32").astype("float64")],
             dtype="float32", v=plain(_made))
AREA.row("cast_to_floatx", "keeps-the-argument", "[str(K.cast_to_floatx(v).dtype), str(v.dtype)]", ["float32", "float64"],
         v=plain(normal(3, dtype="float64")))
for _kind in ("float16", "float64"):
    AREA.script("cast_to_floatx", "floatx-" + _kind, """
        K.set_floatx('{}')
        dtypes = [str(K.cast_to_floatx(np.ones(3, d)).dtype) for d in ('float16', 'float32', 'float64', 'int32')]
    """.format(_kind), {"dtypes": [_kind] * 4})

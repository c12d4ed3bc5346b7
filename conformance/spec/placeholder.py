"""Placeholders: what K says of one before it is fed - shape, ndim, dtype, kind, name, Keras metadata."""
from conformance.spec.model import Area

AREA = Area("placeholder")

# Every dimension differs, so that a swapped or dropped one shows.
_SHAPES = ((7,), (3, 5), (2, 4, 5), (6, 2, 3, 5), (2, 3, 4, 5, 6))

AREA.row("int_shape", "example-2-4-5", "K.int_shape(K.placeholder(shape=(2, 4, 5)))", (2, 4, 5), example=True)
AREA.row("int_shape", "example-none-4-5", "K.int_shape(K.placeholder(shape=(None, 4, 5)))", (None, 4, 5), example=True)
AREA.row("int_shape", "example-ndim-3", "K.int_shape(K.placeholder(ndim=3))", (None, None, None), example=True)
AREA.row("ndim", "example-2-4-5", "K.ndim(K.placeholder(shape=(2, 4, 5)))", 3, example=True)
AREA.row("ndim", "example-none-4-5", "K.ndim(K.placeholder(shape=(None, 4, 5)))", 3, example=True)
AREA.row("ndim", "example-ndim-3", "K.ndim(K.placeholder(ndim=3))", 3, example=True)
AREA.row("dtype", "example-default", "K.dtype(K.placeholder(shape=(2, 4, 5)))", "float32", example=True)
AREA.row("dtype", "example-float32", "K.dtype(K.placeholder(shape=(2, 4, 5), dtype='float32'))", "float32", example=True)
AREA.row("dtype", "example-float64", "K.dtype(K.placeholder(shape=(2, 4, 5), dtype='float64'))", "float64", example=True)

# -- shape and ndim, rank by rank

for _shape in _SHAPES:
    _rank = len(_shape)
    _name = "{}d".format(_rank)
    if _rank != 3:
        AREA.row("int_shape", _name + "-known", "K.int_shape(K.placeholder(shape={}))".format(_shape), _shape)
        AREA.row("int_shape", _name + "-unknown-first", "K.int_shape(K.placeholder(shape={}))".format((None,) + _shape[1:]),
                 (None,) + _shape[1:])
        AREA.row("int_shape", _name + "-by-ndim", "K.int_shape(K.placeholder(ndim={}))".format(_rank), (None,) * _rank)
        AREA.row("ndim", _name + "-known", "K.ndim(K.placeholder(shape={}))".format(_shape), _rank)
        AREA.row("ndim", _name + "-unknown-first", "K.ndim(K.placeholder(shape={}))".format((None,) + _shape[1:]), _rank)
        AREA.row("ndim", _name + "-by-ndim", "K.ndim(K.placeholder(ndim={}))".format(_rank), _rank)

for _name, _shape in (("middle", (4, None, 5)), ("last", (4, 3, None)), ("first-and-last", (None, 3, None)),
                      ("last-two", (4, None, None)), ("inner-of-4", (2, None, None, 5)), ("all-of-2", (None, None)),
                      ("all-of-4", (None, None, None, None)), ("last-of-5", (2, 3, 4, 5, None))):
    AREA.row("int_shape", "unknown-" + _name, "K.int_shape(K.placeholder(shape={}))".format(_shape), _shape)
    AREA.row("ndim", "unknown-" + _name, "K.ndim(K.placeholder(shape={}))".format(_shape), len(_shape))

AREA.row("int_shape", "0d-known", "K.int_shape(K.placeholder(shape=()))", ())
AREA.row("ndim", "0d-known", "K.ndim(K.placeholder(shape=()))", 0)
AREA.row("int_shape", "0d-by-ndim", "K.int_shape(K.placeholder(ndim=0))", ())
AREA.row("ndim", "0d-by-ndim", "K.ndim(K.placeholder(ndim=0))", 0)
AREA.row("int_shape", "is-a-tuple", "isinstance(K.int_shape(K.placeholder(shape=(None, 4, 5))), tuple)", True)
AREA.row("int_shape", "ndim-is-a-tuple", "isinstance(K.int_shape(K.placeholder(ndim=2)), tuple)", True)
AREA.row("int_shape", "dims-are-integers",
         "[isinstance(n, (int, np.integer)) for n in K.int_shape(K.placeholder(shape=(2, 4, 5)))]", [True, True, True])
AREA.row("ndim", "is-an-integer", "isinstance(K.ndim(K.placeholder(shape=(2, 4, 5))), (int, np.integer))", True)
# "If both are specified, `shape` is used."
AREA.row("int_shape", "shape-before-ndim", "K.int_shape(K.placeholder(shape=(2, 4), ndim=3))", (2, 4))
AREA.row("ndim", "shape-before-ndim", "K.ndim(K.placeholder(shape=(2, 4), ndim=3))", 2)
AREA.row("int_shape", "positional", "K.int_shape(K.placeholder((3, None)))", (3, None))
AREA.row("ndim", "second-argument", "K.ndim(K.placeholder(None, 4))", 4)
# "At least one of {`shape`, `ndim`} must be specified."
AREA.refuses("placeholder", "neither-shape-nor-ndim", "K.ndim(K.placeholder())", ("ValueError", "TypeError"), "")
AREA.refuses("placeholder", "dtype-alone", "K.ndim(K.placeholder(dtype='float32', name='x'))", ("ValueError", "TypeError"), "")

# -- the dtype

for _dtype in ("float16", "int32", "int64", "uint8", "bool"):
    AREA.row("dtype", "given-" + _dtype, "K.dtype(K.placeholder(shape=(2, 3), dtype='{}'))".format(_dtype), _dtype)
AREA.row("dtype", "given-with-ndim", "K.dtype(K.placeholder(ndim=2, dtype='float64'))", "float64")
AREA.row("dtype", "given-with-unknown", "K.dtype(K.placeholder(shape=(None, None), dtype='float16'))", "float16")
AREA.row("dtype", "third-argument", "K.dtype(K.placeholder((2, 3), None, 'float64'))", "float64")
AREA.row("dtype", "is-a-string", "type(K.dtype(K.placeholder(shape=(2, 3)))).__name__", "str")
for _dtype in ("float16", "float64"):
    AREA.script("dtype", "floatx-" + _dtype, """
        K.set_floatx('{0}')
        by_shape = K.dtype(K.placeholder(shape=(2, 3)))
        by_ndim = K.dtype(K.placeholder(ndim=2))
    """.format(_dtype), {"by_shape": _dtype, "by_ndim": _dtype})
    AREA.script("dtype", "given-beats-floatx-" + _dtype, """
        K.set_floatx('{0}')
        got = K.dtype(K.placeholder(shape=(2, 3), dtype='float32'))
    """.format(_dtype), {"got": "float32"})
AREA.script("dtype", "floatx-later", """
    p = K.placeholder(shape=(2, 3))
    K.set_floatx('float64')
    got = K.dtype(p)
""", {"got": "float32"})
AREA.script("dtype", "floatx-there-and-back", """
    K.set_floatx('float64')
    K.set_floatx('float32')
    got = K.dtype(K.placeholder(shape=(2, 3)))
""", {"got": "float32"})

# -- what it is, and what it is not

for _name, _source in (("known", "shape=(2, 4)"), ("unknown", "shape=(None, 4)"), ("by-ndim", "ndim=2"),
                       ("float64", "shape=(2, 4), dtype='float64'"), ("named", "shape=(2, 4), name='some_input'"),
                       ("1d", "shape=(5,)"), ("sparse", "shape=(2, 4), sparse=True")):
    AREA.row("is_placeholder", _name, "K.is_placeholder(K.placeholder({}))".format(_source), True)
AREA.row("is_placeholder", "0d", "K.is_placeholder(K.placeholder(shape=()))", True)
for _name, _source in (("variable", "K.variable(np.ones((2, 4)))"), ("zeros", "K.zeros((2, 4))"), ("constant", "K.constant(3.)"),
                       ("derived", "K.square(K.placeholder(shape=(2, 4)))"), ("operator", "K.placeholder(shape=(2, 4)) + 1."),
                       ("identity", "K.identity(K.placeholder(shape=(2, 4)))"),
                       ("reduced", "K.sum(K.placeholder(shape=(2, 4)), axis=1)"),
                       ("numpy-array", "np.ones((2, 4))"), ("number", "3.")):
    AREA.row("is_placeholder", "not-" + _name, "K.is_placeholder({})".format(_source), False)
AREA.row("is_variable", "not-placeholder", "K.is_variable(K.placeholder(shape=(2, 4)))", False)
AREA.row("is_variable", "not-derived", "K.is_variable(K.square(K.placeholder(shape=(2, 4))))", False)
AREA.row("is_tensor", "placeholder", "K.is_tensor(K.placeholder(shape=(2, 4)))", True)
AREA.row("is_tensor", "placeholder-unknown", "K.is_tensor(K.placeholder(ndim=3))", True)
AREA.row("is_tensor", "derived", "K.is_tensor(K.square(K.placeholder(shape=(2, 4))))", True)
AREA.row("is_keras_tensor", "not-placeholder", "K.is_keras_tensor(K.placeholder(shape=(2, 4, 5)))", False)
AREA.row("is_keras_tensor", "not-placeholder-unknown", "K.is_keras_tensor(K.placeholder(shape=(None, 4, 5)))", False)
AREA.row("is_keras_tensor", "not-derived", "K.is_keras_tensor(K.square(K.placeholder(shape=(2, 4))))", False)
# The documented examples, with the layers of the package K came from.
_LAYERS = "layers = __import__(K.__name__.split('.')[0] + '.layers', fromlist=['Input', 'Dense'])\n"
AREA.row("is_keras_tensor", "layer-input", _LAYERS + "result = K.is_keras_tensor(layers.Input((10,)))", True)
AREA.row("is_keras_tensor", "layer-output", _LAYERS + "result = K.is_keras_tensor(layers.Dense(4)(layers.Input((10,))))", True)
AREA.row("is_placeholder", "layer-input", _LAYERS + "result = K.is_placeholder(layers.Input((10,)))", True)
AREA.row("is_placeholder", "not-layer-output", _LAYERS + "result = K.is_placeholder(layers.Dense(4)(layers.Input((10,))))",
         False)
AREA.row("int_shape", "layer-input", _LAYERS + "result = K.int_shape(layers.Input((4, 5)))", (None, 4, 5))
AREA.row("int_shape", "layer-output", _LAYERS + "result = K.int_shape(layers.Dense(4)(layers.Input((10,))))", (None, 4))
AREA.row("is_sparse", "not-by-default", "bool(K.is_sparse(K.placeholder((2, 2))))", False)
AREA.row("is_sparse", "not-when-false", "bool(K.is_sparse(K.placeholder((2, 2), sparse=False)))", False)
AREA.row("is_sparse", "sparse", "bool(K.is_sparse(K.placeholder((2, 2), sparse=True)))", True)
AREA.row("is_sparse", "sparse-unknown", "bool(K.is_sparse(K.placeholder((None, 3), sparse=True)))", True)
AREA.row("is_sparse", "sparse-float64", "bool(K.is_sparse(K.placeholder((2, 2), dtype='float64', sparse=True)))", True)
AREA.row("dtype", "sparse-default", "K.dtype(K.placeholder((4, 3), sparse=True))", "float32")
AREA.row("dtype", "sparse-float64", "K.dtype(K.placeholder((4, 3), dtype='float64', sparse=True))", "float64")
AREA.row("int_shape", "sparse", "K.int_shape(K.placeholder((4, 3), sparse=True))", (4, 3))
AREA.row("int_shape", "sparse-unknown", "K.int_shape(K.placeholder((None, 3), sparse=True))", (None, 3))
AREA.row("ndim", "sparse", "K.ndim(K.placeholder((4, 3), sparse=True))", 2)
AREA.row("ndim", "sparse-unknown", "K.ndim(K.placeholder((None, 3), sparse=True))", 2)

# -- the name, and the metadata of Keras

AREA.row("placeholder", "name", "'some_input' in K.placeholder(shape=(2, 3), name='some_input').name", True)
AREA.row("placeholder", "name-with-ndim", "'other_input' in K.placeholder(ndim=3, name='other_input').name", True)
AREA.row("placeholder", "names-differ",
         "['first' in K.placeholder((2, 3), name='first').name, 'first' in K.placeholder((2, 3), name='second').name]",
         [True, False])
AREA.row("placeholder", "calls-are-distinct", "K.placeholder((2, 3)) is K.placeholder((2, 3))", False)
for _name, _source, _want in (("known", "shape=(2, 4, 5)", (2, 4, 5)), ("unknown", "shape=(None, 4, 5)", (None, 4, 5)),
                              ("ndim", "ndim=3", (None, None, None)), ("ndim-1", "ndim=1", (None,)),
                              ("shape-before-ndim", "shape=(2, 4), ndim=3", (2, 4)),
                              ("float64", "shape=(4, 3), dtype='float64'", (4, 3))):
    AREA.row("placeholder", "keras-shape-" + _name, "K.placeholder({})._keras_shape".format(_source), _want)
AREA.row("placeholder", "uses-learning-phase", "K.placeholder(shape=(2, 4))._uses_learning_phase", False,
         unspecified="\"Tensor instance (with Keras metadata included)\": which metadata besides `_keras_shape` is not said.")

# -- what is derived from a placeholder

for _name, _source, _want in (
        ("elementwise", "K.square(K.placeholder((2, 3, 4)))", (2, 3, 4)),
        ("elementwise-unknown", "K.exp(K.placeholder((None, 3, 4)))", (None, 3, 4)),
        ("operator-number", "K.placeholder((2, 3, 4)) * 2.", (2, 3, 4)),
        ("operator-variable", "K.placeholder((None, 3)) + K.variable(np.ones(3))", (None, 3)),
        ("identity", "K.identity(K.placeholder((None, 3, 4)))", (None, 3, 4)),
        ("cast", "K.cast(K.placeholder((None, 3)), 'float64')", (None, 3)),
        ("zeros_like", "K.zeros_like(K.placeholder((2, 3)))", (2, 3)),
        ("ones_like", "K.ones_like(K.placeholder((None, 3)))", (None, 3))):
    AREA.row("int_shape", "derived-" + _name, "K.int_shape({})".format(_source), _want)
AREA.row("int_shape", "derived-is-a-tuple", "isinstance(K.int_shape(K.square(K.placeholder((None, 4, 5)))), tuple)", True)
for _name, _source, _want in (
        ("elementwise", "K.square(K.placeholder((None, 3, 4)))", 3), ("operator", "K.placeholder((2, 3)) * 2.", 2),
        ("expanded", "K.expand_dims(K.placeholder((None, 3)), 1)", 3), ("reduced", "K.sum(K.placeholder((2, 3, 4)), axis=1)", 2),
        ("broadcast", "K.placeholder((4, 3)) + K.placeholder((2, 4, 3))", 3),
                              ("cast", "K.cast(K.placeholder((2, 3)), 'float64')", 2),
        ("identity", "K.identity(K.placeholder(ndim=4))", 4)):
    AREA.row("ndim", "derived-" + _name, "K.ndim({})".format(_source), _want)
for _name, _source, _want in (
        ("elementwise-float64", "K.square(K.placeholder((2, 3), dtype='float64'))", "float64"),
        ("elementwise-float16", "K.square(K.placeholder((2, 3), dtype='float16'))", "float16"),
        ("operator-float64", "K.placeholder((2, 3), dtype='float64') * 2.", "float64"),
        ("reduced-float64", "K.sum(K.placeholder((2, 3), dtype='float64'), axis=1)", "float64"),
        ("cast-float16", "K.cast(K.placeholder((2, 3)), 'float16')", "float16"),
        ("identity-float64", "K.identity(K.placeholder((2, 3), dtype='float64'))", "float64"),
        ("expanded-default", "K.expand_dims(K.placeholder((2, 3)), 1)", "float32")):
    AREA.row("dtype", "derived-" + _name, "K.dtype({})".format(_source), _want)
AREA.row("count_params", "placeholder-3d", "K.count_params(K.placeholder((2, 3, 4)))", 24)
AREA.row("count_params", "placeholder-2d", "K.count_params(K.placeholder(shape=(7, 5)))", 35)

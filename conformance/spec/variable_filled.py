"""Variables filled with zeros, ones, the identity; tensors like another one; ranges."""
import numpy as np

from conformance.spec.model import Area, given, ints, normal

AREA = Area("variable")

AREA.row("zeros", "example-3d", "K.zeros(shape=(3, 4, 5))", np.zeros((3, 4, 5)), example=True)
AREA.row("ones", "example-3d", "K.ones(shape=(3, 4, 5))", np.ones((3, 4, 5)), example=True)

for _function, _fill in (("zeros", 0.0), ("ones", 1.0)):
    for _shape in ((), (7,), (3, 4), (2, 4, 3, 5), (2, 3, 1, 2, 4)):
        AREA.row(_function, "{}d".format(len(_shape)), "K.{}({})".format(_function, _shape), np.full(_shape, _fill))
    AREA.row(_function, "no-rows", "K.{}((0, 3))".format(_function), np.full((0, 3), _fill))
    for _kind in ("float16", "float64", "int32", "int64", "bool"):
        AREA.row(_function, "dtype-" + _kind, "K.{}((2, 3), dtype='{}')".format(_function, _kind),
                 np.full((2, 3), _fill).astype(_kind),
                 dtype=_kind)
    AREA.row(_function, "second-argument", "K.{}((2, 3), 'float64')".format(_function), np.full((2, 3), _fill), dtype="float64")
    AREA.row(_function, "name", "'filled' in K.{}((2, 3), name='filled').name".format(_function), True)
    AREA.row(_function, "third-argument", "'filled' in K.{}((2, 3), None, 'filled').name".format(_function), True)
    AREA.row(_function, "is-a-variable", "K.is_variable(K.{}((2, 3)))".format(_function), True)
    AREA.row(_function, "is-a-variable-0d", "K.is_variable(K.{}(()))".format(_function), True)
    AREA.row(_function, "int_shape", "K.int_shape(K.{}((4, 2, 3)))".format(_function), (4, 2, 3))
    AREA.row(_function, "symbolic-shape", "K.{}(K.shape(x))".format(_function), lambda x, _fill=_fill: np.full((4, 3), _fill),
             x=normal(4, 3))
    AREA.row(_function, "get_value", "K.get_value(K.{}((2, 3)))".format(_function), np.full((2, 3), _fill))
    AREA.script(_function, "can-be-set", """
        v, w = K.{0}((2, 3)), K.{0}((2, 3))
        K.set_value(v, x)
        changed, other, fresh = K.get_value(v), K.get_value(w), K.get_value(K.{0}((2, 3)))
    """.format(_function), lambda x,
                _fill=_fill: {"changed": x, "other": np.full((2, 3), _fill), "fresh": np.full((2, 3), _fill)},
                names=("changed", "other", "fresh"), x=normal(2, 3))
    for _kind in ("float16", "float64"):
        AREA.script(_function, "floatx-" + _kind, """
            K.set_floatx('{}')
            v = K.{}((2, 3))
            dtype, evaluated = K.dtype(v), str(K.eval(v).dtype)
        """.format(_kind, _function), {"dtype": _kind, "evaluated": _kind})
    AREA.script(_function, "given-beats-floatx", """
        K.set_floatx('float64')
        dtype = K.dtype(K.{}((2, 3), dtype='float32'))
    """.format(_function), {"dtype": "float32"})

    _like = _function + "_like"

    def _oracle(x, _fill=_fill):
        return np.full(np.shape(x), _fill)

    for _made in (normal(), normal(5), normal(4, 3), normal(2, 4, 3).unknown(0, 1), normal(2, 4, 3, 5).unknown(1, 2, 3)):
        AREA.row(_like, "{}d".format(np.ndim(_made.array(0))), "K.{}(x)".format(_like), _oracle, x=_made)
    for _kind in ("float16", "float64"):
        AREA.row(_like, "dtype-" + _kind, "K.{}(x, dtype='{}')".format(_like, _kind), _oracle, dtype=_kind, x=normal(4, 3))
        # "dtype: String, dtype of returned Keras variable. None uses the dtype of x."
        AREA.row(_like, "dtype-of-x-" + _kind, "K.{}(x)".format(_like), _oracle, dtype=_kind, x=normal(4, 3, dtype=_kind))
    AREA.row(_like, "dtype-of-x-int32", "K.{}(x)".format(_like), lambda x, _fill=_fill: np.full((4, 3), int(_fill)),
             dtype="int32",
             x=ints(4, 3))
    AREA.row(_like, "dtype-float32-of-float64", "K.{}(x, 'float32')".format(_like), _oracle, dtype="float32",
             x=normal(4, 3, dtype="float64"))
    AREA.row(_like, "dtype-int32", "K.{}(x, dtype='int32')".format(_like), lambda x, _fill=_fill: np.full((4, 3), int(_fill)),
             dtype="int32", x=normal(4, 3))
    AREA.row(_like, "name", "K.{}(x, name='like_x')".format(_like), _oracle, x=normal(4, 3))
    AREA.row(_like, "of-expression", "K.{}(K.square(x) + 1.)".format(_like), _oracle, x=normal(4, 3))
    AREA.row(_like, "of-infinite", "K.{}(x)".format(_like), _oracle, x=given([[np.inf, np.nan], [-np.inf, 1.0], [0.0, 2.0]]))
    AREA.row(_like, "int_shape", "K.int_shape(K.{}(K.variable(np.ones((4, 2, 3)))))".format(_like), (4, 2, 3))
    AREA.script(_like, "leaves-x-alone", """
        v = K.variable(x)
        K.eval(K.{}(v))
        got = K.get_value(v)
    """.format(_like), lambda x: {"got": x}, names=("got",), x=normal(4, 3))

# -- eye

AREA.row("eye", "documented-example-3", "K.eye(3)", np.eye(3))
AREA.row("eye", "documented-example-2-3", "K.eye((2, 3))", np.eye(2, 3))
AREA.row("eye", "1", "K.eye(1)", np.eye(1))
AREA.row("eye", "tall", "K.eye((4, 2))", np.eye(4, 2))
AREA.row("eye", "square-tuple", "K.eye((3, 3))", np.eye(3))
AREA.row("eye", "dtype-float64", "K.eye(3, dtype='float64')", np.eye(3), dtype="float64")
AREA.row("eye", "dtype-float16", "K.eye((2, 4), dtype='float16')", np.eye(2, 4), dtype="float16")
AREA.row("eye", "dtype-int32", "K.eye(3, dtype='int32')", np.eye(3, dtype="int32"), dtype="int32")
AREA.row("eye", "second-argument", "K.eye((2, 3), 'float64')", np.eye(2, 3), dtype="float64")
AREA.row("eye", "name", "'identity_matrix' in K.eye(3, name='identity_matrix').name", True)
AREA.row("eye", "int_shape", "K.int_shape(K.eye((2, 5)))", (2, 5))
AREA.row("eye", "is-a-variable", "K.is_variable(K.eye(3))", True)
AREA.row("eye", "in-product", "K.dot(x, K.eye((3, 2)))", lambda x: x.dot(np.eye(3, 2)), x=normal(4, 3))
for _kind in ("float16", "float64"):
    AREA.script("eye", "floatx-" + _kind, """
        K.set_floatx('{}')
        v = K.eye((2, 3))
        dtype, evaluated = K.dtype(v), str(K.eval(v).dtype)
    """.format(_kind), {"dtype": _kind, "evaluated": _kind})

# -- arange: "if only one argument is provided, it is in fact the "stop" argument and "start" is 0"

AREA.row("arange", "stop", "K.arange(5)", np.arange(5), dtype="int32")
AREA.row("arange", "start-stop", "K.arange(3, 8)", np.arange(3, 8))
AREA.row("arange", "negative-start", "K.arange(-3, 2)", np.arange(-3, 2))
AREA.row("arange", "step", "K.arange(2, 11, 3)", np.arange(2, 11, 3))
AREA.row("arange", "step-that-ends-early", "K.arange(2, 10, 3)", np.arange(2, 10, 3))
AREA.row("arange", "step-back", "K.arange(7, 1, -2)", np.arange(7, 1, -2))
AREA.row("arange", "keywords", "K.arange(start=4, stop=20, step=5)", np.arange(4, 20, 5))
AREA.row("arange", "stop-with-step", "K.arange(9, step=4)", np.arange(0, 9, 4))
AREA.row("arange", "stop-0", "K.arange(0)", np.arange(0))
AREA.row("arange", "nothing-between", "K.arange(4, 4)", np.arange(4, 4))
AREA.row("arange", "dtype-int64", "K.arange(4, dtype='int64')", np.arange(4), dtype="int64")
AREA.row("arange", "dtype-uint8", "K.arange(1, 4, dtype='uint8')", np.arange(1, 4), dtype="uint8")
AREA.row("arange", "dtype-float32", "K.arange(1, 4, dtype='float32')", np.array([1.0, 2.0, 3.0]), dtype="float32",
         unspecified="\"dtype: Integer dtype to use.\"")
AREA.row("arange", "negative-stop", "K.arange(-3)", np.arange(-3),
         unspecified="\"start is 0\" when one argument is given; what lies between 0 and a stop below it is not said.")
AREA.row("arange", "dtype-ignores-floatx", "K.dtype(K.arange(4))", "int32")
AREA.row("arange", "stop-from-tensor", "K.arange(K.shape(x)[0])", lambda x: np.arange(4), x=normal(4, 3),
         unspecified="\"stop: Stop value.\": whether it may be a tensor is not said.")

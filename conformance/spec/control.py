"""Control flow: switch, the learning phase's choices, maps and folds."""
import numpy as np

from conformance.spec.model import THREE_WAYS, UNKNOWN, VARIABLE, Area, given, ints, normal, plain

AREA = Area("control")


def _choose(c, t, e):
    return np.where(np.asarray(c).astype(bool).reshape(np.shape(c) + (1,) * (t.ndim - np.ndim(c))), t, e)


def _switch(variant, condition, shape, source="K.switch(c, t, e)", **options):
    AREA.row("switch", variant, source, _choose, c=condition, t=normal(*shape), e=normal(*shape), **options)


_PATTERN = np.array([[1, 0, 0, 1], [0, 1, 1, 0], [1, 1, 0, 1]])
_RANK_3 = np.array([1, 0, 0, 1, 0, 1, 1, 1, 0, 1, 0, 0, 1, 1, 0, 1, 0, 0, 0, 1, 1, 0, 1, 0]).reshape(2, 3, 4)
for _name, _value in (("true", 1), ("false", 0)):
    for _dtype in ("bool", "int32"):
        _switch("scalar-{}-{}".format(_dtype, _name), given(_value, dtype=_dtype), (3, 4))
    AREA.row("switch", "scalar-callables-" + _name, "K.switch(c, lambda: 2.0 * t, lambda: e - 1.0)",
             lambda c, t, e: 2.0 * t if c else e - 1.0, c=given(_value, dtype="int32"), t=normal(3, 4), e=normal(3, 4))
    AREA.row("switch", "scalar-then-callable-" + _name, "K.switch(c, lambda: 2.0 * t, e)",
             lambda c, t, e: 2.0 * t if c else e, c=given(_value, dtype="int32"), t=normal(3, 4), e=normal(3, 4))
    AREA.row("switch", "scalar-else-callable-" + _name, "K.switch(c, t, lambda: e - 1.0)",
             lambda c, t, e: t if c else e - 1.0, c=given(_value, dtype="int32"), t=normal(3, 4), e=normal(3, 4))
    AREA.row("switch", "scalar-of-scalars-" + _name, "K.switch(c, K.sum(t), K.sum(e))", lambda c, t, e: (t if c else e).sum(),
             c=given(_value, dtype="int32"), t=normal(3, 4), e=normal(3, 4))
_switch("scalar-comparison", given(3.0), (3, 4), "K.switch(K.greater(c, 5.0), e, t)")
_switch("same-rank-bool", given(_PATTERN, dtype="bool"), (3, 4))
_switch("same-rank-int32", given(_PATTERN, dtype="int32"), (3, 4))
_switch("same-rank-greater-than-one", given(_PATTERN * 3, dtype="int32"), (3, 4))
_switch("same-rank-1d", given([0, 1, 1, 0, 1], dtype="int32"), (5,))
_switch("same-rank-3d", given(_RANK_3, dtype="int32"), (2, 3, 4))
_switch("rank-1-of-2", given([1, 0, 1], dtype="int32"), (3, 4))
_switch("rank-1-of-2-bool", given([0, 1, 1], dtype="bool"), (3, 4))
_switch("rank-1-of-2-square", given([1, 0, 0], dtype="int32"), (3, 3))
_switch("rank-1-of-3", given([0, 1], dtype="int32"), (2, 3, 4))
_switch("rank-2-of-3", given(_PATTERN, dtype="bool"), (3, 4, 5))
_switch("rank-2-of-3-int32", given(_PATTERN, dtype="int32"), (3, 4, 5))
_switch("rank-2-of-4", given(_PATTERN[:, :2], dtype="int32"), (3, 2, 4, 5))
_switch("rank-3-of-4", given(_RANK_3, dtype="int32"), (2, 3, 4, 2))
_switch("unknown-dimensions", given(_PATTERN, dtype="int32").unknown(0, 1), (3, 4))
AREA.row("switch", "tensor-callables", "K.switch(c, lambda: 2.0 * t, lambda: e - 1.0)",
         lambda c, t, e: _choose(c, 2.0 * t, e - 1.0), c=given(_PATTERN, dtype="int32"), t=normal(3, 4), e=normal(3, 4))
AREA.row("switch", "rank-2-of-3-callables", "K.switch(c, lambda: 2.0 * t, lambda: e - 1.0)",
         lambda c, t, e: _choose(c, 2.0 * t, e - 1.0), c=given(_PATTERN, dtype="int32"), t=normal(3, 4, 2), e=normal(3, 4, 2))
AREA.row("switch", "comparison", "K.switch(K.greater(t, e), t, e)", lambda t, e: np.maximum(t, e), t=normal(3, 4), e=normal(3, 4))
AREA.row("switch", "comparison-rank-1-of-2", "K.switch(K.less(K.sum(t, axis=1), K.sum(e, axis=1)), t, e)",
         lambda t, e: _choose(t.sum(axis=1) < e.sum(axis=1), t, e), t=normal(5, 4), e=normal(5, 4))
AREA.row("switch", "int32-expressions", "K.switch(c, t, e)", _choose, dtype="int32", c=given(_PATTERN, dtype="int32"),
         t=ints(3, 4), e=ints(3, 4, low=10, high=20))
AREA.row("switch", "float64-expressions", "K.switch(c, t, e)", _choose, c=given(_PATTERN, dtype="int32"),
         t=normal(3, 4, dtype="float64"), e=normal(3, 4, dtype="float64"))
AREA.row("switch", "infinite-in-the-other", "K.switch(c, t, e)", _choose, c=given([[1, 0, 1]], dtype="int32"),
         t=given([[1.0, np.inf, -np.inf]]), e=given([[np.nan, 2.0, np.inf]]))
for _name, _condition, _shape in (("rank-2-over-1", _PATTERN, (4,)), ("rank-3-over-2", _RANK_3, (3, 4))):
    AREA.refuses("switch", _name, "K.switch(c, t, e)", "ValueError", "condition", ways=("variable", "known"),
                 c=given(_condition, dtype="int32"), t=normal(*_shape), e=normal(*_shape))

# The learning phase's choices.
for _function, _train in (("in_train_phase", True), ("in_test_phase", False)):
    for _text, _phase in (("1", True), ("True", True), ("0", False), ("False", False)):
        _first = _phase == _train
        AREA.row(_function, "training-" + _text, "K.{}(2.0 * x, y - 1.0, training={})".format(_function, _text),
                 (lambda x, y: 2.0 * x) if _first else (lambda x, y: y - 1.0), x=normal(3, 4), y=normal(3, 4))
        AREA.row(_function, "callables-training-" + _text,
                 "K.{}(lambda: 2.0 * x, lambda: y - 1.0, training={})".format(_function, _text),
                 (lambda x, y: 2.0 * x) if _first else (lambda x, y: y - 1.0), x=normal(3, 4), y=normal(3, 4))
    for _value in (0, 1):
        _first = bool(_value) == _train
        AREA.row(_function, "training-tensor-{}".format(_value),
                 "K.{}(2.0 * x, y - 1.0, training=K.variable(t))".format(_function),
                 (lambda x, y, t: 2.0 * x) if _first else (lambda x, y, t: y - 1.0),
                 x=normal(3, 4), y=normal(3, 4), t=plain(float(_value)))
        AREA.row(_function, "training-fed-{}".format(_value), "K.{}(lambda: 2.0 * x, lambda: -y, training=t)".format(_function),
                 (lambda x, y, t: 2.0 * x) if _first else (lambda x, y, t: -y), ways=("known",), x=normal(3, 4), y=normal(3, 4),
                 t=given(_value, dtype="bool"))
        AREA.row(_function, "positional-{}".format(_value), "K.{}(2.0 * x, lambda: -y, {})".format(_function, _value),
                 (lambda x, y: 2.0 * x) if _first else (lambda x, y: -y), x=normal(3, 4), y=normal(3, 4))

# Maps and folds go over the first axis.
_MAPS = (
    ("rank-2", "lambda v: 2.0 * v + 1.0", lambda v: 2.0 * v + 1.0, normal(4, 3)),
    ("rank-3", "lambda v: K.dot(v, K.transpose(v))", lambda v: v.dot(v.T), normal(4, 3, 2)),
    ("rank-1", "lambda v: v * v - 1.0", lambda v: v * v - 1.0, normal(5)),
    ("to-scalars", "lambda v: K.sum(v)", lambda v: v.sum(), normal(4, 3)),
    ("to-higher-rank", "lambda v: K.stack([v, 2.0 * v])", lambda v: np.stack([v, 2.0 * v]), normal(4, 3)),
    ("one-element", "lambda v: K.exp(v)", np.exp, normal(1, 3)),
)
for _name, _source, _function, _x in _MAPS:
    AREA.row("map_fn", _name, "K.map_fn({}, x)".format(_source),
             lambda x, function=_function: np.stack([function(v) for v in x]), x=_x)
AREA.row("map_fn", "name", "K.map_fn(lambda v: v - 1.0, x, name='mapped')", lambda x: x - 1.0, x=normal(4, 3))
AREA.row("map_fn", "dtype-int32", "K.map_fn(lambda v: K.cast(v, 'int32'), x, dtype='int32')", lambda x: x.astype("int32"),
         dtype="int32", x=normal(4, 3, scale=5.0))
AREA.row("map_fn", "dtype-float64-of-ints", "K.map_fn(lambda v: K.cast(v, 'float64') / 4, x, dtype='float64')",
         lambda x: x / 4.0, dtype="float64", x=ints(4, 3))
AREA.row("map_fn", "int32", "K.map_fn(lambda v: v * 2, x)", lambda x: x * 2, dtype="int32", x=ints(4, 3))
AREA.row("map_fn", "positional", "K.map_fn(lambda v: K.cast(v, 'int32'), x, None, 'int32')", lambda x: x.astype("int32"),
         dtype="int32", x=normal(4, 3, scale=5.0))
AREA.row("map_fn", "over-known-outside", "K.map_fn(lambda v: v * w, x)", lambda x, w: x * w,
         x=normal(4, 3), w=normal(3).unknown())


def _fold(function, step, x, initial=None):
    """The fold by definition: step(accumulator, element), from the left or from the right."""
    elements = list(x if function == "foldl" else x[::-1])
    accumulator = elements.pop(0) if initial is None else initial
    for element in elements:
        accumulator = step(accumulator, element)
    return accumulator


def _folds(variant, source, step, x, initial=None, rest="", ways=(UNKNOWN,), **options):
    for function in ("foldl", "foldr"):
        inputs = dict(x=x) if initial is None else dict(x=x, i=initial)
        first = "" if initial is None else ", initializer=i"
        AREA.row(function, variant, "K.{}({}, x{}{})".format(function, source, first, rest),
                 lambda x, i=None, function=function: _fold(function, step, x, i), ways=ways, **dict(inputs, **options))


_HALF = "lambda acc, v: 0.5 * acc + v"
_folds("rank-2", _HALF, lambda acc, v: 0.5 * acc + v, normal(5, 3), ways=THREE_WAYS)
_folds("rank-1", _HALF, lambda acc, v: 0.5 * acc + v, normal(5))
_folds("rank-3", _HALF, lambda acc, v: 0.5 * acc + v, normal(4, 3, 2))
_folds("difference", "lambda acc, v: acc - v", lambda acc, v: acc - v, normal(4, 3), ways=(VARIABLE,))
_folds("two-elements", "lambda acc, v: acc - 2.0 * v", lambda acc, v: acc - 2.0 * v, normal(2, 3), ways=(VARIABLE,))
_folds("one-element", _HALF, lambda acc, v: 0.5 * acc + v, normal(1, 3))
_folds("initializer", "lambda acc, v: 0.5 * acc - v", lambda acc, v: 0.5 * acc - v, normal(5, 3), normal(3), ways=(VARIABLE,))
_folds("initializer-of-another-shape", "lambda acc, v: 0.5 * acc + K.sum(v)", lambda acc, v: 0.5 * acc + v.sum(), normal(5, 3),
       normal(2, 4).unknown(), ways=(VARIABLE,))
_folds("initializer-scalar", "lambda acc, v: 0.5 * acc + K.sum(v)", lambda acc, v: 0.5 * acc + v.sum(), normal(5, 3), given(3.0))
_folds("one-element-initializer", _HALF, lambda acc, v: 0.5 * acc + v, normal(1, 3), normal(3), ways=(VARIABLE,))
_folds("name", _HALF, lambda acc, v: 0.5 * acc + v, normal(4, 3), rest=", name='folded'", ways=(VARIABLE,))
_folds("int32", "lambda acc, v: acc * 2 + v", lambda acc, v: acc * 2 + v, ints(5, 3), dtype="int32", ways=(VARIABLE,))
for _function in ("foldl", "foldr"):
    AREA.row(_function, "positional", "K.{}(lambda acc, v: 0.5 * acc - v, x, i, 'folded')".format(_function),
             lambda x, i, function=_function: _fold(function, lambda acc, v: 0.5 * acc - v, x, i), ways=(VARIABLE,),
             x=normal(4, 3), i=normal(3))

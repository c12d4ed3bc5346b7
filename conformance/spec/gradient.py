"""Gradients of losses, held against central differences of the same loss in NumPy."""
import numpy as np

from conformance.oracle.gradient import gradients, sigmoid
from conformance.spec.model import Area, distinct, given, ints, normal, plain, uniform

AREA = Area("gradient")


def _of(loss, *names):
    """The wanted gradients of `loss`, a function of the inputs, with respect to the inputs `names`."""
    return lambda **arrays: gradients(loss, arrays, names)


def _row(variant, loss, function, names, **rest):
    AREA.row("gradients", variant, "K.gradients({}, [{}])".format(loss, ", ".join(names)), _of(function, *names), **rest)


# What a loss is, and which variables there are
_row("basic-1d", "K.sum(K.square(a))", lambda a: np.sum(a * a), "a", a=normal(5))
_row("basic-0d", "a * a * a", lambda a: a ** 3, "a", a=given(1.75))
_row("basic-two-variables", "K.sum(a * a * b)", lambda a, b: np.sum(a * a * b), "ab", a=normal(3, 4), b=normal(3, 4))
_row("basic-order-of-the-list", "K.sum(a * a * b)", lambda a, b: np.sum(a * a * b), "ba", a=normal(3, 4), b=normal(3, 4))
_row("basic-one-of-two", "K.sum(a * a * b)", lambda a, b: np.sum(a * a * b), "b", a=normal(3, 4), b=normal(3, 4))
_row("basic-three-of-a-dense-layer", "K.mean(K.square(K.relu(K.bias_add(K.dot(x, w), b)) - t))",
     lambda x, w, b, t: np.mean((np.maximum(x.dot(w) + b, 0) - t) ** 2), "xwb", x=normal(4, 3), w=normal(3, 5).unknown(),
     b=normal(5).unknown(), t=normal(4, 5))
_row("basic-used-twice", "K.sum(K.exp(a) * K.sin(a)) + K.sum(a)", lambda a: np.sum(np.exp(a) * np.sin(a)) + np.sum(a), "a",
     a=normal(3, 2))
_row("basic-negated", "-2.5 * K.sum(a / b)", lambda a, b: -2.5 * np.sum(a / b), "ab", a=normal(3, 2),
     b=uniform(3, 2, low=1, high=2))
_row("basic-several-unknown", "K.sum(K.square(K.dot(a, b)))", lambda a, b: np.sum(a.dot(b) ** 2), "ab",
     a=normal(3, 4).unknown(0, 1),
     b=normal(4, 2).unknown(0, 1))
_row("basic-float64", "K.sum(K.sigmoid(a) * b)", lambda a, b: np.sum(sigmoid(a) * b), "ab", a=normal(3, dtype="float64"),
     b=normal(3, dtype="float64"), ulps=(2.0 ** 24, "central differences are good to nine digits"))
_row("basic-broadcast", "K.sum(K.square(a * b + c))", lambda a, b, c: np.sum((a * b + c) ** 2), "abc", a=normal(3, 4),
     b=normal(1, 4).unknown(), c=normal(3, 1))
AREA.row("gradients", "basic-second-order", "K.gradients(K.sum(K.square(K.gradients(K.sum(a * a * a * b), [a])[0])), [a, b])",
         _of(lambda a, b: np.sum((3 * a * a * b) ** 2), "a", "b"), a=normal(2, 3), b=normal(2, 3))
AREA.row("gradients", "returns-a-list", "len(K.gradients(K.sum(a * b), [a, b]))", 2, a=normal(2, 3), b=normal(2, 3))
AREA.row("gradients", "in-an-expression", "K.square(K.gradients(K.sum(a * a), [a])[0]) + b", lambda a, b: 4 * a * a + b,
         a=normal(2, 3), b=normal(2, 3))
AREA.row("gradients", "basic-of-an-intermediate", """
h = K.tanh(a)
result = K.gradients(K.sum(h * h * b), [h])
""", lambda a, b: [2 * np.tanh(a) * b], a=normal(2, 3), b=normal(2, 3))
AREA.script("gradients", "a-descent", """
    w = K.variable(start)
    t = K.constant(target)
    gradient = K.gradients(K.sum(K.square(w - t)), [w])[0]
    step = K.function([], [gradient], updates=[(w, w - 0.25 * gradient)])
    step([])
    step([])
    w = K.get_value(w)
    """, lambda start, target: {"w": target + (start - target) * 0.25}, names=("w",), start=normal(2, 3), target=normal(2, 3))
AREA.script("gradients", "follows-the-value", """
    w = K.variable(first)
    gradient = K.gradients(K.sum(w * w * w), [w])[0]
    before = K.eval(gradient)
    K.set_value(w, second)
    after = K.eval(gradient)
    """, lambda first, second: {"before": 3 * first ** 2, "after": 3 * second ** 2}, names=("before", "after"),
            first=normal(2, 3), second=normal(2, 3))

# Elementwise functions, weighted so that every element has a slope of its own
for _variant, _call, _function, _make in [
        ("relu", "K.relu(a)", lambda a: np.maximum(a, 0), normal(3, 4)),
        ("relu-alpha", "K.relu(a, alpha=0.3)", lambda a: np.where(a > 0, a, 0.3 * a), normal(3, 4)),
        ("relu-max-value", "K.relu(a, max_value=1.0)", lambda a: np.clip(a, 0, 1), uniform(3, 4, low=-2, high=3)),
        ("elu", "K.elu(a, alpha=0.7)", lambda a: np.where(a > 0, a, 0.7 * (np.exp(a) - 1)), normal(3, 4)),
        ("sigmoid", "K.sigmoid(a)", sigmoid, normal(3, 4)),
        ("hard-sigmoid", "K.hard_sigmoid(a)", lambda a: np.clip(0.2 * a + 0.5, 0, 1), uniform(3, 4, low=-4, high=4)),
        ("tanh", "K.tanh(a)", np.tanh, normal(3, 4)),
        ("softplus", "K.softplus(a)", lambda a: np.log(1 + np.exp(a)), normal(3, 4)),
        ("softsign", "K.softsign(a)", lambda a: a / (1 + np.abs(a)), normal(3, 4)),
        ("exp", "K.exp(a)", np.exp, normal(3, 4)), ("log", "K.log(a)", np.log, uniform(3, 4, low=0.5, high=3)),
        ("sqrt", "K.sqrt(a)", np.sqrt, uniform(3, 4, low=0.5, high=3)), ("abs", "K.abs(a)", np.abs, normal(3, 4)),
        ("pow", "K.pow(a, 3)", lambda a: a ** 3, normal(3, 4)), ("sin", "K.sin(a)", np.sin, normal(3, 4)),
        ("cos", "K.cos(a)", np.cos, normal(3, 4)),
        ("clip", "K.clip(a, -0.5, 1)", lambda a: np.clip(a, -0.5, 1), given([[-2.0, -0.3, 0.2], [0.9, 1.1, 5.0]])),
        ("cumsum", "K.cumsum(a, axis=1)", lambda a: np.cumsum(a, axis=1), normal(3, 4)),
        ("cumprod", "K.cumprod(a, axis=1)", lambda a: np.cumprod(a, axis=1), normal(3, 4))]:
    _shape = _make.array(0).shape
    _row("elementwise-" + _variant, "K.sum({} * b)".format(_call), lambda a, b, _function=_function: np.sum(_function(a) * b),
         "a", a=_make,
         b=normal(*_shape))
_row("elementwise-maximum", "K.sum(K.maximum(a, b) * c)", lambda a, b, c: np.sum(np.maximum(a, b) * c), "ab", a=distinct(3, 4),
     b=given([[0.5, -0.5, 1.5, 2.5]] * 3), c=normal(3, 4))
_row("elementwise-minimum", "K.sum(K.minimum(a, b) * c)", lambda a, b, c: np.sum(np.minimum(a, b) * c), "ab", a=distinct(3, 4),
     b=given([[0.5, -0.5, 1.5, 2.5]] * 3), c=normal(3, 4))

# Reductions: the weights make a slope that is spread wrongly visible
for _variant, _call, _function, _make in [
        ("sum-axis", "K.sum(a, axis=1)", lambda a: np.sum(a, axis=1), normal(2, 3, 4)),
        ("mean-axis", "K.mean(a, axis=1)", lambda a: np.mean(a, axis=1), normal(2, 3, 4)),
        ("max-axis", "K.max(a, axis=1)", lambda a: np.max(a, axis=1), distinct(2, 3, 4)),
        ("min-axis", "K.min(a, axis=1)", lambda a: np.min(a, axis=1), distinct(2, 3, 4)),
        ("prod-axis", "K.prod(a, axis=1)", lambda a: np.prod(a, axis=1), uniform(2, 3, 4, low=0.5, high=2)),
        ("var-axis", "K.var(a, axis=1)", lambda a: np.var(a, axis=1), uniform(2, 3, 4, low=1, high=4)),
        ("std-axis", "K.std(a, axis=1)", lambda a: np.std(a, axis=1), uniform(2, 3, 4, low=1, high=4)),
        ("logsumexp-axis", "K.logsumexp(a, axis=1)", lambda a: np.log(np.sum(np.exp(a), axis=1)), normal(2, 3, 4)),
        ("mean-axes", "K.mean(K.square(a), axis=[1, 2], keepdims=True)", lambda a: np.mean(a * a, axis=(1, 2), keepdims=True),
         normal(2, 3, 4))]:
    _weights = normal(2, 1, 1) if _variant == "mean-axes" else normal(2, 4)
    _row("reduction-" + _variant, "K.sum({} * b)".format(_call), lambda a, b, _function=_function: np.sum(_function(a) * b), "a",
         a=_make,
         b=_weights)
_row("reduction-mean-all", "K.mean(K.square(a) * b)", lambda a, b: np.mean(a * a * b), "ab", a=normal(2, 3, 4), b=normal(2, 3, 4))
_row("reduction-logsumexp-large", "K.sum(K.logsumexp(a, axis=1))", lambda a: np.sum(a.max(axis=1) + np.log(np.sum(np.exp(
    a - a.max(axis=1, keepdims=True)), axis=1))), "a", a=given([[500.0, 501.0, 499.5], [-300.0, -301.0, -300.5]]))

# What moves elements about sends their slopes back to where they came from
for _variant, _call, _function, _shape in [
        ("reshape", "K.reshape(a, (-1, 6))", lambda a: a.reshape(-1, 6), (4, 6)),
        ("permute-dimensions", "K.permute_dimensions(a, (0, 2, 1))", lambda a: a.transpose(0, 2, 1), (2, 4, 3)),
        ("repeat-elements", "K.repeat_elements(a, 2, axis=1)", lambda a: np.repeat(a, 2, axis=1), (2, 6, 4)),
        ("tile", "K.tile(a, [1, 2, 1])", lambda a: np.tile(a, [1, 2, 1]), (2, 6, 4)),
        ("reverse", "K.reverse(a, 1)", lambda a: a[:, ::-1], (2, 3, 4)),
        ("indexed", "a[:, 1]", lambda a: a[:, 1], (2, 4)),
        ("temporal-padding", "K.temporal_padding(a, (2, 1))", lambda a: np.pad(a, [(0, 0), (2, 1), (0, 0)], "constant"),
         (2, 6, 4)),
        ("expand-dims", "K.expand_dims(a, 1)", lambda a: a[:, None], (2, 1, 3, 4)),
        ("concatenate-itself", "K.concatenate([a, K.square(a)], axis=-1)", lambda a: np.concatenate([a, a * a], axis=-1),
         (2, 3, 8))]:
    _row("moved-" + _variant, "K.sum({} * b)".format(_call), lambda a, b, _function=_function: np.sum(_function(a) * b), "a",
         a=normal(2, 3, 4),
         b=normal(*_shape))
_row("batch-flatten", "K.sum(K.batch_flatten(a) * b)", lambda a, b: np.sum(a.reshape(2, -1) * b), "a", a=normal(2, 3, 4),
     b=normal(2, 12))
_row("moved-concatenate-two", "K.sum(K.concatenate([a, b], axis=1) * c)", lambda a, b,
     c: np.sum(np.concatenate([a, b], axis=1) * c), "ab",
     a=normal(2, 3), b=normal(2, 2), c=normal(2, 5))
_row("moved-stack", "K.sum(K.stack([a, b], axis=1) * c)", lambda a, b, c: np.sum(np.stack([a, b], axis=1) * c), "ab",
     a=normal(2, 3),
     b=normal(2, 3), c=normal(2, 2, 3))
_row("moved-slice", "K.sum(K.slice(a, [0, 1], [3, 2]) * b)", lambda a, b: np.sum(a[:, 1:3] * b), "a", a=normal(3, 5).unknown(),
     b=normal(3, 2).unknown())
# A row that is gathered twice counts twice, one that is not has no slope.
AREA.row("gradients", "gather", """
w = K.variable(table)
result = K.gradients(K.sum(K.square(K.gather(w, i)) * b), [w])[0] + 0 * w
""", lambda table, i, b: gradients(lambda table: np.sum(table[i] ** 2 * b), {"table": table}, ["table"])[0],
         table=plain(normal(5, 2)), i=given([3, 0, 3, 1], "int32"), b=normal(4, 2))
_row("flow-switch", "K.sum(K.switch(K.greater(c, 0), a * a, b * b * b))", lambda a, b, c: np.sum(np.where(c > 0, a * a, b ** 3)),
     "ab",
     a=normal(3, 4), b=normal(3, 4), c=normal(3, 4))
_row("flow-foldl", "K.sum(K.foldl(lambda s, x: s * 0.5 + x * x, a))",
     lambda a: np.sum((a[0] * 0.5 + a[1] ** 2) * 0.5 + a[2] ** 2),
     "a",
     a=normal(3, 4).unknown(), patience=5)  # a compiled loop, cold, takes a minute
_row("flow-in-train-phase", "K.sum(K.in_train_phase(a * a, a * 3., training=True))", lambda a: np.sum(a * a), "a", a=normal(2, 3))

# stop_gradient
AREA.row("stop_gradient", "value", "K.stop_gradient(a)", lambda a: a, a=normal(3, 4))
AREA.row("stop_gradient", "value-of-expression", "K.stop_gradient(a * b) + a", lambda a, b: a * b + a, a=normal(3, 4),
         b=normal(3, 4))
AREA.row("stop_gradient", "gradient-one-factor", "K.gradients(K.sum(K.stop_gradient(a) * a * b), [a, b])", lambda a,
         b: [a * b, a * a],
         a=normal(3, 4), b=normal(3, 4))
AREA.row("stop_gradient", "gradient-of-an-expression", "K.gradients(K.sum(K.stop_gradient(K.exp(a)) * a + a), [a])",
         lambda a: [np.exp(a) + 1],
         a=normal(3, 4))
AREA.row("stop_gradient", "list-values", "list(K.stop_gradient([a, b]))", lambda a, b: [a, b], a=normal(2, 3), b=normal(2, 4))
AREA.row("stop_gradient", "list-is-a-list", "isinstance(K.stop_gradient([a, b]), (list, tuple))", True, a=normal(2, 3),
         b=normal(2, 4))
AREA.row("stop_gradient", "gradient-of-a-list", """
x, y = K.stop_gradient([a * a, b])
result = K.gradients(K.sum(x * a + y * b), [a, b])
""", lambda a, b: [a * a, b], a=normal(2, 3), b=normal(2, 3))
AREA.row("stop_gradient", "int32", "K.stop_gradient(a)", lambda a: a, a=ints(3, 4))

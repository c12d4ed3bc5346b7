"""Activations: rectifiers, exponential units, softmax and the sigmoids."""
import numpy as np

from conformance.oracle import nn
from conformance.spec.model import Area, given, normal, uniform

AREA = Area("activation")

# Both sides of every kink used below, and nothing on one.
WIDE = dict(low=-3.0, high=3.0)

# relu: "f(x) = max_value for x >= max_value, f(x) = x for threshold <= x < max_value, f(x) = alpha * (x - threshold) otherwise"
for _variant, _arguments in (
        ("default", {}),
        ("alpha", {"alpha": 0.3}),
        ("alpha-negative", {"alpha": -0.4}),
        ("alpha-above-one", {"alpha": 2.5}),
        ("alpha-integer-one", {"alpha": 1}),
        ("max-value", {"max_value": 1.25}),
        ("max-value-integer", {"max_value": 2}),
        ("max-value-zero", {"max_value": 0.0}),
        ("threshold", {"threshold": 0.7}),
        ("threshold-integer", {"threshold": 1}),
        ("threshold-negative", {"threshold": -0.9}),
        ("alpha-max-value", {"alpha": 0.2, "max_value": 1.5}),
        ("alpha-negative-max-value", {"alpha": -0.6, "max_value": 1.1}),
        ("alpha-threshold", {"alpha": 0.25, "threshold": 0.8}),
        ("alpha-threshold-negative", {"alpha": 0.35, "threshold": -1.2}),
        ("max-value-threshold", {"max_value": 2.1, "threshold": 0.6}),
        ("all", {"alpha": 0.15, "max_value": 1.9, "threshold": 0.5}),
        ("all-integer", {"alpha": 3, "max_value": 2, "threshold": 1})):
    AREA.row("relu", _variant, "K.relu({})".format(", ".join(["x"] + ["{}={}".format(*a) for a in sorted(_arguments.items())])),
             lambda x, arguments=_arguments: nn.relu(x, **arguments), x=uniform(4, 7, **WIDE))
AREA.row("relu", "positional", "K.relu(x, 0.2, 1.5, 0.4)", lambda x: nn.relu(x, 0.2, 1.5, 0.4), x=uniform(4, 7, **WIDE))
# Engines have a ready-made operation for a maximum of six.
AREA.row("relu", "max-value-six", "K.relu(x, max_value=6)", lambda x: nn.relu(x, max_value=6), x=uniform(4, 7, low=-3, high=12))
AREA.row("relu", "max-value-six-alpha", "K.relu(x, alpha=0.1, max_value=6.)", lambda x: nn.relu(x, 0.1, 6),
         x=uniform(4, 7, low=-12, high=12))
AREA.row("relu", "max-value-six-threshold", "K.relu(x, max_value=6, threshold=2.)", lambda x: nn.relu(x, 0, 6, 2),
         x=uniform(4, 7, low=-3, high=12))
AREA.row("relu", "at-max-value", "K.relu(x, max_value=2.)", np.array([[2.0, 2.0, 1.5]]), x=given([[2.0, 2.5, 1.5]]))
AREA.row("relu", "at-threshold", "K.relu(x, threshold=0.5)", np.array([[0.5, 0.0, 0.75]]), x=given([[0.5, 0.25, 0.75]]))
AREA.row("relu", "below-threshold-is-shifted", "K.relu(x, alpha=0.5, threshold=2.)", np.array([[-0.5, -1.5, -2.5, 3.0]]),
         x=given([[1.0, -1.0, -3.0, 3.0]]))
AREA.row("relu", "threshold-negative-max-value", "K.relu(x, max_value=1., threshold=-1.)", np.array([[-0.5, 0.5, 1.0, 0.0]]),
         x=given([[-0.5, 0.5, 3.0, -2.0]]),
         unspecified="The formula gives x for threshold <= x, the NumPy implementation printed below it clips that piece at 0.")
AREA.row("relu", "extremes", "K.relu(x)", np.array([[1e30, 0.0, 1e-30, 0.0]]), x=given([[1e30, -1e30, 1e-30, -1e-30]]))
AREA.row("relu", "alpha-extremes", "K.relu(x, alpha=0.5)", np.array([[1e30, -5e29]]), x=given([[1e30, -1e30]]))

for _name, _source, _oracle in (
        ("relu", "K.relu(x, alpha=0.3)", lambda x: nn.relu(x, 0.3)),
        ("elu", "K.elu(x)", nn.elu),
        ("softplus", "K.softplus(x)", nn.softplus),
        ("softsign", "K.softsign(x)", lambda x: x / (1 + np.abs(x))),
        ("sigmoid", "K.sigmoid(x)", nn.sigmoid),
        ("hard_sigmoid", "K.hard_sigmoid(x)", nn.hard_sigmoid),
        ("tanh", "K.tanh(x)", lambda x: np.tanh(x))):
    AREA.row(_name, "0d", _source, _oracle, x=given(-0.8))
    AREA.row(_name, "1d", _source, _oracle, x=uniform(6, low=-4, high=4))
    AREA.row(_name, "4d", _source, _oracle, x=uniform(2, 3, 4, 5, low=-4, high=4))
    AREA.row(_name, "inner-unknown", _source, _oracle, ways=("unknown",), x=uniform(2, 3, 4, low=-4, high=4).unknown(0, 2))
    AREA.row(_name, "float16", _source, _oracle, x=uniform(3, 4, dtype="float16", **WIDE))
    AREA.row(_name, "float64", _source, _oracle, x=uniform(3, 4, dtype="float64", **WIDE))
AREA.row("relu", "threshold-float64", "K.relu(x, threshold=0.7)", lambda x: nn.relu(x, threshold=0.7),
         x=uniform(3, 4, dtype="float64", **WIDE))
AREA.row("relu", "max-value-float64", "K.relu(x, max_value=1.1)", lambda x: nn.relu(x, max_value=1.1),
         x=uniform(3, 4, dtype="float64", **WIDE))
AREA.row("relu", "max-value-float16", "K.relu(x, alpha=0.25, max_value=1.5)", lambda x: nn.relu(x, 0.25, 1.5),
         x=uniform(3, 4, dtype="float16", **WIDE))
AREA.script("relu", "threshold-floatx-float64", """
    K.set_floatx('float64')
    result = K.eval(K.relu(K.variable(x), alpha=0.3, max_value=1.7, threshold=0.7))
    dtype = result.dtype.name
    """, lambda x: {"result": nn.relu(x, 0.3, 1.7, 0.7), "dtype": "float64"}, names=("result", "dtype"),
            x=uniform(3, 4, dtype="float64", **WIDE))

AREA.row("elu", "default", "K.elu(x)", nn.elu, x=uniform(4, 7, **WIDE))
AREA.row("elu", "alpha", "K.elu(x, alpha=0.3)", lambda x: nn.elu(x, 0.3), x=uniform(4, 7, **WIDE))
AREA.row("elu", "alpha-above-one", "K.elu(x, 1.7)", lambda x: nn.elu(x, 1.7), x=uniform(4, 7, **WIDE))
AREA.row("elu", "alpha-integer", "K.elu(x, alpha=2)", lambda x: nn.elu(x, 2), x=uniform(4, 7, **WIDE))
AREA.row("elu", "alpha-negative", "K.elu(x, alpha=-0.5)", lambda x: nn.elu(x, -0.5), x=uniform(4, 7, **WIDE))
AREA.row("elu", "alpha-zero", "K.elu(x, alpha=0.)", lambda x: nn.elu(x, 0.0), x=uniform(4, 7, **WIDE))
AREA.row("elu", "alpha-4d", "K.elu(x, alpha=0.6)", lambda x: nn.elu(x, 0.6), x=uniform(2, 3, 4, 5, **WIDE))
AREA.row("elu", "alpha-float64", "K.elu(x, alpha=0.3)", lambda x: nn.elu(x, 0.3), x=uniform(4, 7, dtype="float64", **WIDE))
AREA.row("elu", "saturates", "K.elu(x, alpha=1.5)", np.array([[-1.5, -1.5, 0.0, 200.0, 5000.0]]),
         x=given([[-200.0, -5000.0, 0.0, 200.0, 5000.0]]))
AREA.row("elu", "saturates-default", "K.elu(x)", np.array([[-1.0, -1.0, 0.0, 200.0]]), x=given([[-200.0, -5000.0, 0.0, 200.0]]))

AREA.row("softmax", "default", "K.softmax(x)", nn.softmax, x=normal(4, 7))
AREA.row("softmax", "1d", "K.softmax(x)", nn.softmax, x=normal(6))
AREA.row("softmax", "axis0-2d", "K.softmax(x, axis=0)", lambda x: nn.softmax(x, 0), x=normal(3, 4))
AREA.row("softmax", "axis1-2d", "K.softmax(x, axis=1)", lambda x: nn.softmax(x, 1), x=normal(3, 4))
for _axis in (0, 1, 2, -1, -2, -3):
    AREA.row("softmax", "axis{}-3d".format(_axis), "K.softmax(x, axis={})".format(_axis),
             lambda x, axis=_axis: nn.softmax(x, axis), x=normal(2, 3, 4))
AREA.row("softmax", "3d", "K.softmax(x)", nn.softmax, x=normal(2, 3, 4))
AREA.row("softmax", "4d", "K.softmax(x)", nn.softmax, x=normal(2, 3, 4, 5))
AREA.row("softmax", "inner-unknown", "K.softmax(x)", nn.softmax, ways=("unknown",), x=normal(2, 3, 4, 5).unknown(0, 1, 2))
AREA.row("softmax", "axis-inner-unknown", "K.softmax(x, axis=-2)", lambda x: nn.softmax(x, -2), ways=("unknown",),
         x=normal(2, 3, 4).unknown(0, 1, 2))
for _axis in (0, 1, 2, 3, -2, -3):
    AREA.row("softmax", "axis{}-4d".format(_axis), "K.softmax(x, {})".format(_axis),
             lambda x, axis=_axis: nn.softmax(x, axis), x=normal(2, 3, 4, 5))
AREA.row("softmax", "axis2-5d", "K.softmax(x, axis=2)", lambda x: nn.softmax(x, 2), x=normal(2, 3, 4, 2, 3))
AREA.row("softmax", "large", "K.softmax(x)", nn.softmax, x=given([[1000.0, 1001.0, 999.5], [-1000.0, -1002.0, -1000.5]]))
AREA.row("softmax", "axis1-3d-large", "K.softmax(x, axis=1)", lambda x: nn.softmax(x, 1), x=normal(2, 3, 4, scale=1000.0))
AREA.row("softmax", "axis0-2d-large", "K.softmax(x, axis=0)", lambda x: nn.softmax(x, 0),
         x=given([[1000.0, 5.0], [1001.0, -900.0]]))
AREA.row("softmax", "one-class", "K.softmax(x)", lambda x: np.ones_like(x), x=normal(3, 1))
AREA.row("softmax", "far-apart", "K.softmax(x)", np.array([[1.0, 0.0, 0.0]]), x=given([[3e4, -3e4, 0.0]]))
AREA.row("softmax", "float16", "K.softmax(x)", nn.softmax, x=normal(3, 4, dtype="float16"))
AREA.row("softmax", "float64", "K.softmax(x)", nn.softmax, x=normal(3, 4, dtype="float64"))
AREA.row("softmax", "axis1-3d-float64", "K.softmax(x, axis=1)", lambda x: nn.softmax(x, 1), x=normal(2, 3, 4, dtype="float64"))

AREA.row("softplus", "default", "K.softplus(x)", nn.softplus, x=uniform(4, 7, low=-5, high=5))
AREA.row("softplus", "large", "K.softplus(x)", np.array([[100.0, 1000.0, 5e4]]), x=given([[100.0, 1000.0, 5e4]]))
AREA.row("softplus", "vanishes", "K.softplus(x)", lambda x: nn.softplus(x), x=given([[-1000.0, -5e4, -15.0, 0.5]]))

AREA.row("softsign", "default", "K.softsign(x)", lambda x: x / (1 + np.abs(x)), x=uniform(4, 7, low=-5, high=5))
AREA.row("softsign", "saturates", "K.softsign(x)", np.array([[1.0, -1.0, 0.0]]), x=given([[1e30, -1e30, 0.0]]))

AREA.row("sigmoid", "default", "K.sigmoid(x)", nn.sigmoid, x=uniform(4, 7, low=-5, high=5))
AREA.row("sigmoid", "saturates", "K.sigmoid(x)", np.array([[1.0, 0.0, 1.0, 0.0, 0.5]]),
         x=given([[100.0, -100.0, 5e4, -5e4, 0.0]]))
AREA.row("sigmoid", "very-negative", "K.sigmoid(x)", nn.sigmoid, x=given([[-8.0, -10.0, -9.0, -8.5]]))

AREA.row("hard_sigmoid", "default", "K.hard_sigmoid(x)", nn.hard_sigmoid, x=uniform(4, 7, low=-5, high=5))
AREA.row("hard_sigmoid", "inside", "K.hard_sigmoid(x)", lambda x: 0.2 * x + 0.5, x=uniform(4, 7, low=-2.5, high=2.5))
AREA.row("hard_sigmoid", "edges", "K.hard_sigmoid(x)", np.array([[0.0, 0.0, 0.02, 0.5, 0.98, 1.0, 1.0]]),
         x=given([[-2.6, -2.5, -2.4, 0.0, 2.4, 2.5, 2.6]]))
AREA.row("hard_sigmoid", "saturates", "K.hard_sigmoid(x)", np.array([[0.0, 1.0, 0.0, 1.0]]),
         x=given([[-100.0, 100.0, -1e30, 1e30]]))

AREA.row("tanh", "default", "K.tanh(x)", lambda x: np.tanh(x), x=uniform(4, 7, **WIDE))
AREA.row("tanh", "saturates", "K.tanh(x)", np.array([[1.0, -1.0, 1.0, -1.0, 0.0]]), x=given([[50.0, -50.0, 1e30, -1e30, 0.0]]))
AREA.row("tanh", "small", "K.tanh(x)", lambda x: np.tanh(x), x=given([[1e-3, -2e-3, 3e-3, 4e-3]]))

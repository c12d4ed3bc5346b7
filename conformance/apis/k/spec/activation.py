"""Activations: rectifiers, exponential units, softmax and the sigmoids."""
import numpy as np

from conformance.apis.k.language import UNKNOWN, k
from conformance.case import given, normal, uniform
from conformance.oracle import nn

# Both sides of every kink used below, and nothing on a kink.
WIDE = dict(low=-3.0, high=3.0)


def element_by_element(f, oracle, **arguments):
    """The promises that all activations but softmax share."""
    def case(variant, x, **options):
        f.case(variant, x=x, oracle=oracle, **arguments, **options)

    f.promise("a tensor of any rank is taken element by element", at=f.name + ": x")
    case("0d", given(-0.8))
    case("1d", uniform(6, low=-4, high=4))
    case("4d", uniform(2, 3, 4, 5, low=-4, high=4))
    case("inner-unknown", uniform(2, 3, 4, low=-4, high=4).unknown(0, 2), ways=UNKNOWN)
    f.promise("the result keeps the dtype of a float tensor", at=f.name + ": NumPy implementation")
    case("float16", uniform(3, 4, dtype="float16", **WIDE))
    case("float64", uniform(3, 4, dtype="float64", **WIDE))


def static_shape(f):
    """What K.int_shape tells of an activation whose batch is not known yet."""
    f.promise("int_shape tells the lengths of the tensor, with None for an unknown length",
              at="int_shape: returns")
    source = f"x = K.placeholder((None, 4, 5))\nresult = K.int_shape(K.{f.name}(x))"
    f.case("int-shape", source, want=(None, 4, 5))


def softsign(x):
    """`x / (1 + abs(x))`."""
    return x / (1 + np.abs(x))


with k.function("relu", area="activation") as f:
    def bent(variant, **arguments):
        """A case with these arguments, on both sides of each kink."""
        f.case(variant, x=uniform(4, 7, **WIDE), oracle=nn.relu, **arguments)

    f.promise("without arguments, a negative element becomes 0 and other elements stay", at="relu: summary")
    bent("default")
    f.case("extremes", x=given([[1e30, -1e30, 1e-30, -1e-30]]), want=np.array([[1e30, 0.0, 1e-30, 0.0]]))
    bent("explicit-defaults", alpha=0.0, max_value=None, threshold=0.0)
    f.promise("alpha is the slope below the threshold, and may be any number", at="relu: alpha")
    bent("alpha", alpha=0.3)
    bent("alpha-negative", alpha=-0.4)
    bent("alpha-above-one", alpha=2.5)
    bent("alpha-integer-one", alpha=1)
    f.case("alpha-extremes", x=given([[1e30, -1e30]]), alpha=0.5, want=np.array([[1e30, -5e29]]))
    f.promise("an element from max_value on becomes max_value", at="relu: max_value")
    bent("max-value", max_value=1.25)
    bent("max-value-integer", max_value=2)
    bent("max-value-zero", max_value=0.0)
    bent("alpha-max-value", alpha=0.2, max_value=1.5)
    bent("alpha-negative-max-value", alpha=-0.6, max_value=1.1)
    f.case("at-max-value", "K.relu(x, max_value=2.)", x=given([[2.0, 2.5, 1.5]]),
           want=np.array([[2.0, 2.0, 1.5]]))
    # Engines have a ready-made operation for a maximum of six.
    f.case("max-value-six", x=uniform(4, 7, low=-3, high=12), max_value=6, oracle=nn.relu)
    f.case("max-value-six-alpha", "K.relu(x, alpha=0.1, max_value=6.)", x=uniform(4, 7, low=-12, high=12),
           oracle=lambda x: nn.relu(x, 0.1, 6))
    f.case("max-value-six-threshold", "K.relu(x, max_value=6, threshold=2.)",
           x=uniform(4, 7, low=-3, high=12),
           oracle=lambda x: nn.relu(x, 0, 6, 2))
    f.promise("an element from the threshold on stays as it is, up to max_value", at="relu: threshold")
    bent("threshold", threshold=0.7)
    bent("threshold-integer", threshold=1)
    bent("threshold-negative", threshold=-0.9)
    bent("max-value-threshold", max_value=2.1, threshold=0.6)
    f.case("at-threshold", x=given([[0.5, 0.25, 0.75]]), threshold=0.5, want=np.array([[0.5, 0.0, 0.75]]))
    f.promise("below the threshold, alpha times the distance from the threshold is the result",
              at="relu: summary")
    bent("alpha-threshold", alpha=0.25, threshold=0.8)
    bent("alpha-threshold-negative", alpha=0.35, threshold=-1.2)
    bent("all", alpha=0.15, max_value=1.9, threshold=0.5)
    bent("all-integer", alpha=3, max_value=2, threshold=1)
    f.case("below-threshold-is-shifted", "K.relu(x, alpha=0.5, threshold=2.)",
           x=given([[1.0, -1.0, -3.0, 3.0]]),
           want=np.array([[-0.5, -1.5, -2.5, 3.0]]))
    f.promise("alpha, max_value and threshold stand in this order", at="relu: summary")
    f.case("positional", "K.relu(x, 0.2, 1.5, 0.4)", x=uniform(4, 7, **WIDE),
           oracle=lambda x: nn.relu(x, 0.2, 1.5, 0.4))
    element_by_element(f, nn.relu, alpha=0.3)
    f.case("threshold-float64", x=uniform(3, 4, dtype="float64", **WIDE), threshold=0.7, oracle=nn.relu)
    f.case("max-value-float64", x=uniform(3, 4, dtype="float64", **WIDE), max_value=1.1, oracle=nn.relu)
    f.case("max-value-float16", x=uniform(3, 4, dtype="float16", **WIDE), alpha=0.25, max_value=1.5,
           oracle=nn.relu)
    f.script("threshold-floatx-float64", """
        K.set_floatx('float64')
        result = K.eval(K.relu(K.variable(x), alpha=0.3, max_value=1.7, threshold=0.7))
        dtype = result.dtype.name
        """, x=uniform(3, 4, dtype="float64", **WIDE), names=("result", "dtype"),
             oracle=lambda x: {"result": nn.relu(x, 0.3, 1.7, 0.7), "dtype": "float64"})
    # The formula keeps the element; the NumPy implementation clips it at 0.
    f.silent("what becomes of an element between a negative threshold and 0 when max_value is given",
             at="relu: summary")
    f.case("threshold-negative-max-value", "K.relu(x, max_value=1., threshold=-1.)",
           x=given([[-0.5, 0.5, 3.0, -2.0]]),
           want=np.array([[-0.5, 0.5, 1.0, 0.0]]))
    static_shape(f)


with k.function("elu", area="activation") as f:
    element_by_element(f, nn.elu)
    f.promise("elu is x above zero and exp(x) - 1 below it", at="elu: summary")
    f.case("default", x=uniform(4, 7, **WIDE), oracle=nn.elu)
    f.promise("alpha scales the result below zero, and may be any number", at="elu: alpha")
    f.case("alpha", x=uniform(4, 7, **WIDE), alpha=0.3, oracle=nn.elu)
    f.case("alpha-above-one", "K.elu(x, 1.7)", x=uniform(4, 7, **WIDE), oracle=lambda x: nn.elu(x, 1.7))
    f.case("alpha-integer", x=uniform(4, 7, **WIDE), alpha=2, oracle=nn.elu)
    f.case("alpha-negative", x=uniform(4, 7, **WIDE), alpha=-0.5, oracle=nn.elu)
    f.case("alpha-zero", "K.elu(x, alpha=0.)", x=uniform(4, 7, **WIDE), oracle=lambda x: nn.elu(x, 0.0))
    f.case("alpha-4d", x=uniform(2, 3, 4, 5, **WIDE), alpha=0.6, oracle=nn.elu)
    f.case("alpha-float64", x=uniform(4, 7, dtype="float64", **WIDE), alpha=0.3, oracle=nn.elu)
    f.promise("elu falls to -alpha far below zero, and does not overflow far above it", at="elu: alpha")
    f.case("saturates", x=given([[-200.0, -5000.0, 0.0, 200.0, 5000.0]]), alpha=1.5,
           want=np.array([[-1.5, -1.5, 0.0, 200.0, 5000.0]]))
    f.case("saturates-default", x=given([[-200.0, -5000.0, 0.0, 200.0]]),
           want=np.array([[-1.0, -1.0, 0.0, 200.0]]))
    static_shape(f)


with k.function("softmax", area="activation") as f:
    def along(variant, *shape, **arguments):
        f.case(variant, x=normal(*shape), oracle=nn.softmax, **arguments)

    def placed(axis):
        """The oracle of a call that gives its axis in source text."""
        return lambda x: nn.softmax(x, axis)

    f.promise("without an axis, the last axis is taken", at="softmax: axis")
    along("default", 4, 7)
    along("1d", 6)
    along("3d", 2, 3, 4)
    along("4d", 2, 3, 4, 5)
    f.case("inner-unknown", x=normal(2, 3, 4, 5).unknown(0, 1, 2), oracle=nn.softmax, ways=UNKNOWN)
    f.promise("softmax of a matrix takes each row for itself",
              at="backends page: Using the abstract Keras backend to write new code")
    f.case("example", b=uniform(3, 4), oracle=nn.softmax, profile="examples")
    f.promise("axis is the axis along which the results add up to 1", at="softmax: axis")
    along("axis0-2d", 3, 4, axis=0)
    along("axis1-2d", 3, 4, axis=1)
    for axis in (0, 1, 2):
        along(f"axis{axis}-3d", 2, 3, 4, axis=axis)
    for axis in (0, 1, 2, 3):
        f.case(f"axis{axis}-4d", f"K.softmax(x, {axis})", x=normal(2, 3, 4, 5), oracle=placed(axis))
    along("axis2-5d", 2, 3, 4, 2, 3, axis=2)
    f.promise("a negative axis counts from the last", at="softmax: axis")
    for axis in (-1, -2, -3):
        along(f"axis{axis}-3d", 2, 3, 4, axis=axis)
    for axis in (-2, -3):
        f.case(f"axis{axis}-4d", f"K.softmax(x, {axis})", x=normal(2, 3, 4, 5), oracle=placed(axis))
    f.case("axis-inner-unknown", x=normal(2, 3, 4).unknown(0, 1, 2), axis=-2, oracle=nn.softmax, ways=UNKNOWN)
    f.promise("large inputs of either sign do not overflow", at="softmax: summary")
    f.case("large", x=given([[1000.0, 1001.0, 999.5], [-1000.0, -1002.0, -1000.5]]), oracle=nn.softmax)
    f.case("axis1-3d-large", x=normal(2, 3, 4, scale=1000.0), axis=1, oracle=nn.softmax)
    f.case("axis0-2d-large", x=given([[1000.0, 5.0], [1001.0, -900.0]]), axis=0, oracle=nn.softmax)
    f.case("far-apart", x=given([[3e4, -3e4, 0.0]]), want=np.array([[1.0, 0.0, 0.0]]))
    f.promise("softmax of a single element is 1", at="softmax: summary")
    f.case("one-class", x=normal(3, 1), oracle=np.ones_like)
    f.promise("the result keeps the dtype of a float tensor", at="softmax: NumPy implementation")
    f.case("float16", x=normal(3, 4, dtype="float16"), oracle=nn.softmax)
    f.case("float64", x=normal(3, 4, dtype="float64"), oracle=nn.softmax)
    f.case("axis1-3d-float64", x=normal(2, 3, 4, dtype="float64"), axis=1, oracle=nn.softmax)
    static_shape(f)


with k.function("softplus", area="activation") as f:
    element_by_element(f, nn.softplus)
    f.promise("softplus is log(1 + exp(x))", at="softplus: summary")
    f.case("default", x=uniform(4, 7, low=-5, high=5), oracle=nn.softplus)
    f.promise("softplus is x for a large x, and does not overflow", at="softplus: summary")
    f.case("large", x=given([[100.0, 1000.0, 5e4]]), want=np.array([[100.0, 1000.0, 5e4]]))
    f.promise("softplus vanishes for a very negative x, and keeps its digits on the way",
              at="softplus: summary")
    f.case("vanishes", x=given([[-1000.0, -5e4, -15.0, 0.5]]), oracle=nn.softplus)
    static_shape(f)


with k.function("softsign", area="activation") as f:
    element_by_element(f, softsign)
    f.promise("softsign is x / (1 + abs(x))", at="softsign: summary")
    f.case("default", x=uniform(4, 7, low=-5, high=5), oracle=softsign)
    f.promise("softsign reaches 1 and -1 for a very large x", at="softsign: summary")
    f.case("saturates", x=given([[1e30, -1e30, 0.0]]), want=np.array([[1.0, -1.0, 0.0]]))
    static_shape(f)


with k.function("tanh", area="activation") as f:
    element_by_element(f, np.tanh)
    f.promise("tanh is the hyperbolic tangent, near zero too", at="tanh: summary")
    f.case("default", x=uniform(4, 7, **WIDE), oracle=np.tanh)
    f.case("small", x=given([[1e-3, -2e-3, 3e-3, 4e-3]]), oracle=np.tanh)
    f.promise("tanh reaches 1 and -1 for a large x, and does not overflow", at="tanh: summary")
    f.case("saturates", x=given([[50.0, -50.0, 1e30, -1e30, 0.0]]),
           want=np.array([[1.0, -1.0, 1.0, -1.0, 0.0]]))
    static_shape(f)


with k.function("sigmoid", area="activation") as f:
    element_by_element(f, nn.sigmoid)
    f.promise("sigmoid is 1 / (1 + exp(-x))", at="sigmoid: summary")
    f.case("default", x=uniform(4, 7, low=-5, high=5), oracle=nn.sigmoid)
    f.case("very-negative", x=given([[-8.0, -10.0, -9.0, -8.5]]), oracle=nn.sigmoid)
    f.promise("sigmoid reaches 1 and 0 for a large x, and does not overflow", at="sigmoid: summary")
    f.case("saturates", x=given([[100.0, -100.0, 5e4, -5e4, 0.0]]),
           want=np.array([[1.0, 0.0, 1.0, 0.0, 0.5]]))
    static_shape(f)


with k.function("hard_sigmoid", area="activation") as f:
    element_by_element(f, nn.hard_sigmoid)
    f.promise("three straight pieces stand for the sigmoid", at="hard_sigmoid: summary")
    f.case("default", x=uniform(4, 7, low=-5, high=5), oracle=nn.hard_sigmoid)
    f.promise("between -2.5 and 2.5, the result is 0.2 * x + 0.5", at="hard_sigmoid: summary")
    f.case("inside", x=uniform(4, 7, low=-2.5, high=2.5), oracle=lambda x: 0.2 * x + 0.5)
    f.case("edges", x=given([[-2.6, -2.5, -2.4, 0.0, 2.4, 2.5, 2.6]]),
           want=np.array([[0.0, 0.0, 0.02, 0.5, 0.98, 1.0, 1.0]]))
    f.promise("the result is 0 below -2.5 and 1 above 2.5", at="hard_sigmoid: summary")
    f.case("saturates", x=given([[-100.0, 100.0, -1e30, 1e30]]), want=np.array([[0.0, 1.0, 0.0, 1.0]]))
    static_shape(f)

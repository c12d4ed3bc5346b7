"""Reductions: what is left of a tensor along some of its axes, or all of them."""
import numpy as np

from conformance.apis.k.language import k
from conformance.case import bools, distinct, given, ints, normal, uniform
from conformance.oracle import reduction as oracle

# What no float32 tells apart shows whether float64 is kept all the way.
CLOSE = given([[1.0, 1.0 + 1e-12, 1.0 - 1e-12], [2.0 - 1e-12, 2.0, 2.0 + 1e-12]], "float64")
INTS = given([[1, 2, 4], [7, 0, 4]], "int32")
BOOLS = given([[True, False, True], [False, False, False]], "bool")
# A bool per element, zeros and ones in every line: an axis that is ignored or another axis shows.
BITS = np.array([[[1, 0, 1, 1], [0, 0, 0, 0], [1, 1, 1, 1]],
                 [[0, 1, 0, 0], [0, 0, 0, 0], [1, 1, 0, 1]]], bool)


def along_axes(f, oracle, draw):
    """The promises that every reduction of numbers shares; `draw(*shape)` makes its input."""
    def case(variant, *shape, unknown=(0,), **arguments):
        f.case(variant, a=draw(*shape).unknown(*unknown), oracle=oracle, **arguments)

    f.promise("without an axis, all axes are reduced", at=f.name + ": axis")
    case("1d", 5)
    case("all-axes", 2, 3, 4)
    f.promise("axis is an integer, and a negative axis counts from the last", at=f.name + ": axis")
    case("axis-first", 4, 3, axis=0)
    case("axis-last", 2, 3, 4, axis=-1)
    case("axis-middle", 2, 3, 4, axis=1)
    case("4d-several-unknown", 2, 3, 5, 4, unknown=(0, 1, 2), axis=2)
    f.promise("axis may be a list of axes, all of which are reduced", at=f.name + ": axis")
    case("axes-list", 2, 3, 4, axis=[0, 2])
    case("axes-negative-list", 3, 2, 4, 5, axis=[-1, 1])
    f.promise("keepdims keeps the reduced axes, with length 1", at=f.name + ": keepdims")
    case("keepdims-all-axes", 2, 3, 4, keepdims=True)
    case("axis-negative-keepdims", 2, 3, 4, axis=-2, keepdims=True)
    case("axis-first-keepdims", 4, 3, 2, axis=0, keepdims=True)
    case("axes-first-listed-keepdims", 4, 3, 2, axis=[0], keepdims=True)
    case("axes-list-keepdims", 2, 3, 4, 5, axis=[1, 2], keepdims=True)


def static_shape(f):
    """What K.int_shape tells of a reduction whose batch is not known yet."""
    f.promise("int_shape tells the length of each axis that is left, before anything is fed",
              at="int_shape: returns")
    start = "x = K.placeholder((None, 4, 5))\n"
    f.case("int-shape", f"{start}result = K.int_shape(K.{f.name}(x, axis=1))", want=(None, 5))
    if not f.name.startswith("arg"):
        f.case("int-shape-keepdims", f"{start}result = K.int_shape(K.{f.name}(x, axis=-1, keepdims=True))",
               want=(None, 4, 1))


def spread(f, oracle):
    """The promises that `var` and `std` share."""
    along_axes(f, oracle, lambda *shape: uniform(*shape, low=1, high=9))
    f.promise("the squares are averaged over all elements, as for a whole population",
              at=f.name + ": NumPy implementation")
    f.case("two-elements", a=given([1.0, 3.0]),
           oracle=oracle)  # both are 1; the variance of a sample would be 2
    f.case("one-element", a=given([[3.5], [-2.5]]), axis=1, oracle=oracle)
    f.promise("the distances are taken from the mean, which costs no digits far from zero",
              at=f.name + ": summary")
    # Where the square of the mean is subtracted from the mean square, it drowns the result.
    # The mean is rounded by 6e-5 at most, whose square is 1e-8 of the variance.
    f.case("far-from-zero", a=uniform(3, 50, low=2000, high=2002), axis=1, oracle=oracle)
    f.case("constant", a=given([[0.1, 0.1, 0.1, 0.1], [3.0, 5.0, 3.0, 5.0]]), axis=1, oracle=oracle)
    f.promise("float64 is reduced in float64", at=f.name + ": NumPy implementation")
    f.case("float64", a=uniform(3, 4, low=0.5, high=2, dtype="float64"), axis=1, oracle=oracle)
    f.promise("bools are taken for zeros and ones, and the result is a fraction", at=f.name + ": returns")
    f.case("bool", a=BOOLS, axis=1, oracle=oracle, result_dtype=None)
    static_shape(f)


def of_truths(f, oracle):
    """The promises that `any` and `all` share."""
    def case(variant, value, dtype="bool", **arguments):
        f.case(variant, a=given(value, dtype), oracle=oracle, **arguments)

    f.promise("without an axis, all axes are reduced", at=f.name + ": axis")
    case("all-axes", BITS)
    case("true", [True, True, True])
    case("false", [False, False])
    f.promise("axis is an integer, and a negative axis counts from the last", at=f.name + ": axis")
    case("axis-first", BITS, axis=0)
    case("axis-last", BITS, axis=-1)
    f.promise("axis may be a list of axes, all of which are reduced", at=f.name + ": axis")
    case("axes-list", BITS, axis=[0, 2])
    f.case("axes-negative-list-several-unknown", a=given(BITS, "bool").unknown(0, 1), axis=[-1, 0],
           oracle=oracle)
    f.promise("keepdims keeps the reduced axes, with length 1", at=f.name + ": keepdims")
    case("keepdims-all-axes", BITS, keepdims=True)
    case("axis-middle-keepdims", BITS, axis=1, keepdims=True)
    case("axis-first-keepdims", BITS, axis=0, keepdims=True)
    case("axes-list-keepdims", BITS, axis=[1, 2], keepdims=True)
    f.promise("the dtype of the result is uint8", at=f.name + ": returns")
    case("dtype-uint8", BITS[0], axis=1, result_dtype="uint8")
    f.promise("a number is true unless it is zero, and the result is 0 or 1", at=f.name + ": returns")
    case("ints", [[0, 2, 0], [3, 5, -7], [0, 0, 0], [256, 512, 1024]], "int32", axis=1)
    case("floats", [[0.5, 0.25, 2.0], [0.0, 0.5, 0.25], [0.0, 0.0, 0.0]], "float32", axis=1)
    # The sum of numbers that are not zero may be zero.
    case("floats-cancelling", [[1.5, -1.5], [0.0, 0.0], [0.0, -2.0], [-1.0, -1.0]], "float32", axis=-1)
    # Their product may be zero too: that of the three is below the smallest float32.
    case("floats-tiny", [[1e-20, 1e-20, 1e-20], [0.0, 1e-20, 0.0]], "float32", axis=-1)
    static_shape(f)


def places(f, function):
    """The promises that `argmax` and `argmin` share; `function` is NumPy's."""
    def oracle(a, axis=-1):
        return function(a, axis=axis)

    f.promise("without an axis, the last axis is searched", at=f.name + ": axis")
    f.case("1d", a=distinct(6), oracle=oracle)
    f.case("2d-default-axis", a=distinct(3, 5), oracle=oracle)
    f.case("3d-default-axis", a=distinct(2, 3, 4).unknown(0, 1), oracle=oracle)
    f.promise("axis is the axis that is searched, and a negative axis counts from the last",
              at=f.name + ": axis")
    f.case("axis-0", a=distinct(5, 3), axis=0, oracle=oracle)
    f.case("axis-1-of-3", a=distinct(2, 5, 3), axis=1, oracle=oracle)
    f.case("axis-negative", a=distinct(2, 5, 3), axis=-2, oracle=oracle)
    f.case("axis-negative-first", a=distinct(5, 2, 3), axis=-3, oracle=oracle)
    f.case("4d-axis-2", a=distinct(2, 3, 6, 4).unknown(0, 2), axis=2, oracle=oracle)
    f.promise("elements are compared in their own dtype", at=f.name + ": NumPy implementation")
    f.case("int32", a=distinct(3, 4, dtype="int32"), axis=0, oracle=oracle)
    f.case("float64-close", a=CLOSE, oracle=oracle)
    f.silent("which of several equal elements is meant", at=f.name + ": summary")
    f.case("ties", a=given([[1.0, 3.0, 3.0, 1.0], [2.0, 2.0, 2.0, 2.0]]), oracle=oracle)
    static_shape(f)


with k.function("sum", area="reduction") as f:
    along_axes(f, oracle.total, normal)
    f.promise("sum over axis 1 of a tensor leaves its other axes",
              at="backends page: Using the abstract Keras backend to write new code")
    f.case("axis-1", b=normal(3, 4, 5), axis=1, oracle=oracle.total, profile="examples")
    f.case("axis-1-2d", b=uniform(3, 4), axis=1, oracle=oracle.total, profile="examples")
    f.promise("axis and keepdims stand second and third among the arguments", at="sum: axis")
    f.case("positional", "K.sum(a, 1, True)", a=normal(2, 3, 4), oracle=lambda a: oracle.total(a, 1, True))
    f.promise("the values along an axis are added, however long the axis is", at="sum: summary")
    f.case("axis-of-length-1", a=normal(3, 1, 4), axis=1, oracle=oracle.total)
    f.case("0d", a=given(-2.5), oracle=oracle.total)
    f.promise("a list may name one axis, or axes of unknown length", at="sum: axis")
    f.case("axes-one-listed", a=normal(2, 3, 4), axis=[1], oracle=oracle.total)
    f.case("all-unknown", a=normal(2, 3, 4).unknown(0, 1, 2), axis=[0, 1], oracle=oracle.total)
    f.promise("a list of axes stays as its caller made it", at="sum: axis")
    f.case("axes-list-used-twice", "axes = [-1, 0]\nresult = [K.sum(a, axis=axes), K.sum(a, axis=axes)]",
           a=normal(2, 3, 4), oracle=lambda a: [oracle.total(a, axis=(0, 2))] * 2)
    f.silent("what an empty list of axes means", at="sum: axis")
    f.case("axes-empty", a=normal(2, 3), axis=[], oracle=lambda a, axis: a)
    f.promise("floats are added in their own dtype", at="sum: NumPy implementation")
    f.case("float64", a=uniform(3, 4, low=0.5, high=2, dtype="float64"), axis=1, oracle=oracle.total)
    f.case("float16", a=given([[0.5, 0.25, 8.0], [-3.0, 16.0, 1.5]], "float16"), axis=0, oracle=oracle.total)
    f.promise("integers are added exactly", at="sum: returns")
    f.case("int32", a=ints(3, 4, low=-5, high=6), axis=1, oracle=oracle.total)
    # Past 2**24 a float32 no longer holds every integer.
    f.case("int32-large", a=given([16777217, 16777216, 2], "int32"), oracle=oracle.total)
    static_shape(f)


with k.function("prod", area="reduction") as f:
    along_axes(f, oracle.product, lambda *shape: uniform(*shape, low=-1.5, high=1.5))
    f.promise("a zero among the values makes their product zero", at="prod: summary")
    f.case("zero", a=given([[2.0, 0.0, 3.0], [1.5, -2.0, 4.0]]), axis=1, oracle=oracle.product)
    f.promise("float64 is multiplied in float64", at="prod: NumPy implementation")
    f.case("float64", a=uniform(3, 4, low=0.5, high=2, dtype="float64"), axis=1, oracle=oracle.product)
    f.promise("integers are multiplied exactly", at="prod: returns")
    f.case("int32", a=ints(3, 4, low=-5, high=6), axis=1, oracle=oracle.product)
    f.case("int32-large", a=given([16777217, 1, 3], "int32"), oracle=oracle.product)
    static_shape(f)


with k.function("max", area="reduction") as f:
    along_axes(f, oracle.largest, distinct)
    f.promise("the result is an element of the tensor, whatever its sign", at="max: returns")
    f.case("negative", a=uniform(3, 4, low=-9, high=-1), axis=1, oracle=oracle.largest)
    f.case("0d", a=given(-2.5), oracle=oracle.largest)
    f.promise("a list may name every axis", at="max: axis")
    f.case("axes-all-listed", a=distinct(2, 3, 4), axis=[0, 1, 2], oracle=oracle.largest)
    f.promise("keepdims does not need a length that is known", at="max: keepdims")
    f.case("all-unknown-keepdims", a=distinct(2, 3, 4).unknown(0, 1, 2), axis=-1, keepdims=True,
           oracle=oracle.largest)
    f.promise("elements are compared in their own dtype", at="max: NumPy implementation")
    f.case("float64", a=CLOSE, axis=1, oracle=oracle.largest)
    f.case("int32", a=ints(3, 4, low=-5, high=6), axis=1, oracle=oracle.largest)
    f.case("int32-large", a=given([16777217, 16777216, -2147483647], "int32"), oracle=oracle.largest)
    static_shape(f)


with k.function("min", area="reduction") as f:
    along_axes(f, oracle.smallest, distinct)
    f.promise("the result is an element of the tensor, whatever its sign", at="min: returns")
    f.case("positive", a=uniform(3, 4, low=1, high=9), axis=1, oracle=oracle.smallest)
    f.promise("elements are compared in their own dtype", at="min: NumPy implementation")
    f.case("float64", a=CLOSE, axis=1, oracle=oracle.smallest)
    f.case("int32", a=ints(3, 4, low=-5, high=6), axis=1, oracle=oracle.smallest)
    f.case("int32-large", a=given([-16777217, -16777216, 2147483647], "int32"), oracle=oracle.smallest)
    static_shape(f)


with k.function("mean", area="reduction") as f:
    along_axes(f, oracle.mean, lambda *shape: uniform(*shape, low=-1, high=5))
    f.promise("a list may name distant axes, or every axis", at="mean: axis")
    f.case("5d", a=uniform(2, 3, 4, 1, 5, low=1, high=5), axis=[2, 4], oracle=oracle.mean)
    f.case("axes-all-listed-keepdims", a=uniform(2, 3, 4, low=1, high=5), axis=[0, 1, 2], keepdims=True,
           oracle=oracle.mean)
    f.promise("the mean of a number alone is that number", at="mean: summary")
    f.case("0d", a=given(-2.5), oracle=oracle.mean)
    f.promise("floats are averaged in their own dtype", at="mean: NumPy implementation")
    f.case("float64", a=uniform(3, 4, low=0.5, high=2, dtype="float64"), axis=1, oracle=oracle.mean)
    f.case("float16", a=given([[0.5, 0.25, 8.0], [-3.0, 16.0, 1.5]], "float16"), axis=0, oracle=oracle.mean)
    f.promise("the mean of integers is a fraction where they do not divide", at="mean: returns")
    f.case("int32", a=INTS, axis=1, oracle=oracle.mean, result_dtype=None)
    f.case("uint8", a=given([[200, 100, 250], [255, 254, 250]], "uint8"), axis=1, oracle=oracle.mean,
           result_dtype=None)
    f.promise("the mean of bools is the share of true elements, in the dtype of floatx", at="mean: returns")
    f.case("bool", a=BOOLS, axis=1, oracle=oracle.mean)
    f.case("bool-all-axes-keepdims", a=BOOLS, keepdims=True, oracle=oracle.mean)
    f.case("bools-random", a=bools(4, 5), axis=0, oracle=oracle.mean)
    f.script("bool-floatx-float64", """
        K.set_floatx('float64')
        x = K.mean(K.variable(np.array([True, False, False]), dtype='bool'))
        value, dtype = K.eval(x), K.dtype(x)
        """, want={"value": np.float64(1) / 3, "dtype": "float64"})
    static_shape(f)


with k.function("var", area="reduction") as f:
    spread(f, oracle.variance)


with k.function("std", area="reduction") as f:
    spread(f, oracle.deviation)


with k.function("logsumexp", area="reduction") as f:
    along_axes(f, oracle.logsumexp, lambda *shape: uniform(*shape, low=-3, high=3))
    f.promise("the logarithm undoes the exponential of a number alone", at="logsumexp: summary")
    f.case("0d", a=given(-2.5), oracle=oracle.logsumexp)
    # Where exp leaves float32, the plain formula gives inf or -inf.
    f.promise("large inputs do not overflow", at="logsumexp: summary")
    f.case("large", a=given([[1000.0, 999.0, 998.5], [800.0, -800.0, 0.0]]), axis=1, oracle=oracle.logsumexp)
    f.case("large-all-axes", a=given([[1e4, 1e4], [1e4, 9e3]]), oracle=oracle.logsumexp)
    f.case("large-axes-list-keepdims", a=uniform(2, 3, 4, low=400, high=404), axis=[0, 2], keepdims=True,
           oracle=oracle.logsumexp)
    f.promise("very negative inputs do not underflow", at="logsumexp: summary")
    f.case("very-negative", a=given([[-1000.0, -999.0, -998.5], [-200.0, -201.0, -5000.0]]), axis=1,
           oracle=oracle.logsumexp)
    # Each line has a maximum of its own: taking out the maximum of the whole tensor underflows.
    f.case("large-and-small-lines", a=given([[500.0, 501.0], [-500.0, -501.0], [0.5, 0.25]]), axis=-1,
           oracle=oracle.logsumexp)
    f.promise("float64 is reduced in float64", at="logsumexp: NumPy implementation")
    f.case("float64", a=uniform(3, 4, low=0.5, high=2, dtype="float64"), axis=1, oracle=oracle.logsumexp)
    static_shape(f)


with k.function("any", area="reduction") as f:
    of_truths(f, oracle.some)


with k.function("all", area="reduction") as f:
    of_truths(f, oracle.every)


with k.function("argmax", area="reduction") as f:
    places(f, np.argmax)


with k.function("argmin", area="reduction") as f:
    places(f, np.argmin)

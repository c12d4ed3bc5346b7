"""Functions of one element at a time: powers and roots, exponentials, rounding, clipping, sine and cosine."""
import numpy as np

from conformance.apis.k.language import ALL_WAYS, KNOWN, UNKNOWN, VARIABLE, k
from conformance.case import distinct, given, ints, normal, plain, uniform

# The functions here that take nothing but a tensor of any sign.
NO_ARGUMENTS = "K.square, K.sqrt, K.abs, K.sign, K.round, K.exp"


def static_shape(f, call=None):
    """What K.int_shape tells of a result before anything is evaluated."""
    f.promise("int_shape of the result is that of the tensor", at="int_shape: returns")
    source = f"K.int_shape({call or f'K.{f.name}(x)'})"
    f.case("int-shape", source, x=uniform(2, 3, 4), want=(2, 3, 4), ways=KNOWN)


def of_angles(f, oracle):
    """The promises that `sin` and `cos` share."""
    f.promise("each element is an angle in radians", at=f.name + ": summary")
    f.case("1d", a=given([0.0, np.pi / 6, -np.pi / 4, np.pi / 2, 2.5, -3.0]), oracle=oracle)
    f.case("3d-several-unknown", a=normal(2, 3, 4).unknown(0, 1, 2), oracle=oracle)
    f.case("0d", a=given(0.7), oracle=oracle)
    f.promise("an angle may be many turns away from zero", at=f.name + ": summary")
    f.case("beyond-a-turn", a=uniform(3, 4, low=-60, high=60), oracle=oracle)
    f.promise("the result keeps the dtype of a float tensor", at=f.name + ": returns")
    f.case("float64", a=normal(3, 2, dtype="float64"), oracle=oracle)
    f.case("float16", a=given([[0.5, -0.25, 1.5]], "float16"), oracle=oracle)
    f.promise("int_shape tells the lengths of the tensor, with None for an unknown length",
              at="int_shape: returns")
    source = f"x = K.placeholder((None, 4, 5))\nresult = K.int_shape(K.{f.name}(x))"
    f.case("int-shape", source, want=(None, 4, 5))


with k.function("abs", area="elementwise", profile="core") as f:
    f.promise("abs drops the sign of each element", at="abs: summary")
    f.case("2d", x=normal(2, 3), oracle=np.abs)
    f.case("3d", x=normal(2, 3, 4, scale=100.0), oracle=np.abs)
    f.case("zero", x=given([0.0, -0.5, 2.0, -3.5]), oracle=np.abs)
    f.case("mixed-signs", a=given([[-1e-30, 0.0, 2.5], [-3e30, 1.0, -0.5]]), oracle=np.abs, profile="full",
           ways=ALL_WAYS)
    f.case("infinite", a=given([-np.inf, -1.0]), oracle=np.abs, profile="full")
    f.promise("float64 and integers keep all of their digits", at="abs: returns")
    f.case("float64", x=normal(2, 3, dtype="float64"), oracle=np.abs, ways=UNKNOWN)
    f.case("int32-2d", x=ints(2, 5, low=-9, high=9), oracle=np.abs)
    f.case("int32", a=given([-16777217, 5, 0], "int32"), oracle=np.abs, profile="full")
    static_shape(f)


with k.function("sqrt", area="elementwise", profile="core") as f:
    f.promise("sqrt takes the square root of each element", at="sqrt: summary")
    f.case("2d", x=uniform(2, 3, high=9.0), oracle=np.sqrt)
    f.case("3d", x=uniform(2, 3, 4, low=0.01, high=100.0), oracle=np.sqrt, ways=UNKNOWN)
    f.case("zero", x=given([0.0, 1.0, 4.0, 0.0, 2.25]), oracle=np.sqrt, ways=UNKNOWN)
    f.case("0d", x=given(6.25), oracle=np.sqrt)
    f.case("infinite", a=given([np.inf, 1.0]), oracle=np.sqrt, profile="full")
    f.promise("roots of very large and very small numbers are as precise as other roots", at="sqrt: summary")
    f.case("large", x=given([1e30]), oracle=np.sqrt, ways=VARIABLE)
    f.case("small", x=given([1e-30, 4e-20]), oracle=np.sqrt, ways=VARIABLE)
    f.case("large-and-small", a=given([1e30, 1e-30, 4e-8, 1e10]), oracle=np.sqrt, profile="full")
    f.case("small-alone", a=given([4e-14, 1e-16, 9e-20]), oracle=np.sqrt, profile="full")
    f.promise("the root of a negative number is 0", at="sqrt: summary")
    f.case("negative-gives-zero", x=given([-4.0, 9.0, -1e-3, 0.25, -1e9]),
           oracle=lambda x: np.sqrt(np.maximum(x, 0)), ways=ALL_WAYS)
    f.case("0d-negative", a=given(-4.0), want=0.0, profile="full")
    f.case("float64", a=given([2.0, 3.0, -5.0], "float64"), oracle=lambda a: np.sqrt(np.maximum(a, 0)),
           profile="full")
    f.promise("the result keeps the dtype of a float tensor", at="sqrt: NumPy implementation")
    f.case("float64-2d", x=uniform(2, 3, high=9.0, dtype="float64"), oracle=np.sqrt, ways=VARIABLE)
    f.case("float16", x=uniform(2, 3, high=9.0, dtype="float16"), oracle=np.sqrt, ways=KNOWN)
    static_shape(f)


with k.function("square", area="elementwise", profile="core") as f:
    f.promise("square multiplies each element by itself", at="square: summary")
    f.case("2d", x=normal(2, 3), oracle=np.square)
    f.case("4d", x=normal(2, 3, 4, 2), oracle=np.square)
    f.case("0d", x=given(-1.5), oracle=np.square)
    f.case("negative", a=given([-3.0, 0.0, 1e-10, -1e15]), oracle=np.square, profile="full", ways=ALL_WAYS)
    f.promise("float64, float16 and integers are squared in their own dtype", at="square: returns")
    f.case("float64", x=normal(2, 3, dtype="float64"), oracle=np.square, ways=VARIABLE)
    f.case("float16", x=normal(2, 3, dtype="float16"), oracle=np.square)
    f.case("int32-2d", x=ints(2, 3, low=-9, high=9), oracle=np.square)
    f.case("int32", a=given([-46340, 4097, 3], "int32"), oracle=np.square, profile="full")
    f.promise("a function of elements returns another tensor and leaves its input as it is",
              at="square: returns")
    f.script("inputs-keep-their-values", f"""
        v = K.variable(a)
        results = [K.eval(f(v)) for f in ({NO_ARGUMENTS})] + [K.eval(K.clip(v, 0.4, 0.6))]
        count = len(results)
        kept = K.get_value(v)
        untouched = a
        """, a=uniform(2, 3), names=("count", "kept", "untouched"),
             oracle=lambda a: {"count": 7, "kept": a, "untouched": a})
    static_shape(f)


with k.function("pow", area="elementwise", profile="core") as f:
    f.promise("pow raises each element to the power of an integer", at="pow: a")
    f.case("2", "K.pow(x, 2)", x=normal(2, 3), oracle=lambda x: x ** 2)
    f.case("3-keeps-sign", "K.pow(x, 3)", x=normal(2, 3, 4), oracle=lambda x: x ** 3, ways=UNKNOWN)
    f.case("5-keyword", x=normal(2, 3), a=5, oracle=lambda x, a: x ** a, ways=UNKNOWN)
    f.case("0d", "K.pow(x, 4)", x=given(-1.5), oracle=lambda x: x ** 4, ways=KNOWN)
    f.promise("the power of 1 is the element, and the power of 0 is 1, for zero too", at="pow: a")
    f.case("1", "K.pow(x, 1)", x=normal(2, 3), oracle=lambda x: x, ways=UNKNOWN)
    f.case("0", "K.pow(x, 0)", x=normal(2, 3), oracle=np.ones_like, ways=ALL_WAYS)
    f.case("zero-to-the-zero", "K.pow(a, 0)", a=given([0.0, -2.0]), oracle=np.ones_like, profile="full")
    f.promise("a negative exponent gives the reciprocal of the power", at="pow: a")
    f.case("minus-2", "K.pow(x, -2)", x=normal(2, 3), oracle=lambda x: x ** -2.0, ways=VARIABLE)
    f.promise("float64 and integers are raised in their own dtype", at="pow: NumPy implementation")
    f.case("float64", "K.pow(x, 3)", x=normal(2, 3, dtype="float64"), oracle=lambda x: x ** 3, ways=VARIABLE)
    f.case("3-int32", "K.pow(x, 3)", x=ints(2, 3, low=-9, high=9), oracle=lambda x: x ** 3)
    f.case("int32", "K.pow(a, 2)", a=ints(3, 4, low=-9, high=10), oracle=lambda a: a ** 2, profile="full")
    f.silent("whether the exponent may be a fraction or a tensor", at="pow: a")
    f.case("fraction", "K.pow(x, 0.5)", x=uniform(2, 3, low=0.1, high=9.0), oracle=np.sqrt, ways=VARIABLE)
    f.case("tensor", "K.pow(x, y)", x=uniform(2, 3, low=0.5, high=2.0), y=normal(2, 3), oracle=np.power)
    static_shape(f, "K.pow(x, 2)")


with k.function("exp", area="elementwise", profile="core") as f:
    f.promise("exp raises e to the power of each element", at="exp: summary")
    f.case("2d", x=normal(2, 3), oracle=np.exp)
    f.case("3d", x=normal(2, 3, 4), oracle=np.exp)
    f.case("0d", x=given(1.5), oracle=np.exp)
    f.promise("exp is precise over the whole range in which float32 holds the result", at="exp: summary")
    f.case("wide-range", x=given([[-60.0, -10.0, -1e-6], [0.0, 1.0, 80.0]]).unknown(0, 1), oracle=np.exp)
    f.case("far-from-zero", "K.log(K.exp(a))", a=given([-80.0, 80.0, 40.0, -40.0, 0.5]), oracle=lambda a: a,
           profile="full", ways=ALL_WAYS)
    f.case("negative-large", a=given([-30.0, -31.0, -60.0]), oracle=np.exp, profile="full")
    f.promise("a result below the smallest float is 0", at="exp: summary")
    f.case("negative-underflow", x=given([-200.0, -1e4]), want=np.array([0.0, 0.0]), ways=UNKNOWN)
    f.promise("the result keeps the dtype of a float tensor", at="exp: returns")
    f.case("float64-2d", x=normal(2, 3, dtype="float64"), oracle=np.exp)
    f.case("float16", x=normal(2, 3, dtype="float16"), oracle=np.exp)
    f.case("float64", a=given([100.0, 99.0, 101.0], "float64"), oracle=np.exp, profile="full")
    static_shape(f)


with k.function("log", area="elementwise", profile="core") as f:
    f.promise("log takes the natural logarithm of each element", at="log: summary")
    f.case("2d", x=uniform(2, 3, low=0.1, high=9.0), oracle=np.log)
    f.case("3d", x=uniform(2, 3, 4, low=1e-3, high=1.0), oracle=np.log)
    f.case("0d", x=given(1.5), oracle=np.log, ways=KNOWN)
    f.case("undoes-exp", "K.log(K.exp(x))", x=normal(2, 3), oracle=lambda x: x, ways=UNKNOWN)
    f.promise("log is precise near 1 and far from it", at="log: summary")
    f.case("near-one", a=given([1.0 + 2.0 ** -10, 1.0 - 2.0 ** -10]), oracle=np.log, profile="full")
    f.case("wide-range", x=given([[1e-30, 1e-7, 0.5], [1.0, 2.0, 1e30]]), oracle=np.log)
    f.case("far-from-one", a=given([1e30, 1e-30, 1e-9, 1.0]), oracle=np.log, profile="full", ways=ALL_WAYS)
    f.promise("the result keeps the dtype of a float tensor", at="log: returns")
    f.case("float64-2d", x=uniform(2, 3, low=0.1, high=9.0, dtype="float64"), oracle=np.log)
    f.case("float16", x=uniform(2, 3, low=0.1, high=0.8, dtype="float16"), oracle=np.log, ways=UNKNOWN)
    f.case("float64", a=given([2.0, 10.0, 1e-5], "float64"), oracle=np.log, profile="full")
    f.case("float64-tiny", a=given([1e-200, 1e-5], "float64"), oracle=np.log, profile="full")
    f.silent("what the logarithm of 0 or of a negative number is", at="log: summary")
    f.case("of-zero", a=given([0.0, 1.0]), want=np.array([-np.inf, 0.0]), profile="full")
    f.case("of-negative", a=given([-1.0, 1.0]), want=np.array([np.nan, 0.0]), profile="full")
    static_shape(f)


with k.function("round", area="elementwise", profile="core") as f:
    f.promise("round gives the integer that is closest to each element", at="round: summary")
    f.case("2d", x=uniform(3, 4, low=-5.0, high=5.0), oracle=np.round)
    f.case("negative", x=given([-0.75, -1.25, -2.6, -0.4, -1.9]),
           want=np.array([-1.0, -1.0, -3.0, 0.0, -2.0]),
           ways=KNOWN)
    f.case("closest", a=given([[2.4, 2.6, -2.4], [-2.6, 0.49, 6.51]]),
           want=np.array([[2.0, 3.0, -2.0], [-3.0, 0.0, 7.0]]), profile="full")
    f.promise("an integer stays as it is", at="round: summary")
    f.case("whole-numbers", x=distinct(3, 4), oracle=lambda x: x, ways=KNOWN)
    f.case("large", a=given([8388609.0, 16777218.0, -12345678.0]), oracle=lambda a: a, profile="full")
    f.promise("halfway between two integers, the even integer is taken", at="round: summary")
    f.case("tie-half-to-even", x=given([0.5, 1.5, 2.5, 3.5, 4.5]), want=np.array([0.0, 2.0, 2.0, 4.0, 4.0]),
           ways=ALL_WAYS)
    f.case("tie-half-to-even-negative", x=given([-0.5, -1.5, -2.5, -3.5]),
           want=np.array([0.0, -2.0, -2.0, -4.0]),
           ways=UNKNOWN)
    f.case("0d", a=given(-3.5), want=np.float64(-4.0), profile="full")
    f.promise("float64 is rounded as float64", at="round: returns")
    f.case("float64-large", x=given([1e10 + 0.75, -2.51], "float64"), want=np.array([1e10 + 1, -3.0]))
    f.case("float64", a=given([2.5 - 1e-12, 2.5 + 1e-12, 2.5], "float64"), want=np.array([2.0, 3.0, 2.0]),
           profile="full")
    static_shape(f)


with k.function("sign", area="elementwise", profile="core") as f:
    f.promise("sign is 1 for a positive element and -1 for a negative element", at="sign: summary")
    f.case("2d", x=normal(2, 3), oracle=np.sign)
    f.case("3d-small-and-large", x=given([[[1e-6, -1e-6], [1e6, -1e6]], [[3.0, -0.5], [0.25, -7.0]]]),
           oracle=np.sign, ways=VARIABLE)
    f.case("nonzero", a=given([[2.5, -0.1], [1e-30, -1e30]]), want=np.array([[1.0, -1.0], [1.0, -1.0]]),
           profile="full", ways=ALL_WAYS)
    f.promise("sign is 0 for zero", at="sign: summary")
    f.case("zero-is-zero", x=given([0.0, 2.0, -2.0, 0.0]), oracle=np.sign)
    f.promise("float64 and integers have a sign of their own dtype", at="sign: returns")
    f.case("float64", x=normal(2, 3, dtype="float64"), oracle=np.sign)
    f.case("int32", a=given([-7, 0, 9], "int32"), want=np.array([-1, 0, 1]), profile="full")
    static_shape(f)


with k.function("clip", area="elementwise", profile="core") as f:
    # The inputs reach beyond both bounds, which are not symmetric.
    f.promise("an element beyond a bound becomes the bound, and other elements stay", at="clip: summary")
    f.case("2d", "K.clip(x, -0.5, 1.25)", x=normal(4, 5), oracle=lambda x: np.clip(x, -0.5, 1.25))
    f.case("at-the-bounds", "K.clip(a, -1.5, 2)", a=given([-1.5, 2.0, -1.6, 2.1, 0.3, -99.0, 99.0]),
           oracle=lambda a: np.clip(a, -1.5, 2), profile="full", ways=ALL_WAYS)
    f.case("infinite", "K.clip(a, -1.5, 2.5)", a=given([np.inf, -np.inf, 0.5]),
           want=np.array([2.5, -1.5, 0.5]),
           profile="full")
    f.case("0d", "K.clip(x, -1., 1.)", x=given(2.5), want=np.array(1.0))
    f.promise("each bound is a Python float or integer, of any sign", at="clip: min_value")
    f.case("3d-keywords", x=normal(2, 3, 4), min_value=0.2, max_value=0.7,
           oracle=lambda x, min_value, max_value: np.clip(x, min_value, max_value))
    f.case("integers", "K.clip(x, -1, 2)", x=normal(4, 5, scale=3.0), oracle=lambda x: np.clip(x, -1, 2),
           ways=UNKNOWN)
    f.case("integer-and-float", "K.clip(x, 0, 0.75)", x=normal(4, 5), oracle=lambda x: np.clip(x, 0, 0.75))
    f.case("maximum-zero", "K.clip(x, -1.25, 0)", x=normal(4, 5), oracle=lambda x: np.clip(x, -1.25, 0))
    f.case("maximum-zero-float", "K.clip(x, -0.5, 0.)", x=normal(4, 5),
           oracle=lambda x: np.clip(x, -0.5, 0))
    f.case("both-negative-fractions", "K.clip(x, -1.5, -0.5)", x=normal(4, 5),
           oracle=lambda x: np.clip(x, -1.5, -0.5))
    f.case("both-negative", "K.clip(a, -3, -1)", a=given([-4.0, -2.0, 0.0, 5.0]),
           oracle=lambda a: np.clip(a, -3, -1),
           profile="full")
    f.case("at-epsilon", "K.clip(x, K.epsilon(), 1. - K.epsilon())",
           x=given([[0.0, 1.0, 0.5], [1e-9, 2.0, -1.0]]),
           oracle=lambda x: np.clip(x, 1e-7, 1 - 1e-7), ways=VARIABLE)
    f.promise("two equal bounds leave one value", at="clip: summary")
    f.case("equal-bounds", "K.clip(x, 0.3, 0.3)", x=normal(2, 3), oracle=lambda x: np.clip(x, 0.3, 0.3),
           ways=VARIABLE)
    f.promise("each bound may be a tensor", at="clip: min_value")
    f.case("tensor-bounds", "K.clip(x, low, high)", x=normal(4, 3), low=given([[-1.0, -0.2, 0.1]] * 4),
           high=given([[0.3, 0.6, 0.9]] * 4), oracle=np.clip)
    f.case("tensor-bounds-3d", "K.clip(a, low, high)", a=normal(2, 3, 4, scale=2.0),
           low=uniform(2, 3, 4, low=-2, high=-0.5), high=uniform(2, 3, 4, low=0.5, high=2), oracle=np.clip,
           profile="full")
    f.case("tensor-bounds-0d", "K.clip(x, K.variable(low), K.variable(high))", x=normal(4, 3),
           low=plain(-0.4),
           high=plain(0.6), oracle=np.clip, ways=UNKNOWN)
    f.case("tensor-low-float-high", "K.clip(x, K.variable(low), 0.6)", x=normal(4, 3), low=plain(-0.4),
           oracle=lambda x, low: np.clip(x, low, 0.6), ways=UNKNOWN)
    f.promise("a bound that is infinite or None does not bound", at="clip: max_value")
    f.case("infinite-high", "K.clip(x, 0.25, np.inf)", x=normal(4, 3), oracle=lambda x: np.maximum(x, 0.25),
           ways=VARIABLE)
    f.case("no-minimum", "K.clip(a, None, 1.5)", a=given([-4.0, 0.5, 5.0]),
           oracle=lambda a: np.minimum(a, 1.5),
           profile="full")
    f.case("no-maximum", "K.clip(a, -1.5, None)", a=given([-4.0, 0.5, 5.0]),
           oracle=lambda a: np.maximum(a, -1.5),
           profile="full")
    f.promise("float64, float16 and integers are clipped in their own dtype", at="clip: NumPy implementation")
    f.case("float64-2d", "K.clip(x, -0.1, 0.9)", x=normal(4, 5, dtype="float64"),
           oracle=lambda x: np.clip(x, -0.1, 0.9))
    f.case("float64", "K.clip(a, 0, 1)", a=given([-1e-12, 1.0 - 1e-12, 1.5], "float64"),
           oracle=lambda a: np.clip(a, 0, 1), profile="full")
    f.case("float16", "K.clip(x, -0.5, 0.75)", x=normal(4, 5, dtype="float16"),
           oracle=lambda x: np.clip(x, -0.5, 0.75))
    f.case("int32", "K.clip(x, -2, 3)", x=ints(4, 5, low=-9, high=9), oracle=lambda x: np.clip(x, -2, 3),
           ways=UNKNOWN)
    f.silent("what a maximum below the minimum means", at="clip: max_value")
    f.case("crossed-bounds", "K.clip(x, 0.5, -0.5)", x=normal(2, 3), oracle=lambda x: np.full(x.shape, 0.5),
           ways=UNKNOWN)
    static_shape(f, "K.clip(x, 0., 1.)")


with k.function("sin", area="elementwise") as f:
    of_angles(f, np.sin)
    f.promise("the sine of the opposite angle is the opposite sine", at="sin: summary")
    f.case("odd", "K.sin(a) + K.sin(-a)", a=normal(3, 4), oracle=lambda a: a * 0)


with k.function("cos", area="elementwise") as f:
    of_angles(f, np.cos)
    f.promise("the squares of sine and cosine add up to 1", at="cos: summary")
    f.case("sum-of-squares", "K.square(K.sin(a)) + K.square(K.cos(a))", a=normal(3, 4),
           oracle=lambda a: a * 0 + 1)

"""Comparisons, element by element: truths of two tensors, and the larger or smaller of two elements."""
import numpy as np

from conformance.apis.k.language import ALL_WAYS, KNOWN, UNKNOWN, VARIABLE, k, weight
from conformance.case import bools, distinct, given, ints, normal, plain, uniform


def few(*shape):
    """Floats of three values, so that all three relations occur."""
    return ints(*shape, low=-1, high=2, dtype="float32")


def of_pairs(f, oracle, profile="full"):
    """The promises that all functions here share."""
    def case(variant, a, b):
        f.case(variant, a=a, b=b, oracle=oracle, profile=profile)

    f.promise("each element of x is compared with the element of y at the same place",
              at=f.name + ": summary")
    case("2d", few(4, 5), few(4, 5))
    case("3d-several-unknown", few(2, 3, 4).unknown(0, 1), few(2, 3, 4).unknown(0, 1))
    f.case("same-tensor", f"K.{f.name}(a, a)", a=normal(2, 3), oracle=lambda a: oracle(a, a), profile=profile)
    f.promise("an axis of length 1, or one that is missing in front, is repeated", at=f.name + ": summary")
    case("broadcast-row", few(4, 5), few(5).unknown())
    case("broadcast-column", few(4, 1), few(4, 6))
    case("broadcast-both", few(3, 1, 4), few(3, 5, 1))
    case("broadcast-0d", few(3, 4), given(0.0))
    f.promise("elements are compared in their own dtype", at=f.name + ": NumPy implementation")
    # float32 does not tell these numbers apart.
    case("int32", given([[16777217, -3, 4], [5, 0, 7]], "int32"),
         given([[16777216, 3, 4], [5, -1, 8]], "int32"))
    case("float64-close", given([1.0, 1.0 + 1e-12, 1.0 - 1e-12, -2.0], "float64"),
         given([1.0, 1.0, 1.0, -2.0 - 1e-12], "float64"))


def truth(f, oracle):
    """The promises of a function that says whether a relation holds."""
    of_pairs(f, oracle)
    if f.name in ("equal", "not_equal"):
        f.promise("bools are compared as well", at=f.name + ": summary")
        f.case("bools", a=bools(3, 7), b=bools(3, 7), oracle=oracle)
    f.promise("the dtype of the result is bool", at=f.name + ": returns")
    f.case("dtype-bool", a=given([[1.5, 2.0, -3.0]]), b=given([[1.5, 3.0, -4.0]]), oracle=oracle,
           result_dtype="bool")
    f.promise("cast makes zeros and ones of the result, which can be counted", at=f.name + ": returns")
    f.case("counted", f"K.sum(K.cast(K.{f.name}(a, b), 'float32'), axis=0)",
           a=ints(4, 5, low=0, high=3, dtype="float32"), b=ints(4, 5, low=0, high=3, dtype="float32"),
           oracle=lambda a, b: np.sum(oracle(a, b).astype("float64"), axis=0))
    f.promise("int_shape tells the lengths of the tensors, with None for an unknown length",
              at="int_shape: returns")
    f.case("int-shape", f"""
x = K.placeholder((None, 4, 5))
y = K.placeholder((None, 4, 5))
result = K.int_shape(K.{f.name}(x, y))
""".strip(), want=(None, 4, 5))
    f.silent("whether y may be a Python number", at=f.name + ": y")
    f.case("scalar-operand", f"K.{f.name}(a, 2)", a=given([[1.0, 2.0, 3.0], [2.0, -2.0, 0.0]]),
           oracle=lambda a: oracle(a, 2))


with k.function("equal", area="comparison") as f:
    truth(f, np.equal)


with k.function("not_equal", area="comparison") as f:
    truth(f, np.not_equal)


with k.function("greater", area="comparison") as f:
    truth(f, np.greater)


with k.function("greater_equal", area="comparison") as f:
    truth(f, np.greater_equal)


with k.function("less", area="comparison") as f:
    truth(f, np.less)


with k.function("less_equal", area="comparison") as f:
    truth(f, np.less_equal)


def extreme(f, oracle, ways):
    """The promises that `maximum` and `minimum` share; `ways` holds the ways of cases that ask for some."""
    def case(variant, x, y):
        f.case(variant, x=x, y=y, oracle=oracle, ways=ways.get(variant))

    def full(variant, a, b):
        f.case(variant, a=a, b=b, oracle=oracle, profile="full")

    of_pairs(f, oracle, profile="full")
    f.promise("tensors of any rank are compared element by element", at=f.name + ": summary")
    case("2d-normal", normal(4, 5), normal(4, 5))
    case("4d-normal", normal(2, 3, 4, 2), normal(2, 3, 4, 2))
    full("4d", distinct(2, 3, 4, 2), distinct(2, 3, 4, 2))
    case("0d", given(-1.5), given(0.5))
    case("two-unknown-dims", normal(2, 3, 4).unknown(0, 1), normal(2, 3, 4).unknown(0, 1))
    f.promise("of equal elements the result has the same value, and infinite elements compare as numbers do",
              at=f.name + ": summary")
    case("equal-elements", given([1.0, 2.0, -3.0]), given([1.0, -2.0, -3.0]))
    full("infinite", given([[np.inf, -np.inf, 2.0]]), given([[1.0, 1.0, -np.inf]]))
    f.promise("tensors and variables may be mixed, also where their ranks differ", at=f.name + ": y")
    case("broadcast-rank", normal(2, 3, 4), weight(normal(4)))
    case("broadcast-rank-reversed", weight(normal(3, 4)), normal(2, 3, 4))
    case("broadcast-rank-tensors", normal(2, 3, 4), normal(4).unknown())
    case("broadcast-ones", normal(3, 4), normal(3, 1))
    f.case("broadcast-0d-variable", f"K.{f.name}(x, K.variable(0.25))", x=normal(3, 4),
           oracle=lambda x: oracle(x, 0.25), ways=ways.get("broadcast-0d-variable"))
    f.promise("the result keeps the dtype of the tensors", at=f.name + ": NumPy implementation")
    case("float64", normal(2, 3, dtype="float64"), normal(2, 3, dtype="float64"))
    case("float16-normal", normal(2, 3, dtype="float16"), normal(2, 3, dtype="float16"))
    full("float16", given([0.5, 3.0, -2.0], "float16"), given([0.25, 8.0, -1.0], "float16"))
    case("int32-small", ints(2, 5, low=-9, high=9), ints(2, 5, low=-9, high=9))
    f.silent("whether y may be a Python number or a NumPy array", at=f.name + ": y")
    f.case("scalar", f"K.{f.name}(x, 0.25)", x=normal(3, 4), oracle=lambda x: oracle(x, 0.25))
    case("array", normal(3, 4), plain(normal(3, 4)))


with k.function("maximum", area="comparison", profile="core") as f:
    extreme(f, np.maximum, {
        "2d-normal": ALL_WAYS, "broadcast-rank-tensors": UNKNOWN, "broadcast-0d-variable": UNKNOWN,
        "float16-normal": VARIABLE, "int32-small": VARIABLE, "array": VARIABLE,
    })
    f.promise("int_shape tells the lengths of the broadcast result", at="int_shape: returns")
    f.case("int-shape-of-broadcast", "K.int_shape(K.maximum(x, y))", x=uniform(2, 3, 4), y=uniform(4),
           want=(2, 3, 4), ways=KNOWN)


with k.function("minimum", area="comparison", profile="core") as f:
    extreme(f, np.minimum, {
        "2d-normal": ALL_WAYS, "equal-elements": KNOWN, "broadcast-rank-tensors": KNOWN,
        "broadcast-ones": KNOWN, "broadcast-0d-variable": VARIABLE, "float16-normal": VARIABLE,
        "array": UNKNOWN,
    })

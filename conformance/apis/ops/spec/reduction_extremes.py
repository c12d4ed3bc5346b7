"""Largest and smallest elements, and where they are."""
import numpy as np

from conformance.apis.ops.families import NUMPY, kept_axes, not_tensors, one_axis, reducing, unsigned
from conformance.apis.ops.inputs import distinct, given, values
from conformance.apis.ops.language import EAGER, SYMBOLIC, ops
from conformance.apis.ops.oracle import reduction as oracle
from conformance.apis.ops.promotion import COMMON, always, same

NAN_ROWS = [[np.nan, 1, 2], [3, np.nan, 1], [1, 2, np.nan], [np.inf, np.nan, -np.inf]]
INFINITE_ROWS = [[np.inf, 1, 2], [-np.inf, 3, 1], [-np.inf, -np.inf, -np.inf], [np.inf, -np.inf, 0]]
WIDE = {"int8": (-128, 127), "uint8": (0, 255), "int16": (-32768, 32767), "int32": (-2 ** 31, 2 ** 31 - 1)}


def extreme(f, function, profile):
    """What max, amax, min and amin have in common."""
    reducing(f, function, distinct, profile)
    f.promise("a NaN is not ignored: nanmax and nanmin do that", at="nanmax: returns")
    f.case("nan", x=given(NAN_ROWS), axis=1, oracle=function)
    f.case("nan-all", x=given([1.0, np.nan, -2.0]), oracle=function)
    f.promise("infinities are the largest and the smallest numbers", at=f.name + ": returns")
    f.case("infinities", x=given(INFINITE_ROWS), axis=1, oracle=function)
    f.promise("the result has the dtype of x", at="KerasTensor: dtype")
    f.sweep("of", x=values(2, 3), axis=1, oracle=function)
    unsigned(f, function, axis=1)
    for dtype, (low, high) in WIDE.items():
        f.case("widest-" + dtype, x=given([[low, high], [high, low], [low, low], [high, high]], dtype),
               axis=1, oracle=function, ways=EAGER)


with ops.function("max", area="reduction", dtype=same("x")) as f:
    extreme(f, oracle.largest, "core")
    f.promise("no result is below initial", at="max: initial")
    f.case("initial", x=distinct(3, 4), axis=1, initial=0.5, oracle=oracle.largest)
    f.case("initial-all", x=distinct(3, 4), initial=100.0, oracle=oracle.largest)
    f.case("initial-keepdims", x=distinct(3, 4), axis=0, keepdims=True, initial=-0.5, oracle=oracle.largest)
    f.case("initial-int", x=distinct(3, 4, dtype="int32"), axis=1, initial=2, oracle=oracle.largest)
    f.promise("with initial, the largest of nothing is initial", at="max: initial")
    f.case("initial-empty", x=given(np.zeros((0, 3))), axis=0, initial=-1.5, oracle=oracle.largest)
    f.case("initial-empty-all", x=given(np.zeros((0, 3))), initial=-1.5, oracle=oracle.largest)
    f.case("initial-empty-keepdims", x=given(np.zeros((2, 0))), axis=1, keepdims=True, initial=2.5,
           oracle=oracle.largest)
    f.promise("the largest of nothing is refused", at=NUMPY)
    f.refuses("empty", "ops.max(x, axis=0)", "Exception", x=given(np.zeros((0, 3))))

with ops.function("min", area="reduction", dtype=same("x")) as f:
    extreme(f, oracle.smallest, "core")
    f.promise("no result is above initial", at="min: initial")
    f.case("initial", x=distinct(3, 4), axis=1, initial=-0.5, oracle=oracle.smallest)
    f.case("initial-all", x=distinct(3, 4), initial=-100.0, oracle=oracle.smallest)
    f.case("initial-keepdims", x=distinct(3, 4), axis=0, keepdims=True, initial=0.5, oracle=oracle.smallest)
    f.case("initial-int", x=distinct(3, 4, dtype="int32"), axis=1, initial=-2, oracle=oracle.smallest)
    f.promise("with initial, the smallest of nothing is initial", at="min: initial")
    f.case("initial-empty", x=given(np.zeros((0, 3))), axis=0, initial=-1.5, oracle=oracle.smallest)
    f.case("initial-empty-all", x=given(np.zeros((0, 3))), initial=-1.5, oracle=oracle.smallest)
    f.case("initial-empty-keepdims", x=given(np.zeros((2, 0))), axis=1, keepdims=True, initial=2.5,
           oracle=oracle.smallest)
    f.promise("the smallest of nothing is refused", at=NUMPY)
    f.refuses("empty", "ops.min(x, axis=0)", "Exception", x=given(np.zeros((0, 3))))

with ops.function("amax", area="reduction", dtype=same("x")) as f:
    extreme(f, oracle.largest, "full")

with ops.function("amin", area="reduction", dtype=same("x")) as f:
    extreme(f, oracle.smallest, "full")

with ops.function("ptp", area="reduction", dtype=same("x")) as f:
    reducing(f, oracle.peak_to_peak, distinct, "full")
    f.promise("a NaN makes NaN", at="ptp: max - min")
    f.case("nan", x=given(NAN_ROWS), axis=1, oracle=oracle.peak_to_peak)
    f.case("infinities", x=given(INFINITE_ROWS), axis=1, oracle=oracle.peak_to_peak)
    f.promise("the result has the dtype of x", at="KerasTensor: dtype")
    f.sweep("of", dtypes=COMMON[1:], x=values(2, 3), axis=1, oracle=oracle.peak_to_peak)
    unsigned(f, oracle.peak_to_peak, axis=1)


def place(f, function, sign, profile):
    """What argmax and argmin have in common; `sign` turns one into the other."""
    one_axis(f, function, distinct, profile)
    kept_axes(f, function, distinct, profile, several=False)
    not_tensors(f, function, distinct, axis=1)
    f.promise("the index of the first, where several are equal", at=NUMPY)
    f.case("ties", x=given([[1, 3, 3, 1], [2, 2, 2, 2], [0, 0, 3, 3]]), axis=1, oracle=function)
    f.case("ties-0", x=given([[1, 3], [3, 1], [3, 3], [1, 1]]), axis=0, oracle=function)
    f.case("ties-all", x=given([[1, 3], [3, 1], [1, 3]]), oracle=function)
    f.case("ties-int32", x=given([[1, 3, 3, 1], [2, 2, 2, 2]], "int32"), axis=1, oracle=function)
    f.case("ties-bools", x=given([[False, True, True], [True, False, False], [True, True, True]], "bool"),
           axis=1, oracle=function)
    f.promise("infinities are the largest and the smallest numbers", at=f.name + ": returns")
    f.case("infinities", x=given(INFINITE_ROWS), axis=1, oracle=function)
    f.promise("numbers near zero count", at=f.name + ": returns")
    f.case("near-0", x=given([[0.0, sign * 1e-30, -sign * 1e-30], [0.0, -sign * 1e-38, sign * 2e-38]]),
           axis=1, oracle=function)
    f.promise("of any dtype, the index is an integer", at=f.name + ": returns")
    f.sweep("of", x=values(2, 3, low=-9, high=9), axis=1, oracle=function)
    unsigned(f, function, axis=1)
    for dtype, (low, high) in WIDE.items():
        f.case("widest-" + dtype, x=given([[low, high], [high, low], [low, high - 1]], dtype), axis=1,
               oracle=function, ways=EAGER)
    f.silent("which of the zeros is larger", at=f.name + ": returns")
    f.case("signed-zeros", x=given([[-0.0, 0.0, -0.0], [0.0, -0.0, 0.0]]), axis=1, oracle=function)
    f.silent("where a NaN stands", at=f.name + ": returns")
    f.case("nan", x=given(NAN_ROWS), axis=1, oracle=function)


with ops.function("argmax", area="reduction", dtype=always("int64")) as f:
    place(f, oracle.argmax, 1, "core")

with ops.function("argmin", area="reduction", dtype=always("int64")) as f:
    place(f, oracle.argmin, -1, "core")
    f.promise("what is declared for a 0-d tensor is what evaluation gives", at="KerasTensor: shape")
    f.case("0d-int32", x=given(7, "int32"), oracle=oracle.argmin, ways=SYMBOLIC)

"""Reductions: what is left of a tensor along some of its axes, or all of them."""
import numpy as np

from conformance.apis.k.language import k
from conformance.case import given, normal
from conformance.oracle import reduction as oracle

# What no float32 tells apart shows whether float64 is kept all the way.
CLOSE = given([[1.0, 1.0 + 1e-12, 1.0 - 1e-12], [2.0 - 1e-12, 2.0, 2.0 + 1e-12]], "float64")
INTS = given([[1, 2, 4], [7, 0, 4]], "int32")
BOOLS = given([[True, False, True], [False, False, False]], "bool")
# A bool per element, zeros and ones in every line: an axis that is ignored or another axis shows.
BITS = given(np.array([[[1, 0, 1, 1], [0, 0, 0, 0], [1, 1, 1, 1]],
                       [[0, 1, 0, 0], [0, 0, 0, 0], [1, 1, 0, 1]]], bool), "bool")


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
    case("axes-list-keepdims", 2, 3, 4, 5, axis=[1, 2], keepdims=True)


def static_shape(f):
    """What K.int_shape tells of a reduction whose batch is not known yet."""
    f.promise("int_shape tells the length of each axis that is left, before anything is fed", at="int_shape: returns")
    f.case("int-shape", f"x = K.placeholder((None, 4, 5))\nresult = K.int_shape(K.{f.name}(x, axis=1))",
           want=(None, 5))
    if not f.name.startswith("arg"):
        f.case("int-shape-keepdims",
               f"x = K.placeholder((None, 4, 5))\nresult = K.int_shape(K.{f.name}(x, axis=-1, keepdims=True))",
               want=(None, 4, 1))


with k.function("sum", area="reduction") as f:
    along_axes(f, oracle.total, normal)
    f.promise("a list of axes stays as its caller made it", at="sum: axis")
    f.case("axes-list-used-twice", "axes = [-1, 0]\nresult = [K.sum(a, axis=axes), K.sum(a, axis=axes)]",
           a=normal(2, 3, 4), oracle=lambda a: [oracle.total(a, axis=(0, 2))] * 2)
    static_shape(f)

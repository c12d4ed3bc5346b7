"""Cases that many functions share: along which axes they reduce, which dtypes they keep, and what goes in."""
import numpy as np

from conformance.apis.ops.inputs import Tensor, listed, normal, plain, values
from conformance.apis.ops.language import EAGER, SYMBOLIC, UNKNOWN
from conformance.apis.ops.promotion import COMMON

NUMPY = "Introducing Keras 3.0: keras.ops is the NumPy API"
"""The place where Keras says that NumPy's documentation holds for these functions: the same functions, with
the same arguments."""
WITHOUT_TORCH = (("jax", "mlx", "numpy", "openvino", "paddle", "tensorflow", "tinygrad"),
                 "torch makes signed tensors of uint16 and uint32, which convert_to_tensor has cases for")

ROWS = [[1.5, -2.0, 0.25], [4.0, 0.5, -1.0]]
EXACT = [[1.0, 3.0, 1.0, 3.0], [2.0, -2.0, 2.0, -2.0]]
"""Rows whose sums, means and deviations are exact in any dtype: that of a list is not promised."""


def holes(*shape, dtype="float32"):
    """Normal deviates with a NaN here and there, but never all along an axis."""
    def make(random):
        array = random.standard_normal(shape)
        flat = array.reshape(-1)
        if flat.size > 1:
            flat[1::7] = np.nan
        return array
    return Tensor(make, len(shape), dtype)


def unsigned(f, oracle, **rest):
    """The dtypes that not all reference backends have."""
    f.sweep("of", dtypes=("uint16", "uint32"), x=values(2, 3), oracle=oracle, only=WITHOUT_TORCH,
            ways=SYMBOLIC, **rest)


def one_axis(f, oracle, make=normal, profile="core", **rest):
    """None is all elements; an axis is one of them, counted from either end."""
    f.promise("without an axis all elements are reduced to a scalar", at=f.name + ": axis")
    f.case("all", x=make(2, 3, 4), oracle=oracle, profile=profile, **rest)
    f.case("0d", x=make(), oracle=oracle, **rest)
    f.promise("an axis counts from the first or, when negative, from the last", at=f.name + ": axis")
    f.case("axis", x=make(2, 3, 4).unknown(0, 2), axis=1, oracle=oracle, profile=profile, **rest)
    f.case("axis-0", x=make(2, 3, 4).unknown(1), axis=0, oracle=oracle, **rest)
    f.case("axis-negative", x=make(2, 3, 4), axis=-1, oracle=oracle, profile=profile, **rest)
    f.case("axis-5d", x=make(2, 1, 3, 2, 2), axis=-3, oracle=oracle, **rest)
    f.case("axis-unknown", x=make(2, 3).unknown(0, 1), axis=1, oracle=oracle, ways=UNKNOWN, **rest)
    f.case("empty-result", x=make(3, 0), axis=0, oracle=oracle, **rest)
    f.promise("an axis that x does not have is refused", at=NUMPY)
    given = "".join(", {}={!r}".format(*item) for item in rest.items() if item[0] == "q")
    f.refuses("axis-outside", "ops.{}(x{}, axis=2)".format(f.name, given), "Exception", x=make(2, 3))


def several_axes(f, oracle, make=normal, profile="core", **rest):
    """An axis may be a tuple; that of no axes reduces nothing."""
    f.promise("axis may be several axes, in any order", at=f.name + ": axis")
    f.case("axes", x=make(2, 3, 4), axis=(0, 2), oracle=oracle, profile=profile, **rest)
    f.case("axes-mixed", x=make(2, 3, 4).unknown(1), axis=(-1, 0), oracle=oracle, **rest)
    f.case("axes-5d", x=make(2, 1, 3, 2, 2), axis=(1, -1, 2), oracle=oracle, **rest)
    f.promise("a symbolic call declares that no axes, (), leave the shape as it is", at="KerasTensor: shape")
    f.case("axes-none", x=make(2, 3), axis=(), oracle=oracle, ways=SYMBOLIC, **rest)


def kept_axes(f, oracle, make=normal, profile="core", several=True, **rest):
    """With keepdims, reduced axes stay with the length one."""
    f.promise("with keepdims, reduced axes stay, with the length one", at=f.name + ": keepdims")
    f.case("keepdims", x=make(2, 3, 4).unknown(0), axis=1, keepdims=True, oracle=oracle, profile=profile,
           **rest)
    f.case("keepdims-all", x=make(2, 3), keepdims=True, oracle=oracle, **rest)
    f.case("keepdims-0d", x=make(), keepdims=True, oracle=oracle, **rest)
    f.case("keepdims-unknown", x=make(2, 3).unknown(0, 1), axis=-1, keepdims=True, oracle=oracle,
           ways=UNKNOWN, **rest)
    if several:
        f.case("keepdims-axes", x=make(2, 3, 4), axis=(0, -1), keepdims=True, oracle=oracle, profile=profile,
               **rest)


def reducing(f, oracle, make=normal, profile="core", several=True, lists=True, **rest):
    """All of the above, and inputs that are not tensors."""
    one_axis(f, oracle, make, profile, **rest)
    if several:
        several_axes(f, oracle, make, profile, **rest)
    kept_axes(f, oracle, make, profile, several, **rest)
    if lists:
        not_tensors(f, oracle, make, EXACT, axis=1, **rest)


def not_tensors(f, oracle, make=normal, rows=ROWS, **rest):
    """A NumPy array and a list are tensors, too."""
    f.promise("x may be a NumPy array or a list", at=NUMPY)
    f.case("array", x=plain(make(2, 3)), oracle=oracle, ways=EAGER, **rest)
    f.case("list", x=listed(rows), oracle=oracle, ways=EAGER,
           **dict(rest, result_dtype=None))


def any_dtype(f, oracle, of=(2, 3), name="x", dtypes=COMMON, **rest):
    """The elements keep their dtype, whichever it is."""
    f.promise("the result has the dtype of {}".format(name), at="KerasTensor: dtype")
    inputs = {name: values(*of)}
    f.sweep("of", dtypes=dtypes, oracle=oracle, ways=SYMBOLIC, **dict(rest, **inputs))
    f.sweep("of", dtypes=("uint16", "uint32"), oracle=oracle, ways=SYMBOLIC, only=WITHOUT_TORCH,
            **dict(rest, **inputs))

"""Elementwise operations: what NumPy calls its ufuncs, with the dtypes that Keras promises."""

import numpy as np
from keras.src.backend.common.variables import standardize_dtype

from keras_example.src.dtypes import (
    binary,
    floating,
    is_float,
    own,
    promoted,
    unary,
    unwritten,
    wide,
)
from keras_example.src.ops.core import convert_to_tensor

try:
    from scipy import special
except ImportError:  # SciPy is not required: without it, three operations are missing
    special = None


def _float(x):
    return floating(x)


def _number(x):
    """The dtype, where a bool is a number."""
    dtype = standardize_dtype(x.dtype)
    return "int32" if dtype == "bool" else dtype


def _real(x):
    return {"complex64": "float32", "complex128": "float64"}.get(standardize_dtype(x.dtype), x.dtype)


def _whole(*xs):
    dtype = promoted(*xs)
    return "int32" if dtype == "bool" else dtype


arccos, arccosh = unary(np.arccos, _float), unary(np.arccosh, _float)
arcsin, arcsinh = unary(np.arcsin, _float), unary(np.arcsinh, _float)
arctan, arctanh = unary(np.arctan, _float), unary(np.arctanh, _float)
ceil, cos, cosh, floor = [unary(function, _float) for function in (np.ceil, np.cos, np.cosh, np.floor)]
log, log10, log1p, log2 = [unary(function, _float) for function in (np.log, np.log10, np.log1p, np.log2)]
sin, sinc, sinh, sqrt = [unary(function, _float) for function in (np.sin, np.sinc, np.sinh, np.sqrt)]
tan, tanh = unary(np.tan, _float), unary(np.tanh, _float)
reciprocal = unary(lambda x: 1 / x, _float, "reciprocal")

cbrt, deg2rad, rad2deg = [unary(function, own) for function in (np.cbrt, np.deg2rad, np.rad2deg)]
exp, exp2, expm1 = [unary(function, own) for function in (np.exp, np.exp2, np.expm1)]
fabs, i0 = unary(np.fabs, own), unary(np.i0, own)
rsqrt = unary(lambda x: 1 / np.sqrt(x), own, "rsqrt")

conjugate, negative, trunc = unary(np.conjugate), unary(np.negative), unary(np.trunc)
square = unary(np.square, _number)
copy = unary(np.array, name="copy")


def absolute(x):
    """The distance from zero; of complex numbers it is a float."""
    x = convert_to_tensor(x)
    return x if x.dtype == bool else np.abs(x)


def abs(x):
    """The same."""
    return absolute(x)


def sign(x):
    """-1, 0 or 1."""
    x = convert_to_tensor(x)
    return x if x.dtype == bool else np.asarray(np.sign(wide(x))).astype(x.dtype)


def real(x):
    """The real part."""
    return np.real(convert_to_tensor(x))


def imag(x):
    """The imaginary part; of real numbers it is zero."""
    return np.imag(convert_to_tensor(x))


def angle(x):
    """The angle of a complex number, in radians."""
    x = convert_to_tensor(x)
    x = x if x.dtype.kind == "c" else x.astype(floating(x))
    return np.asarray(np.angle(wide(x))).astype(_real(x))


def round(x, decimals=0):
    """To so many decimals, half to even."""
    x = convert_to_tensor(x)
    if x.dtype == bool:
        return x
    return np.asarray(np.round(wide(x), decimals)).astype(x.dtype)


def clip(x, x_min, x_max):
    """Between two bounds."""
    x = convert_to_tensor(x)
    dtype = _number(x)
    low, high = convert_to_tensor(x_min, dtype), convert_to_tensor(x_max, dtype)
    return np.asarray(np.clip(x.astype(dtype), low, high)).astype(dtype)


def nan_to_num(x, nan=0.0, posinf=None, neginf=None):
    """Numbers in the place of nan and of infinities."""
    x = convert_to_tensor(x)
    if not is_float(x.dtype):
        return x
    largest = float(np.finfo("float32").max) if x.dtype.itemsize > 2 else None
    import ml_dtypes

    info = ml_dtypes.finfo(x.dtype) if largest is None else np.finfo(x.dtype)
    made = np.where(np.isnan(x), np.asarray(nan, x.dtype), x)
    made = np.where(np.isposinf(wide(x)), np.asarray(info.max if posinf is None else posinf, x.dtype), made)
    return np.where(np.isneginf(wide(x)), np.asarray(info.min if neginf is None else neginf, x.dtype), made)


add, subtract = (
    binary(lambda a, b: a + b, name="add"),
    binary(lambda a, b: a ^ b if a.dtype == bool else a - b, name="subtract"),
)
multiply, maximum, minimum = (
    binary(lambda a, b: a * b, name="multiply"),
    binary(np.maximum),
    binary(np.minimum),
)
fmax, fmin = binary(np.fmax), binary(np.fmin)
power = binary(
    lambda a, b: (
        np.power(a.astype("int8"), b.astype("int8"))
        if a.dtype == bool
        else _integer_power(a, b)
        if a.dtype.kind in "iu"
        else np.power(a, b)
    ),
    name="power",
)
divide = true_divide = binary(np.true_divide, floating, "divide")
floor_divide = binary(lambda a, b: _divided(np.floor_divide, a, b), name="floor_divide")
mod = binary(lambda a, b: _divided(np.mod, a, b), _whole, "mod")
fmod = binary(lambda a, b: _divided(np.fmod, a, b), _whole, "fmod")
arctan2, hypot = binary(np.arctan2, floating), binary(np.hypot, floating)
logaddexp, logaddexp2 = binary(np.logaddexp, floating), binary(np.logaddexp2, floating)
copysign, float_power = binary(np.copysign, floating), binary(np.power, floating, "float_power")
nextafter = binary(np.nextafter, floating)
gcd, lcm = binary(np.gcd), binary(np.lcm)


def _integer_power(base, exponent):
    """Negative exponents of integers, which NumPy refuses, give what the division of one gives."""
    if exponent.dtype.kind == "i" and (exponent < 0).any():
        return np.power(base.astype("float64"), exponent)
    return np.power(base, exponent)


def _divided(function, a, b):
    return function(a.astype("int8"), b.astype("int8")) if a.dtype == bool else function(a, b)


def divide_no_nan(x1, x2):
    """The quotient, and zero where the divisor is zero."""
    dtype = floating(x1, x2)
    x1, x2 = convert_to_tensor(x1, dtype), convert_to_tensor(x2, dtype)
    with np.errstate(all="ignore"):
        return np.where(x2 == 0, np.zeros((), dtype), x1 / x2).astype(dtype)


def heaviside(x1, x2):
    """0 below zero, 1 above, and `x2` at zero."""
    dtype = promoted(x1, x2)
    if dtype == "int64":
        dtype = "float64"
    elif not is_float(dtype):
        dtype = floating(x1, x2)
    x1, x2 = convert_to_tensor(x1, dtype), convert_to_tensor(x2, dtype)
    return np.asarray(np.heaviside(wide(x1), wide(x2))).astype(dtype)


def ldexp(x1, x2):
    """`x1` times two to the power of `x2`."""
    if is_float(convert_to_tensor(x2).dtype):
        raise TypeError("the exponents of ldexp are integers, not {}".format(convert_to_tensor(x2).dtype))
    dtype = floating(x1, x2)
    with np.errstate(all="ignore"):
        made = np.ldexp(wide(convert_to_tensor(x1, dtype)), convert_to_tensor(x2).astype("int32"))
    return np.asarray(made).astype(dtype)


def _special(name):
    if special is None:
        return lambda x: unwritten(name, x)
    return unary(getattr(special, name), _float if name == "erfc" else own, name)


erf, erfc, erfinv, lgamma = _special("erf"), _special("erfc"), _special("erfinv"), _special("gammaln")


def gammainc(x1, x2):
    """The regularized lower incomplete gamma function."""
    if special is None:
        return unwritten("gammainc")
    return binary(special.gammainc, floating)(x1, x2)

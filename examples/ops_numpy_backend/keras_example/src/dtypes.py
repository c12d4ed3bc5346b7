"""Which dtype a result has, and in which an array is computed."""

import functools

import numpy as np
from keras.src.backend.common.dtypes import result_type
from keras.src.backend.common.variables import standardize_dtype
from keras.src.backend.config import floatx

from keras_example.src.ops.core import convert_to_tensor

NARROW = ("bfloat16", "float16")


def kind(x):
    """What promotes: the dtype of a tensor, the type of a Python number."""
    return getattr(x, "dtype", type(x) if np.isscalar(x) else None) or convert_to_tensor(x).dtype


def promoted(*xs):
    """The dtype that all promote to."""
    return result_type(*map(kind, xs))


def floating(*xs):
    """The same, and integers become floatx."""
    kinds = [standardize_dtype(kind(x)) if not isinstance(kind(x), type) else kind(x) for x in xs]
    return floatx() if kinds == ["int64"] else result_type(*kinds, float)


def own(x):
    """The tensor's own dtype, floatx for integers. Of some functions Keras declares this, of others
    `floating`, which makes 32 bits of 64.
    """
    return standardize_dtype(x.dtype) if x.dtype.kind in "fcV" else floatx()


def accumulating(x):
    """The dtype of a product: narrow integers and bools are multiplied in 32 bits."""
    dtype = standardize_dtype(x.dtype)
    return {"bool": "int32", "int8": "int32", "int16": "int32", "uint8": "uint32", "uint16": "uint32"}.get(
        dtype, dtype
    )


def is_float(dtype):
    """Whether a dtype is one of floats."""
    return standardize_dtype(dtype).replace("b", "").startswith("float")


def wide(x):
    """The array in a dtype that NumPy computes in: half precision becomes float32."""
    return x.astype("float32") if standardize_dtype(x.dtype) in NARROW else x


def unary(function, rule=None, name=None):
    """An operation of one tensor, computed by `function`; `rule` makes the dtype of the result (by default
    that of the tensor).
    """

    def operation(x):
        x = convert_to_tensor(x)
        dtype = standardize_dtype(x.dtype) if rule is None else rule(x)
        with np.errstate(all="ignore"):
            return np.asarray(function(wide(x.astype(dtype)))).astype(dtype)

    operation.__name__ = name or function.__name__
    return operation


def binary(function, rule=promoted, name=None):
    """An operation of two tensors, computed by `function` in the dtype that `rule` makes of both."""

    def operation(x1, x2):
        dtype = rule(x1, x2)
        x1, x2 = convert_to_tensor(x1, dtype), convert_to_tensor(x2, dtype)
        with np.errstate(all="ignore"):
            return np.asarray(function(wide(x1), wide(x2))).astype(dtype)

    operation.__name__ = name or function.__name__
    return operation


def question(function, name=None):
    """An operation that answers with bools, of one tensor."""

    def operation(x):
        return np.asarray(function(wide(convert_to_tensor(x))))

    operation.__name__ = name or function.__name__
    return operation


def comparison(function, name=None):
    """An operation that answers with bools, of two tensors."""

    def operation(x1, x2):
        dtype = promoted(x1, x2)
        return np.asarray(function(convert_to_tensor(x1, dtype), convert_to_tensor(x2, dtype)))

    operation.__name__ = name or function.__name__
    return operation


def unwritten(name, *parameters):
    """An operation that this backend does not have: its cases count as unsupported."""
    raise NotImplementedError("keras_example has no {} yet".format(name))


def in_float32(function):
    """`function` of arrays, of which those in half precision are computed in float32; the result is cast
    back.
    """

    @functools.wraps(function)
    def operation(x, *args, **kwargs):
        x = convert_to_tensor(x)
        return np.asarray(function(wide(x), *args, **kwargs)).astype(x.dtype)

    return operation

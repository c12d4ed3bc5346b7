"""What goes into a call of the ops API: tensors of any dtype, Python scalars, lists and NumPy arrays."""
import numpy as np

from conformance import case
from conformance.case import Input

CARRIERS = {"bfloat16": "float32", "float8_e4m3fn": "float32", "float8_e5m2": "float32"}
"""The dtypes NumPy lacks, and the dtype of the arrays that carry their values."""
_BITS = {"bfloat16": 7, "float8_e4m3fn": 3, "float8_e5m2": 2}


class Tensor(Input):
    """An input of any dtype of Keras. Without a dtype, a sweep decides it."""

    def array(self, seed):
        """The array, the same for the same seed; dtypes that NumPy lacks are carried in float32."""
        random = np.random.RandomState(seed)
        made = self._make(random, self.dtype) if self.sweeps else self._make(random)
        return rounded(np.asarray(made), self.dtype)

    sweeps = False
    """Whether `make` is told the dtype, to suit its values to it."""
    literal = False
    """Whether the input stands in the source text itself."""


def rounded(array, dtype):
    """The array in `dtype`, or in its carrier with the values that `dtype` can hold."""
    if dtype is None:
        return array
    array = array.astype(CARRIERS.get(dtype, dtype))
    if dtype in _BITS and array.size:
        fraction, exponent = np.frexp(array)
        unit = 2.0 ** (_BITS[dtype] + 1)
        array = np.where(np.isfinite(array), np.ldexp(np.round(fraction * unit) / unit, exponent), array)
    return array.astype(CARRIERS.get(dtype, dtype))


def _tensor(made, dtype):
    return Tensor(made._make, made.ndim, dtype)  # noqa: SLF001 - the same input with all dtypes of Keras


def normal(*shape, dtype="float32", scale=1.0):
    """Normal deviates kept a tenth away from zero, where functions have kinks."""
    return _tensor(case.normal(*shape, dtype=None, scale=scale), dtype)


def uniform(*shape, low=0.0, high=1.0, dtype="float32"):
    """Uniform deviates in [low, high)."""
    return _tensor(case.uniform(*shape, low=low, high=high, dtype=None), dtype)


def ints(*shape, low=0, high=10, dtype="int32"):
    """Integers in [low, high)."""
    return _tensor(case.ints(*shape, low=low, high=high, dtype=None), dtype)


def bools(*shape, dtype="bool"):
    """Zeros and ones, as bools or as another dtype."""
    return _tensor(case.bools(*shape, dtype=None), dtype)


def distinct(*shape, dtype="float32"):
    """The numbers 0, 1, 2 ... shuffled and centred: no two are equal, whatever is compared."""
    return _tensor(case.distinct(*shape, dtype=None), dtype)


def given(value, dtype="float32"):
    """Exactly this value, as a tensor."""
    return _tensor(case.given(value, dtype=None), dtype)


def values(*shape, low=-4, high=4, dtype=None):
    """Values in [low, high] that any dtype holds exactly: sixteenths, whole numbers, or bools. A sweep over
    dtypes decides the dtype."""
    def make(random, dtype):
        if dtype == "bool":
            return random.randint(0, 2, shape)
        if "int" in dtype:
            return random.randint(max(low, 0) if dtype[0] == "u" else int(np.ceil(low)),
                                  int(np.floor(high)) + 1, shape)
        return np.round(random.uniform(low, high, shape) * 16) / 16
    made = Tensor(make, len(shape), dtype)
    made.sweeps = True
    return made


def plain(value):
    """A NumPy array, handed over as it is: an Input of any kind, or exactly this value."""
    if isinstance(value, Input):
        return value.but(plain=True)
    return Tensor(lambda random: np.asarray(value), np.ndim(value), None, plain=True)


def listed(value):
    """A Python scalar, list or tuple, which stands in the source text as it is."""
    made = plain(value).but(text=spelled(value), literal=True)
    made.scalar = type(value) if type(value) in (bool, int, float) else None
    return made


def spelled(value):
    """The source text of a plain value."""
    if isinstance(value, float) and not np.isfinite(value):
        return "float({!r})".format(str(value))
    if isinstance(value, (list, tuple)):
        inner = ", ".join(map(spelled, value))
        return "[{}]".format(inner) if isinstance(value, list) else "({}{})".format(
            inner, "," if len(value) == 1 else "")
    return repr(value)

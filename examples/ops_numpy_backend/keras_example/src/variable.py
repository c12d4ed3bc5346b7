"""Variables: Keras has the class, a backend says how a value is kept."""

import contextlib

from keras.src.backend.common.variables import Variable as KerasVariable

from keras_example.src.ops.core import convert_to_numpy, convert_to_tensor


class Variable(KerasVariable):
    """A variable whose value is an array."""

    def _initialize(self, value):
        self._value = convert_to_tensor(value, dtype=self._dtype)

    def _direct_assign(self, value):
        # A copy: the array that was given may be changed afterwards.
        self._value = convert_to_tensor(value, dtype=self._dtype).copy()

    def _convert_to_tensor(self, value, dtype=None):
        return convert_to_tensor(value, dtype=dtype)

    def __array__(self, dtype=None, copy=None):
        value = convert_to_numpy(self.value)
        return value.astype(dtype) if dtype else value


@contextlib.contextmanager
def device_scope(device_name):
    """There is one device, the CPU, whatever it is called."""
    yield device_name

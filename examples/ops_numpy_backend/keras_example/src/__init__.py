"""What Keras takes from the package: the modules of operations, and the names beside them."""

from keras.src.backend.common.name_scope import name_scope

from keras_example.src import ops, random, rnn
from keras_example.src.symbolic import compute_output_spec
from keras_example.src.variable import Variable, device_scope

IS_THREAD_SAFE = True
SUPPORTS_COMPLEX_DTYPES = True
SUPPORTS_GRADIENT = False
SUPPORTS_RAGGED_TENSORS = False
SUPPORTS_SPARSE_TENSORS = False

distribution_lib = None

__all__ = [
    "IS_THREAD_SAFE",
    "SUPPORTS_COMPLEX_DTYPES",
    "SUPPORTS_GRADIENT",
    "SUPPORTS_RAGGED_TENSORS",
    "SUPPORTS_SPARSE_TENSORS",
    "Variable",
    "compute_output_spec",
    "device_scope",
    "distribution_lib",
    "name_scope",
    "ops",
    "random",
    "rnn",
]

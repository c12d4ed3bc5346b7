"""The operations of the backend, in the modules that Keras expects."""

from keras_example.src.ops import core
from keras_example.src.ops.core import *

from keras_example.src.ops import image, linalg, math, nn, numpy  # isort: skip

__all__ = core.__all__ + ["core", "image", "linalg", "math", "nn", "numpy"]

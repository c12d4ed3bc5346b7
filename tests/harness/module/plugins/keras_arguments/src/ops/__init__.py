from keras_arguments.src.ops import numpy  # noqa: F401

"""Its tensors are NumPy's, and `exp` returns what looks like PyTorch's."""

from keras.src.backend.common.name_scope import name_scope  # noqa: F401

from keras_foreign.src import ops  # noqa: F401

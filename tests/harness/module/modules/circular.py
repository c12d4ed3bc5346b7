"""A module that imports Keras, which is loading it."""

from keras.backend.common import floatx


def placeholder(shape=None, ndim=None, dtype=None, sparse=False, name=None):
    """Not reached."""
    return dtype or floatx()

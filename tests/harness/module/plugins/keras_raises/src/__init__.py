"""Its import raises, two exceptions deep, and Keras says that it is not installed."""

from keras_raises.src import engine  # noqa: F401

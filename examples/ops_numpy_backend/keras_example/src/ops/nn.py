"""What layers compute, by what it is."""
from keras_example.src.activating import *  # noqa: F403
from keras_example.src.convolving import *  # noqa: F403
from keras_example.src.learning import *  # noqa: F403

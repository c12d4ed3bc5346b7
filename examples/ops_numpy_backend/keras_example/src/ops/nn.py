"""What layers compute, by what it is."""

from keras_example.src.activating import *
from keras_example.src.convolving import *
from keras_example.src.learning import *
from keras_example.src.sequences import *

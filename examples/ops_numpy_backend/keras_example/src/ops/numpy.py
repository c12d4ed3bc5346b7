"""The operations that NumPy has, by what they do."""

from keras_example.src.arithmetic import *
from keras_example.src.comparing import *
from keras_example.src.creating import *
from keras_example.src.indexing import *
from keras_example.src.products import *
from keras_example.src.reducing import *
from keras_example.src.shaping import *

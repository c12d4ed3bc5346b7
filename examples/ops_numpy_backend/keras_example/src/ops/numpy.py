"""The operations that NumPy has, by what they do."""
from keras_example.src.arithmetic import *  # noqa: F403
from keras_example.src.creating import *  # noqa: F403
from keras_example.src.indexing import *  # noqa: F403
from keras_example.src.products import *  # noqa: F403
from keras_example.src.reducing import *  # noqa: F403
from keras_example.src.shaping import *  # noqa: F403

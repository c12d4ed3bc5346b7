from keras_foreign.src.ops import core, numpy  # noqa: F401
from keras_foreign.src.ops.core import *  # noqa: F403

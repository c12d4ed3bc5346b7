from keras_arguments.src import ops  # noqa: F401

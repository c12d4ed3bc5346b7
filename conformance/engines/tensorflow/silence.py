"""What a preload can switch off in an engine: nothing that is computed."""


def tensorflow():
    """No deprecation warnings. To word them, TensorFlow binds the arguments of every call it deprecates by introspection,
    which takes a tenth of a whole run."""
    from tensorflow.python.util import deprecation
    deprecation._PRINT_DEPRECATION_WARNINGS = False  # noqa: SLF001 - nothing public says the same for all of TensorFlow

"""What Keras 2.2.0 to 2.2.2 need beside the packages that later releases pin."""


def accept():
    """Give keras_applications and keras_preprocessing the function that these releases call at import: they
    hand over modules of Keras, which no function of K uses."""
    import importlib
    for name in ("keras_applications", "keras_preprocessing"):
        package = importlib.import_module(name)
        if not hasattr(package, "set_keras_submodules"):
            package.set_keras_submodules = lambda **modules: None

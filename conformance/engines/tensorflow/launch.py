"""What TensorFlow needs before it is imported."""


def settle(environment, slot=None, home=None):  # noqa: ARG001 - each engine is called alike
    """Only warnings and errors of its native part, unless the environment says otherwise."""
    environment.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

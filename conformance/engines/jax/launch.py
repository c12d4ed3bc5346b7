"""What jax needs before it is imported."""


def settle(environment, slot=None, home=None):  # noqa: ARG001 - each engine is called alike
    """Nothing: where it keeps what it has compiled is for the API to say."""


def hide_gpu(environment):
    """Compute on the CPU. Without this, jax built for CUDA warns at every start that no GPU answers."""
    environment["JAX_PLATFORMS"] = "cpu"

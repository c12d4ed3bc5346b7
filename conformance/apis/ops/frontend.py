"""What each backend of Keras 3 is known by: the packages its tensors come from, and what it compiles with.

A backend that does not stand here is a plug-in: its tensors may come from anywhere.
"""

TENSORS = {
    "jax": ("jax", "jaxlib"),
    "numpy": ("numpy",),
    "openvino": ("keras.src.backend.openvino", "openvino"),
    "tensorflow": ("tensorflow",),
    "torch": ("torch",),
}
"""The packages (or modules) that define the types of a backend's tensors.

`keras.src.legacy.backend` answers with TensorFlow's whatever backend was asked for, so the tensors are asked.
"""
TRACED = {"jax": "jax.jit", "tensorflow": "tf.function"}
"""What a backend compiles a function with, where the suite traces."""
IMMUTABLE = ("jax", "openvino", "tensorflow")
"""Backends whose tensors nothing can write to."""


def untraced(backend):
    """Why the way `traced` does not apply to a backend, or None."""
    if backend in TRACED:
        return None
    if backend == "torch":
        return "torch.compile needs a C++ compiler in the environment, which the backend does not demand"
    return "{} compiles no functions".format(backend)


def foreign(backend, kind):
    """The module of a tensor's type, when it is not one of the backend's; else None."""
    allowed = TENSORS.get(backend)
    for base in kind.__mro__[:-1]:
        module = base.__module__
        if allowed is None or any(module == name or module.startswith(name + ".") for name in allowed):
            return None
    return kind.__module__

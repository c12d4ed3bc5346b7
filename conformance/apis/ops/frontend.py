"""What each backend of Keras 3 is known by: the packages its tensors come from, and what it compiles with.

A backend that does not stand here is a plug-in: its tensors may come from anywhere.
"""
import importlib.machinery
import importlib.metadata
import os
import sys

TENSORS = {
    "jax": ("jax", "jaxlib"),
    "mlx": ("mlx",),
    "numpy": ("numpy",),
    "openvino": ("keras.src.backend.openvino", "openvino", "keras_openvino"),
    "tensorflow": ("tensorflow",),
    "tinygrad": ("tinygrad",),
    "torch": ("torch",),
}
"""The packages (or modules) that define the types of a backend's tensors.

`keras.src.legacy.backend` answers with TensorFlow's whatever backend was asked for, so the tensors are asked.
"""
_ENGINES = {name.split(".")[0] for names in TENSORS.values() for name in names} - {"keras"}
TRACED = {"jax": "jax.jit", "tensorflow": "tf.function"}
"""What a backend compiles a function with, where the suite traces."""
IMMUTABLE = ("jax", "openvino", "tensorflow")
"""Backends whose tensors nothing can write to."""

DISTRIBUTIONS = ("keras", "keras-nightly")
"""The distributions that bring the package `keras`: whichever was installed last is the package."""


def check(path):
    """Raises ImportError, which says why, when the package `keras` is not the one that is to load a backend:
    it stands below `path`, where somebody's own package is, or was installed over another."""
    spec = importlib.machinery.PathFinder.find_spec("keras")
    if path and spec and os.path.realpath(spec.origin or "").startswith(os.path.realpath(path) + os.sep):
        raise ImportError("a package called keras stands beside the plug-in and hides the installed Keras: "
                          "rename it, or name another directory with --path")
    places = {}
    for found in importlib.metadata.distributions():
        if found.metadata["Name"] in DISTRIBUTIONS:
            places.setdefault(os.path.realpath(str(found.locate_file(""))), []).append(
                "{} {}".format(found.metadata["Name"], found.version))
    for both in places.values():
        if len(both) > 1:
            raise ImportError("{} were both installed as the package keras, and one replaced the other: "
                              "install the plug-in with --no-deps".format(" and ".join(sorted(both))))


def untraced(backend):
    """Why the way `traced` does not apply to a backend, or None."""
    if backend in TRACED:
        return None
    if backend == "torch":
        return "torch.compile needs a C++ compiler in the environment, which the backend does not demand"
    return "{} compiles no functions".format(backend)


def version(package):
    """The version of a package that is imported, or None: its own word, else that of its distribution."""
    if package not in sys.modules:
        return None
    found = getattr(sys.modules[package], "__version__", None)
    if isinstance(found, str):
        return found
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None


def engine(kind):
    """The package of an engine that a type comes from, or None."""
    package = kind.__module__.split(".")[0]
    return package if package in _ENGINES else None


def foreign(backend, kind, own):
    """The module of a tensor's type, when it is not one of the backend's; else None.

    Of a plug-in only its `own` type of tensors is known: what comes back must not be another backend's.
    """
    allowed = TENSORS.get(backend)
    if allowed is None:
        return kind.__module__ if engine(kind) not in (None, engine(own)) else None
    for base in kind.__mro__[:-1]:
        module = base.__module__
        if any(module == name or module.startswith(name + ".") for name in allowed):
            return None
    return kind.__module__

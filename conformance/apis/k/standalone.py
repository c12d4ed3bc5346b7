"""What a reproduction script of K needs beside Keras, NumPy and the backend: the text of these functions is
copied into it."""
import ast
import importlib
import importlib.util
import os

import numpy as np


def stub(module, package):
    """Import the backend `module` and give it a stand-in for each name that `package` imports and it lacks:
    Keras does not load it otherwise."""
    backend = importlib.import_module(module)

    def missing(name):
        def function(*args, **kwargs):
            raise NotImplementedError("K has no " + name)
        function.missing = True
        return function

    folder = importlib.util.find_spec(package).submodule_search_locations[0]
    with open(os.path.join(folder, "backend", "__init__.py")) as stream:
        imports = [node for node in ast.parse(stream.read()).body if isinstance(node, ast.ImportFrom)]
    names = [alias.name for node in imports if node.module == "load_backend" for alias in node.names]
    for name in names + ["placeholder", "variable", "function"]:
        if not hasattr(backend, name):
            setattr(backend, name, missing(name))


def leaves(value):
    """What nested lists and tuples hold."""
    return [leaf for item in value for leaf in leaves(item)] if type(value) in (list, tuple) else [value]


def is_tensor(value):
    """Whether a value has to be evaluated."""
    return not isinstance(value, (bool, int, float, str, bytes, type(None), np.ndarray, np.generic))


def as_plain(value):
    """A value as it is compared: sparse matrices are dense, and bytes are text."""
    if type(value) in (list, tuple):
        return type(value)(as_plain(item) for item in value)
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return np.asarray(value.todense()) if hasattr(value, "todense") else value


def said(K, tensor):
    """What K says of a tensor before it is evaluated; stand-ins are not asked."""
    questions = {"ndim": K.ndim, "shape": K.int_shape, "dtype": K.dtype}
    return {name: ask(tensor) for name, ask in questions.items() if not hasattr(ask, "missing")}


def joined(value, answers):
    """`value` with the next of `answers` in place of each tensor."""
    if type(value) in (list, tuple):
        return [joined(item, answers) for item in value]
    return next(answers) if is_tensor(value) else as_plain(value)

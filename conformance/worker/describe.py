"""What the worker says of a backend, of a tensor before it is evaluated, and of an exception; all of it plain values."""
import sys
import traceback

import numpy as np

from conformance import front, probe, stubs

_PLAIN = (bool, int, float, str, bytes, type(None))


def tensor_facts(K, tensor):
    """What K says of a tensor before it is evaluated; a question K cannot answer is answered with the exception.

    A function that a module from outside lacks is not asked: its own cases say so, and those of others can be measured.
    """
    return {name: ask(getattr(K, name), tensor) for name in ("ndim", "int_shape", "dtype")
            if not isinstance(getattr(K, name), stubs.Stub)}


def ask(question, tensor):
    """`question(tensor)` as a plain value."""
    try:
        answer = question(tensor)
        if isinstance(answer, (list, tuple)):
            return [None if n is None else int(n) if isinstance(n, (int, np.integer)) else str(n) for n in answer]
        return answer if isinstance(answer, _PLAIN) else int(answer) if isinstance(answer, np.integer) else str(answer)
    except Exception as error:
        return {"raised": "{}: {}".format(type(error).__name__, error)[:500]}


def describe_exception(error):
    """Type, text and traceback of an exception, as plain values; the types of its bases, for documented exceptions."""
    error = root_cause(error)
    return {
        "type": type(error).__name__,
        "bases": [base.__name__ for base in type(error).__mro__],
        "message": probe.own(str(error)[:4000]),
        "traceback": probe.own("".join(traceback.format_exception(type(error), error, error.__traceback__)))[-8000:],
        "root": probe.root(error),
    }


def root_cause(error):
    """The exception behind Keras' "Unable to import backend", which hides the one its reader needs."""
    seen = set()
    while isinstance(error, ValueError) and str(error).startswith("Unable to import backend") and id(error) not in seen:
        seen.add(id(error))
        hidden = error.__cause__ or error.__context__
        if hidden is None:
            break
        error = hidden
    return error


def backend_facts(K, external=None):
    """The identity of what answered: name, file, versions, public names, and the module its tensors come from.

    Of a module from `external` no function is called yet: what it does then is for its cases to show.
    """
    package = sys.modules[front.PACKAGE]
    source = sys.modules.get(external or getattr(K.variable, "__module__", ""), K)
    tensor, engine = "", external
    if not external:
        kind = type(K.variable(np.zeros((1,), "float32")))
        tensor, engine = kind.__module__ + "." + kind.__name__, (kind.__module__ or "").split(".")[0]
    versions = {"python": ".".join(map(str, sys.version_info[:3])), "numpy": np.__version__}
    for module in (package, sys.modules.get(engine)):
        if module is not None and isinstance(getattr(module, "__version__", None), str):
            versions[module.__name__] = module.__version__
    return {
        "backend": K.backend() if hasattr(K, "backend") else None,
        "file": probe.shown(getattr(source, "__file__", None) or ""),
        "engine": engine,
        "front": front.PACKAGE,
        "tensor": tensor,
        "versions": versions,
        "names": sorted(name for name in dir(K) if not name.startswith("_")),
    }

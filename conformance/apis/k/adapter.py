"""K for the worker: loads Keras with its backend, makes variables and placeholders, evaluates, and puts state
back."""
import importlib
import inspect
import os
import re
import sys

import numpy as np

from conformance.apis import base
from conformance.apis.k import frontend
from conformance.worker import inspect_module, stubs
from conformance.worker.describe import ask
from conformance.worker.evaluate import Bound, execute

_NAMES = re.compile(r"\bK\.([A-Za-z_]\w*)")
_QUESTIONS = (("ndim", "ndim"), ("shape", "int_shape"), ("dtype", "dtype"))
_DEFAULTS = (("set_floatx", "float32"), ("set_epsilon", 1e-7), ("set_image_data_format", "channels_last"))
_UNKNOWN = object()


class Adapter(base.Adapter):
    """One loaded `keras.backend`. `K` is that module."""

    def __init__(self, settings):
        base.Adapter.__init__(self, settings)
        self.K = None
        self._phase = _UNKNOWN

    def load(self, names=()):
        """Import Keras, and with it the backend; `names` of a module of somebody's own are stubbed before
        that."""
        if self.settings.module:
            stubs.install(self.settings.module, names, "K")
        self.K = importlib.import_module(frontend.module(self.settings))

    def examine(self, name, names, wanted):
        """What the module has, imported by itself: without K."""
        return inspect_module.examine(name, wanted)

    def identity(self):
        """What answered, as plain values; no function of the backend is called for it, for any of them may be
        broken."""
        package = sys.modules[frontend.package(self.settings)]
        source = self._source()
        versions = {"python": ".".join(map(str, sys.version_info[:3])), "numpy": np.__version__}
        engines = _engines(source, package)
        for module in [package] + engines:
            if isinstance(getattr(module, "__version__", None), str):
                versions[module.__name__] = module.__version__
        return {
            "backend": self.backend(),
            "file": inspect_module.shown(getattr(source, "__file__", None) or ""),
            "engine": engines[0].__name__ if engines else "",
            "front": package.__name__,
            "versions": versions,
        }

    def signatures(self):
        """Those of K's functions; what else is in the module has no place in an API of functions."""
        own = ((name, value) for name, value in vars(self.K).items() if not name.startswith("_"))
        return inspect_module.signature_texts(item for item in own if inspect.isroutine(item[1]))

    def backend(self):
        """What Keras has noted as the backend's name or says when asked, else the module of K's functions.

        Never what was asked for: this is what tells another backend that answered in its place.
        """
        for module in (sys.modules.get(self.K.__name__ + ".load_backend"), self.K):
            if isinstance(getattr(module, "_BACKEND", None), str):
                return module._BACKEND  # noqa: SLF001 - the public function may be the backend's own
        try:
            return str(self.K.backend())
        except Exception:  # its own cases say so
            name = self._source().__name__
            return name if name == self.settings.module else name.split(".")[-1].replace("_backend", "")

    def missing(self, source):
        """The names `source` uses that K lacks."""
        return sorted({name for name in _NAMES.findall(source) if not stubs.has(self.K, name)})

    def bind(self, request):
        """The expression's result over variables or placeholders, as the request's way says."""
        K = self.K
        self._settle()
        namespace = {"K": K, "np": np}
        placeholders, fed = [], []
        for name, spec in request["inputs"].items():
            array = spec["array"]
            if spec["kind"] == "plain":
                namespace[name] = array
            elif request["way"] == "variable":
                namespace[name] = K.variable(array, dtype=spec["dtype"])
            else:
                shape = [None if request["way"] == "unknown" and axis in spec["unknown"] else n
                         for axis, n in enumerate(array.shape)]
                namespace[name] = K.placeholder(shape=tuple(shape), dtype=spec["dtype"])
                placeholders.append(namespace[name])
                fed.append(array)
        return Bound(execute(request["source"], namespace), self.facts, (placeholders, fed))

    def evaluate(self, bound):
        """The answer, each tensor evaluated by K itself."""
        placeholders, fed = bound.context
        if not bound.tensors:
            return bound.answer([])
        if placeholders:
            return bound.answer(self.K.function(placeholders, bound.tensors)(fed), "K.function")
        return bound.answer([self.K.eval(tensor) for tensor in bound.tensors])

    def evaluate_together(self, bounds):
        """The answers of all from one compiled function, or None when the backend cannot do that."""
        tensors = [tensor for bound in bounds for tensor in bound.tensors]
        try:
            placeholders = [p for bound in bounds for p in bound.context[0]]
            fed = [array for bound in bounds for array in bound.context[1]]
            values = list(self.K.function(placeholders, tensors)(fed)) if tensors else []
            if len(values) != len(tensors):
                return None
            answers = []
            for bound in bounds:
                answers.append(bound.answer(values[:len(bound.tensors)]))
                del values[:len(bound.tensors)]
            return answers
        except Exception:
            return None  # each is about to be evaluated alone, where its exception is its answer

    def namespace(self, inputs):
        """The names that a script sees: K, NumPy, and its inputs as arrays."""
        self._settle()
        return dict(inputs, K=self.K, np=np)

    def facts(self, tensor):
        """What K says of a tensor before it is evaluated.

        A function that a module of somebody's own lacks is not asked: its own cases say so, and those of
        other functions can be measured.
        """
        return {fact: ask(getattr(self.K, name), "K." + name, tensor) for fact, name in _QUESTIONS
                if not isinstance(getattr(self.K, name), stubs.Stub)}

    def refresh(self):
        """Drop the graph; whether the backend has one to drop."""
        clear = getattr(self.K, "clear_session", None)
        if clear is not None:
            clear()
        return clear is not None

    def reset(self):
        """The settings K documents as global, back at their documented defaults; the graph goes too."""
        for name, default in _DEFAULTS:
            if hasattr(self.K, name):
                getattr(self.K, name)(default)
        self.recover()
        self.refresh()

    def recover(self):
        """Back to the learning phase before: a function that builds for both phases and raises may leave the
        other one."""
        if self._phase is not _UNKNOWN and self._phase is not None:
            self.K.set_learning_phase(self._phase)

    def cause(self, error):
        """The exception behind Keras' "Unable to import backend", which says nothing of what went wrong."""
        seen = set()
        while isinstance(error, ValueError) and str(error).startswith("Unable to import backend"):
            if id(error) in seen:
                break
            seen.add(id(error))
            hidden = error.__cause__ or error.__context__
            if hidden is None:
                break
            error = hidden
        return error

    def forget(self):
        """Remove Keras, and the backend when it is a module of somebody's own, from the imported modules."""
        tops = {"keras", frontend.package(self.settings)}
        external = os.environ.get("KERAS_BACKEND", "")
        for name in list(sys.modules):
            front_end = name.split(".")[0] in tops or name.startswith("keras_")
            if front_end or ("." in external and name == external):
                del sys.modules[name]

    def localised(self, source):
        """The source text with its imports of Keras turned to the package that is judged."""
        return frontend.localised(source, self.settings)

    def _settle(self):
        """Learn the learning phase this backend starts in where it is a number, and not a tensor that is
        fed."""
        if self._phase is not _UNKNOWN:
            return
        self._phase = None
        try:
            phase = self.K.learning_phase()
        except Exception:  # the cases of learning_phase say so
            return
        if type(phase) in (bool, int):
            self._phase = phase
        else:
            self.refresh()

    def _source(self):
        """The module that K's functions come from."""
        function = getattr(self.K, "variable", None)
        return sys.modules.get(self.settings.module or getattr(function, "__module__", ""), self.K)


def _engines(source, package):
    """The packages with a version that the backend's own module works with, in the order in which it names
    them."""
    found = []
    for value in list(vars(source).values()):
        name = (getattr(value, "__name__", "") if type(value) is type(sys) else "").split(".")[0]
        module = sys.modules.get(name)
        known = module is None or module in found or name in ("numpy", package.__name__)
        if not known and not _standard(module) and isinstance(getattr(module, "__version__", None), str):
            found.append(module)
    return found


def _standard(module):
    """Whether the module is of Python's standard library; `json` and `logging` have versions too."""
    library = os.path.dirname(os.__file__) + os.sep
    file = getattr(module, "__file__", None) or ""
    return file.startswith(library) and "-packages" + os.sep not in file[len(library):]

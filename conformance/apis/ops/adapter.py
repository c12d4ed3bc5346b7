"""The ops API for the worker: loads Keras with its backend, makes tensors, evaluates in each way, and puts
state back."""
import importlib
import re
import sys

import numpy as np

from conformance.apis import base
from conformance.apis.ops import frontend, registration
from conformance.apis.ops.names import PUBLIC
from conformance.apis.ops.plugin import Plugin
from conformance.worker import inspect_module, stubs
from conformance.worker.describe import describe_exception
from conformance.worker.evaluate import Bound, execute, flatten, is_plain, plain

_NAMES = re.compile(r"\b(ops|keras)((?:\.[A-Za-z_]\w*)+)")
_DEFAULTS = (("set_floatx", "float32"), ("set_epsilon", 1e-7), ("set_image_data_format", "channels_last"))
# How much longer unknown dimensions are in a second call, by which it shows what depends on them.
_LONGER = 7
# What Keras makes of the message of an exception, which it prints bold.
_TOLD = re.compile(r"Exception encountered when calling .*?\n\n\x1b\[1m(.*?)\x1b\[0m", re.DOTALL)
_NO_ATTRIBUTE = re.compile(r"module '[\w.]*' has no attribute '\w+'")


class Call(Bound):
    """A request that is ready to be evaluated."""

    def __init__(self, request):
        self.request = request


class Adapter(base.Adapter):
    """One loaded `keras.ops`."""

    def __init__(self, settings):
        base.Adapter.__init__(self, settings)
        self.keras = self.ops = self.plugin = self._failed = None

    def load(self, names=()):
        """Import Keras, and with it the backend. `names` of a package of somebody's own get stand-ins."""
        frontend.check(self.settings.path)
        if self.settings.module and self.plugin is None:
            self._register(names)
        if self._failed is not None:
            raise self._failed
        self.keras = importlib.import_module("keras")
        self.ops = importlib.import_module(self.settings.api_module or "keras.ops")

    def _register(self, names):
        self.plugin = Plugin(self.settings.module)
        self.plugin.names = tuple(names)
        self.note = registration.register(self.plugin)

    def examine(self, name, names, wanted):
        """What a package of somebody's own has. It is imported by Keras, which it needs itself; an exception
        that Keras raises after that is raised again when Keras is to be loaded."""
        frontend.check(self.settings.path)
        self._register(names)
        try:
            importlib.import_module("keras")
        except Exception as error:
            if self.plugin.error is not None or not self.plugin.complete:
                raise self.plugin.error or error
            self._failed = error
        return self.plugin.facts(wanted)

    def identity(self):
        """What answered, as plain values; no function of the backend is called for it."""
        own = self.plugin.package if self.plugin else "keras.src.backend." + self.backend()
        source = sys.modules.get(own, self.keras)
        versions = {"python": ".".join(map(str, sys.version_info[:3])), "numpy": np.__version__,
                    "keras": self.keras.__version__}
        engines = [name for name in frontend.TENSORS.get(self.backend(), ()) if "." not in name]
        for name in engines:
            if frontend.version(name):
                versions[name] = frontend.version(name)
        file = inspect_module.shown(getattr(source, "__file__", None) or "")
        return {"backend": self.backend(), "file": file,
                "engine": engines[0] if engines else "", "front": "keras", "versions": versions}

    def signatures(self):
        """Those of the public names, which `keras.ops` or `keras` has."""
        found = ((name, _found(self.ops, name) or _found(self.keras, name)) for name in PUBLIC)
        return inspect_module.signature_texts(found)

    def backend(self):
        """What Keras has loaded."""
        return self.keras.config.backend()

    def missing(self, source):
        """The names `source` uses that Keras lacks here."""
        roots = {"ops": self.ops, "keras": self.keras}
        return sorted({root + path for root, path in _NAMES.findall(source) if not _has(roots[root], path)})

    def bind(self, request):
        """The request itself: everything else is part of its evaluation."""
        return Call(request)

    def evaluate(self, bound):
        """The answer of one call."""
        request = bound.request
        floatx = request.get("floatx")
        if floatx:
            self.keras.config.set_floatx(floatx)
        try:
            return getattr(self, "_" + request["way"])(request)
        finally:
            if floatx:
                self.keras.config.set_floatx("float32")

    def evaluate_together(self, bounds):
        """The answers of all, each evaluated by itself: nothing is compiled that they could share."""
        return [self._answer(bound) for bound in bounds]

    def _answer(self, bound):
        try:
            return self.evaluate(bound)
        except Exception as error:
            self.recover()
            return {"raised": describe_exception(self.cause(error))}

    def namespace(self, inputs):
        """The names that a script sees: Keras, ops, NumPy, and its inputs as arrays."""
        return dict(inputs, keras=self.keras, ops=self.ops, np=np)

    def _eager(self, request):
        tensors = {name: self._tensor(spec) for name, spec in request["inputs"].items()}
        before = {name: spec["array"].copy() for name, spec in request["inputs"].items()
                  if spec["kind"] == "plain"}
        result = execute(request["source"], self.namespace(tensors))
        leaves = []
        answer = self._evaluated(flatten(result, leaves), leaves)
        answer["changed"] = [name for name, spec in request["inputs"].items()
                             if self._changed(tensors[name], before.get(name, spec["array"]))]
        return answer

    def _symbolic(self, request):
        placeholders, namespace, fed = [], {}, []
        for name, spec in request["inputs"].items():
            if spec["kind"] == "plain":
                namespace[name] = spec["array"]
                continue
            unknown = spec["unknown"] if request["way"] == "unknown" else ()
            fed.append(self._tensor(spec))
            spec["dtype"] = self._representable(spec["dtype"], fed[-1])
            namespace[name] = self._placeholder(spec, dict.fromkeys(unknown))
            placeholders.append(namespace[name])
        leaves = []
        tree = flatten(execute(request["source"], self.namespace(namespace)), leaves)
        symbols = [leaf for leaf in leaves if isinstance(leaf, self.keras.KerasTensor)]
        declared = [self._declared(symbol) for symbol in symbols]
        if symbols:
            computed = self.keras.Function(placeholders, symbols)(fed)
            if len(computed) != len(symbols):
                raise RuntimeError("the Function returned {} values for {} outputs".format(
                    len(computed), len(symbols)))
            values = iter(computed)
            leaves = [next(values) if isinstance(leaf, self.keras.KerasTensor) else leaf for leaf in leaves]
        answer = self._evaluated(tree, leaves)
        settled = self._settled(request) if request["way"] == "unknown" else None
        places = [index for index, fact in enumerate(answer["facts"]) if fact is not None]
        for number, (index, fact) in enumerate(zip(places, declared)):
            answer["facts"][index].update(
                declared=fact, settled=settled[number] if settled else fact[0])
        return answer

    _unknown = _symbolic

    def _traced(self, request):
        names = [name for name, spec in request["inputs"].items() if spec["kind"] != "plain"]
        others = {name: spec["array"] for name, spec in request["inputs"].items() if spec["kind"] == "plain"}
        traced = {}

        def function(*tensors):
            namespace = self.namespace(dict(others, **dict(zip(names, tensors))))
            traced["leaves"] = []
            traced["tree"] = flatten(execute(request["source"], namespace), traced["leaves"])
            return [leaf for leaf in traced["leaves"] if self.ops.is_tensor(leaf)]

        if self.backend() == "jax":
            compiled = importlib.import_module("jax").jit(function)
        else:
            compiled = importlib.import_module("tensorflow").function(function, autograph=False)
        computed = iter(compiled(*[self._tensor(request["inputs"][name]) for name in names]))
        leaves = [leaf if is_plain(leaf) else next(computed) for leaf in traced["leaves"]]
        return self._evaluated(traced["tree"], leaves)

    def _tensor(self, spec):
        if spec["kind"] == "plain":
            return spec["array"]
        return self.ops.convert_to_tensor(spec["array"], dtype=spec["dtype"])

    def _representable(self, dtype, tensor):
        """The dtype of the symbol that stands for a tensor: 32 bits where the backend makes no 64-bit
        tensors."""
        made = self.keras.backend.standardize_dtype(tensor.dtype)
        return made if dtype.replace("64", "32") == made else dtype

    def _placeholder(self, spec, lengths):
        shape = tuple(lengths.get(axis, n) for axis, n in enumerate(spec["array"].shape))
        return self.keras.KerasTensor(shape, dtype=spec["dtype"])

    def _declared(self, symbol):
        """The shape and the dtype that a symbolic call declares; a list, which tells one wrong declaration
        from another."""
        shape = symbol.shape
        shape = None if shape is None else [None if n is None else int(n) for n in shape]
        return [shape, str(symbol.dtype)]

    def _settled(self, request):
        """The lengths of the result that do not depend on the unknown ones: those declared alike for two
        lengths of these. None when one of the two is refused."""
        found = []
        for longer in (0, _LONGER):
            namespace = {name: spec["array"] if spec["kind"] == "plain" else self._placeholder(
                spec, {axis: spec["array"].shape[axis] + longer for axis in spec["unknown"]
                       if axis < spec["array"].ndim}) for name, spec in request["inputs"].items()}
            leaves = []
            try:
                flatten(execute(request["source"], self.namespace(namespace)), leaves)
            except Exception:
                return None  # the same call for the declared shapes says what is wrong
            found.append([self._declared(leaf)[0] for leaf in leaves
                          if isinstance(leaf, self.keras.KerasTensor)])
        short, long = found
        if len(short) != len(long) or None in short + long or any(
                len(a) != len(b) for a, b in zip(short, long)):
            return None
        return [[m if m == n else None for m, n in zip(a, b)] for a, b in zip(short, long)]

    def _evaluated(self, tree, leaves):
        values, facts = [], []
        for leaf in leaves:
            if isinstance(leaf, self.keras.Variable):
                leaf = leaf.value
            tensor = self.ops.is_tensor(leaf)
            if tensor or (frontend.engine(type(leaf)) and not is_plain(leaf)):
                foreign = frontend.foreign(self.backend(), type(leaf), self._kind())
                if foreign:
                    raise TypeError("a tensor of {} came back, and the backend is {}".format(
                        foreign, self.backend()))
            if not tensor:
                values.append(plain(leaf))
                facts.append(None)
                continue
            facts.append({"dtype": self.keras.backend.standardize_dtype(leaf.dtype)})
            values.append(_carried(self.ops.convert_to_numpy(leaf)))
        return {"tree": tree, "leaves": values, "facts": facts}

    def _kind(self):
        """The type of tensors that the backend makes, of a plug-in the only thing that is known of them."""
        return type(self.ops.convert_to_tensor(0.0)) if self.plugin else None

    def _changed(self, tensor, array):
        """Whether a call wrote to its input."""
        if self.backend() in frontend.IMMUTABLE and not isinstance(tensor, np.ndarray):
            return False
        after = _carried(np.asarray(self.ops.convert_to_numpy(tensor)))
        return after.shape != array.shape or not np.array_equal(
            after, array.astype(after.dtype), equal_nan=after.dtype.kind in "fc")

    def facts(self, tensor):
        """Not asked: what is declared is part of an answer."""
        return {}

    def refresh(self):
        """False: this API has no graph that could be dropped."""
        return False

    def reset(self):
        """The settings Keras documents as global, back at their documented defaults."""
        for name, default in _DEFAULTS if self.keras is not None else ():
            getattr(self.keras.config, name)(default)

    recover = reset

    def cause(self, error):
        """A function that the backend's own module lacks is not implemented there: Keras looks it up when it
        is called. And where Keras hid a message behind one of its own, the message."""
        told = _TOLD.match(str(error))
        if told:
            error.args = (told.group(1),)
        if isinstance(error, AttributeError) and _NO_ATTRIBUTE.match(str(error)):
            name = str(error).split("'")[1]
            if name.startswith("keras.src.backend.") or not name.startswith("keras."):
                return NotImplementedError(str(error))
        return error

    def forget(self):
        """Remove Keras, and the backend when it is a module of somebody's own, from the imported modules."""
        own = self.plugin.package.split(".")[0] if self.plugin else "keras"
        for name in list(sys.modules):
            if name.split(".")[0] in ("keras", own):
                del sys.modules[name]

    def localised(self, source):
        """The source text itself: there is one front end."""
        return source


def _found(module, path):
    for name in path.split("."):
        module = getattr(module, name, None)
    return module


def _has(module, path):
    for name in path.split(".")[1:]:
        if not stubs.has(module, name):
            return False
        module = getattr(module, name)
        if not isinstance(module, type(sys)):
            return True
    return True


def _carried(array):
    """The array as the wire carries it: dtypes that NumPy lacks become float32."""
    array = np.asarray(array)
    return array if array.dtype.kind in "biufcSU" else array.astype("float32")

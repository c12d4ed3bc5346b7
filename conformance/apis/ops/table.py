"""The ops API for the judge: the cases of the spec, and how each is put to the worker."""
import importlib
import os
import pkgutil
import sys

from conformance.apis import base
from conformance.apis.ops import contract, frontend, registration, script, spec
from conformance.apis.ops.language import TRACED, WAYS, ops
from conformance.case import PROFILES


class Table(base.Table):
    """The promises of `keras.ops`, `keras.random` and `keras.Variable` as Keras 3.15.1 documents them."""

    title = "the ops API"

    def __init__(self, settings):
        base.Table.__init__(self, settings)
        self.api_module = settings.api_module or "keras.ops"
        for name in sorted(module.name for module in pkgutil.iter_modules(spec.__path__)):
            importlib.import_module(spec.__name__ + "." + name)

    def functions(self):
        """The functions in the order of their areas."""
        return sorted(ops.functions, key=lambda function: function.area)

    def cases(self, profile="full"):
        """The cases of a profile, area by area. Raises ValueError when two have the same id."""
        wanted = PROFILES[:PROFILES.index(profile) + 1]
        return [case for case in ops.cases() if case.profile in wanted]

    def request(self, case):
        """An expression over inputs that go in as the way says, or a script over arrays."""
        arrays = case.arrays()
        if case.way in WAYS:
            inputs = {name: {"array": arrays[name], "dtype": item.dtype,
                             "kind": "plain" if item.plain else "tensor",
                             "unknown": list(item.unknown_axes)}
                      for name, item in case.inputs.items() if not getattr(item, "literal", False)}
            return {"op": "evaluate", "source": case.source, "way": case.way, "inputs": inputs,
                    "floatx": case.extra.get("floatx")}
        names = [name for name in case.extra.get("names", ()) if name != "stderr"]
        request = {"op": case.way, "source": case.source, "inputs": arrays, "names": names}
        if case.forked:
            request["env"] = case.extra.get("env", {})
            request["files"] = case.extra.get("files", {})
        return request

    def script(self, case):
        """The case as a script that needs Keras, NumPy and the backend that the environment asks for."""
        return script.source(case, self.settings, self.asked(os.environ))

    def not_applicable(self, case, loaded):
        """Why the case does not apply: it is for other backends, or the backend compiles no functions."""
        if case.only and loaded.get("backend") not in case.only[0]:
            return case.only[1]
        return frontend.untraced(loaded.get("backend")) if case.way == TRACED else None

    def asked(self, environment):
        """What KERAS_BACKEND names; TensorFlow is what Keras documents as its default."""
        return environment.get("KERAS_BACKEND") or "tensorflow"

    def refusal(self, loaded, environment):
        """What was asked for must be what answers."""
        asked = environment.get("KERAS_BACKEND")
        if self.settings.module:
            asked = registration.backend_of(self.settings.module)
        if asked and loaded["backend"] != asked:
            return "KERAS_BACKEND asks for {}, but {backend} answered ({file})".format(asked, **loaded)
        return None

    def private(self, directory):
        """Keras' configuration file stays in the worker's own directory. What jax has compiled stays in the
        worker's environment, in the folder that runs may write to, where the next run finds it."""
        prefix = os.path.dirname(os.path.dirname(self.settings.worker or sys.executable))
        return {"KERAS_HOME": os.path.join(directory, ".keras"),
                "JAX_COMPILATION_CACHE_DIR": os.path.join(prefix, "compiled", "jax"),
                "JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS": "0",
                "JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES": "-1"}

    def subject(self, module):
        """`keras_mine.src` for `keras_mine`: the package that Keras imports."""
        return registration.package_of(module)

    def contract(self, paths=None):
        """What the backends of the installed Keras have."""
        return contract.read(paths)

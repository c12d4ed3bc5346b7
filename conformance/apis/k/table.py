"""K for the judge: the cases of the spec, and how each is put to the worker."""
import importlib
import os
import pkgutil

from conformance.apis import base
from conformance.apis.k import frontend, script, signatures, spec
from conformance.apis.k.language import ALL_WAYS, k
from conformance.case import PROFILES


class Table(base.Table):
    """The promises of `keras.backend` as Keras 2.3.1 documents them."""

    title = "K"

    def __init__(self, settings):
        base.Table.__init__(self, settings)
        self.api_module = frontend.module(settings)
        for name in sorted(module.name for module in pkgutil.iter_modules(spec.__path__)):
            importlib.import_module(spec.__name__ + "." + name)

    def functions(self):
        """The functions of K in the order of their areas."""
        return sorted(k.functions, key=lambda function: function.area)

    def cases(self, profile="full"):
        """The cases of a profile, area by area. Raises ValueError when two have the same id."""
        wanted = PROFILES[:PROFILES.index(profile) + 1]
        return [case for case in k.cases() if case.profile in wanted]

    def request(self, case):
        """An expression over tensors that go in as the way says, or a script over arrays."""
        arrays = case.arrays()
        if case.way in ALL_WAYS:
            inputs = {name: {"array": arrays[name], "dtype": item.dtype,
                             "kind": "plain" if item.plain else "tensor",
                             "unknown": list(item.unknown_axes)} for name, item in case.inputs.items()}
            return {"op": "evaluate", "source": case.source, "way": case.way, "inputs": inputs}
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
        """Why the case does not apply: it is for other backends, or about choosing one where there is none to
        choose."""
        if case.only and loaded.get("backend") not in case.only[0]:
            return case.only[1]
        if case.extra.get("loader") and loaded.get("front", "keras") != "keras":
            return "{} has one backend and none to choose".format(loaded["front"])
        return None

    def asked(self, environment):
        """What KERAS_BACKEND names; TensorFlow is what Keras documents as its default."""
        return environment.get("KERAS_BACKEND") or "tensorflow"

    def refusal(self, loaded, environment):
        """Keras goes on with another backend when it is told to; what it was asked for must be what
        answers."""
        asked = environment.get("KERAS_BACKEND")
        if asked and loaded["backend"] != asked:
            return "KERAS_BACKEND asks for {}, but {backend} answered ({file})".format(asked, **loaded)
        return None

    def private(self, directory):
        """Keras' configuration file stays in the worker's own directory."""
        return {"KERAS_HOME": os.path.join(directory, ".keras")}

    def subject(self, module):
        """The module itself: a backend of K is a single one."""
        return module

    def contract(self, paths=None):
        """What the installed Keras demands, read from its source."""
        return signatures.read(paths=paths)

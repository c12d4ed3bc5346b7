"""A plug-in package while Keras loads it: what it has is noted, and what it lacks is replaced by stand-ins.

A stand-in never passes for an implementation: calling it raises NotImplementedError.
"""
import importlib
import importlib.util
import sys
import types

from conformance.apis.ops import registration
from conformance.worker import inspect_module, stubs

_MODULES = ("ops", "random", "rnn") + tuple("ops." + name for name in registration.MODULES)
_PLAIN = {"IS_THREAD_SAFE": True, "SUPPORTS_RAGGED_TENSORS": False, "SUPPORTS_SPARSE_TENSORS": False,
          "distribution_lib": None}


class Plugin(registration.Package):
    """The package called `name`, with stand-ins for those of `names` that it lacks."""

    def __init__(self, name):
        registration.Package.__init__(self, name)
        self.names = ()
        self.lacks = set()
        """The names that it lacks."""
        self.found = {}
        """What it has of `names`, by name."""
        self.error = None
        """What its own import raised."""
        self.complete = False
        """Whether Keras has got the package, with stand-ins where they were needed."""

    def root(self):
        """The package with all modules that Keras expects, complete."""
        self._import(self.package)
        for name in self._below(lambda part: part != "trainer"):
            self._look(name)
        self.complete = True
        return sys.modules[self.package]

    def part(self, part):
        """As registration.Package.part; of the trainer there is a stand-in."""
        module = self._import("{}.{}".format(self.package, part), absent=part != "trainer")
        for name in self._below(lambda first: first == part):
            self._look(name)
        return module

    def kind(self, part):
        """As registration.Package.kind, of this part."""
        self.part(part)
        return registration.Package.kind(self, part)

    def _below(self, chosen):
        return [name for name in self.names if chosen(name.partition(".")[0])]

    def _import(self, name, absent=False):
        """The module, imported; an empty one when there is none, or None with `absent`."""
        try:
            if name in sys.modules or importlib.util.find_spec(name) is not None:
                return importlib.import_module(name)
        except Exception as error:
            self.error = self.error or error
            raise
        if absent:
            return None
        module = sys.modules[name] = types.ModuleType(name)
        module.__path__ = []  # there may be modules to make below it
        outer, _, own = name.rpartition(".")
        setattr(sys.modules[outer], own, module)
        return module

    def _look(self, name):
        """Note whether it has a name of the contract, and put a stand-in there when it has not."""
        outer, _, own = name.rpartition(".")
        module = self._import(".".join(filter(None, (self.package, outer))))
        if hasattr(module, own):
            if name not in self.lacks:
                self.found[name] = getattr(module, own)
        elif outer == "ops" and "ops.core." + own in self.lacks:
            setattr(module, own, getattr(self._import(self.package + ".ops.core"), own))
        else:
            self.lacks.add(name)
            self._stand_in(module, name, own)

    def _stand_in(self, module, name, own):
        if name in _MODULES:
            self._import("{}.{}".format(module.__name__, own))
        elif name in _PLAIN:
            setattr(module, own, _PLAIN[name])
        elif name == "name_scope":
            module.name_scope = importlib.import_module("keras.src.backend.common.name_scope").name_scope
        elif name == "trainer.Trainer":
            trainer = importlib.import_module("keras.src.trainers.trainer")
            below = getattr(trainer, "BaseTrainer", None) or trainer.Trainer
            module.Trainer = type("Trainer", (below,), {})
        elif name == "Variable":
            module.Variable = self._variable()
        else:
            setattr(module, own, stubs.Stub(name, self.package))

    def _variable(self):
        def refuse(*args, **kwargs):
            raise NotImplementedError("{} has no Variable".format(self.package))
        below = importlib.import_module("keras.src.backend.common").KerasVariable
        return type(below)("Variable", (below,), dict.fromkeys(
            ("_initialize", "_direct_assign", "_convert_to_tensor"), refuse))

    def facts(self, wanted):
        """What the judge asks of a module: its names, and the parameters of those that are `wanted`."""
        return {"names": [name for name in self.names if name not in self.lacks],
                "signatures": {name: inspect_module.signature(self.found[name]) for name in wanted
                               if name in self.found}}


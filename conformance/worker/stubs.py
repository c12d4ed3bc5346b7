"""Stand-ins for the names a module from outside lacks, so that Keras loads it and what it has can be measured.

A stub is not an implementation and never passes for one: calling it raises NotImplementedError, and the worker says that
K does not have the name.
"""
import importlib.machinery
import sys


class Stub:
    """A function of K that the module under test does not have."""

    def __init__(self, name):
        self.__name__ = name

    def __call__(self, *args, **kwargs):
        raise NotImplementedError("K has no {}".format(self.__name__))


def has(K, name):
    """Whether K has the name, a stub not counted."""
    return hasattr(K, name) and not isinstance(getattr(K, name), Stub)


def install(module, names):
    """Add stubs called `names` to the module each time that it is imported, now included when it is already there.

    A finder, because scripts that load Keras anew forget the module and import it again.
    """
    sys.meta_path.insert(0, _Finder(module, names))
    if module in sys.modules:
        _add(sys.modules[module], names)


def _add(module, names):
    for name in names:
        if name not in vars(module):
            setattr(module, name, Stub(name))


class _Finder:
    def __init__(self, module, names):
        self.module = module
        self.names = names

    def find_spec(self, name, path=None, target=None):
        """The module's own spec, with a loader that adds the stubs."""
        if name != self.module:
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = _Loader(spec.loader, self.names)
        return spec


class _Loader:
    def __init__(self, loader, names):
        self._loader = loader
        self._names = names

    def create_module(self, spec):
        return self._loader.create_module(spec)

    def exec_module(self, module):
        self._loader.exec_module(module)
        _add(module, self._names)

    def __getattr__(self, name):
        # What linecache, pkgutil and others ask a loader for.
        return getattr(self._loader, name)

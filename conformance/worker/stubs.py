"""Stand-ins for the names a module of somebody's own lacks, so that the front end loads it and its other
names are measured.

A stub is not an implementation and never passes for one: calling it raises NotImplementedError, and the
worker says that the API does not have the name.
"""
import importlib.machinery
import sys


class Stub:
    """A function of the API called `title` that the module under test does not have."""

    def __init__(self, name, title):
        self.__name__ = name
        self._title = title

    def __call__(self, *args, **kwargs):
        raise NotImplementedError("{} has no {}".format(self._title, self.__name__))


def has(namespace, name):
    """Whether a module has the name; a stub does not count."""
    return hasattr(namespace, name) and not isinstance(getattr(namespace, name), Stub)


def install(module, names, title):
    """Add stubs called `names` to the module each time that it is imported, now included when it is already
    there.

    A finder, because scripts that load the front end anew forget the module and import it again.
    """
    made = [Stub(name, title) for name in names]
    sys.meta_path.insert(0, _Finder(module, made))
    if module in sys.modules:
        _add(sys.modules[module], made)


def _add(module, made):
    for stub in made:
        if stub.__name__ not in vars(module):
            setattr(module, stub.__name__, stub)


class _Finder:
    def __init__(self, module, made):
        self.module = module
        self.made = made

    def find_spec(self, name, path=None, target=None):
        """The module's own spec, with a loader that adds the stubs."""
        if name != self.module:
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = _Loader(spec.loader, self.made)
        return spec


class _Loader:
    def __init__(self, loader, made):
        self._loader = loader
        self._made = made

    def create_module(self, spec):
        return self._loader.create_module(spec)

    def exec_module(self, module):
        self._loader.exec_module(module)
        _add(module, self._made)

    def __getattr__(self, name):
        # What linecache, pkgutil and others ask a loader for.
        return getattr(self._loader, name)

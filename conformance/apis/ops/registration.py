"""Makes Keras load a backend that is a package of somebody's own, also where Keras does not allow its name.

Keras 3.16 imports `keras_NAME.src`, with `.trainer`, `.layer` and `.export` below it, for the names that
stand in its PLUGGABLE_BACKENDS; an older Keras has a branch for each backend of its own wherever it needs
one. All below this docstring is copied into reproduction scripts: it needs the standard library alone.
"""
import ast
import importlib
import importlib.machinery
import importlib.util
import os
import sys
import types

MODULES = ("core", "image", "linalg", "math", "nn", "numpy")
"""The modules of a backend's `ops`."""
_OLD = ("keras.src.backend", "keras.src.layers.layer", "keras.src.models.model",
        "keras.src.export.saved_model", "keras.src.utils.backend_utils")
# Keras' own backend whose branches are copied, and what it calls its classes.
_COPIED = "openvino"
_CLASSES = {"layer": "BackendLayer", "trainer": "Trainer", "export": "SavedModelExportArchive"}


def package_of(name):
    """The package that is the backend: of `keras_mine` it is `keras_mine.src`, as Keras imports it."""
    return name + ".src" if name.startswith("keras_") and "." not in name else name


def backend_of(name):
    """What KERAS_BACKEND names the backend in the package `name`: `mine` for `keras_mine`."""
    first, _, rest = package_of(name).partition(".")
    return first[len("keras_"):] if first.startswith("keras_") and rest == "src" else name.replace(".", "_")


class Package:
    """A plug-in package as Keras asks for it."""

    def __init__(self, name):
        self.package = package_of(name)
        self.name = backend_of(name)

    def root(self):
        """The package itself, imported."""
        return importlib.import_module(self.package)

    def part(self, part):
        """Its module `trainer`, `layer` or `export`; None where it has none."""
        name = "{}.{}".format(self.package, part)
        return importlib.import_module(name) if importlib.util.find_spec(name) else None

    def kind(self, part):
        """The class that the module `part` is for, or what Keras takes in its place."""
        module = self.part(part)
        if module is not None:
            return getattr(module, _CLASSES[part])
        if part == "trainer":
            raise ImportError("{} has no module trainer".format(self.package))
        return type(_CLASSES[part], (), {})


def register(package):
    """Prepare the import of Keras, which has not been imported; what was done, or None where Keras needs
    nothing.

    Raises ImportError where Keras has a backend of that name itself.
    """
    os.environ["KERAS_BACKEND"] = package.name
    spec = importlib.machinery.PathFinder.find_spec("keras")
    folder = os.path.join(next(iter(spec.submodule_search_locations)), "src", "backend") if spec else ""
    if os.path.isdir(os.path.join(folder, package.name)):
        raise ImportError("Keras has a backend of its own called {}, which it loads in place of {}".format(
            package.name, package.package))
    config = os.path.join(folder, "config.py")
    if not os.path.isfile(config):
        return None
    with open(config) as stream:
        text = stream.read()
    if "PLUGGABLE_BACKENDS" not in text:
        sys.meta_path.insert(0, _Finder(package, dict.fromkeys(_OLD, _branched)))
        return "this Keras has no plug-ins: it was given a branch for {}, as it has for its own".format(
            package.name)
    sys.meta_path.insert(0, _Finder(package, {
        "keras.src.backend.config": _allowed, "keras.src.utils.module_utils": _found}))
    allowed = '"{}"'.format(package.name) in text[text.index("PLUGGABLE_BACKENDS"):].split("\n\n")[0]
    if allowed and package.package == "keras_{}.src".format(package.name):
        return None
    return "Keras does not know {} yet: it was added to PLUGGABLE_BACKENDS, as {} would be".format(
        package.name, "keras_{}.src".format(package.name))


class _Finder:
    """Finds modules of Keras whose import is changed, and the backend below `keras.src.backend`."""

    def __init__(self, package, changes):
        self.package = package
        self.changes = changes

    def find_spec(self, name, path=None, target=None):
        """A module's own spec, with a loader that changes it; None for other modules."""
        if name == "keras.src.backend." + self.package.name:
            return importlib.machinery.ModuleSpec(name, _View(self.package), is_package=True)
        if name not in self.changes:
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = _Changed(spec.loader, self.package, self.changes[name])
        return spec


class _Changed:
    def __init__(self, loader, package, change):
        self._loader, self._package, self._change = loader, package, change

    def create_module(self, spec):
        return self._loader.create_module(spec)

    def exec_module(self, module):
        self._change(self._loader, module, self._package)

    def __getattr__(self, name):
        return getattr(self._loader, name)


def _allowed(loader, module, package):
    loader.exec_module(module)
    module.PLUGGABLE_BACKENDS = frozenset(module.PLUGGABLE_BACKENDS) | {package.name}


def _found(loader, module, package):
    loader.exec_module(module)
    theirs = module.get_pluggable_backend_module

    def found(module_name=None, allow_missing=False, backend=None):
        if (backend or package.name) != package.name:
            return theirs(module_name, allow_missing, backend)
        part = (module_name or "src").partition(".")[2]
        if not part:
            return package.root()
        if package.part(part) is None and not allow_missing:
            raise ImportError("{} has no module {}".format(package.package, part))
        return package.part(part)
    module.get_pluggable_backend_module = found


class _View:
    """Makes `keras.src.backend.NAME`, as a Keras without plug-ins lays its backends out."""

    def __init__(self, package):
        self._package = package

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        root = self._package.root()
        names = {name: value for name, value in vars(root).items() if not name.startswith("_")}
        for name in MODULES + ("random", "rnn"):
            inner = getattr(root.ops if name in MODULES else root, name)
            view = types.ModuleType("{}.{}".format(module.__name__, name))
            vars(view).update((key, value) for key, value in vars(inner).items() if not key.startswith("__"))
            if name == "core":
                for key in ("Variable", "compute_output_spec", "device_scope"):
                    vars(view).setdefault(key, getattr(root, key))
            if name in ("core", "rnn"):
                names.update((key, value) for key, value in vars(view).items() if not key.startswith("_"))
            names[name] = sys.modules[view.__name__] = view
        vars(module).update(names)
        for part, kind in _CLASSES.items():
            view = sys.modules["{}.{}".format(module.__name__, part)] = _Late(
                "{}.{}".format(module.__name__, part))
            view.__dict__["_kind"] = kind, part, self._package


class _Late(types.ModuleType):
    """A module with one class, imported when Keras asks for it: a trainer imports half of Keras."""

    def __getattr__(self, name):
        kind, part, package = self.__dict__["_kind"]
        if name != kind:
            raise AttributeError("module {!r} has no attribute {!r}".format(self.__name__, name))
        return package.kind(part)


def _branched(loader, module, package):
    tree = _Branches(package.name).visit(ast.parse(loader.get_source(module.__name__)))
    code = compile(ast.fix_missing_locations(tree), loader.get_filename(module.__name__), "exec")
    exec(code, module.__dict__)


class _Branches(ast.NodeTransformer):
    """Puts a branch for the backend before each of the copied backend's."""

    def __init__(self, name):
        self._name = name

    def visit_If(self, node):
        self.generic_visit(node)
        if not _asks(node.test):
            return node
        branch = _Renamed(self._name).visit(ast.parse(ast.unparse(ast.If(node.test, node.body, [])))).body[0]
        branch.orelse = [node]
        return branch


def _asks(test):
    return isinstance(test, ast.Compare) and any(
        isinstance(item, ast.Constant) and item.value == _COPIED for item in test.comparators)


class _Renamed(ast.NodeTransformer):
    def __init__(self, name):
        self._name = name

    def visit_Constant(self, node):
        if isinstance(node.value, str):
            node.value = node.value.replace(_COPIED, self._name)
        return node

    def visit_ImportFrom(self, node):
        node.module = node.module.replace("backend." + _COPIED, "backend." + self._name)
        part = node.module.rpartition(".")[2]
        if part in _CLASSES:
            node.names[0].name = _CLASSES[part]
        return node

"""What Keras demands of a backend, read from its own source: neither Keras nor TensorFlow is imported for it.

The judge does this. It must not run what a stranger's module may have changed, and TensorFlow, whose
backend's `def` lines are the documented signatures of K, need not be installed.
"""
import ast
import importlib.machinery
import os

from conformance.apis.base import Contract
from conformance.apis.parameters import stated

ENTRIES = ("placeholder", "variable", "function")
"""What Keras' loader checks for, as its documentation says."""


def read(package=None, paths=None):
    """The Contract of the Keras below `package`, a directory; by default of the one that would be imported
    from `paths`, those of this interpreter if None.

    Raises LookupError when there is no Keras whose backend can be read.
    """
    if package is None:
        spec = importlib.machinery.PathFinder.find_spec("keras", paths)
        if spec is None or not spec.submodule_search_locations:
            raise LookupError("Keras is not installed in this environment")
        package = next(iter(spec.submodule_search_locations))
    folder = os.path.join(package, "backend")
    return Contract(ENTRIES, _names(folder), _signatures(os.path.join(folder, "tensorflow_backend.py")))


def _names(folder):
    """What `keras/backend/__init__.py` imports from the loaded backend and Keras does not define itself."""
    package = _parse(os.path.join(folder, "__init__.py"))
    imported = [alias.name for node in package.body
                if isinstance(node, ast.ImportFrom) and node.module == "load_backend"
                for alias in node.names]
    if not imported:  # an older Keras takes what it is given
        return list(ENTRIES)
    own = set()
    for node in _parse(os.path.join(folder, "load_backend.py")).body:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            own.update(alias.asname or alias.name for alias in node.names)
        elif isinstance(node, ast.FunctionDef):
            own.add(node.name)
    return [name for name in imported if name not in own]


def _signatures(path):
    found = {}
    for node in _parse(path).body:
        if isinstance(node, ast.FunctionDef):
            found[node.name] = stated(node.args)
        elif (isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
              and isinstance(node.value, ast.Attribute)):
            # K's own function is another library's, as in `name_scope = tf.name_scope`.
            name = node.targets[0].id
            found[name] = "{} (K's own is {})".format(name, _dotted(node.value))
    return found


def _dotted(node):
    if isinstance(node, ast.Attribute):
        return _dotted(node.value) + "." + node.attr
    return getattr(node, "id", "?")


def _parse(path):
    try:
        with open(path, encoding="utf-8") as stream:
            return ast.parse(stream.read())
    except (OSError, SyntaxError) as error:
        raise LookupError("this Keras has no backend that can be read: {}".format(error))

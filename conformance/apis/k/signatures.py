"""What Keras demands of a backend, read from its own source: neither Keras nor TensorFlow is imported for it.

The judge does this. It must not run what a stranger's module may have changed, and TensorFlow, whose backend's `def`
lines are the documented signatures of K, need not be installed.
"""
import ast
import importlib.util
import os

ENTRIES = ("placeholder", "variable", "function")
"""What Keras' loader checks for, as its documentation says."""
PLAIN, REST, KEYWORD, REST_KEYWORDS = "plain", "*", "keyword", "**"


class FrontEnd:
    """The names a backend must have for `keras.backend` to load, and the signature of each where K states one."""

    def __init__(self, names, signatures):
        self.names = names
        self.signatures = signatures

    def describe(self, name):
        """A name as it must be defined, such as `dot(x, y)`."""
        signature = self.signatures.get(name)
        return signature if isinstance(signature, str) else name if signature is None else name + show(signature)


def read(package=None):
    """The FrontEnd of the Keras below `package`, a directory; by default of the one that would be imported.

    Raises LookupError when there is no Keras whose backend can be read.
    """
    if package is None:
        spec = importlib.util.find_spec("keras")
        if spec is None or not spec.submodule_search_locations:
            raise LookupError("Keras is not installed in this environment")
        package = next(iter(spec.submodule_search_locations))
    folder = os.path.join(package, "backend")
    return FrontEnd(_names(folder), _signatures(os.path.join(folder, "tensorflow_backend.py")))


def _names(folder):
    """What `keras/backend/__init__.py` imports from the loaded backend and Keras does not define itself."""
    package = _parse(os.path.join(folder, "__init__.py"))
    imported = [alias.name for node in package.body if isinstance(node, ast.ImportFrom) and node.module == "load_backend"
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
            found[node.name] = _parameters(node.args)
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and isinstance(node.value, ast.Attribute):
            # K's own function is another library's, as in `name_scope = tf.name_scope`.
            name = node.targets[0].id
            found[name] = "{} (K's own is {})".format(name, _dotted(node.value))
    return found


def _parameters(arguments):
    """[name, kind, has a default, the default] for each parameter, in order."""
    parameters = []
    optional = len(arguments.args) - len(arguments.defaults)
    for index, argument in enumerate(arguments.args):
        default = arguments.defaults[index - optional] if index >= optional else None
        parameters.append([argument.arg, PLAIN] + _default(default))
    if arguments.vararg:
        parameters.append([arguments.vararg.arg, REST, False, None])
    for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults):
        parameters.append([argument.arg, KEYWORD] + _default(default))
    if arguments.kwarg:
        parameters.append([arguments.kwarg.arg, REST_KEYWORDS, False, None])
    return parameters


def _default(node):
    if node is None:
        return [False, None]
    return [True, ast.literal_eval(node)]


def _dotted(node):
    return _dotted(node.value) + "." + node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "?")


def _parse(path):
    try:
        with open(path, encoding="utf-8") as stream:
            return ast.parse(stream.read())
    except (OSError, SyntaxError) as error:
        raise LookupError("this Keras has no backend that can be read: {}".format(error))


def show(parameters):
    """Parameters as they stand in a `def` line, brackets included."""
    marks = {REST: "*", REST_KEYWORDS: "**"}
    return "({})".format(", ".join(
        marks.get(kind, "") + name + ("={!r}".format(default) if optional else "")
        for name, kind, optional, default in parameters))


def departure(wanted, got):
    """How the parameters `got` depart from K's, as a sentence without an end; None when they serve every call that K's serve.

    More parameters behind K's are allowed when they have defaults, and so is leaving out `*args` and `**kwargs`.
    """
    wanted = [item for item in wanted if item[1] in (PLAIN, KEYWORD)]
    plain = [item for item in got if item[1] == PLAIN]
    for index, (name, _, optional, default) in enumerate(wanted):
        if index >= len(plain):
            return "lacks the argument {}".format(name)
        other, _, has_default, value = plain[index]
        if other != name:
            return "has {} where K has {}".format(other, name)
        if optional and not has_default:
            return "demands {}, which K gives the default {!r}".format(name, default)
        if not optional and has_default:
            continue  # every call of K's still works
        if optional and not _same(default, value):
            return "has {}={!r} where K has {}={!r}".format(name, value, name, default)
    for name, kind, optional, _ in got:
        if kind in (PLAIN, KEYWORD) and not optional and name not in [item[0] for item in wanted]:
            return "demands {}, which K does not have".format(name)
    return None


def _same(wanted, got):
    if isinstance(wanted, (list, tuple)) and isinstance(got, (list, tuple)):
        return len(wanted) == len(got) and all(map(_same, wanted, got))
    return isinstance(wanted, bool) == isinstance(got, bool) and wanted == got

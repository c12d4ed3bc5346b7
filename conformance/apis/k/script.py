"""A case of K as a script that needs Keras, NumPy and the backend, and nothing of this suite.

Its exit status says what came out: 0 as promised, 1 a deviation, 2 a reader has to judge, 3 Keras or the
backend cannot be imported.
"""
import functools
import importlib
import inspect
import sys
import textwrap

import numpy as np

from conformance.apis.k import frontend, standalone
from conformance.apis.k.language import ALL_WAYS, UNKNOWN, VARIABLE
from conformance.case import Check, Refusal
from conformance.judge import compare
from conformance.judge import standalone as comparison

_IMPORTS = ("atexit", "importlib.util", "os", "shutil", "sys", "tempfile")
_text = functools.lru_cache(maxsize=None)(inspect.getsource)
_COMPARISON = "\n# What follows holds the answer against what is wanted.\n\n"


def source(case, settings, backend):
    """The script's text. `backend` is what KERAS_BACKEND has to name."""
    return "\n\n".join(part.rstrip() for part in _parts(case, settings, backend) if part)


def _parts(case, settings, backend):
    yield "\n".join(_comments(case))
    imports = (("ast",) if settings.module else ()) + _IMPORTS
    yield "\n".join("import " + name for name in imports) + "\n\nimport numpy as np"
    yield "\n".join(_settled(settings, backend))
    if settings.module:
        yield "\n" + _text(standalone.stub)
    if case.forked:
        yield "\n".join(_isolated(case, backend) + _loading(settings, import_k=False))
        yield frontend.localised(case.source, settings)
    else:
        yield "\n".join(_loading(settings, import_k=True))
        yield "\n".join(_inputs(case))
        yield from _evaluation(case) if case.way in ALL_WAYS else [case.source]
    if not isinstance(case.want, Refusal):
        yield "\n".join(_comparison(case, settings))


def _comments(case):
    if case.unspecified:
        said = "K does not say: {}".format(case.promise)
    else:
        said = "promised: {}, {}".format(case.promise, case.promise.release)
    wanted = str(case.want) if isinstance(case.want, Refusal) else compare.text(case.expected(), 300)
    lines = [case.id, said, "wanted: " + wanted.replace("\n", " ")]
    if case.only:
        lines.append("for {} alone: {}".format(", ".join(case.only[0]), case.only[1]))
    lines.append("exit status: 0 as promised, 1 a deviation, 2 a reader has to judge, 3 Keras or the backend "
                 "cannot be imported")
    return ["# " + line for line in lines]


def _settled(settings, backend):
    return ["os.environ['KERAS_BACKEND'] = {!r}".format(backend),
            "# Keras reads and writes its configuration here, and not in your home directory.",
            "scratch = tempfile.mkdtemp()",
            "atexit.register(shutil.rmtree, scratch, ignore_errors=True)",
            "os.environ['KERAS_HOME'] = os.path.join(scratch, '.keras')",
            "if importlib.util.find_spec({!r}) is None:".format(frontend.package(settings)),
            "    print('{} is not installed here')".format(frontend.package(settings)),
            "    sys.exit(3)"]


def _loading(settings, import_k):
    lines = []
    for entry in settings.preload:
        module, _, function = entry.partition(":")
        if module.startswith("conformance."):
            # The script does without this suite: the text of the function takes the place of its import.
            text = _text(getattr(importlib.import_module(module), function))
            lines += text.splitlines() + ["{}()".format(function)]
            continue
        lines += ["import " + module] + (["{}.{}()".format(module, function)] if function else [])
    if settings.module:
        lines.append("stub({!r}, {!r})".format(settings.module, frontend.package(settings)))
    if import_k:
        module, _, name = frontend.module(settings).rpartition(".")
        lines.append("from {} import {} as K".format(module, name))
    if not lines:
        return []
    return ["try:"] + ["    " + line for line in lines] + [
        "except Exception as error:",
        "    print('the backend cannot be imported here: {!r}'.format(error))",
        "    sys.exit(3)"]


def _inputs(case):
    arrays = case.arrays()
    for name, item in case.inputs.items():
        array = arrays[name]
        if item.plain or case.way not in ALL_WAYS:
            yield "{} = {}".format(name, literal(array))
        elif case.way == VARIABLE:
            yield "{} = K.variable({}, dtype={!r})".format(name, literal(array), item.dtype)
        else:
            unknown = item.unknown_axes if case.way == UNKNOWN else ()
            shape = tuple(None if axis in unknown else n for axis, n in enumerate(array.shape))
            yield "{} = K.placeholder(shape={!r}, dtype={!r})".format(name, shape, item.dtype)
            yield "{}_value = {}".format(name, literal(array))


def _evaluation(case):
    """The call and its evaluation, which may be what is refused. Helpers stand behind the call where they
    can: the call is what a reader looks for."""
    call = "result = " + case.source if _is_expression(case.source) else case.source
    fed = [] if case.way == VARIABLE else [name for name, item in case.inputs.items() if not item.plain]
    tensors = "tensors = [leaf for leaf in leaves(result) if is_tensor(leaf)]"
    if fed:
        values = "values = K.function([{}], tensors)([{}]) if tensors else []".format(
            ", ".join(fed), ", ".join(name + "_value" for name in fed))
    else:
        values = "values = [K.eval(tensor) for tensor in tensors]"
    if isinstance(case.want, Refusal):
        words = (case.want.words or "").lower()
        yield "\n" + "\n\n".join(map(_text, (standalone.leaves, standalone.is_tensor)))
        yield "\n".join([
            "try:", textwrap.indent("\n".join([call, tensors, values]), "    "),
            "except Exception as error:",
            "    print('refused with {}: {}'.format(type(error).__name__, error))",
            "    kinds = [base.__name__ for base in type(error).__mro__]",
            "    promised = any(kind in kinds for kind in {!r})".format(case.want.kinds),
            "    sys.exit(0 if promised and {!r} in str(error).lower() else 1)".format(words),
            "print('accepted:', result, values)", "sys.exit(1)"])
        return
    yield call
    yield _COMPARISON + "\n\n".join(map(_text, (
        standalone.leaves, standalone.is_tensor, standalone.as_plain, standalone.said, standalone.joined)))
    yield "\n" + "\n".join([
        tensors, "facts = [said(K, tensor) for tensor in tensors]", values,
        "assert len(values) == len(tensors), 'K.function returned too few or too many values'"])


def _isolated(case, backend):
    lines = ["root, backend = os.path.join(scratch, 'root'), {!r}".format(backend), "os.mkdir(root)"]
    for path, text in case.extra.get("files", {}).items():
        lines += ["path = os.path.join(root, {!r})".format(path),
                  "os.makedirs(os.path.dirname(path), exist_ok=True)",
                  "with open(path, 'w') as stream:",
                  "    stream.write({})".format(_filled(text))]
    for name, value in case.extra.get("env", {}).items():
        lines.append("os.environ.pop({!r}, None)".format(name) if value is None else
                     "os.environ[{!r}] = {}".format(name, _filled(value)))
    return lines + ["sys.path.insert(0, root)"]


def _filled(text):
    filled = repr(text)
    for name in ("root", "backend"):
        if "{" + name + "}" in text:
            filled += ".replace({!r}, {})".format("{" + name + "}", name)
    return filled


def _comparison(case, settings):
    want = case.expected()
    if isinstance(want, dict) and "stderr" in want:
        # The script writes there itself, so it cannot read it back.
        want = dict(want, stderr=Check("stderr, which stands above: " + compare.text(want["stderr"]), None))
    module = _text(comparison)
    yield "" if case.way in ALL_WAYS else _COMPARISON + _text(standalone.as_plain) + "\n"
    yield module[module.index("class Rule"):] + "\n"
    yield "wanted = {}".format(_literal(want))
    if case.way in ALL_WAYS:
        yield "evaluated = [Evaluated(as_plain(value), fact) for value, fact in zip(values, facts)]"
        yield "got = joined(result, iter(evaluated))"
    else:
        yield "got = {name: as_plain(globals()[name]) for name in wanted if name in globals()}"
        if "stderr" in want:
            yield "got['stderr'] = None"
    yield "policy = {!r}".format(compare.granted(case, settings.device) + (case.result_dtype,))
    yield "problems = departures(wanted, got, 'result', policy)"
    yield "print('wanted:', wanted)"
    yield "print('got:', got)"
    yield "print('\\n'.join(problems + ['a reader has to judge: ' + rule for rule in rules(wanted)]))"
    yield "sys.exit(1 if problems else 2 if rules(wanted) else 0)"


def _is_expression(text):
    try:
        compile(text, "<case>", "eval")
        return True
    except SyntaxError:
        return False


def _literal(value):
    """What is wanted as source; a Check becomes the sentence that a reader judges by."""
    if isinstance(value, Check):
        return "Rule({!r})".format(value.description)
    if isinstance(value, (np.ndarray, np.generic)):
        return literal(value)
    if isinstance(value, dict):
        return "{" + ", ".join("{!r}: {}".format(name, _literal(item)) for name, item in value.items()) + "}"
    if isinstance(value, tuple):
        return "(" + "".join(_literal(item) + ", " for item in value) + ")"
    if isinstance(value, list):
        return "[" + ", ".join(map(_literal, value)) + "]"
    if isinstance(value, float) and not np.isfinite(value):
        return "float({!r})".format(str(value))
    return repr(value)


def literal(array):
    """The array as NumPy source that reads back the same."""
    array = np.asarray(array)
    if array.dtype == object or array.dtype.kind in "SU":
        return repr(array.tolist())
    with np.printoptions(threshold=sys.maxsize, floatmode="unique", linewidth=110):
        inner = np.array2string(array, separator=", ").replace("nan", "np.nan").replace("inf", "np.inf")
    return "np.array({}, dtype={!r}).reshape({!r})".format(inner, array.dtype.name, array.shape)

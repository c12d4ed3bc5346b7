"""A case of the ops API as a script that needs Keras, NumPy and the backend, and nothing of this suite.

Its exit status says what came out: 0 as promised, 1 a deviation, 2 a reader has to judge, 3 Keras or the
backend cannot be imported.
"""
import functools
import inspect
import sys

import numpy as np

from conformance.apis.ops import registration, standalone
from conformance.apis.ops.compare import LIMITS, PRECISION
from conformance.apis.ops.inputs import spelled
from conformance.apis.ops.language import EAGER, TRACED, UNKNOWN, WAYS
from conformance.case import Check, Refusal
from conformance.judge import compare


@functools.lru_cache(maxsize=None)
def _helpers():
    text = inspect.getsource(standalone)
    return text[text.index("class Rule"):]



def source(case, settings, backend):
    """The script's text. `backend` is what KERAS_BACKEND has to name."""
    parts = _parts(case, settings, backend)
    return "\n".join(line.rstrip() for part in parts for line in part.split("\n")) + "\n"


def _loading(settings, backend):
    if settings.module:
        # Keras has to be told of the package before it is imported.
        text = inspect.getsource(registration)
        yield text[text.index('"""\nimport ast') + len('"""\n'):]
        yield "note = register(Package({!r}))".format(settings.module)
        yield "if note:\n    print(note)"
    else:
        yield "import os\nimport sys\n\nos.environ['KERAS_BACKEND'] = {!r}".format(backend)
    yield "\nimport numpy as np"
    for entry in settings.preload:
        module, _, function = entry.partition(":")
        yield "\nimport {}{}".format(module, "\n\n{}.{}()".format(module, function) if function else "")


def _parts(case, settings, backend):
    yield "\n".join(_comments(case))
    yield from _loading(settings, backend)
    if case.forked:
        yield "\n# The case runs in a process of its own, with these files and variables: {!r}\n".format(
            {name: case.extra[name] for name in ("env", "files") if name in case.extra})
        yield case.source
        yield _helpers() + "\n" + _comparison(case, "{name: globals().get(name) for name in wanted}")
        return
    yield ("\ntry:\n    import keras\n    from keras import ops\nexcept Exception as error:\n"
           "    print('Keras or its backend cannot be imported here: {!r}'.format(error))\n    sys.exit(3)\n")
    if case.extra.get("floatx"):
        yield "keras.config.set_floatx({!r})".format(case.extra["floatx"])
    if isinstance(case.want, Refusal):
        yield from _refusal(case)
        return
    yield from _evaluation(case)
    got = "result" if case.way in WAYS else "{name: globals().get(name) for name in wanted}"
    yield "\n# What follows holds the answer against what is wanted.\n\n" + _helpers()
    yield _comparison(case, got)


def _comments(case):
    release = case.promise.release
    said = "the documentation does not say: {}" if case.unspecified else "promised: {}, " + release
    wanted = str(case.want) if isinstance(case.want, Refusal) else compare.text(case.expected(), 300)
    lines = [case.id, said.format(case.promise), "wanted: " + wanted.replace("\n", " ")]
    dtypes = case.dtypes() if not isinstance(case.want, Refusal) else None
    if dtypes:
        lines.append("dtype: " + " or ".join(dtypes))
    lines.append("exit status: 0 as promised, 1 a deviation, 2 a reader has to judge, 3 Keras or the backend "
                 "cannot be imported")
    return ["# " + line for line in lines]


def _given(case):
    """The inputs, as arrays: what a tensor is made of is called `NAME_value`."""
    for name, item in case.inputs.items():
        if getattr(item, "literal", False):
            continue
        tensor = case.way in WAYS and not item.plain
        yield "{}{} = {}".format(name, "_value" * tensor, literal(case.arrays()[name]))


def _tensors(case, symbolic):
    for name, item in case.inputs.items():
        if item.plain:
            continue
        if not symbolic:
            yield "{0} = ops.convert_to_tensor({0}_value, dtype={1!r})".format(name, item.dtype)
            continue
        unknown = item.unknown_axes if case.way == UNKNOWN else ()
        shape = tuple(None if axis in unknown else n for axis, n in enumerate(case.arrays()[name].shape))
        # Some backends make 32-bit tensors where 64 bits are asked for: the symbol stands for such a tensor.
        dtype = ("ops.convert_to_tensor({}_value, dtype={!r}).dtype".format(name, item.dtype)
                 if item.dtype.endswith("64") else repr(item.dtype))
        yield "{} = keras.KerasTensor({!r}, dtype={})".format(name, shape, dtype)


def _evaluation(case):
    yield "\n".join(_given(case))
    if case.way not in WAYS:
        yield case.source
        return
    tensors = [name for name, item in case.inputs.items() if not item.plain]
    call = "result = " + case.source if _is_expression(case.source) else case.source
    if case.way == EAGER:
        yield "\n".join([*_tensors(case, False), call])
    elif case.way == TRACED:
        yield "\n".join([*_tensors(case, False), "", "", "def traced({}):".format(", ".join(tensors)),
                         *("    " + line for line in call.split("\n")), "    return result", "", "",
                         "if keras.config.backend() == 'jax':", "    import jax",
                         "    compiled = jax.jit(traced)",
                         "else:", "    import tensorflow", "    compiled = tensorflow.function(traced)",
                         "result = compiled({})".format(", ".join(tensors))])
    else:
        yield "\n".join([
            *_tensors(case, True), call, "declared = result",
            "print('declared:', declared)",
            "values = [ops.convert_to_tensor(value, dtype=tensor.dtype) for value, tensor in [{}]]".format(
                ", ".join("({0}_value, {0})".format(name) for name in tensors)),
            "result = keras.Function([{}], result)(values)".format(", ".join(tensors))])


def _refusal(case):
    yield "\n".join(_given(case))
    lines = [*_tensors(case, case.way not in (EAGER, TRACED)),
             "result = " + case.source if _is_expression(case.source) else case.source]
    yield "try:\n" + "\n".join("    " + line for text in lines for line in text.split("\n"))
    yield "\n".join([
        "except Exception as error:",
        "    print('refused with {}: {}'.format(type(error).__name__, error))",
        "    kinds = [base.__name__ for base in type(error).__mro__]",
        "    promised = any(kind in kinds for kind in {!r})".format(case.want.kinds),
        "    sys.exit(0 if promised and {!r} in str(error).lower() else 1)".format(
            (case.want.words or "").lower()),
        "print('accepted:', result)", "sys.exit(1)"])


def _comparison(case, got):
    symbolic = case.way in WAYS and case.way not in (EAGER, TRACED)
    dtypes = case.dtypes()
    limit = dict.fromkeys(LIMITS, case.ulps[0]) if case.ulps else LIMITS
    return "\n".join([
        "\nwanted = {}".format(_literal(case.expected())),
        "got = {}".format(got),
        "print('wanted:', wanted)", "print('got:', got)",
        "policy = {!r}".format({
            "dtypes": dtypes, "limits": limit, "precision": PRECISION, "signs": bool(case.extra.get("signs")),
            "open": bool(case.extra.get("open"))}),
        "problems = departures(keras, wanted, got, {}, policy)".format("declared" if symbolic else "None"),
        *_unchanged(case),
        "print('\\n'.join(problems + ['a reader has to judge: ' + rule for rule in rules(wanted)]))",
        "sys.exit(1 if problems else 2 if rules(wanted) else 0)"])


def _unchanged(case):
    """The inputs of an eager call, which must be what they were."""
    if case.way == EAGER:
        tensors = ["{0!r}: ({0}, ops.convert_to_tensor({0}_value, dtype={1!r}))".format(name, item.dtype)
                   for name, item in case.inputs.items() if not item.plain]
        yield "problems += changed(keras, {{{}}})".format(", ".join(tensors))


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
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_literal, value)) + "]"
    return spelled(value)


def literal(array):
    """The array as NumPy source that reads back the same."""
    array = np.asarray(array)
    if array.dtype.kind in "OSU":
        return repr(array.tolist())
    with np.printoptions(threshold=sys.maxsize, floatmode="unique", linewidth=110):
        inner = np.array2string(array, separator=", ").replace("nan", "np.nan").replace("inf", "np.inf")
    return "np.array({}, dtype={!r}).reshape({!r})".format(inner, array.dtype.name, array.shape)

"""A case of K as a script that needs Keras and the backend, and nothing of this suite."""
import sys

import numpy as np

from conformance.apis.k import frontend
from conformance.apis.k.language import ALL_WAYS, UNKNOWN, VARIABLE
from conformance.case import Refusal
from conformance.judge import compare


def source(case, settings):
    """The script's text."""
    said = "K does not say" if case.unspecified else "promised"
    head = ["# {}".format(case.id), "# {}: {}".format(said, case.promise), "# wanted: {}".format(_wanted(case))]
    if case.forked:
        return "\n".join(head + _isolated(case, settings))
    module, _, name = frontend.module(settings).rpartition(".")
    head += ["import numpy as np", "from {} import {} as K".format(module, name), ""]
    if case.way in ALL_WAYS:
        return "\n".join(head + _three_ways(case))
    lines = ["{} = {}".format(name, literal(array)) for name, array in case.arrays().items()]
    lines += ["", case.source, ""]
    lines += ["print({!r}, {})".format(name + " =", name) for name in _names(case)]
    return "\n".join(head + lines)


def _wanted(case):
    if isinstance(case.want, Refusal):
        return str(case.want)
    return compare.text(case.expected(), 2000).replace("\n", " ")


def _names(case):
    return [name for name in case.extra.get("names", ()) if name != "stderr"]


def _three_ways(case):
    lines, placeholders, fed = [], [], []
    for name, item in case.inputs.items():
        array = case.arrays()[name]
        if item.plain:
            lines.append("{} = {}".format(name, literal(array)))
        elif case.way == VARIABLE:
            lines.append("{} = K.variable({}, dtype={!r})".format(name, literal(array), item.dtype))
        else:
            unknown = item.unknown_axes if case.way == UNKNOWN else ()
            shape = tuple(None if axis in unknown else n for axis, n in enumerate(array.shape))
            lines.append("{} = K.placeholder(shape={!r}, dtype={!r})".format(name, shape, item.dtype))
            lines.append("{}_value = {}".format(name, literal(array)))
            placeholders.append(name)
            fed.append(name + "_value")
    if _is_expression(case.source):
        lines.append("result = " + case.source)
    else:
        lines.append(case.source)
    lines += ["outputs = list(result) if isinstance(result, (list, tuple)) else [result]",
              "try:",
              "    for output in outputs:",
              "        print('static shape', K.int_shape(output), 'ndim', K.ndim(output), 'dtype', K.dtype(output))"]
    if placeholders:
        lines.append("    print(K.function([{}], outputs)([{}]))".format(", ".join(placeholders), ", ".join(fed)))
    else:
        lines.append("    print([K.eval(output) for output in outputs])")
    lines += ["except (AttributeError, TypeError) as error:  # a plain value, or what the case is about",
              "    print(repr(error), result)"]
    return lines


def _isolated(case, settings):
    options = case.extra
    lines = ["import os, subprocess, sys, tempfile", "", "root = tempfile.mkdtemp()", "backend = os.environ['KERAS_BACKEND']",
             "def fill(text):", "    return text.replace('{root}', root).replace('{backend}', backend)"]
    for path, text in options.get("files", {}).items():
        lines += ["path = os.path.join(root, {!r})".format(path), "os.makedirs(os.path.dirname(path), exist_ok=True)",
                  "open(path, 'w').write(fill({!r}))".format(text)]
    lines.append("environment = dict(os.environ, PYTHONPATH=root + os.pathsep + os.environ.get('PYTHONPATH', ''))")
    for name, value in options.get("env", {}).items():
        lines.append("environment.pop({!r}, None)".format(name) if value is None else
                     "environment[{!r}] = fill({!r})".format(name, value))
    body = "import os, sys\nimport numpy as np\nroot, backend = sys.argv[1:]\n" + frontend.localised(case.source, settings)
    body += "".join("\nprint({!r}, {})".format(name + " =", name) for name in _names(case))
    lines.append("subprocess.call([sys.executable, '-c', {!r}, root, backend], env=environment)".format(body))
    return lines


def _is_expression(text):
    try:
        compile(text, "<case>", "eval")
        return True
    except SyntaxError:
        return False


def literal(array):
    """The array as NumPy source that reads back the same."""
    array = np.asarray(array)
    if array.dtype == object or array.dtype.kind in "SU":
        return repr(array.tolist())
    with np.printoptions(threshold=sys.maxsize, floatmode="unique", linewidth=110):
        inner = np.array2string(array, separator=", ").replace("nan", "np.nan").replace("inf", "np.inf")
    return "np.array({}, dtype={!r}).reshape({!r})".format(inner, array.dtype.name, array.shape)

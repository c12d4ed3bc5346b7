"""A case as a script that needs Keras and the backend, and nothing of this suite."""
import sys

import numpy as np

from conformance import compare, front, spec
from conformance.spec.model import REFUSED, THREE_WAYS


def script(case_id):
    """Print the script for a case; an exit status."""
    found = [case for case in spec.cases() if case.id == case_id]
    if not found:
        sys.stderr.write("no case is called {!r}: the list is `python -m conformance --list --profile full`\n".format(case_id))
        return 2
    print(source(found[0]))
    return 0


def source(case):
    """The script's text."""
    head = ["# {}".format(case.id), "# wanted: {}".format(_wanted(case))]
    if case.unspecified:
        head.append("# K does not say: {}".format(case.unspecified))
    if case.way == "isolated":
        return "\n".join(head + _isolated(case))
    head += ["import numpy as np", "from {} import {} as K".format(*front.K.rpartition(".")[::2]), ""]
    if case.way in THREE_WAYS:
        return "\n".join(head + _three_ways(case))
    lines = ["{} = {}".format(name, literal(array)) for name, array in case.row.arrays().items()]
    lines += ["", case.source, ""]
    lines += ["print({!r}, {})".format(name + " =", name) for name in case.names()]
    return "\n".join(head + lines)


def _wanted(case):
    if case.want is REFUSED:
        kinds, words = case.refuses
        return " or ".join(kinds) + (" naming {}".format(words) if words else "")
    return compare.text(case.expected(), 2000).replace("\n", " ")


def _three_ways(case):
    lines, placeholders, fed = [], [], []
    for name, item in case.row.inputs.items():
        array = case.row.arrays()[name]
        if item.plain:
            lines.append("{} = {}".format(name, literal(array)))
        elif case.way == "variable":
            lines.append("{} = K.variable({}, dtype={!r})".format(name, literal(array), item.dtype))
        else:
            unknown = item.unknown_axes if case.way == "unknown" else ()
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


def _isolated(case):
    options = case.row.options
    lines = ["import os, subprocess, sys, tempfile", "", "root = tempfile.mkdtemp()", "backend = os.environ['KERAS_BACKEND']",
             "def fill(text):", "    return text.replace('{root}', root).replace('{backend}', backend)"]
    for path, text in options.get("files", {}).items():
        lines += ["path = os.path.join(root, {!r})".format(path), "os.makedirs(os.path.dirname(path), exist_ok=True)",
                  "open(path, 'w').write(fill({!r}))".format(text)]
    lines.append("environment = dict(os.environ, PYTHONPATH=root + os.pathsep + os.environ.get('PYTHONPATH', ''))")
    for name, value in options.get("env", {}).items():
        lines.append("environment.pop({!r}, None)".format(name) if value is None else
                     "environment[{!r}] = fill({!r})".format(name, value))
    body = "import os, sys\nimport numpy as np\nroot, backend = sys.argv[1:]\n" + front.localised(case.source)
    body += "".join("\nprint({!r}, {})".format(name + " =", name) for name in case.names())
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

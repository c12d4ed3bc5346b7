"""The parameters of functions, as plain lists: shown as a `def` line, and compared with those an API
states."""
import ast

PLAIN, REST, KEYWORD, REST_KEYWORDS = "plain", "*", "keyword", "**"
"""The kinds of parameters. A parameter is [name, kind, has a default, the default]."""


def show(parameters):
    """Parameters as they stand in a `def` line, brackets included."""
    marks = {REST: "*", REST_KEYWORDS: "**"}
    kinds = [kind for _, kind, _, _ in parameters]
    # A bare star stands where keywords follow without `*args`.
    star = kinds.index(KEYWORD) if KEYWORD in kinds and REST not in kinds else None
    return "({})".format(", ".join(
        "*, " * (index == star) + marks.get(kind, "") + name + ("={!r}".format(default) if optional else "")
        for index, (name, kind, optional, default) in enumerate(parameters)))


def stated(arguments):
    """The parameters of a `def` line that was parsed, an `ast.arguments`, in order."""
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


def departure(wanted, got, title):
    """How the parameters `got` depart from those of the API called `title`, as a sentence without an end, or
    None.

    None means that they serve every call that the API's parameters serve: more parameters behind those are
    allowed when they have defaults, and so is leaving out `*args` and `**kwargs`.
    """
    wanted = [item for item in wanted if item[1] in (PLAIN, KEYWORD)]
    plain = [item for item in got if item[1] == PLAIN]
    named = {item[0]: item for item in got if item[1] in (PLAIN, KEYWORD)}
    for index, (name, kind, optional, default) in enumerate(wanted):
        given = named.get(name) if kind == KEYWORD else plain[index] if index < len(plain) else None
        if given is None:
            return "lacks the argument {}".format(name)
        other, _, has_default, value = given
        if other != name:
            return "has {} where {} has {}".format(other, title, name)
        if optional and not has_default:
            return "demands {}, which {} gives the default {!r}".format(name, title, default)
        if not optional and has_default:
            continue  # every call of the API's still works
        if optional and not _same(default, value):
            return "has {}={!r} where {} has {}={!r}".format(name, value, title, name, default)
    for name, kind, optional, _ in got:
        if kind in (PLAIN, KEYWORD) and not optional and name not in [item[0] for item in wanted]:
            return "demands {}, which {} does not have".format(name, title)
    return None


def _same(wanted, got):
    if isinstance(wanted, (list, tuple)) and isinstance(got, (list, tuple)):
        return len(wanted) == len(got) and all(map(_same, wanted, got))
    return isinstance(wanted, bool) == isinstance(got, bool) and wanted == got

"""The language of the spec: a function of an API, its promises, and the cases under each promise.

    with k.function("sum", area="reduction") as f:
        f.promise("axis may be a list of axes, and negative axes count from the last", at="sum: axis")
        f.case("axes-list", a=normal(2, 3, 4), axis=[0, 2], oracle=total)
        f.silent("what an empty list of axes means", at="sum: axis")
        f.case("axes-empty", a=normal(2, 3), axis=[], oracle=lambda a, axis: a)

A promise holds for the cases after it, until the next `promise` or `silent`. The arguments of a case are
data: the source text, the oracle's call and the reproduction script are made from the same record. A case
that needs more says it in source text.
"""
import re

from conformance.case import Arrays, Case, Input, Promise, Refusal

_AT = re.compile(r"[\w .]+: \S.*\Z")
# What `case` and its kin take besides inputs and the arguments of the call.
_OPTIONS = {"profile", "ways", "only", "isolate", "patience", "ulps", "result_dtype", "names", "env", "files",
            "extra"}


class Spec:
    """The functions of one API, in the order in which their modules state them.

    `call` is the template of a function's name in source text, such as `K.{}`; `ways` are the API's ways of
    going in, and `choose_ways(asked, area, function, variant, inputs, profile, first)` decides which of them
    a case takes.
    """

    def __init__(self, call, ways, choose_ways, release):
        self.call = call
        self.ways = ways
        self.choose_ways = choose_ways
        self.release = release
        self.functions = []

    def function(self, name, area, profile="full"):
        """A new Function, called `name`; `profile` is that of its cases which state no other."""
        if any(known.name == name for known in self.functions):
            raise ValueError("the function {} stands in two places".format(name))
        self.functions.append(Function(self, name, area, profile))
        return self.functions[-1]

    def cases(self):
        """All cases. Raises ValueError when two have the same id."""
        seen = set()
        for function in self.functions:
            for case in function.cases:
                if case.id in seen:
                    raise ValueError("two cases are called {}".format(case.id))
                seen.add(case.id)
                yield case


class Function:
    """A function of the API: its area, its promises and its cases.

    Options every kind of case takes:
        profile       the smallest profile that holds it, when it is not the function's
        only          (backends, reason): it applies to these alone, and why
        isolate       True when it leaves the process in a state that the API cannot reset
        patience      factor on the time limit
        ulps          (limit, reason) where the arithmetic is known to lose more than the tolerance policy
        grants
        result_dtype  the documented dtype of the result, None when undocumented; floats keep their dtype
        otherwise
        extra         what only the API's table understands, as a dict
    """

    def __init__(self, spec, name, area, profile):
        self.name = name
        self.area = area
        self.profile = profile
        self.promises = []
        self.cases = []
        self._spec = spec

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if kind is None and not self.cases:
            raise ValueError("{} has no case".format(self.name))

    def promise(self, text, at, release=None):
        """Begin the cases of a promise: a rule in our own words, and where it stands (`function: part`,
        `page: section`)."""
        self._begin(Promise(text, at, release or self._spec.release))

    def silent(self, text, at, release=None):
        """Begin cases that count for nobody: what the documentation leaves open, and where it should
        stand."""
        self._begin(Promise(text, at, release or self._spec.release, silent=True))

    def case(self, variant, source=None, **rest):
        """A call of the function, or the expression or statements `source` (which then bind `result`).

        Inputs are given by name; without `source` every other keyword that is not an option is an argument of
        the call. `oracle` is a function of the inputs and arguments, or `want` a plain value or a Check.
        `ways` names the ways in.
        """
        want = _want(rest)
        inputs, options, arguments = _split(rest)
        if source is None:
            source = self._call(inputs, arguments)
        elif arguments:
            raise TypeError("{}: {} beside source text".format(variant, sorted(arguments)))
        self._add(variant, source, want, inputs, options, arguments)

    def refuses(self, variant, source, kinds, words="", **rest):
        """An expression that is documented as refused: one of the exceptions `kinds`, whose message names
        `words`."""
        inputs, options, _ = _split(rest, arguments=False)
        options.setdefault("ways", self._spec.ways[:1])
        self._add(variant, source, Refusal(kinds, words), inputs, options, joint=False)

    def script(self, variant, source, **rest):
        """A history: steps over the API, NumPy and the inputs as arrays. `want` maps names that the script
        binds to values.

        `oracle` is a function of the inputs that returns such a mapping; `names` then lists the names.
        """
        self._history("script", variant, source, rest)

    def isolated(self, variant, source, **rest):
        """A script that loads the API itself, in a process that has not, with its own `env` and `files`
        (`{root}` is its directory and the name `root`). The wanted name `stderr` is what the process wrote
        there."""
        self._history("isolated", variant, source, rest)

    def _history(self, way, variant, source, rest):
        want = _want(rest)
        inputs, options, _ = _split(rest, arguments=False)
        names = options.pop("names", None)
        options["extra"] = dict(options.get("extra", {}),
                                names=tuple(want) if names is None else tuple(names))
        for name in ("env", "files"):
            if name in options:
                options["extra"][name] = options.pop(name)
        self._add(variant, _dedent(source), want, inputs, options, joint=False, way=way)

    def _call(self, inputs, arguments):
        given = [item.text.format(name) for name, item in inputs.items()]
        given += ["{}={!r}".format(*argument) for argument in arguments.items()]
        return "{}({})".format(self._spec.call.format(self.name), ", ".join(given))

    def _begin(self, promise):
        if not _AT.match(promise.at):
            raise ValueError("{}: {!r} is not `function: part` or `page: section`".format(
                self.name, promise.at))
        self.promises.append(promise)

    def _add(self, variant, source, want, inputs, options, arguments=None, joint=True, way=None):
        if not self.promises:
            raise ValueError("{}/{} stands under no promise".format(self.name, variant))
        options = dict(options)
        profile = options.pop("profile", self.profile)
        ways = options.pop("ways", None)
        if way is not None:
            ways = (way,)
        else:
            asked = (ways,) if isinstance(ways, str) else ways
            ways = self._spec.choose_ways(asked, self.area, self.name, variant, inputs, profile,
                                          not self.cases)
        arrays = Arrays("/".join((self.area, self.name, variant)), inputs)
        for way in ways:
            self.cases.append(Case(
                self.promises[-1], self.area, self.name, variant, way, profile, source, want, arrays, inputs,
                arguments, way_in_id=way in self._spec.ways, joint=joint, forked=way == "isolated",
                **options))


def _want(rest):
    if ("want" in rest) == ("oracle" in rest):
        raise TypeError("a case has either `want` or `oracle`")
    if "oracle" in rest and not callable(rest["oracle"]):
        raise TypeError("an oracle is a function; a value is a `want`")
    return rest.pop("want") if "want" in rest else rest.pop("oracle")


def _split(rest, arguments=True):
    inputs = {name: item for name, item in rest.items() if isinstance(item, Input)}
    options = {name: item for name, item in rest.items() if name in _OPTIONS}
    others = {name: item for name, item in rest.items() if name not in inputs and name not in options}
    if others and not arguments:
        raise TypeError("unknown options: {}".format(sorted(others)))
    return inputs, options, others


def _dedent(source):
    lines = source.strip("\n").split("\n")
    indent = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    return "\n".join(line[indent:] for line in lines).rstrip()

"""The words of the table: an area holds rows, a row is one promise of K, and a case is a row in one way of going in.

A row is data: source text over `K`, `np` and named inputs, and what it must give - a NumPy oracle over the same names in
float64, a plain value, or a check. Source is text so that the worker needs no table, and `conform repro` can print it.
"""
import copy
import re
import zlib

import numpy as np

VARIABLE, KNOWN, UNKNOWN = "variable", "known", "unknown"
THREE_WAYS = (VARIABLE, KNOWN, UNKNOWN)
PROFILES = ("examples", "core", "full")
CORE_AREAS = ("placeholder", "variable", "random", "arithmetic", "config")
_TURNS = (UNKNOWN, VARIABLE, UNKNOWN, KNOWN, UNKNOWN)
REFUSED = object()
_ID = re.compile(r"[a-z]+(/[A-Za-z0-9_.,+=-]+)+\Z")
# The dtype of a result that is not stated is the one K's "floatx" default gives.
FLOATX = "float32"


class Input:
    """An array to be made, and how it goes in: as a tensor of the way under test, or as it is (`plain`)."""

    def __init__(self, make, ndim, dtype, plain=False, unknown=(0,)):
        self._make = make
        self.ndim = ndim
        self.dtype = dtype
        self.plain = plain
        self.unknown_axes = unknown

    def unknown(self, *axes):
        """The same input, with these axes unknown in the way `unknown` (the first one otherwise)."""
        other = copy.copy(self)
        other.unknown_axes = axes
        return other

    def array(self, seed):
        """The array, the same for the same seed."""
        made = np.asarray(self._make(np.random.RandomState(seed)))
        return made if self.dtype is None else made.astype(self.dtype)


def normal(*shape, **options):
    """Normal deviates kept a tenth away from zero, where functions have kinks. Options: `dtype`, `scale`."""
    scale = options.pop("scale", 1.0)
    dtype = options.pop("dtype", FLOATX)
    _none_left(options)

    def make(random):
        draw = random.standard_normal(shape)
        return np.where(draw < 0, draw - 0.1, draw + 0.1) * scale
    return Input(make, len(shape), dtype)


def uniform(*shape, **options):
    """Uniform deviates in [low, high), 0 and 1 by default. Options: `low`, `high`, `dtype`."""
    low, high = options.pop("low", 0.0), options.pop("high", 1.0)
    dtype = options.pop("dtype", FLOATX)
    _none_left(options)
    return Input(lambda random: random.uniform(low, high, shape), len(shape), dtype)


def ints(*shape, **options):
    """Integers in [low, high), 0 and 10 by default. Options: `low`, `high`, `dtype` (int32)."""
    low, high = options.pop("low", 0), options.pop("high", 10)
    dtype = options.pop("dtype", "int32")
    _none_left(options)
    return Input(lambda random: random.randint(low, high, shape), len(shape), dtype)


def bools(*shape, **options):
    """Zeros and ones. Options: `dtype` (bool)."""
    dtype = options.pop("dtype", "bool")
    _none_left(options)
    return Input(lambda random: random.randint(0, 2, shape), len(shape), dtype)


def distinct(*shape, **options):
    """The numbers 0, 1, 2 ... shuffled and centred: no two are equal, whatever is compared. Options: `dtype`."""
    dtype = options.pop("dtype", FLOATX)
    _none_left(options)
    size = int(np.prod(shape))
    return Input(lambda random: (random.permutation(size) - size // 2).reshape(shape), len(shape), dtype)


def given(value, dtype=FLOATX):
    """Exactly this value, as a tensor."""
    return Input(lambda random: np.array(value), np.ndim(value), dtype)


def plain(value):
    """Exactly this value, handed to the source as a NumPy array or Python object and not as a tensor."""
    if isinstance(value, Input):
        other = copy.copy(value)
        other.plain = True
        return other
    return Input(lambda random: np.array(value), np.ndim(value), None, plain=True)


def _none_left(options):
    if options:
        raise TypeError("unknown options: {}".format(sorted(options)))


class Check:
    """A want that is not one value: `function(got)` returns None, a problem as a sentence, or a list of them."""

    def __init__(self, description, function):
        self.description = description
        self.function = function

    def problems(self, got):
        """The problems found in `got`."""
        found = self.function(got)
        return [] if not found else [found] if isinstance(found, str) else list(found)


class Row:
    """One promise. See `Area` for the meaning of the fields."""

    def __init__(self, area, function, variant, source, want, inputs, ways, options):
        self.area = area
        self.function = function
        self.variant = variant
        self.source = source
        self.want = want
        self.inputs = inputs
        self.ways = ways
        self.options = options
        self._arrays = None

    def arrays(self):
        """The inputs as arrays in their own dtype, read-only: made once, for all ways."""
        if self._arrays is None:
            self._arrays = {}
            for name, item in self.inputs.items():
                # The seed depends on the row alone: all ways see the same numbers, and no other row shifts them.
                seed = zlib.crc32("/".join((self.area, self.function, self.variant, name)).encode())
                self._arrays[name] = item.array(seed)
                self._arrays[name].setflags(write=False)
        return self._arrays

    def cases(self):
        """One case per way."""
        open_ended = any(item.unknown_axes and item.ndim for item in self.inputs.values() if not item.plain)
        ways = [way for way in self.ways if way != UNKNOWN or open_ended]
        for way in ways or [KNOWN]:  # where nothing can be unknown
            yield Case(self, way)


class Case:
    """What the judge holds a backend to: one row, in one way of going in."""

    def __init__(self, row, way):
        self.row = row
        self.way = way
        self.area, self.function, self.source, self.want = row.area, row.function, row.source, row.want
        parts = [row.area, row.function, row.variant] + ([way] if way in THREE_WAYS else [])
        self.id = "/".join(part for part in parts if part)
        if not _ID.match(self.id):
            raise ValueError("not a case id: {!r}".format(self.id))
        self.unspecified = row.options.get("unspecified")
        self.isolate = row.options.get("isolate", False)
        self.patience = row.options.get("patience", 1)
        self.refuses = row.options.get("refuses")
        self.ulps = row.options.get("ulps")

    @property
    def batches(self):
        """Whether the case can be evaluated in one function with its neighbours."""
        return self.way in THREE_WAYS and self.want is not REFUSED and not self.isolate

    @property
    def profile(self):
        """The smallest profile that holds the case."""
        if self.row.options.get("example"):
            return "examples"
        return "core" if self.area in CORE_AREAS else "full"

    def not_applicable(self, facts):
        """Why the case does not apply to the backend that answered, or None."""
        only = self.row.options.get("only")
        if only and facts.get("backend") not in only[0]:
            return only[1]
        if self.row.options.get("loader") and facts.get("front", "keras") != "keras":
            return "{} has one backend and none to choose".format(facts["front"])
        return None

    def request(self):
        """The message the worker gets."""
        arrays = self.row.arrays()
        if self.way in THREE_WAYS:
            inputs = {name: {"array": arrays[name], "dtype": item.dtype, "kind": "plain" if item.plain else "tensor",
                             "unknown": list(item.unknown_axes)} for name, item in self.row.inputs.items()}
            return {"op": "evaluate", "source": self.source, "way": self.way, "inputs": inputs}
        request = {"op": self.way, "source": self.source, "inputs": arrays, "names": self.names()}
        if self.way == "isolated":
            request["env"] = self.row.options.get("env", {})
            request["files"] = self.row.options.get("files", {})
        return request

    def names(self):
        """The names a script has to bind."""
        return [] if self.want is REFUSED else [name for name in self.row.options["names"] if name != "stderr"]

    def expected(self):
        """What the oracle says: values in float64, or a Check."""
        if not callable(self.want):
            return self.want
        return self.want(**{name: array.astype("float64") if array.dtype.kind == "f" else array
                            for name, array in self.row.arrays().items()})

    def float_dtype(self):
        """The float dtype of the inputs, which results of floats keep."""
        for item in self.row.inputs.values():
            if item.dtype in ("float16", "float32", "float64"):
                return item.dtype
        return FLOATX

    def wanted_dtype(self, want):
        """The dtype a result must have, or None where K does not say: stated by the row, else floats stay floats."""
        stated = self.row.options.get("dtype", "auto")
        if stated != "auto":
            return stated
        return self.float_dtype() if np.asarray(want).dtype.kind == "f" else None


class Area:
    """The rows of one area of the API, which are added by the methods.

    Options every method takes:
        example      True when the row is an example of the Keras "backends" page
        unspecified  the sentence of K that leaves the matter open: the case is shown and not counted
        only         (backends, reason): the case applies to these alone, and why
        loader       True when the row is about choosing a backend, which only Keras itself lets one do
        isolate      True when the case leaves the process in a state that K cannot reset
        patience     factor on the time limit
        ulps         (limit, reason) where the arithmetic is known to lose more than `compare.LIMITS` grants
    """

    def __init__(self, name):
        self.name = name
        self.rows = []

    def row(self, function, variant, source, want, ways=None, **rest):
        """An expression over tensors: variables, placeholders of known shape, and placeholders with unknown dimensions.

        `ways` says in which of these ways; left out, an example and the first row of a function in its module go in all
        three, and the others in one: three in five in the way that tells a backend least, `unknown`, and all that say
        themselves which dimensions are unknown. Else it hangs on the row's name alone, so that a row added later changes the id
        of no other.
        `source` is an expression, or a script that binds `result`. `want` is a function of the inputs, by name, in
        float64, a plain value, or a Check. Option `dtype`: the documented dtype of the result, None when undocumented.
        """
        inputs, options = _split(rest)
        if ways is None:
            ways = THREE_WAYS if options.get("example") else self._ways(function, variant, inputs)
        self._add(function, variant, source, want, inputs, ways, options)

    def refuses(self, function, variant, source, kinds, words, ways=(VARIABLE,), **rest):
        """An expression K documents as refused with one of the exceptions `kinds` and a message that names `words`."""
        inputs, options = _split(rest)
        options["refuses"] = ((kinds,) if isinstance(kinds, str) else tuple(kinds), words)
        self._add(function, variant, source, REFUSED, inputs, ways, options)

    def script(self, function, variant, source, want, **rest):
        """A history: steps over `K`, `np` and the inputs as arrays. `want` maps names the script binds to values.

        It may be a function of the inputs that returns such a mapping, if `names` lists the names.
        """
        inputs, options = _split(rest)
        options.setdefault("names", () if callable(want) else tuple(want))
        self._add(function, variant, _dedent(source), want, inputs, ("script",), options)

    def isolated(self, function, variant, source, want, **rest):
        """A script that imports Keras itself, in a process that has not, with its own `env` and `files` (`{root}` is
        its directory and the name `root`). The wanted name `stderr` is what the process wrote there."""
        inputs, options = _split(rest)
        options.setdefault("names", tuple(want))
        self._add(function, variant, _dedent(source), want, inputs, ("isolated",), options)

    def _ways(self, function, variant, inputs):
        if all(item.plain for item in inputs.values()):
            return (VARIABLE,)
        if not any(row.function == function for row in self.rows):
            return THREE_WAYS
        if any(item.unknown_axes not in ((), (0,)) for item in inputs.values()):
            return (UNKNOWN,)
        return (_TURNS[zlib.crc32("/".join((self.name, function, variant)).encode()) % len(_TURNS)],)

    def _add(self, function, variant, source, want, inputs, ways, options):
        self.rows.append(Row(self.name, function, variant, source, want, inputs, tuple(ways), options))


_OPTIONS = {"dtype", "example", "unspecified", "only", "isolate", "patience", "ulps", "names", "env", "files", "loader"}


def _split(rest):
    inputs = {name: item for name, item in rest.items() if isinstance(item, Input)}
    options = {name: item for name, item in rest.items() if name not in inputs}
    unknown = set(options) - _OPTIONS
    if unknown:
        raise TypeError("unknown options: {}".format(sorted(unknown)))
    return inputs, options


def _dedent(source):
    lines = source.strip("\n").split("\n")
    indent = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    return "\n".join(line[indent:] for line in lines).rstrip()

"""What all APIs share: inputs, checks, promises and cases. No pytest and no backend in here.

A case is one checked instance of a promise, in one way of going in. It is data: source text over the API and
named inputs, and what the text must give - a NumPy oracle in float64, a plain value, a check, or a refusal.
"""
import copy
import re
import zlib

import numpy as np

_ID = re.compile(r"[a-z]+(/[A-Za-z0-9_.,+=-]+)+\Z")
FLOATX = "float32"
"""The dtype of floats where a case states none."""
PROFILES = ("examples", "core", "full")
"""How much of a suite, from the smallest profile to all of it."""


class Input:
    """An array to be made, and how it goes in: as a tensor of the way under test, or as it is (`plain`).

    `text` is a template of the source text that stands for the input in a generated call, `{}` for the bare
    name.
    """

    def __init__(self, make, ndim, dtype, plain=False, unknown=(0,), text="{}"):
        self._make = make
        self.ndim = ndim
        self.dtype = dtype
        self.plain = plain
        self.unknown_axes = unknown
        self.text = text

    def but(self, **changes):
        """The same input with some attributes changed."""
        other = copy.copy(self)
        for name, value in changes.items():
            setattr(other, name, value)
        return other

    def unknown(self, *axes):
        """The same input, with these axes unknown in the way `unknown` (the first one otherwise)."""
        return self.but(unknown_axes=axes)

    def array(self, seed):
        """The array, the same for the same seed."""
        made = np.asarray(self._make(np.random.RandomState(seed)))
        return made if self.dtype is None else made.astype(self.dtype)


def normal(*shape, dtype=FLOATX, scale=1.0):
    """Normal deviates kept a tenth away from zero, where functions have kinks."""
    def make(random):
        draw = random.standard_normal(shape)
        return np.where(draw < 0, draw - 0.1, draw + 0.1) * scale
    return Input(make, len(shape), dtype)


def uniform(*shape, low=0.0, high=1.0, dtype=FLOATX):
    """Uniform deviates in [low, high)."""
    return Input(lambda random: random.uniform(low, high, shape), len(shape), dtype)


def ints(*shape, low=0, high=10, dtype="int32"):
    """Integers in [low, high)."""
    return Input(lambda random: random.randint(low, high, shape), len(shape), dtype)


def bools(*shape, dtype="bool"):
    """Zeros and ones, as bools or as another dtype."""
    return Input(lambda random: random.randint(0, 2, shape), len(shape), dtype)


def distinct(*shape, dtype=FLOATX):
    """The numbers 0, 1, 2 ... shuffled and centred: no two are equal, whatever is compared."""
    size = int(np.prod(shape))
    return Input(lambda random: (random.permutation(size) - size // 2).reshape(shape), len(shape), dtype)


def given(value, dtype=FLOATX):
    """Exactly this value, as a tensor."""
    return Input(lambda random: np.array(value), np.ndim(value), dtype)


def plain(value):
    """Exactly this value, handed to the source as a NumPy array or Python object and not as a tensor."""
    if isinstance(value, Input):
        return value.but(plain=True)
    return Input(lambda random: np.array(value), np.ndim(value), None, plain=True)


class Check:
    """A want that is not one value: `function(got)` returns None, a problem as a sentence, or a list of
    problems."""

    def __init__(self, description, function):
        self.description = description
        self.function = function

    def problems(self, got):
        """The problems found in `got`."""
        found = self.function(got)
        return [] if not found else [found] if isinstance(found, str) else list(found)


class Refusal:
    """A want: one of the exceptions `kinds` (names of types), with a message that names `words`."""

    def __init__(self, kinds, words=""):
        self.kinds = (kinds,) if isinstance(kinds, str) else tuple(kinds)
        self.words = words

    def __str__(self):
        return " or ".join(self.kinds) + (" naming {}".format(self.words) if self.words else "")


class Promise:
    """One rule of an API in our own words.

    `at` is where in the API's documentation it stands, `function: part` or `page: section`; `release` is the
    release that is cited. A `silent` promise says what the documentation leaves open: its cases are shown and
    not counted.
    """

    def __init__(self, text, at, release, silent=False):
        self.text = text
        self.at = at
        self.release = release
        self.silent = silent

    def __str__(self):
        return "{} ({})".format(self.text, self.at)


class Arrays:
    """The input arrays of a row, made once for all the ways it goes in."""

    def __init__(self, key, inputs):
        self._key = key
        self._inputs = inputs
        self._made = None

    def made(self):
        """The arrays by name, in their own dtype, read-only."""
        if self._made is None:
            self._made = {}
            for name, item in self._inputs.items():
                # The seed depends only on the row's name: all ways see the same numbers, and no other row
                # shifts them.
                self._made[name] = item.array(zlib.crc32("/".join((self._key, name)).encode()))
                self._made[name].setflags(write=False)
        return self._made


class Case:
    """One instance of a promise that a backend is checked for, in one way of going in.

    `inputs` are Inputs by name and `arguments` the plain arguments of the call; `extra` holds what only the
    API's table understands. `want` is a value, a Check, a Refusal, or an oracle: a function of the inputs, in
    order and in float64, and of the arguments. `forked` cases run in a child process of their own that has
    not loaded the API; `joint` ones may be evaluated together with their neighbours.
    """

    comparison = None
    """How an API compares answers, when not as conformance/judge/compare.py does: a function like `compare`
    in there."""

    def __init__(self, promise, area, function, variant, way, profile, source, want, arrays, inputs,
                 arguments=None, way_in_id=True, forked=False, joint=True, isolate=False, patience=1,
                 ulps=None, only=None, result_dtype="auto", extra=None):
        self.id = "/".join(part for part in (area, function, variant, way if way_in_id else "") if part)
        if not _ID.match(self.id):
            raise ValueError("not a case id: {!r}".format(self.id))
        if profile not in PROFILES:
            raise ValueError("{}: no profile is called {!r}".format(self.id, profile))
        self.promise = promise
        self.area = area
        self.function = function
        self.variant = variant
        self.way = way
        self.profile = profile
        self.source = source
        self.want = want
        self.inputs = inputs
        self.arguments = arguments or {}
        self.forked = forked
        self.joint = joint and not isolate
        self.isolate = isolate
        self.patience = patience
        self.ulps = ulps
        self.only = only
        self.result_dtype = result_dtype
        self.extra = extra or {}
        self._arrays = arrays

    @property
    def unspecified(self):
        """What the documentation leaves open, as a sentence with its place; None for a case that counts."""
        return str(self.promise) if self.promise.silent else None

    def arrays(self):
        """The inputs as arrays in their own dtype, read-only."""
        return self._arrays.made()

    def expected(self):
        """The oracle's answer: values in float64, or a Check."""
        if not callable(self.want):
            return self.want
        arrays = [array.astype("float64") if array.dtype.kind == "f" else array
                  for array in self.arrays().values()]
        return self.want(*arrays, **self.arguments)

    def float_dtype(self):
        """The float dtype of the inputs, which results of floats keep."""
        for item in self.inputs.values():
            if item.dtype in ("float16", "float32", "float64"):
                return item.dtype
        return FLOATX

    def wanted_dtype(self, want):
        """The dtype a result must have, or None where the API does not say: stated by the case, else floats
        stay floats."""
        if self.result_dtype != "auto":
            return self.result_dtype
        return self.float_dtype() if np.asarray(want).dtype.kind == "f" else None


class Outcome:
    """What one case ended as: the verdict, and the evidence under it when the verdict is not `pass`.

    `aspects` names what departed: value, shape, dtype, static, exception, effect, device. `ulp` is the worst
    error, in units of the result dtype's last place; `seconds` is wall clock; `answer` is what came back, in
    short, where it is a wrong one.
    """

    def __init__(self, verdict, message=None, expected=None, got=None, trace=None, ulp=None, aspects=(),
                 answer=None):
        self.verdict = verdict
        self.message = message
        self.expected = expected
        self.got = got
        self.trace = trace
        self.ulp = ulp
        self.aspects = tuple(aspects)
        self.answer = answer
        self.seconds = 0.0
        self.attempt = 1

    def detail(self):
        """The journal's `detail` object."""
        return {"message": self.message, "expected": self.expected, "got": self.got, "traceback": self.trace}

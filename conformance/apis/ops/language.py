"""The language of the spec of the ops API: `ops.function(...)`, its ways in and its sweeps over dtypes.

    with ops.function("exp", area="elementwise", dtype=floating()) as f:
        f.promise("e to the power of each element", at="exp: returns")
        f.case("2d", x=normal(2, 3), oracle=np.exp, profile="core")
        f.promise("integers and bools become floatx", at="result_type: returns")
        f.sweep("of", x=values(2, 3), oracle=np.exp)

README.md in this folder says how an area is written.
"""
import zlib

import numpy as np

from conformance import case as shared
from conformance.apis import language
from conformance.apis.ops import compare, promotion
from conformance.apis.ops.inputs import listed
from conformance.case import Arrays

EAGER, SYMBOLIC, UNKNOWN, TRACED = "eager", "symbolic", "unknown", "traced"
"""The ways in: tensors; KerasTensors of known shape, evaluated by a Function; the same with unknown
dimensions; tensors inside what the backend compiles."""
WAYS = (EAGER, SYMBOLIC, UNKNOWN, TRACED)
_UNKNOWN_EACH, _TRACED_EACH = 3, 8


def choose_ways(asked, area, function, variant, inputs, profile, first):  # noqa: ARG001 - no profile matters
    """The ways a case goes in: those it asks for, else eager and symbolic, and for the first case of a
    function and for every few others, as their name decides, unknown and traced too.

    Without a tensor there is nothing that could go in another way than eager, and nothing unknown without a
    dimension.
    """
    tensors = [item for item in inputs.values() if not item.plain]
    ways = asked
    if asked is None:
        number = zlib.crc32("/".join((area, function, variant)).encode())
        ways = [EAGER] + [SYMBOLIC] * bool(tensors)
        ways += [UNKNOWN] * (bool(tensors) and (first or number % _UNKNOWN_EACH == 0))
        ways += [TRACED] * (bool(tensors) and (first or number % _TRACED_EACH == 0))
    if not any(item.unknown_axes and item.ndim for item in tensors):
        ways = [way for way in ways if way != UNKNOWN]
    return tuple(ways)


class Case(shared.Case):
    """A case of the ops API. In `extra`: `rule`, from the operands' dtypes to the result's; `floatx`, when it
    is set to another; `open`, when the length of an axis depends on values; `signs`, when the sign of zero is
    promised."""

    comparison = staticmethod(compare.compare)

    @property
    def floatx(self):
        """The dtype of floats where none is stated."""
        return self.extra.get("floatx", shared.FLOATX)

    def kinds(self):
        """The dtype of each operand, or its Python type: what promotes."""
        found = {name: item.dtype or item.scalar or self._listed(name) for name, item in self.inputs.items()
                 if getattr(item, "scalar", None) or item.dtype or item.literal}
        found.update((name, type(value)) for name, value in self.arguments.items()
                     if type(value) in (bool, int, float) and name in ("x1", "x2"))
        return found

    def _listed(self, name):
        kind = self.arrays()[name].dtype.kind
        return {"b": bool, "i": int, "f": float}[kind]

    def expected(self):
        """The oracle's answer. Floats go in as float64 and integers as 64-bit ones: what a narrow result
        makes of them, the comparison knows."""
        if not callable(self.want):
            return self.want
        arrays = [_wide(array, getattr(self.inputs[name], "sweeps", False))
                  for name, array in self.arrays().items()]
        with np.errstate(all="ignore"):
            return self.want(*arrays, **self.arguments)

    def dtypes(self, index=None):
        """The dtypes that the result (or its part `index`) may have; None where none is promised."""
        stated = self.result_dtype
        if stated == "auto":
            rule = self.extra.get("rule")
            stated = rule(self.kinds(), self.floatx) if rule else None
        if isinstance(stated, tuple):
            stated = stated[index] if index is not None and index < len(stated) else None
        return None if stated is None else promotion.allowed(stated)


def _wide(array, number):
    """The array in 64 bits; a bool that is a `number`, because a sweep made it one, too."""
    if array.dtype.kind == "f":
        return array.astype("float64")
    whole = array.dtype.kind in "iu" and array.dtype != "uint64"
    return array.astype("int64") if whole or (number and array.dtype == bool) else array


class Ops(language.Spec):
    """The functions of the ops API. A name with a dot is one of `keras`, such as `random.normal`."""

    def function(self, name, area, profile="full", dtype=None, open_shape=False, call=None):
        """A new Function; `dtype` is the rule of its results' dtypes (promotion.py). `open_shape`: the length
        of a result depends on values, so that None is what a symbolic call must declare. `call` is how the
        function is written in source text where that is not `ops.NAME`."""
        if any(known.name == name for known in self.functions):
            raise ValueError("the function {} stands in two places".format(name))
        self.functions.append(Function(self, name, area, profile, dtype, open_shape, call))
        return self.functions[-1]


class Function(language.Function):
    """A function of the ops API; language.Function has what is common to all APIs.

    More options of a case: `floatx`, `signs`, `open_shape` and `rule`.
    """

    def __init__(self, spec, name, area, profile, rule, open_shape, call):
        language.Function.__init__(self, spec, name, area, profile)
        self._common = {"rule": rule, "open": open_shape}
        self._written = call or ("keras." if name.startswith("random.") else "ops.") + name

    def case(self, variant, source=None, floatx=None, signs=None, open_shape=None, rule=None, **rest):
        """As language.Function.case. Python scalars and lists among the inputs are written `listed(2)`."""
        given = {"floatx": floatx, "signs": signs, "open": open_shape, "rule": rule}
        rest["extra"] = dict(rest.get("extra", {}), **{key: value for key, value in given.items()
                                                      if value is not None})
        language.Function.case(self, variant, source, **rest)

    def sweep(self, variant, source=None, dtypes=promotion.COMMON, **rest):
        """A case for each dtype, called `variant-DTYPE`, eager and symbolic. Inputs made by `values` take the
        dtype; where there are several, `dtypes` has a tuple for each case, and `int` or `float` in it is a
        Python scalar. `ulps` may be a dict by dtype."""
        rest.setdefault("ways", (EAGER, SYMBOLIC))
        swept = [name for name, item in rest.items() if getattr(item, "sweeps", False) and item.dtype is None]
        limits = rest.pop("ulps", None)
        for dtype in dtypes:
            each = dtype if isinstance(dtype, tuple) else (dtype,) * len(swept)
            made = dict(rest)
            made.update((name, _of(rest[name], kind)) for name, kind in zip(swept, each, strict=True))
            granted = limits.get(dtype) if isinstance(limits, dict) else limits
            if granted:
                made["ulps"] = granted
            names = each if isinstance(dtype, tuple) else each[:1]
            spelled = "-".join(getattr(kind, "__name__", kind) for kind in names)
            self.case("{}-{}".format(variant, spelled), source, **made)

    def _call(self, inputs, arguments):
        given = [item.text.format(name) if not getattr(item, "literal", False) else item.text
                 for name, item in inputs.items()]
        given += ["{}={!r}".format(*argument) for argument in arguments.items()]
        return "{}({})".format(self._written, ", ".join(given))

    def _add(self, variant, source, want, inputs, options, arguments=None, joint=True, way=None):
        if not self.promises:
            raise ValueError("{}/{} stands under no promise".format(self.name, variant))
        options = dict(options)
        options["extra"] = dict({key: value for key, value in self._common.items() if value},
                                **options.get("extra", {}))
        profile, ways = options.pop("profile", self.profile), options.pop("ways", None)
        if profile == "core" and all(case.profile != "examples" for case in self.cases):
            profile = "examples"  # what a new backend looks at first: one case of each such function
        asked = (way,) if way else (ways,) if isinstance(ways, str) else ways
        if not way:
            asked = choose_ways(asked, self.area, self.name, variant, inputs, profile, not self.cases)
        arrays = Arrays("/".join((self.area, self.name, variant)), inputs)
        for each in asked:
            self.cases.append(Case(
                self.promises[-1], self.area, self.name, variant, each, profile, source, want, arrays, inputs,
                arguments, way_in_id=each in WAYS, joint=joint, forked=each == "isolated", **options))


def _of(item, kind):
    if isinstance(kind, str):
        return item.but(dtype=kind)
    return listed({bool: True, int: 2, float: 1.5}[kind])


ops = Ops("ops.{}", WAYS, choose_ways, release="Keras 3.15.1")

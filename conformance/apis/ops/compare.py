"""Compares an answer of the ops API with what a case wants: value, shape and dtype with the oracle and the
promotion rule, and what a symbolic call declared with what evaluation gave.

Errors are measured in ULP of the dtype that the result has, as conformance/judge/compare.py measures them.
"""
import numpy as np

from conformance.case import Check
from conformance.judge import compare as common
from conformance.judge.compare import DTYPE, EFFECT, SHAPE, STATIC, VALUE
from conformance.settings import CPU

PRECISION = {  # unit in the last place of 1, smallest normal, largest number
    "bfloat16": (2.0 ** -7, 2.0 ** -126, 3.3895313892515355e38),
    "float16": (2.0 ** -10, 2.0 ** -14, 65504.0),
    "float32": (2.0 ** -23, 2.0 ** -126, 3.4028234663852886e38),
    "float64": (2.0 ** -52, 2.0 ** -1022, 1.7976931348623157e308),
}
# Half precision is often computed step by step in half: a few ULP are already percents.
LIMITS = {"bfloat16": 8.0, "float16": 8.0, "float32": 64.0, "float64": 512.0}


def compare(case, answer, device=CPU):
    """Every way in which an answer departs from what the case wants, as a Comparison."""
    if "values" in answer:
        return common.compare(case, answer, device)
    comparison = Comparison(case)
    want, leaves = case.expected(), answer["leaves"]
    comparison.value(want, _rebuild(answer["tree"], leaves, answer["facts"]), "")
    for name in answer.get("changed", ()):
        comparison.say(EFFECT, "", "the input {} was changed".format(name))
    if comparison.problems:
        comparison.want, comparison.got = common.text(want), common.text(_rebuild(answer["tree"], leaves))
    return comparison


class Evaluated:
    """A tensor's value, and the facts: its dtype, and what a symbolic call declared."""

    def __init__(self, array, facts):
        self.array = array
        self.facts = facts


def _rebuild(tree, leaves, facts=None):
    if isinstance(tree, list):
        return [_rebuild(item, leaves, facts) for item in tree]
    return Evaluated(leaves[tree], facts[tree]) if facts and facts[tree] is not None else leaves[tree]


class Comparison:
    """The problems of one answer in sentences, the aspects they are about, and the worst error."""

    def __init__(self, case):
        self.case = case
        self.problems = []
        self.aspects = []
        self.worst = None
        self.want = None
        self.got = None

    def say(self, aspect, where, problem):
        """Note a problem with an aspect of the answer, or of the part of it that `where` names."""
        self.problems.append(problem if not where else "{}: {}".format(where, problem))
        if aspect not in self.aspects:
            self.aspects.append(aspect)

    def value(self, want, got, where, index=None):
        """Compare one wanted value with what came back; `index` is its place in the result."""
        if isinstance(got, Evaluated):
            self._declared(got, where)
        if isinstance(want, Check):
            for problem in want.problems(_bare(got)):
                self.say(VALUE, where, problem)
            if isinstance(got, Evaluated):
                self._dtype(got, where, index)
        elif isinstance(want, (list, tuple)):
            self._sequence(want, got, where)
        elif isinstance(want, (str, bool, type(None))) or not isinstance(got, Evaluated):
            self._plain(want, got, where)
        else:
            self._tensor(np.asarray(want), got, where, index)

    def _sequence(self, want, got, where):
        if not isinstance(got, (list, tuple)):
            kind = "a tensor" if isinstance(got, Evaluated) else type(got).__name__
            self.say(VALUE, where, "wrong type: {} instead of a sequence of {}".format(kind, len(want)))
        elif len(got) != len(want):
            self.say(SHAPE, where, "wrong length: {} instead of {}".format(len(got), len(want)))
        else:
            for index, (w, g) in enumerate(zip(want, got)):
                self.value(w, g, "{}[{}]".format(where or "output", index), index)

    def _plain(self, want, got, where):
        got = got.array if isinstance(got, Evaluated) else got
        if isinstance(got, (np.ndarray, np.generic)) and got.shape == ():
            got = got[()].item()
        if isinstance(want, (np.ndarray, np.generic)) and not isinstance(got, (np.ndarray, np.generic)):
            self.say(VALUE, where, "wrong type: {} instead of a tensor".format(type(got).__name__))
        elif type(got) is not type(want) or not np.array_equal(got, want):
            self.say(VALUE, where, "wrong value: {} instead of {}".format(
                common.text(got, 120), common.text(want, 120)))

    def _declared(self, tensor, where):
        """What a symbolic call declared against what evaluation gave."""
        declared = tensor.facts.get("declared")
        if declared is None:
            return
        (shape, stated), dtype = declared, tensor.facts["dtype"]
        real = np.shape(tensor.array)
        if shape is None or len(shape) != len(real) or any(
                length is not None and length != n for length, n in zip(shape, real)):
            self.say(STATIC, where, "declares shape {}, evaluated {}".format(shape, list(real)))
        elif not self.case.extra.get("open"):
            known = tensor.facts.get("settled") or [None] * len(real)
            for axis, (length, settled) in enumerate(zip(shape, known)):
                if length is None and settled is not None:
                    self.say(STATIC, where, "declares None for axis {}, whose length is {} whatever is "
                                            "unknown".format(axis, settled))
        if stated != dtype:
            self.say(STATIC, where, "declares dtype {}, evaluated {}".format(stated, dtype))

    def _dtype(self, tensor, where, index):
        wanted, dtype = self.case.dtypes(index), tensor.facts["dtype"]
        if wanted is not None and dtype not in wanted:
            self.say(DTYPE, where, "wrong dtype: {} instead of {}".format(dtype, wanted[0]))

    def _tensor(self, want, tensor, where, index):
        self._dtype(tensor, where, index)
        got, dtype = np.asarray(tensor.array), tensor.facts["dtype"]
        if got.dtype.kind not in "biufc":
            self.say(VALUE, where, "wrong type: {} instead of numbers".format(common.text(got, 120)))
            return
        if got.shape != want.shape:
            self.say(SHAPE, where, "wrong shape: {} instead of {}".format(got.shape, want.shape))
            if [n for n in got.shape if n != 1] != [n for n in want.shape if n != 1]:
                return
            # Axes of one too many or too few are one slip: wrong numbers would be another.
            got = got.reshape(want.shape)
        if not want.size:
            return
        if got.dtype.kind == "c" or want.dtype.kind == "c":
            part = "float64" if dtype == "complex128" else "float32"
            self._floats(np.real(want).astype("float64"), np.real(got).astype("float64"), part, where)
            self._floats(np.imag(want).astype("float64"), np.imag(got).astype("float64"), part, where)
        elif dtype in PRECISION:
            self._floats(want.astype("float64"), got.astype("float64"), dtype, where)
        else:
            self._exact(want, got, where)

    def _exact(self, want, got, where):
        if want.dtype.kind in "iu" and got.dtype.kind in "iu":
            want = want.astype(got.dtype)  # integers wrap around
        if not np.array_equal(want, got):
            place = tuple(int(n) for n in np.argwhere(want != got)[0])
            self.say(VALUE, where,
                     "wrong value at {}: {} instead of {}".format(place, got[place], want[place]))

    def _floats(self, want, got, dtype, where):
        unit, tiny, largest = PRECISION[dtype]
        want = np.where(np.abs(want) > largest * (1 + unit / 4), np.copysign(np.inf, want), want)
        odd = ~np.isfinite(want)
        same = np.where(np.isnan(want), np.isnan(got), want == got)
        if self.case.extra.get("signs"):
            same &= np.isnan(want) | (np.signbit(want) == np.signbit(got))
            odd = odd | (want == 0)
        finite = np.where(odd, 0.0, want)
        scale = np.maximum(np.abs(finite), max(np.abs(finite).max() / 16, tiny))
        with np.errstate(invalid="ignore", over="ignore"):
            error = np.abs(got - finite) / (unit * scale)
        error = np.where(odd, np.where(same, 0.0, np.inf), np.where(np.isnan(error), np.inf, error))
        worst = float(error.max())
        if np.isfinite(worst) and (self.worst is None or worst > self.worst):
            self.worst = worst
        if worst > (self.case.ulps[0] if self.case.ulps else LIMITS[dtype]):
            place = tuple(int(n) for n in np.unravel_index(int(error.argmax()), error.shape))
            off = ", off by {:.3g} ULP".format(worst) if np.isfinite(worst) else ""
            self.say(VALUE, where, "wrong value at {}: {:.7g} instead of {:.7g}{}".format(
                place, float(got[place]), float(want[place]), off))


def _bare(got):
    if isinstance(got, list):
        return [_bare(item) for item in got]
    return got.array if isinstance(got, Evaluated) else got

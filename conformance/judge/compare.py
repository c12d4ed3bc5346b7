"""The tolerance policy, in one place.

Errors are measured in ULP of the result's dtype: `|got - want| / (eps * scale)`. `scale` is the larger of the
wanted element and a sixteenth of the largest wanted element, because a sum that cancels is only as exact as
its terms. A case may ask for another limit where its arithmetic is known to lose more; it says why beside the
number.
"""
import numpy as np

from conformance.case import Check
from conformance.judge.standalone import ulps
from conformance.settings import CPU, GPU

# float32 elementwise functions of the engines stay below 4 ULP, reductions and products over the small inputs
# here below 40. Half precision is often computed step by step in half: a few ULP are already percents.
LIMITS = {"float16": 8.0, "float32": 64.0, "float64": 512.0}

# On a GPU every limit is multiplied, a case's own included. What differs there, and is granted:
# - a sum is taken in a tree of partial sums, or by atomic additions in an order that changes from run to run,
#   so its error
#   grows in another way and is not the same twice;
# - multiply and add are fused, which rounds once where the CPU rounds twice: closer to the oracle, but terms
#   that would have
#   cancelled exactly leave a rounding error;
# - CUDA documents its float32 functions with up to 8 ULP (pow, lgamma), where libm has 1 or 2, and its double
#   ones with 2;
# - cuDNN convolves float32 and float16 by Winograd's transforms, which cost two to three bits. What is not
#   granted: TF32, which multiplies with 11 significant bits and is off by some 4096 ULP of float32 (columns
#   set NVIDIA_TF32_OVERRIDE=0, and the limits below would show it), and sums of float16 that are rounded to
#   float16 at each step over more terms than on the CPU. Subnormals that are flushed to zero need no grant:
#   `scale` ends at the smallest normal.
GPU_FACTORS = {"float16": 2.0, "float32": 4.0, "float64": 2.0}


VALUE, SHAPE, DTYPE, STATIC = "value", "shape", "dtype", "static"
EXCEPTION, EFFECT, DEVICE = "exception", "effect", "device"
"""The aspects: what about an answer was compared. `static` is what the API said before evaluation, `effect`
what a script found after its steps."""


def text(value, limit=400):
    """A value as a person reads it, bounded."""
    if isinstance(value, np.ndarray):
        with np.printoptions(precision=6, threshold=40, edgeitems=3, linewidth=10 ** 6):
            shown = "{} {} {}".format(value.dtype, value.shape,
                                      np.array2string(value, separator=", ").replace("\n", ""))
    elif isinstance(value, Check):
        shown = value.description
    elif isinstance(value, dict) and set(value) == {"object", "text"}:
        shown = "{object}: {text}".format(**value)
    elif isinstance(value, dict):
        shown = "{" + ", ".join("{}: {}".format(k, text(v)) for k, v in value.items()) + "}"
    elif isinstance(value, np.generic) and value.dtype.kind not in "SU":
        shown = str(value)  # repr names the type since NumPy 2
    elif (isinstance(value, (list, tuple))
          and any(isinstance(v, (np.ndarray, np.generic, Check)) for v in value)):
        shown = "[" + ", ".join(text(v) for v in value) + "]"
    else:
        shown = repr(value)
    return shown if len(shown) <= limit else shown[:limit - 3] + "..."


def granted(case, device=CPU):
    """The dtype that the errors of a case are measured in, and how many units of its last place they may
    be."""
    dtype = case.result_dtype if case.result_dtype in LIMITS else case.float_dtype()
    limit = case.ulps[0] if case.ulps else LIMITS[dtype]
    return dtype, limit * GPU_FACTORS[dtype] if device == GPU else limit


def compare(case, answer, device=CPU):
    """Every way in which an answer, computed on a `device`, departs from what the case wants.

    Returns a Comparison: its problems, its worst error, and the wanted and got values as text. Raises
    KeyError, TypeError or IndexError when the answer does not have the form of an answer.
    """
    comparison = Comparison(case, device)
    want = case.expected()
    if "values" in answer:
        got = dict(answer["values"])
        if "stderr" in answer:
            got["stderr"] = answer["stderr"]
        comparison.history = True
        for name, value in want.items():
            if name in got:
                comparison.value(value, got[name], name)
            else:
                comparison.say(EFFECT, "", "{} was never set".format(name))
    else:
        leaves = answer["leaves"]
        comparison.value(want, _rebuild(answer["tree"], leaves, answer["facts"]), "")
        got = _rebuild(answer["tree"], leaves, None)
    if comparison.problems:
        comparison.want, comparison.got = text(want), text(got)
    return comparison


class _Tensor:
    """An evaluated tensor with what the API said of it before."""

    def __init__(self, array, facts):
        self.array = array
        self.facts = facts


def _rebuild(tree, leaves, facts):
    if isinstance(tree, list):
        return [_rebuild(item, leaves, facts) for item in tree]
    if facts is not None and facts[tree] is not None:
        return _Tensor(leaves[tree], facts[tree])
    return leaves[tree]


class Comparison:
    """The problems of one answer, and the worst error among the values that can be measured.

    `problems` are sentences and `aspects` names what each is about; `want` and `got` are texts, None without
    problems. `history` says that the values are what a script found after its steps: their departures are
    effects.
    """

    def __init__(self, case, device=CPU):
        self.case = case
        self.device = device
        self.problems = []
        self.aspects = []
        self.history = False
        self.worst = None
        self.want = None
        self.got = None

    def value(self, want, got, where):
        """Compare one wanted value, of any kind, with what came back; `where` names it in a sentence."""
        if isinstance(got, _Tensor):
            self._facts(got, where)
            if not isinstance(got.array, (np.ndarray, np.generic, int, float)):
                self.say(self._values, where, "wrong type: {} instead of an array".format(_kind(got.array)))
                return
            if not isinstance(want, (Check, list, tuple)):
                self._dtype(want, np.asarray(got.array), where)
            got = got.array
        if isinstance(want, Check):
            for problem in want.problems(_untensor(got)):
                self.say(self._values, where, problem)
        elif isinstance(want, (list, tuple)):
            self._sequence(want, got, where)
        elif isinstance(want, (str, bool, type(None))):
            if isinstance(got, (np.ndarray, np.generic)) and got.shape == () and got.dtype == bool:
                got = bool(got)
            if type(got) is not type(want) or got != want:
                self.say(self._values, where,
                         "wrong value: {} instead of {}".format(text(got, 120), text(want, 120)))
        else:
            self._array(np.asarray(want), got, where)

    def _sequence(self, want, got, where):
        if not isinstance(got, (list, tuple)):
            self.say(self._values, where,
                     "wrong type: {} instead of a sequence of {}".format(_kind(got), len(want)))
        elif len(got) != len(want):
            self.say(SHAPE, where, "wrong length: {} instead of {}".format(len(got), len(want)))
        else:
            for index, (w, g) in enumerate(zip(want, got)):
                self.value(w, g, "{}[{}]".format(where or "output", index))

    def _facts(self, tensor, where):
        shape = np.shape(tensor.array)
        facts = tensor.facts
        for name in ("ndim", "shape", "dtype"):
            if isinstance(facts.get(name), dict):
                self.say(STATIC, where, "{by} raised {raised}".format(**facts[name]))
                return
        if "ndim" in facts and facts["ndim"] != len(shape):
            self.say(STATIC, where, "wrong static ndim: {}, evaluated {}".format(facts["ndim"], len(shape)))
        static = facts.get("shape")
        if static is not None and (not isinstance(static, list) or len(static) != len(shape)
                                   or any(s is not None and s != n for s, n in zip(static, shape))):
            self.say(STATIC, where, "wrong static shape: {}, evaluated {}".format(static, shape))
        kind = np.asarray(tensor.array).dtype
        if "dtype" in facts and facts["dtype"] != kind.name:
            self.say(STATIC, where, "wrong static dtype: {}, evaluated {}".format(facts["dtype"], kind.name))

    def _dtype(self, want, got, where):
        wanted = self.case.wanted_dtype(want)
        if wanted is not None and got.dtype.name != wanted:
            self.say(DTYPE, where, "wrong dtype: {} instead of {}".format(got.dtype.name, wanted))

    def _array(self, want, got, where):
        measured = isinstance(got, (np.ndarray, np.generic, int, float))
        if not measured or np.asarray(got).dtype.kind not in "biuf":
            self.say(self._values, where, "wrong type: {} instead of an array".format(_kind(got)))
            return
        got = np.asarray(got)
        if got.shape != want.shape:
            self.say(SHAPE, where, "wrong shape: {} instead of {}".format(got.shape, want.shape))
            if [n for n in got.shape if n != 1] != [n for n in want.shape if n != 1]:
                return
            # Axes of one too many or too few are one slip: that the numbers are wrong as well would be
            # another.
            got = got.reshape(want.shape)
        if want.size and want.dtype.kind == "f":
            self._floats(want, got.astype("float64"), where)
        elif want.size and not np.array_equal(want.astype("float64"), got.astype("float64")):
            place = _first(want.astype("float64") != got.astype("float64"))
            self.say(self._values, where,
                     "wrong value at {}: {} instead of {}".format(_place(place), got[place], want[place]))

    def _floats(self, want, got, where):
        odd = ~np.isfinite(want)
        same = np.where(np.isnan(want), np.isnan(got), want == got)
        if not same[odd].all():
            place = _first(odd & ~same)
            self.say(self._values, where,
                     "wrong value at {}: {} instead of {}".format(_place(place), got[place], want[place]))
            return
        dtype, limit = granted(self.case, self.device)
        error = ulps(want, got, dtype)
        worst = float(error.max())
        if not self.worst or worst > self.worst:
            self.worst = worst if np.isfinite(worst) else None
        if worst > limit:
            place = tuple(int(n) for n in np.unravel_index(int(error.argmax()), error.shape))
            self.say(self._values, where,
                     "wrong value at {}: {:.7g} instead of {:.7g}, off by {:.3g} ULP".format(
                _place(place), float(got[place]), float(want[place]), worst))

    @property
    def _values(self):
        return EFFECT if self.history else VALUE

    def say(self, aspect, where, problem):
        """Note a problem with an aspect of the answer, or of the part of it that `where` names."""
        self.problems.append(problem if not where else "{}: {}".format(where, problem))
        if aspect not in self.aspects:
            self.aspects.append(aspect)


def _first(mask):
    return tuple(int(n) for n in np.argwhere(mask)[0])


def _place(place):
    return "(" + ", ".join(map(str, place)) + ")"


def _kind(value):
    if isinstance(value, dict) and "object" in value:
        return str(value["object"])
    return "{} array".format(value.dtype) if isinstance(value, np.ndarray) else type(value).__name__


def _untensor(value):
    if isinstance(value, list):
        return [_untensor(item) for item in value]
    return value.array if isinstance(value, _Tensor) else value

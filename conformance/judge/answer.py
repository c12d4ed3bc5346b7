"""A deviating answer in short, by which another wrong answer is told from a known one."""
import json
import zlib

import numpy as np

from conformance.case import Check
from conformance.judge import compare
from conformance.settings import CPU

# No answer is told apart more finely: another machine may round in another way.
_FINEST = 1e-6


def shortened(case, answer, device=CPU):
    """What came back as three words: a checksum of all that is exact, a weighted sum of the floats, and by
    how much that sum may differ for the same answer.

    Types, shapes, integers, texts and the static facts are exact. Two answers are the same when the checksums
    are equal and the sums as close as the larger tolerance says. The tolerance is what the case grants to
    each float, so an answer has the same three words wherever it is computed, but for the noise of floats.
    None where a rule is wanted and not a value: of draws of random numbers no two runs need agree.
    """
    if _is_rule(case.expected()):
        return None
    told = _Told(case, device)
    if "values" in answer:
        for name, value in sorted(dict(answer["values"]).items()):
            told.say(name)
            told.value(value)
    else:
        told.say(repr(answer["tree"]))
        for value in answer["leaves"]:
            told.value(value)
        told.say(json.dumps([_exact(facts) for facts in answer["facts"]], sort_keys=True))
    if not np.isfinite(told.sum + told.tolerance):
        return "{:08x} 0 0".format(told.checksum)
    return "{:08x} {:.9g} {:.2g}".format(told.checksum, told.sum, told.tolerance)


def _is_rule(want):
    inner = want.values() if isinstance(want, dict) else want if isinstance(want, (list, tuple)) else ()
    return isinstance(want, Check) or any(map(_is_rule, inner))


class _Told:
    def __init__(self, case, device):
        dtype, limit = compare.granted(case, device)
        self._granted = limit * float(np.finfo(dtype).eps)
        self._weights = np.random.RandomState(0)
        self.checksum = 0
        self.sum = 0.0
        self.tolerance = 0.0

    def say(self, words):
        """Something exact."""
        self.checksum = zlib.crc32(words.encode("utf-8", "backslashreplace"), self.checksum)

    def value(self, value):
        """A value of any kind."""
        if isinstance(value, (list, tuple)):
            self.say("{} of {}".format(type(value).__name__, len(value)))
            for item in value:
                self.value(item)
        elif isinstance(value, dict):
            # The text of an object may hold its address.
            self.say(str(value.get("object")))
        elif isinstance(value, (np.ndarray, np.generic, float)):
            self._array(np.asarray(value))
        else:
            self.say(repr(value))

    def _array(self, array):
        self.say("{} {}".format(array.dtype.name, array.shape))
        if array.dtype.kind != "f":
            self.say(repr(array.tolist()))
            return
        odd = ~np.isfinite(array)
        self.say(repr(array[odd].tolist()) + repr(np.argwhere(odd).tolist()))
        weighted = np.where(odd, 0.0, array.astype("float64")) * self._weights.uniform(1, 2, array.shape)
        own = compare.LIMITS[array.dtype.name] * float(np.finfo(array.dtype).eps)
        lost = max(self._granted, own, _FINEST)
        with np.errstate(over="ignore", invalid="ignore"):
            self.sum += float(weighted.sum())
            self.tolerance += lost * float(np.abs(weighted).sum())


def _exact(facts):
    """Static facts without the messages of what raised."""
    return facts and {name: None if isinstance(fact, dict) else fact for name, fact in facts.items()}

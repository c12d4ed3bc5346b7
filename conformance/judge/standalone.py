"""How a reproduction script compares: all below the docstring is copied into it, so it needs NumPy alone.

It grants what compare.py grants, by the same arithmetic. A test holds both to the same answers.
"""
import numpy as np


class Rule(str):
    """A wanted answer that has no value: a reader judges by this sentence."""


class Evaluated:
    """A tensor's value; `said` is what the API said of its ndim, shape and dtype before."""

    def __init__(self, value, said):
        self.value = value
        self.said = said

    def __repr__(self):
        return repr(self.value)


def rules(want):
    """The Rules in what is wanted."""
    if isinstance(want, Rule):
        return [want]
    inner = want.values() if isinstance(want, dict) else want if isinstance(want, (list, tuple)) else ()
    return [rule for item in inner for rule in rules(item)]


def departures(want, got, where, policy):
    """How `got` departs from `want`, in sentences. `policy` is the dtype errors are measured in, the limit in
    units of its last place, and the dtype of tensors ("auto": only floats have one, that dtype)."""
    dtype, limit, stated = policy
    found = []
    if isinstance(got, Evaluated):
        value, said = got.value, got.said
        shape, kind = np.shape(value), np.asarray(value).dtype
        if "ndim" in said and said["ndim"] != len(shape):
            found.append("{}: wrong static ndim: {}, evaluated {}".format(where, said["ndim"], len(shape)))
        static = said.get("shape")
        fits = isinstance(static, (list, tuple)) and len(static) == len(shape) and all(
            s is None or (isinstance(s, (int, np.integer)) and s == n) for s, n in zip(static, shape))
        if static is not None and not fits:
            found.append("{}: wrong static shape: {}, evaluated {}".format(where, static, shape))
        if "dtype" in said and str(said["dtype"]) != kind.name:
            found.append("{}: wrong static dtype: {}, evaluated {}".format(where, said["dtype"], kind.name))
        if not isinstance(value, (np.ndarray, np.generic, int, float)):
            return found + ["{}: wrong type: {}".format(where, type(value).__name__)]
        if isinstance(want, (Rule, list, tuple)):
            stated = None
        elif stated == "auto":
            stated = dtype if np.asarray(want).dtype.kind == "f" else None
        if stated is not None and kind.name != stated:
            found.append("{}: wrong dtype: {} instead of {}".format(where, kind.name, stated))
        got = value
    if isinstance(want, Rule):
        return found
    if isinstance(want, dict):
        for name, item in want.items():
            found += departures(item, got[name], name, policy) if name in got else [name + " was never set"]
        return found
    if isinstance(want, (list, tuple)):
        if not isinstance(got, (list, tuple)) or len(got) != len(want):
            return found + ["{}: {!r} instead of a sequence of {}".format(where, got, len(want))]
        for index, (w, g) in enumerate(zip(want, got)):
            found += departures(w, g, "{}[{}]".format(where, index), policy)
        return found
    if isinstance(want, (str, bool, type(None))):
        if isinstance(got, (np.ndarray, np.generic)) and got.shape == () and got.dtype == bool:
            got = bool(got)
        same = type(got) is type(want) and got == want
        return found if same else found + ["{}: wrong value: {!r} instead of {!r}".format(where, got, want)]
    want = np.asarray(want)
    if not isinstance(got, (np.ndarray, np.generic, int, float)) or np.asarray(got).dtype.kind not in "biuf":
        return found + ["{}: wrong type: {} instead of an array".format(where, type(got).__name__)]
    got = np.asarray(got)
    if got.shape != want.shape:
        return found + ["{}: wrong shape: {} instead of {}".format(where, got.shape, want.shape)]
    if want.dtype.kind == "f":
        wrong = ulps(want, got.astype("float64"), dtype) > limit
    else:
        wrong = want.astype("float64") != got.astype("float64")
    if wrong.any():
        place = tuple(int(n) for n in np.argwhere(wrong)[0])
        found.append("{}: wrong value at {}: {} instead of {}".format(where, place, got[place], want[place]))
    return found


def ulps(want, got, dtype):
    """The error of each element, in units of the last place of `dtype`, where the unit is never below that of
    a sixteenth of the largest wanted element: a sum that cancels is only as exact as its terms."""
    odd = ~np.isfinite(want)
    same = np.where(np.isnan(want), np.isnan(got), want == got)
    finite = np.where(odd, 0.0, want)
    largest = np.abs(finite).max() if finite.size else 0.0
    scale = np.maximum(np.abs(finite), max(largest / 16, float(np.finfo(dtype).tiny)))
    with np.errstate(invalid="ignore", over="ignore"):
        error = np.abs(got - finite) / (float(np.finfo(dtype).eps) * scale)
    error = np.where(odd, np.where(same, 0.0, np.inf), error)
    return np.where(np.isnan(error), np.inf, error)

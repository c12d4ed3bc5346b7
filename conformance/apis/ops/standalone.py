"""How a reproduction script of the ops API compares: all below the import is copied into it, so that it needs
Keras and NumPy alone.

It grants what compare.py grants, by the same arithmetic. A test holds both to the same answers.
"""
import numpy as np


class Rule(str):
    """A wanted answer that has no value: a reader judges by this sentence."""


def rules(want):
    """The Rules in what is wanted."""
    if isinstance(want, Rule):
        return [want]
    inner = want.values() if isinstance(want, dict) else want if isinstance(want, (list, tuple)) else ()
    return [rule for item in inner for rule in rules(item)]


def departures(keras, want, got, declared, policy, where="result"):
    """How `got` departs from what is wanted and from what a symbolic call `declared` (or None), in
    sentences."""
    if isinstance(want, dict):
        return [problem for name, item in want.items()
                for problem in departures(keras, item, got.get(name), None, policy, name)]
    if isinstance(got, keras.Variable):
        got = got.value
    found = []
    if keras.ops.is_tensor(got):
        got, dtype = evaluated(keras, got)
        if declared is not None:
            found += undeclared(declared, got, dtype, where)
        if policy["dtypes"] and not isinstance(want, (list, tuple)) and dtype not in policy["dtypes"]:
            found.append("{}: dtype {} instead of {}".format(where, dtype, policy["dtypes"][0]))
    if isinstance(want, Rule):
        return found
    if isinstance(want, (list, tuple)):
        if not isinstance(got, (list, tuple)) or len(got) != len(want):
            return found + ["{}: {!r} instead of a sequence of {}".format(where, got, len(want))]
        parts = declared if isinstance(declared, (list, tuple)) else [None] * len(want)
        for index, item in enumerate(want):
            found += departures(keras, item, got[index], parts[index], dict(policy, dtypes=None),
                                "{}[{}]".format(where, index))
        return found
    if isinstance(want, (str, bool, type(None))) or not isinstance(got, np.ndarray):
        same = np.array_equal(got, want)
        return found if same else found + ["{}: {!r} instead of {!r}".format(where, got, want)]
    want = np.asarray(want)
    if got.shape != want.shape:
        return found + ["{}: shape {} instead of {}".format(where, got.shape, want.shape)]
    wrong = differs(want, got, dtype, policy)
    if wrong.any():
        place = tuple(int(n) for n in np.argwhere(wrong)[0])
        found.append("{}: {} instead of {} at {}".format(where, got[place], want[place], place))
    return found


def evaluated(keras, tensor):
    """A tensor as an array and its dtype's name."""
    array = np.asarray(keras.ops.convert_to_numpy(tensor))
    if array.dtype.kind not in "biufcSU":
        array = array.astype("float32")
    return array, keras.backend.standardize_dtype(tensor.dtype)


def changed(keras, tensors):
    """The names of tensors that a call wrote to; beside each stands a tensor made of the same values."""
    arrays = {name: [evaluated(keras, tensor)[0] for tensor in pair] for name, pair in tensors.items()}
    return ["the input {} was changed".format(name) for name, (now, before) in arrays.items()
            if not np.array_equal(now, before, equal_nan=now.dtype.kind in "fc")]


def undeclared(declared, got, dtype, where):
    """How an evaluated tensor departs from what a symbolic call said of it."""
    shape = declared.shape
    fits = len(shape) == got.ndim and all(n is None or n == m for n, m in zip(shape, got.shape))
    found = [] if fits else ["{}: declared shape {}, evaluated {}".format(where, shape, got.shape)]
    if declared.dtype != dtype:
        found.append("{}: declared dtype {}, evaluated {}".format(where, declared.dtype, dtype))
    return found


def differs(want, got, dtype, policy):
    """Where two arrays differ by more than is granted."""
    if dtype.startswith("complex"):
        part = "float64" if dtype == "complex128" else "float32"
        return differs(np.real(want), np.real(got), part, policy) | differs(
            np.imag(want), np.imag(got), part, policy)
    if dtype not in policy["precision"]:
        return want.astype(got.dtype) != got if want.dtype.kind in "iu" and got.dtype.kind in "iu" else (
            want != got)
    if not want.size:
        return np.zeros(want.shape, bool)
    want, got = want.astype("float64"), got.astype("float64")
    unit, tiny, largest = policy["precision"][dtype]
    want = np.where(np.abs(want) > largest * (1 + unit / 4), np.copysign(np.inf, want), want)
    odd = ~np.isfinite(want)
    same = np.where(np.isnan(want), np.isnan(got), want == got)
    if policy["signs"]:
        same &= np.isnan(want) | (np.signbit(want) == np.signbit(got))
        odd = odd | (want == 0)
    finite = np.where(odd, 0.0, want)
    scale = np.maximum(np.abs(finite), max(np.abs(finite).max() / 16, tiny))
    with np.errstate(invalid="ignore", over="ignore"):
        error = np.abs(got - finite) / (unit * scale)
    error = np.where(np.isnan(error), np.inf, error)
    return np.where(odd, ~same, error > policy["limits"][dtype])

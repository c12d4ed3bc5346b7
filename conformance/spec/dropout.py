"""Dropout: the share of zeros, the scale of what is kept, and which masks may be equal."""
import numpy as np

from conformance.oracle import nn
from conformance.spec.model import KNOWN, VARIABLE, Area, Check, given, uniform

AREA = Area("dropout")


def dropped(x, level, noise_shape=None):
    """Kept values are scaled by 1 / (1 - level), the others are zero, and one flag rules every entry it is broadcast to.

    The number of flags that drop is bounded by an exact binomial bound with a false-alarm probability of at most 1e-9.
    """
    x = np.asarray(x, "float64")

    def problems(got):
        got = np.asarray(got, "float64")
        if got.shape != x.shape:
            return "wrong shape: {} instead of {}".format(got.shape, x.shape)
        zero = got == 0
        kept = np.where(zero, 0.0, x / (1.0 - level))
        if not np.allclose(got, kept, rtol=2e-6 if level else 0, atol=0):
            return "a kept value is not scaled by 1 / (1 - level): {} for {}".format(
                got[~zero].ravel()[:3], x[~zero].ravel()[:3])
        shape = [n if s is None else s for n, s in zip(x.shape, noise_shape or x.shape)]
        flags = zero[tuple(slice(0, s) for s in shape)]
        if not np.array_equal(np.broadcast_to(flags, x.shape), zero):
            return "entries that share a flag of noise_shape are not dropped together"
        if level:
            low, high = nn.binomial_range(flags.size, level)
            if not low <= flags.sum() <= high:
                return "{} of {} flags drop, which a level of {} all but excludes ({} to {})".format(
                    int(flags.sum()), flags.size, level, low, high)
        return None
    return Check("a share of {} zero, the others scaled by {:.6g}".format(level, 1 / (1 - level)), problems)


# No entry is zero before it is dropped.
_FIELD = uniform(40, 60, low=0.5, high=2.0)
for _level in (0.1, 0.5, 0.8):
    AREA.row("dropout", "level{}".format(_level), "K.dropout(x, {})".format(_level),
             lambda x, level=_level: dropped(x, level), x=_FIELD)
AREA.row("dropout", "level-zero", "K.dropout(x + x, 0.)", lambda x: 2 * x, x=uniform(3, 4, low=0.5, high=2.0))
AREA.row("dropout", "level-zero-integer", "K.dropout(x + x, level=0, seed=7)", lambda x: 2 * x,
         x=uniform(3, 4, low=0.5, high=2.0))
AREA.row("dropout", "seed", "K.dropout(x, level=0.3, seed=1234)", lambda x: dropped(x, 0.3), x=_FIELD)
AREA.row("dropout", "seed-zero", "K.dropout(x, level=0.6, seed=0)", lambda x: dropped(x, 0.6), x=_FIELD,
         unspecified="`seed` is a random seed: whether every integer is one is not said.")
AREA.row("dropout", "1d", "K.dropout(x, 0.4)", lambda x: dropped(x, 0.4), x=uniform(2000, low=0.5, high=2.0))
AREA.row("dropout", "4d", "K.dropout(x, 0.4)", lambda x: dropped(x, 0.4), x=uniform(5, 6, 7, 8, low=0.5, high=2.0))
AREA.row("dropout", "negative-values", "K.dropout(x, 0.35)", lambda x: dropped(x, 0.35), x=uniform(40, 50, low=-2.0, high=-0.5))
AREA.row("dropout", "float64", "K.dropout(x, 0.4)", lambda x: dropped(x, 0.4),
         x=uniform(30, 50, low=0.5, high=2.0, dtype="float64"))
AREA.row("dropout", "float64-dtype", "K.dropout(x + x, 0.)", lambda x: 2 * x, x=uniform(3, 4, low=0.5, high=2.0, dtype="float64"))
AREA.row("dropout", "float16-dtype", "K.dropout(x + x, 0.)", lambda x: 2 * x, x=uniform(3, 4, low=0.5, high=2.0, dtype="float16"))
AREA.row("dropout", "inner-unknown", "K.dropout(x, 0.25)", lambda x: dropped(x, 0.25), ways=("unknown",),
         x=uniform(20, 30, 4, low=0.5, high=2.0).unknown(0, 1))

for _variant, _shape, _noise in (
        ("rows", (900, 3), (900, 1)), ("columns", (4, 900), (1, 900)), ("steps", (30, 5, 40), (30, 1, 40)),
        ("maps", (20, 4, 3, 30), (20, 1, 1, 30)), ("full", (30, 40), (30, 40))):
    AREA.row("dropout", "noise-shape-" + _variant, "K.dropout(x, 0.3, noise_shape={})".format(_noise),
             lambda x, noise=_noise: dropped(x, 0.3, noise), x=uniform(*_shape, low=0.5, high=2.0))
AREA.row("dropout", "noise-shape-list-positional", "K.dropout(x, 0.7, [30, 1, 40], 99)", lambda x: dropped(x, 0.7, (30, 1, 40)),
         x=uniform(30, 5, 40, low=0.5, high=2.0))
AREA.row("dropout", "noise-shape-none", "K.dropout(x, 0.3, noise_shape=(None, 1, None))",
         lambda x: dropped(x, 0.3, (None, 1, None)), x=uniform(30, 5, 40, low=0.5, high=2.0),
         unspecified="`noise_shape` is a shape broadcastable to x's: None as an entry is not mentioned.")
AREA.row("dropout", "noise-shape-symbolic", "K.dropout(x, 0.3, noise_shape=(K.shape(x)[0], 1, K.shape(x)[2]))",
         lambda x: dropped(x, 0.3, (30, 1, 40)), x=uniform(30, 5, 40, low=0.5, high=2.0),
         unspecified="Whether the entries of `noise_shape` may be symbolic, as those of K.shape, is not said.")

# Two masks of 2000 flags at 0.5 are equal by chance once in 2 ** 2000.
AREA.script("dropout", "same-seed-same-mask", """
    x = K.variable(np.ones((40, 50)))
    first, second = K.eval(K.dropout(x, 0.5, seed=321)), K.eval(K.dropout(x, 0.5, seed=321))
    same = bool(np.array_equal(first, second))
    some = bool(0 < np.sum(first == 0) < 2000)
    """, {"same": True, "some": True})
AREA.script("dropout", "other-seed-other-mask", """
    x = K.variable(np.ones((40, 50)))
    first, second = K.eval(K.dropout(x, 0.5, seed=321)), K.eval(K.dropout(x, 0.5, seed=322))
    same = bool(np.array_equal(first, second))
    """, {"same": False})
AREA.script("dropout", "no-seed-other-mask", """
    x = K.variable(np.ones((40, 50)))
    first, second = K.eval(K.dropout(x, 0.5)), K.eval(K.dropout(x, 0.5))
    same = bool(np.array_equal(first, second))
    """, {"same": False})
AREA.script("dropout", "resampled", """
    x = K.placeholder((40, 50))
    draw = K.function([x], [K.dropout(x, 0.5)])
    draws = [draw([np.ones((40, 50), 'float32')])[0] for step in range(3)]
    same = [bool(np.array_equal(draws[first], draws[second])) for first, second in ((0, 1), (1, 2), (0, 2))]
    """, {"same": [False, False, False]})
AREA.script("dropout", "seeded-resampled", """
    x = K.placeholder((40, 50))
    draw = K.function([x], [K.dropout(x, 0.5, seed=5)])
    draws = [draw([np.ones((40, 50), 'float32')])[0] for step in range(2)]
    same = bool(np.array_equal(draws[0], draws[1]))
    """, {"same": False}, unspecified="`seed` ensures determinism: of one evaluation or of a sequence is not said.")
AREA.script("dropout", "mask-ignores-values", """
    x, y = K.variable(np.ones((40, 50))), K.variable(np.full((40, 50), 3.0))
    first, second = K.eval(K.dropout(x, 0.5, seed=11)), K.eval(K.dropout(y, 0.5, seed=11))
    same = bool(np.array_equal(first == 0, second == 0))
    """, {"same": True})
AREA.script("dropout", "input-untouched", """
    x = K.variable(value)
    out = K.eval(K.dropout(x, 0.5))
    after = K.get_value(x)
    """, lambda value: {"after": value}, names=("after",), value=uniform(4, 5, low=0.5, high=2.0))
AREA.row("dropout", "each-row-differs", "K.dropout(x, 0.5)",
         Check("rows dropped independently", lambda got: None if np.unique(np.asarray(got) == 0, axis=0).shape[0] > 1
               else "every row has the same mask"),
         x=given(np.ones((6, 400))), ways=(VARIABLE, KNOWN))

"""Dropout: the share of zeros, the scale of what is kept, and which masks may be equal."""
from functools import partial

import numpy as np

from conformance.apis.k.language import KNOWN, UNKNOWN, VARIABLE, k
from conformance.case import Check, given, uniform
from conformance.oracle import distribution, nn


def dropped(x, level, noise_shape=None):
    """Kept values are scaled by 1 / (1 - level), the others zero; a flag rules all that it is broadcast to.

    An exact binomial bound, with a false-alarm probability of at most 1e-9, holds for the number of zeros.
    """
    x = np.asarray(x, "float64")

    def problems(got):
        got = np.asarray(got, "float64")
        if got.shape != x.shape:
            return f"wrong shape: {got.shape} instead of {x.shape}"
        zero = got == 0
        kept = np.where(zero, 0.0, x / (1.0 - level))
        if not np.allclose(got, kept, rtol=2e-6 if level else 0, atol=0):
            wrong, whole = got[~zero].ravel()[:3], x[~zero].ravel()[:3]
            return f"a kept value is not scaled by 1 / (1 - level): {wrong} for {whole}"
        shape = [n if s is None else s for n, s in zip(x.shape, noise_shape or x.shape)]
        flags = zero[tuple(slice(0, s) for s in shape)]
        if not np.array_equal(np.broadcast_to(flags, x.shape), zero):
            return "entries that share a flag of noise_shape are not dropped together"
        if level:
            low, high = nn.binomial_range(flags.size, level)
            if not low <= flags.sum() <= high:
                return (f"{int(flags.sum())} of {flags.size} flags drop, which a level of {level} all but"
                        f" excludes ({low} to {high})")
        return None
    return Check(f"a share of {level} zero, the others scaled by {1 / (1 - level):.6g}", problems)


def field(*shape, dtype="float32"):
    """Numbers of which none is zero before it is dropped."""
    return uniform(*shape, low=0.5, high=2.0, dtype=dtype)


def at_level(level, noise_shape=None):
    """The oracle where source text says the level."""
    return partial(dropped, level=level, noise_shape=noise_shape)


def mask(rest=""):
    """Source text for what a function drops of ones: zero for an element that became zero, else 1."""
    return f"(K.function([], [K.dropout(K.ones((40, 50)), 0.4{rest})])([])[0] != 0).astype('float32')"


def twice(x):
    """Twice the input."""
    return 2 * x


with k.function("dropout", area="dropout") as f:
    f.promise("`level` is the share of entries that become zero, and the others are divided by 1 - level",
              at="dropout: level")
    for level in (0.1, 0.5, 0.8):
        f.case(f"level{level}", f"K.dropout(x, {level})", x=field(40, 60), oracle=at_level(level))
    f.case("1d", "K.dropout(x, 0.4)", x=field(2000), oracle=at_level(0.4))
    f.case("4d", "K.dropout(x, 0.4)", x=field(5, 6, 7, 8), oracle=at_level(0.4))
    f.case("negative-values", "K.dropout(x, 0.35)", x=uniform(40, 50, low=-2.0, high=-0.5),
           oracle=at_level(0.35))
    f.case("float64", "K.dropout(x, 0.4)", x=field(30, 50, dtype="float64"), oracle=at_level(0.4))
    f.case("inner-unknown", "K.dropout(x, 0.25)", x=field(20, 30, 4).unknown(0, 1), oracle=at_level(0.25),
           ways=UNKNOWN)

    f.promise("a level of zero drops nothing and keeps values and dtype", at="dropout: level")
    f.case("level-zero", "K.dropout(x + x, 0.)", x=field(3, 4), oracle=twice)
    f.case("level-zero-integer", "K.dropout(x + x, level=0, seed=7)", x=field(3, 4), oracle=twice)
    f.case("float64-dtype", "K.dropout(x + x, 0.)", x=field(3, 4, dtype="float64"), oracle=twice)
    f.case("float16-dtype", "K.dropout(x + x, 0.)", x=field(3, 4, dtype="float16"), oracle=twice)

    f.promise("the entries are picked at random: each by itself, anew in each evaluation, whatever its value",
              at="dropout: summary")
    f.case("each-row-differs", "K.dropout(x, 0.5)", x=given(np.ones((6, 400))), ways=(VARIABLE, KNOWN),
           want=Check("rows dropped independently", lambda got: None if np.unique(
               np.asarray(got) == 0, axis=0).shape[0] > 1 else "every row has the same mask"))
    # Two masks of 2000 flags at 0.5 are equal by chance once in 2 ** 2000.
    f.script("no-seed-other-mask", """
        x = K.variable(np.ones((40, 50)))
        first, second = K.eval(K.dropout(x, 0.5)), K.eval(K.dropout(x, 0.5))
        same = bool(np.array_equal(first, second))
        """, want={"same": False})
    f.script("two-calls-differ", f"masks = [{mask()} for _ in range(2)]",
             want={"masks": distribution.uncorrelated()}, profile="core")
    f.script("two-masks-in-one-function", """
        x = K.variable(np.ones((40, 50)))
        draws = K.function([], [K.dropout(x, 0.4), K.dropout(x, 0.4)])([])
        masks = [(draw != 0).astype('float32') for draw in draws]
        """, want={"masks": distribution.uncorrelated()})
    f.script("resampled", """
    x = K.placeholder((40, 50))
    draw = K.function([x], [K.dropout(x, 0.5)])
    draws = [draw([np.ones((40, 50), 'float32')])[0] for step in range(3)]
    same = [bool(np.array_equal(draws[first], draws[second])) for first, second in ((0, 1), (1, 2), (0, 2))]
    """, want={"same": [False, False, False]})
    f.script("drawn-again-by-function", """
        f = K.function([], [K.dropout(K.ones((40, 50)), 0.4)])
        masks = [(f([])[0] != 0).astype('float32') for _ in range(2)]
        """, want={"masks": distribution.uncorrelated()}, profile="core")
    f.script("mask-ignores-values", """
        x, y = K.variable(np.ones((40, 50))), K.variable(np.full((40, 50), 3.0))
        first, second = K.eval(K.dropout(x, 0.5, seed=11)), K.eval(K.dropout(y, 0.5, seed=11))
        same = bool(np.array_equal(first == 0, second == 0))
        """, want={"same": True})

    f.promise("the gradient of a dropped entry is zero, that of a kept one its scale", at="dropout: summary")
    f.script("gradient", """
        x = K.placeholder((40, 50))
        made = K.dropout(x, 0.4)
        slope = K.gradients(K.sum(made), [x])[0]
        out, slopes = K.function([x], [made, slope])([value])
        same = bool(np.allclose(out, slopes * value, rtol=1e-5))
        mixed = [bool((slopes == 0).any()), bool(np.allclose(slopes.max(), 1 / 0.6))]
        """, value=field(40, 50), want={"same": True, "mixed": [True, True]})

    f.promise("the result is a tensor of its own, and x stays as it was", at="dropout: returns")
    f.script("input-untouched", """
        x = K.variable(value)
        out = K.eval(K.dropout(x, 0.5))
        after = K.get_value(x)
        """, value=field(4, 5), names=("after",), oracle=lambda value: {"after": value})

    f.promise("noise_shape is the shape of the flags that keep or drop, which are broadcast to x",
              at="dropout: noise_shape")
    for variant, shape, flags in (
            ("rows", (900, 3), (900, 1)), ("columns", (4, 900), (1, 900)),
            ("steps", (30, 5, 40), (30, 1, 40)), ("maps", (20, 4, 3, 30), (20, 1, 1, 30)),
            ("full", (30, 40), (30, 40))):
        f.case("noise-shape-" + variant, f"K.dropout(x, 0.3, noise_shape={flags})", x=field(*shape),
               oracle=at_level(0.3, flags))
    f.case("noise-shape-list-positional", "K.dropout(x, 0.7, [30, 1, 40], 99)", x=field(30, 5, 40),
           oracle=at_level(0.7, (30, 1, 40)))

    f.case("explicit-none", "K.dropout(x, 0.45, noise_shape=None, seed=None)", x=field(40, 60),
           oracle=at_level(0.45))

    f.promise("the same seed drops the same entries, and another seed drops others", at="dropout: seed")
    f.case("seed", x=field(40, 60), level=0.3, seed=1234, oracle=lambda x, level, seed: dropped(x, level))
    f.script("same-seed-same-mask", """
        x = K.variable(np.ones((40, 50)))
        first, second = K.eval(K.dropout(x, 0.5, seed=321)), K.eval(K.dropout(x, 0.5, seed=321))
        same = bool(np.array_equal(first, second))
        some = bool(0 < np.sum(first == 0) < 2000)
        """, want={"same": True, "some": True})
    f.script("same-seed-same-mask-of-functions", f"""
        masks = [{mask(", seed=1337")} for _ in range(2)]
        same = bool(np.array_equal(masks[0], masks[1]))
        mixed = [bool((masks[0] == 0).any()), bool((masks[0] == 1).any())]
        """, want={"same": True, "mixed": [True, True]}, profile="core")
    f.script("seed-0-same-mask", f"""
        masks = [{mask(", seed=0")} for _ in range(2)]
        same = bool(np.array_equal(masks[0], masks[1]))
        """, want={"same": True}, profile="core")
    f.script("other-seed-other-mask", """
        x = K.variable(np.ones((40, 50)))
        first, second = K.eval(K.dropout(x, 0.5, seed=321)), K.eval(K.dropout(x, 0.5, seed=322))
        same = bool(np.array_equal(first, second))
        """, want={"same": False})
    f.script("different-seeds-differ", f"masks = [{mask(', seed=seed')} for seed in (3, 4)]",
             want={"masks": distribution.uncorrelated()}, profile="core")

    f.promise("int_shape of the result is that of x, before anything is fed", at="int_shape: returns")
    f.case("int-shape", "x = K.placeholder((None, 4, 5))\nresult = K.int_shape(K.dropout(x, 0.5))",
           want=(None, 4, 5))

    f.promise("every integer is a seed, 0 too", at="dropout: seed")
    f.case("seed-zero", x=field(40, 60), level=0.6, seed=0, oracle=lambda x, level, seed: dropped(x, level))
    f.silent("whether a seed settles a single evaluation or a sequence of them", at="dropout: seed")
    f.script("seeded-resampled", """
        x = K.placeholder((40, 50))
        draw = K.function([x], [K.dropout(x, 0.5, seed=5)])
        draws = [draw([np.ones((40, 50), 'float32')])[0] for step in range(2)]
        same = bool(np.array_equal(draws[0], draws[1]))
        """, want={"same": False})
    f.silent("what None means in noise_shape", at="dropout: noise_shape")
    f.case("noise-shape-none", "K.dropout(x, 0.3, noise_shape=(None, 1, None))", x=field(30, 5, 40),
           oracle=at_level(0.3, (None, 1, None)))
    f.silent("whether noise_shape may hold tensors, such as those of K.shape", at="dropout: noise_shape")
    f.case("noise-shape-symbolic", "K.dropout(x, 0.3, noise_shape=(K.shape(x)[0], 1, K.shape(x)[2]))",
           x=field(30, 5, 40), oracle=at_level(0.3, (30, 1, 40)))

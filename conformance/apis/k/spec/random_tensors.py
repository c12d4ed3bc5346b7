"""Random tensors: their distribution and seeds, and that every evaluation draws anew."""
from conformance.apis.k.language import UNKNOWN, VARIABLE, k
from conformance.apis.k.spec import _random
from conformance.apis.k.spec._random import MANY, SHAPE, shaped
from conformance.case import normal
from conformance.oracle import distribution


def draws(f, variant, arguments, want):
    """The draws of a call of SHAPE, compared with their distribution."""
    f.case("distribution-" + variant, f"K.{f.name}({SHAPE}, {arguments})", want=want)


def two_draws(f, variant, source):
    """A history that binds two draws, which must not depend on each other."""
    f.script(variant, source, want={"draws": distribution.uncorrelated()})


def calls(f, parameters):
    """Source text of a call, for a shape. Parameters are away from their defaults: draws are not constant."""
    return lambda shape, rest="": f"K.{f.name}({shape}, {parameters}{rest})"


def any_shape(f, parameters, want):
    """The promises about the shape; `want` is the distribution of draws of SHAPE."""
    call = calls(f, parameters)
    f.promise("the draws have the shape that is stated, of any rank", at=f.name + ": shape")
    f.case("shape-keyword", call(f"shape={SHAPE}", ", seed=8"), want=want)
    _random.ranks(f, call, (), (1,), (7,), (4, 3), (2, 1, 3, 2), (2, 3, 1, 2, 4))
    f.silent("whether shape may be a tensor", at=f.name + ": shape")
    f.case("shape-of-a-placeholder", call("K.shape(x)"), x=normal(5, 4), ways=UNKNOWN, want=shaped((5, 4)))
    _random.static_shape(f, call)


def drawn_anew(f, parameters, want):
    """The promises about floatx, seeds and evaluations; `want` is the distribution of draws of SHAPE."""
    call = calls(f, parameters)
    _random.dtype_and_floatx(f, "t", call)
    f.promise("the same seed gives the same draws", at=f.name + ": seed")
    _random.same_seed(f, call, (8, 9), more_than=1)
    f.promise("different seeds give draws that do not depend on each other, however NumPy is seeded",
              at=f.name + ": seed")
    _random.other_seeds(f, call)
    f.promise("seed may be left out", at=f.name + ": seed")
    f.case("without-seed", f"np.random.seed(20202); result = {call(SHAPE)}", want=want)
    f.case("explicit-none", f"np.random.seed(20203); result = {call(SHAPE, ', dtype=None, seed=None')}",
           want=want)
    f.silent("whether a tensor with a seed is drawn again when it is evaluated again", at=f.name + ": seed")
    two_draws(f, "drawn-again-with-seed", f"""
        f = K.function([], [{call((40, 50), ", seed=5")}])
        draws = [f([])[0] for _ in range(2)]
        """)

    f.promise("two calls without a seed give draws that do not depend on each other", at=f.name + ": summary")
    _random.two_calls(f, call)
    two_draws(f, "two-tensors-in-one-function-differ",
              f"draws = K.function([], [{call((40, 50))}, {call((40, 50))}])([])")
    f.promise("the result is a tensor: each evaluation draws anew, and in it the tensor has a single value",
              at=f.name + ": returns")
    two_draws(f, "drawn-again-by-eval", f"""
        t = {call((40, 50))}
        draws = [K.eval(t) for _ in range(2)]
        """)
    two_draws(f, "drawn-again-by-function", f"""
        f = K.function([], [{call((40, 50))}])
        draws = [f([])[0] for _ in range(2)]
        """)
    f.script("one-tensor-twice-in-one-function", f"""
        t = {call((4, 5))}
        first, second = K.function([], [t * 1., t * 2.])([])
        same = bool(np.array_equal(first * 2, second))
        """, want={"same": True})
    f.case("in-an-expression", call((5, 4)) + " * 0. + x", x=normal(5, 4), ways=VARIABLE, oracle=lambda x: x)


with k.function("random_normal", area="random", profile="core") as f:
    wanted = distribution.normal
    f.promise("the draws are normal, with mean 0 and standard deviation 1 when nothing else is stated",
              at="random_normal: summary")
    draws(f, "default", "seed=21", wanted(0.0, 1.0, SHAPE))
    f.promise("mean is the mean of the distribution", at="random_normal: mean")
    draws(f, "mean", "mean=3.0, seed=22", wanted(3.0, 1.0, SHAPE))
    f.promise("stddev is the standard deviation of the distribution", at="random_normal: stddev")
    draws(f, "stddev", "stddev=0.2, seed=23", wanted(0.0, 0.2, SHAPE))
    draws(f, "mean-and-stddev", "mean=-2.0, stddev=2.5, seed=24", wanted(-2.0, 2.5, SHAPE))
    draws(f, "positional", "5.0, 0.5, 'float32', 25", wanted(5.0, 0.5, SHAPE))
    draws(f, "integers", "mean=4, stddev=2, seed=26", wanted(4.0, 2.0, SHAPE))
    any_shape(f, "mean=1.0, stddev=3.0", wanted(1.0, 3.0, SHAPE))
    f.promise("the distribution has the tails that belong to it", at="random_normal: summary")
    f.case("distribution-tails", f"K.random_normal({MANY}, mean=-1.0, stddev=2.0, seed=29)",
           want=wanted(-1.0, 2.0, MANY))
    f.promise("the draws have the dtype that is stated, whatever floatx is", at="random_normal: dtype")
    draws(f, "float64", "mean=1.0, stddev=0.5, dtype='float64', seed=27", wanted(1.0, 0.5, SHAPE, "float64"))
    draws(f, "float16", "mean=1.0, stddev=0.5, dtype='float16', seed=28", wanted(1.0, 0.5, SHAPE, "float16"))
    drawn_anew(f, "mean=1.0, stddev=3.0", wanted(1.0, 3.0, SHAPE))

with k.function("random_uniform", area="random", profile="core") as f:
    wanted = distribution.uniform
    f.promise("the draws are uniform, between 0 and 1 when nothing else is stated",
              at="random_uniform: summary")
    draws(f, "default", "seed=31", wanted(0.0, 1.0, SHAPE))
    f.promise("minval is the lower end of the draws", at="random_uniform: minval")
    draws(f, "minval", "minval=-3.0, seed=32", wanted(-3.0, 1.0, SHAPE))
    f.promise("maxval is the upper end of the draws", at="random_uniform: maxval")
    draws(f, "maxval", "maxval=4.0, seed=33", wanted(0.0, 4.0, SHAPE))
    draws(f, "both", "minval=2.0, maxval=2.5, seed=34", wanted(2.0, 2.5, SHAPE))
    draws(f, "negative", "minval=-4.0, maxval=-1.0, seed=35", wanted(-4.0, -1.0, SHAPE))
    draws(f, "positional", "-1.0, 3.0, 'float32', 36", wanted(-1.0, 3.0, SHAPE))
    draws(f, "integers", "minval=-2, maxval=5, seed=37", wanted(-2.0, 5.0, SHAPE))
    any_shape(f, "minval=-1.0, maxval=3.0", wanted(-1.0, 3.0, SHAPE))
    f.promise("the distribution has the tails that belong to it", at="random_uniform: summary")
    f.case("distribution-tails", f"K.random_uniform({MANY}, minval=-1.0, maxval=2.0, seed=30)",
           want=wanted(-1.0, 2.0, MANY))
    f.promise("the draws have the dtype that is stated, whatever floatx is", at="random_uniform: dtype")
    draws(f, "float64", "minval=-1.0, maxval=2.0, dtype='float64', seed=38",
          wanted(-1.0, 2.0, SHAPE, "float64"))
    draws(f, "float16", "minval=-1.0, maxval=2.0, dtype='float16', seed=39",
          wanted(-1.0, 2.0, SHAPE, "float16"))
    drawn_anew(f, "minval=-1.0, maxval=3.0", wanted(-1.0, 3.0, SHAPE))

with k.function("random_binomial", area="random", profile="core") as f:
    wanted = distribution.binomial
    f.promise("the draws are 0 and 1, and without a p all of them are 0", at="random_binomial: summary")
    draws(f, "default-p-0", "seed=41", wanted(0.0, SHAPE))
    f.promise("p is the probability of a 1, from 0 to 1", at="random_binomial: p")
    draws(f, "p-0.3", "p=0.3, seed=42", wanted(0.3, SHAPE))
    draws(f, "p-0.9", "p=0.9, seed=43", wanted(0.9, SHAPE))
    draws(f, "p-0.05", "p=0.05, seed=44", wanted(0.05, SHAPE))
    draws(f, "p-1", "p=1.0, seed=45", wanted(1.0, SHAPE))
    draws(f, "positional", "0.7, 'float32', 46", wanted(0.7, SHAPE))
    any_shape(f, "p=0.4", wanted(0.4, SHAPE))
    f.promise("the draws have the dtype that is stated, whatever floatx is", at="random_binomial: dtype")
    draws(f, "float64", "p=0.3, dtype='float64', seed=47", wanted(0.3, SHAPE, "float64"))
    draws(f, "float16", "p=0.3, dtype='float16', seed=48", wanted(0.3, SHAPE, "float16"))
    drawn_anew(f, "p=0.4", wanted(0.4, SHAPE))

with k.function("truncated_normal", area="random", profile="core") as f:
    wanted = distribution.truncated
    f.promise("the draws are normal, with mean 0 and standard deviation 1 when nothing else is stated, and a"
              " draw more than two standard deviations from the mean is replaced by another draw",
              at="truncated_normal: summary")
    draws(f, "default", "seed=51", wanted(0.0, 1.0, SHAPE))
    f.promise("mean is the mean of the distribution", at="truncated_normal: mean")
    draws(f, "mean", "mean=3.0, seed=52", wanted(3.0, 1.0, SHAPE))
    f.promise("stddev is the standard deviation of the distribution before it is truncated",
              at="truncated_normal: stddev")
    draws(f, "stddev", "stddev=0.2, seed=53", wanted(0.0, 0.2, SHAPE))
    draws(f, "stddev-large", "stddev=20.0, seed=57", wanted(0.0, 20.0, SHAPE))
    draws(f, "mean-and-stddev", "mean=-2.0, stddev=2.5, seed=54", wanted(-2.0, 2.5, SHAPE))
    draws(f, "positional", "5.0, 0.5, 'float32', 55", wanted(5.0, 0.5, SHAPE))
    any_shape(f, "mean=0.0, stddev=3.0", wanted(0.0, 3.0, SHAPE))
    f.promise("the distribution has the tails that belong to it", at="truncated_normal: summary")
    f.case("distribution-tails", f"K.truncated_normal({MANY}, stddev=2.0, seed=59)",
           want=wanted(0.0, 2.0, MANY))
    f.promise("the draws have the dtype that is stated, whatever floatx is", at="truncated_normal: dtype")
    draws(f, "float64", "stddev=0.5, dtype='float64', seed=56", wanted(0.0, 0.5, SHAPE, "float64"))
    draws(f, "float16", "stddev=0.5, dtype='float16', seed=58", wanted(0.0, 0.5, SHAPE, "float16"))
    drawn_anew(f, "mean=0.0, stddev=3.0", wanted(0.0, 3.0, SHAPE))

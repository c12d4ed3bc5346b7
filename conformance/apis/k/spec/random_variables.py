"""Random variables: what they are filled with, their seeds, and that they keep their values.

The seed is stated by cases of its own: a backend that lacks it is still judged by everything else. Cases
without it seed NumPy, from which the backends of Keras draw theirs, so that runs repeat; the checks hold for
any seed (see the oracle).
"""
import numpy as np

from conformance.apis.k.language import VARIABLE, k
from conformance.apis.k.spec import _random
from conformance.apis.k.spec._random import MANY, SHAPE
from conformance.case import Check, given
from conformance.oracle import distribution

PAGE = "backends page: Using the abstract Keras backend to write new code"
SIX = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])


def within(low, high):
    """A Check for twelve different draws of float32 between two numbers."""
    def problems(got):
        if got.shape != (3, 4):
            return f"wrong shape: {got.shape} instead of (3, 4)"
        if got.dtype.name != "float32":
            return f"wrong dtype: {got.dtype.name} instead of float32"
        if not (low <= got.min() and got.max() <= high):
            return f"draws beyond [{low}, {high}]"
        # Twelve draws of float32 are all different, but for 1 in 10 ** 5; that a third of them are equal is
        # out of the question.
        return "draws that repeat" if len(set(got.ravel().tolist())) < 9 else None
    return Check(f"twelve different draws in [{low}, {high}]", problems)


def moments(mean, std):
    """A Check for the mean and the standard deviation of twelve draws.

    The mean may be off by 6.5 standard errors; a standard deviation below a tenth of the true value or above
    three times it has a probability below 1e-9 (chi squared with 11 degrees of freedom below 0.12 or above
    108).
    """
    def problems(got):
        bound = 6.5 * std / 12 ** 0.5
        if abs(got.astype("float64").mean() - mean) > bound:
            return f"mean {got.mean():.4g}, beyond {mean} +- {bound:.4g}"
        if not std / 10 < got.astype("float64").std() < 3 * std:
            return f"standard deviation {got.std():.4g}, beyond a tenth to three times {std}"
        return None
    return Check(f"twelve draws of mean {mean}, standard deviation {std}", problems)


def example(f, arguments, bounds, mean, std):
    """The example of the page on backends."""
    call = f"K.{f.name}(shape=(3, 4), {arguments})"
    f.case("example", call, want=within(*bounds), profile="examples")
    f.case("example-moments", call, want=moments(mean, std), profile="examples")
    f.script("example-two-draws-differ", f"draws = [K.eval({call}) for _ in range(2)]",
             want={"draws": distribution.uncorrelated()}, profile="examples")


def calls(f):
    """Source text of a call, for a shape."""
    return lambda shape, rest="": f"K.{f.name}({shape}, 0.0, 2.0{rest})"


def seeded(call):
    """The same call after NumPy was seeded."""
    return f"np.random.seed(20201); result = {call}"


def draws(f, variant, first, second, want):
    """The draws of a call of SHAPE, compared with their distribution."""
    f.case("distribution-" + variant, seeded(f"K.{f.name}({SHAPE}, {first}, {second})"), want=want)


def filled_variable(f, wanted, first, second):
    """The promises about shape, dtype, name and seed; `wanted` makes the check of a distribution.

    `first` and `second` are the names of the distribution's parameters.
    """
    call = calls(f)
    f.promise("the variable has the shape that is stated, of any rank", at=f.name + ": shape")
    f.case("keywords",
           seeded(f"K.{f.name}(shape={SHAPE}, {first}=0.0, {second}=2.0, dtype='float32', name='drawn')"),
           want=wanted(0.0, 2.0, SHAPE))
    _random.ranks(f, call, (), (1,), (7,), (2, 3, 4), (2, 1, 3, 2), (2, 3, 1, 2, 4))
    _random.static_shape(f, call)
    f.promise("ndim tells the rank of the shape that the call states", at="ndim: returns")
    f.case("ndim", f"K.ndim({call((2, 3, 4))})", want=3)
    f.promise("count_params tells the number of draws", at="count_params: returns")
    f.case("count-params", f"int(K.count_params({call((2, 3, 4))}))", want=24)
    f.promise("the variable has the dtype that is stated, whatever floatx is", at=f.name + ": dtype")
    for dtype in ("float64", "float16"):
        f.case("dtype-" + dtype, seeded(call(SHAPE, f", dtype='{dtype}'")),
               want=wanted(0.0, 2.0, SHAPE, dtype))
    _random.dtype_and_floatx(f, "v", call)
    f.promise("the variable has the name that is stated", at=f.name + ": name")
    f.case("name", f"""'drawn_' in {call((2, 3), ", name='drawn_'")}.name""", want=True)

    f.promise("a seed changes nothing about the distribution, and the same seed gives the same draws",
              at=f.name + ": seed")
    f.case("seeded-distribution", call(SHAPE, ", seed=12"), want=wanted(0.0, 2.0, SHAPE))
    f.case("positional-with-seed", call(SHAPE, ", 'float32', 'drawn', 77"), want=wanted(0.0, 2.0, SHAPE))
    _random.same_seed(f, call, (4, 5), more_than=10)
    f.promise("different seeds give draws that do not depend on each other, however NumPy is seeded",
              at=f.name + ": seed")
    _random.other_seeds(f, call)
    f.promise("two calls without a seed give draws that do not depend on each other", at=f.name + ": summary")
    _random.two_calls(f, call)


def variable_like_any_other(f, thrice_and_one):
    """The promise that the result is a variable; `thrice_and_one` checks three times the draws, plus 1."""
    call = calls(f)
    f.promise("the result is a variable: it keeps its draws until it is set, and expressions are made of it",
              at=f.name + ": returns")
    f.case("is-variable", f"K.is_variable({call((2, 3))})", want=True)
    f.case("feeds-an-expression", seeded(call(SHAPE) + " * 3. + x"), x=given(1.0), ways=VARIABLE,
           oracle=lambda x: thrice_and_one)
    f.script("keeps-its-value", f"""
        v = {call((4, 5))}
        first = K.eval(v)
        t = v * 1.
        later = [K.eval(v), K.get_value(v), K.eval(t), K.eval(t), K.function([], [v * 1.])([])[0]]
        same = [bool(np.array_equal(first, value)) for value in later]
        """, want={"same": [True] * 5})
    f.script("can-be-set", f"""
        v = {call((2, 3))}
        K.set_value(v, np.array([[1., 2., 3.], [4., 5., 6.]]))
        value = K.get_value(v)
        derived = K.eval(v * 2.)
        """, want={"value": SIX, "derived": 2 * SIX})


with k.function("random_uniform_variable", area="random", profile="core") as f:
    wanted = distribution.uniform
    f.promise("a variable of twelve draws from 0 to 1 is made as the page shows", at=PAGE)
    example(f, "low=0, high=1", (0, 1), 0.5, 12 ** -0.5)
    f.promise("the draws are uniform", at="random_uniform_variable: summary")
    draws(f, "0-to-1", 0.0, 1.0, wanted(0.0, 1.0, SHAPE))
    f.promise("low is the lower end of the draws", at="random_uniform_variable: low")
    draws(f, "asymmetric", -2.0, 3.0, wanted(-2.0, 3.0, SHAPE))
    draws(f, "narrow-away-from-zero", 5.0, 5.5, wanted(5.0, 5.5, SHAPE))
    f.promise("high is the upper end of the draws", at="random_uniform_variable: high")
    draws(f, "negative", -4.0, -1.0, wanted(-4.0, -1.0, SHAPE))
    draws(f, "integers", 2, 7, wanted(2, 7, SHAPE))
    f.promise("the distribution has the tails that belong to it", at="random_uniform_variable: summary")
    f.case("distribution-tails", seeded(f"K.random_uniform_variable({MANY}, -1.0, 2.0)"),
           want=wanted(-1.0, 2.0, MANY))
    filled_variable(f, wanted, "low", "high")
    variable_like_any_other(f, wanted(1.0, 7.0, SHAPE))

with k.function("random_normal_variable", area="random", profile="core") as f:
    wanted = distribution.normal
    f.promise("a variable of twelve draws of mean 0 and standard deviation 1 is made as the page shows",
              at=PAGE)
    # A normal draw is beyond 7 standard deviations with 3e-12.
    example(f, "mean=0, scale=1", (-7, 7), 0, 1)
    f.promise("the draws are normal", at="random_normal_variable: summary")
    draws(f, "standard", 0.0, 1.0, wanted(0.0, 1.0, SHAPE))
    f.promise("mean is the mean of the distribution", at="random_normal_variable: mean")
    draws(f, "shifted", 3.0, 1.0, wanted(3.0, 1.0, SHAPE))
    draws(f, "shifted-and-scaled", -2.0, 0.5, wanted(-2.0, 0.5, SHAPE))
    f.promise("scale is the standard deviation of the distribution", at="random_normal_variable: scale")
    draws(f, "scaled", 0.0, 2.5, wanted(0.0, 2.5, SHAPE))
    draws(f, "scaled-down", 0.0, 0.05, wanted(0.0, 0.05, SHAPE))
    draws(f, "integers", 4, 2, wanted(4, 2, SHAPE))
    f.promise("the distribution has the tails that belong to it", at="random_normal_variable: summary")
    f.case("distribution-tails", seeded(f"K.random_normal_variable({MANY}, 0.0, 2.0)"),
           want=wanted(0.0, 2.0, MANY))
    filled_variable(f, wanted, "mean", "scale")
    variable_like_any_other(f, wanted(1.0, 6.0, SHAPE))

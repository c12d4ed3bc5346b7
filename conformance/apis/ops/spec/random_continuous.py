"""Draws from continuous distributions, and that a seed repeats them.

Seeds are fixed. A check of a distribution raises a false alarm with a probability below 1e-9
(conformance/oracle/distribution.py).
"""
from conformance.apis.ops.language import ops
from conformance.oracle import distribution

SHAPE = (40, 50)


def draws(f, variant, arguments, want, **rest):
    """A case of draws of SHAPE."""
    f.case(variant, "keras.{}({}, {})".format(f.name, SHAPE, arguments), want=want, **rest)


def seeds(f):
    """The promise of the argument seed."""
    f.promise("the same integer gives the same draws", at=f.name + ": seed")
    call = "keras.{}((4, 5), seed={{}})".format(f.name)
    f.case("same-seed", "bool(ops.all({} == {}))".format(call.format(3), call.format(3)), want=True)


with ops.function("random.normal", area="random") as f:
    wanted = distribution.normal
    f.promise("draws are normal, of mean 0 and standard deviation 1", at="random.normal: mean, stddev")
    draws(f, "default", "seed=21", wanted(0.0, 1.0, SHAPE), profile="core")
    draws(f, "both", "mean=-2.0, stddev=2.5, seed=22", wanted(-2.0, 2.5, SHAPE), profile="core")
    seeds(f)

with ops.function("random.uniform", area="random") as f:
    wanted = distribution.uniform
    f.promise("draws are uniform from minval to maxval", at="random.uniform: minval, maxval")
    draws(f, "default", "seed=31", wanted(0.0, 1.0, SHAPE), profile="core")
    draws(f, "both", "minval=-4.0, maxval=-1.0, seed=32", wanted(-4.0, -1.0, SHAPE), profile="core")
    seeds(f)

with ops.function("random.truncated_normal", area="random") as f:
    wanted = distribution.truncated
    f.promise("draws are normal, none beyond two standard deviations", at="random.truncated_normal: summary")
    draws(f, "default", "seed=51", wanted(0.0, 1.0, SHAPE), profile="core")
    draws(f, "both", "mean=-2.0, stddev=2.5, seed=52", wanted(-2.0, 2.5, SHAPE), profile="core")
    seeds(f)

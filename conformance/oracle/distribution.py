"""Whether an array looks drawn from a distribution: exact cumulative functions, and bounds with a stated
false-alarm rate.

Every test here raises a false alarm with a probability below 1e-9, whatever the seed: the
Dvoretzky-Kiefer-Wolfowitz inequality bounds the distance of the empirical distribution, the binomial
distribution the number of draws in its tails, Hoeffding's inequality a frequency, and a correlation of N
independent pairs, a mean and a variance are beyond 7 of their standard errors with less than 1e-10 for the N
used here. A run makes two thousand of these tests: below 1e-5 altogether.
"""
import math

import numpy as np

from conformance.case import Check
from conformance.oracle.nn import binomial_range

FALSE_ALARM = 1e-9
_STANDARD_ERRORS = 7.0
# Half precision has steps of 2 ** -11 of the value: what is drawn is rounded to them.
_ROUNDING = {"float16": 2e-3, "float32": 1e-5, "float64": 1e-5}


def uniform(low, high, shape, dtype="float32"):
    """A Check for draws that are uniform in [low, high]."""
    def cdf(x):
        return np.clip((x - low) / float(high - low), 0, 1)
    moments = (low + high) / 2.0, (high - low) / math.sqrt(12)
    return _continuous("uniform in [{}, {}]".format(low, high), cdf, (low, high), moments, shape, dtype)


def normal(mean, std, shape, dtype="float32"):
    """A Check for normal draws."""
    return _continuous("normal, mean {}, standard deviation {}".format(mean, std),
                       lambda x: _phi((x - mean) / std),
                       (-np.inf, np.inf), (mean, std), shape, dtype)


def truncated(mean, std, shape, dtype="float32"):
    """A Check for normal draws, those beyond two standard deviations dropped and picked again."""
    low, high = mean - 2.0 * std, mean + 2.0 * std
    below, above = _phi(np.array([-2.0, 2.0]))

    def cdf(x):
        return np.clip((_phi((x - mean) / std) - below) / (above - below), 0, 1)
    # The variance of what is left: 1 - 2 * 2 * density(2) / (above - below).
    left = math.sqrt(1 - 4 * math.exp(-2) / math.sqrt(2 * math.pi) / (above - below))
    return _continuous("normal, mean {}, standard deviation {}, truncated at two of them".format(mean, std),
                       cdf,
                       (low, high), (mean, std * left), shape, dtype)


def binomial(p, shape, dtype="float32"):
    """A Check for draws of 0 and 1, where 1 has the probability `p`."""
    def problems(got):
        found = _form(got, shape, dtype)
        if found:
            return found
        values = got.astype("float64")
        if not np.isin(values, (0.0, 1.0)).all():
            return "draws other than 0 and 1, such as {:.6g}".format(values[~np.isin(values, (0.0, 1.0))][0])
        if p in (0.0, 1.0):
            return None if (values == p).all() else "draws other than {:.0f}".format(p)
        bound = _deviation(values.size)
        if abs(values.mean() - p) > bound:
            return "a share of {:.4f} ones: beyond {} +- {:.4f}".format(values.mean(), p, bound)
        return _dependence(values)
    return Check("zeros and ones, ones with probability {}, {} {}".format(p, dtype, shape), problems)


def uncorrelated(description="draws that have nothing to do with each other"):
    """A Check for two arrays of draws, bound as a list: not equal, and not correlated."""
    def problems(got):
        first, second = (np.asarray(draw).astype("float64").ravel() for draw in got)
        if first.shape != second.shape:
            return "draws of different sizes"
        if np.array_equal(first, second):
            return "the same draw twice"
        return _correlated(first, second, "the two draws")
    return Check(description, problems)


def _continuous(name, cdf, bounds, moments, shape, dtype):
    low, high = bounds

    def problems(got):
        found = _form(got, shape, dtype)
        if found:
            return found
        values = got.astype("float64")
        slack = _ROUNDING[dtype] * (abs(moments[0]) + 2 * moments[1])
        if values.min() < low - slack or values.max() > high + slack:
            return "draws from {:.6g} to {:.6g}: beyond [{}, {}]".format(
                values.min(), values.max(), low, high)
        found = (_distance(values, cdf, dtype), _tails(cdf(values), dtype), _moments(values, moments, slack),
                 _atom(values, dtype), _dependence(values))
        return [problem for problem in found if problem]
    return Check("draws {}, {} {}".format(name, dtype, shape), problems)


def _form(got, shape, dtype):
    if not isinstance(got, np.ndarray) or got.dtype.kind not in "biuf":
        return "wrong type: not an array"
    if got.shape != tuple(shape):
        return "wrong shape: {} instead of {}".format(got.shape, tuple(shape))
    if got.dtype.name != dtype:
        return "wrong dtype: {} instead of {}".format(got.dtype.name, dtype)
    return None if np.isfinite(got).all() else "draws that are not finite"


def _distance(values, cdf, dtype):
    # P(distance > d) <= 2 exp(-2 N d^2), for every N and every continuous distribution.
    ordered = np.sort(values.ravel())
    size = ordered.size
    expected = cdf(ordered)
    steps = np.arange(1, size + 1) / float(size)
    distance = max((steps - expected).max(), (expected - steps + 1.0 / size).max())
    bound = _deviation(size) + _ROUNDING[dtype]
    if distance > bound:
        return ("wrong distribution: Kolmogorov-Smirnov distance {:.4f}, beyond {:.4f}; mean {:.4g}, "
                "standard deviation {:.4g}"
                .format(distance, bound, values.mean(), values.std()))
    return None


def _tails(ranks, dtype):
    # A count of draws beyond a quantile is binomial; how far a rounded draw may be moved is granted.
    slack = _ROUNDING[dtype]
    for share in (0.001, 0.005, 0.02):
        low, high = binomial_range(ranks.size, share)
        for below in (ranks, 1 - ranks):
            fewest, most = (below < share - slack).sum(), (below < share + slack).sum()
            if most < low or fewest > high:
                return "{} draws in a tail of {}: beyond {} to {}".format(
                    fewest if fewest > high else most, share, low, high)
    return None


def _moments(values, moments, slack):
    # The fourth moment of none of these distributions is above the
    # normal's.
    mean, std = moments
    bound = _STANDARD_ERRORS * std / math.sqrt(values.size) + slack
    if abs(values.mean() - mean) > bound:
        return "a mean of {:.5g}: beyond {:.5g} +- {:.2g}".format(values.mean(), mean, bound)
    bound = _STANDARD_ERRORS * math.sqrt(2.0 / values.size) + slack / std
    share = values.var() / std ** 2
    if abs(share - 1) > bound:
        return "a variance {:.3f} times the right one: beyond 1 +- {:.3f}".format(share, bound)
    return None


def _atom(values, dtype):
    # A continuous draw of float32 hardly ever repeats a value: 1 in 200 of them the same is clipping, not
    # chance.
    if dtype == "float16" or values.size < 1000:
        return None
    most = np.unique(values, return_counts=True)[1].max()
    return "the same value {} times in {}".format(most, values.size) if most * 200 > values.size else None


def _dependence(values):
    # Neighbours along every axis.
    for axis in range(values.ndim):
        if values.shape[axis] > 1 and values.size >= 200:
            moved = np.moveaxis(values, axis, 0)
            found = _correlated(moved[:-1].ravel(), moved[1:].ravel(),
                                "neighbours along axis {}".format(axis))
            if found:
                return found
    return None


def _correlated(first, second, what):
    bound = _STANDARD_ERRORS / math.sqrt(first.size)
    if bound >= 1:
        return None
    if first.std() == 0 or second.std() == 0:
        return "draws that are all equal"
    found = np.corrcoef(first, second)[0, 1]
    if abs(found) <= bound:
        return None
    return "{} are correlated: {:.3f}, beyond {:.3f}".format(what, found, bound)


def _deviation(size):
    return math.sqrt(math.log(2 / FALSE_ALARM) / (2.0 * size))


def _phi(x):
    return np.array([0.5 * math.erfc(-value / math.sqrt(2)) for value in np.ravel(x)]).reshape(np.shape(x))

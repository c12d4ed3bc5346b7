"""Choices, the learning phase, and loops."""

from .broadcasting import where
from .creation import as_tensor, cast
from .joining import stack
from .loops import looped
from .settings import learning_phase
from .shaping import expand_dims
from .tensor import is_tensor


def _made(expression):
    return expression() if callable(expression) else expression


def switch(condition, then_expression, else_expression):
    """One tensor or the other, as a whole or along the leading axes that `condition` has.

    Both are computed, and one is shown. Raises ValueError when the condition has more axes than they have.
    """
    one, other = _made(then_expression), _made(else_expression)
    condition = cast(as_tensor(condition), "bool")
    if condition.ndim > one.ndim:
        raise ValueError(
            "The condition has {} axes, and what it chooses from {}.".format(condition.ndim, one.ndim)
        )
    while 0 < condition.ndim < one.ndim:
        condition = expand_dims(condition, -1)
    return where(condition, one, other)


def in_train_phase(x, alt, training=None):
    """`x` in the training phase, else `alt`; the phase is `training` or, without it, K.learning_phase()."""
    by_phase = training is None
    training = learning_phase() if by_phase else training
    if not is_tensor(training):
        return _made(x if training else alt)
    chosen = switch(training, x, alt)
    chosen._uses_learning_phase = chosen._uses_learning_phase or by_phase
    return chosen


def in_test_phase(x, alt, training=None):
    """`x` in the test phase, else `alt`."""
    return in_train_phase(alt, x, training)


def map_fn(fn, elems, name=None, dtype=None):
    """`fn` of every element along the first axis."""

    def build(count):
        return stack([fn(elems[n]) for n in range(count)])

    mapped = looped(build, elems, 0)
    return cast(mapped, dtype) if dtype else mapped


def _fold(fn, elems, initializer, order):
    def build(count):
        steps = [elems[n] for n in range(count)][::order]
        result = steps.pop(0) if initializer is None else initializer
        for step in steps:
            result = fn(result, step)
        return result

    return looped(build, elems, None)


def foldl(fn, elems, initializer=None, name=None):
    """`fn(accumulator, element)` from the first element to the last."""
    return _fold(fn, elems, initializer, 1)


def foldr(fn, elems, initializer=None, name=None):
    """`fn(accumulator, element)` from the last element to the first."""
    return _fold(fn, elems, initializer, -1)

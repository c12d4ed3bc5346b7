"""Computing what a graph describes, and reading and writing variables."""

import numpy as np

from .tensor import Placeholder, Tensor, Update, check_shape


def evaluate(tensors, known):
    """The arrays of `tensors`, given those in the mapping `known`, which grows.

    A stack of its own instead of recursion: an unrolled loop is deeper than Python recurses.
    """
    for wanted in tensors:
        stack = [wanted]
        while stack:
            node = stack[-1]
            # What must come before, first: an update among it changes what the inputs read.
            waiting = [item for item in node.before if item not in known] or [
                item for item in node.inputs if item not in known
            ]
            if node in known or not waiting:
                if node not in known:
                    known[node] = node.evaluate(known)
                stack.pop()
            else:
                stack.extend(reversed(waiting))
    return [known[tensor] for tensor in tensors]


class Function(object):
    """What `K.function` returns: feeds its inputs, computes its outputs, and then makes its updates."""

    def __init__(self, inputs, outputs, updates):
        self.inputs, self.outputs = inputs, outputs
        self.updates = [
            (update.variable, update.inputs[0]) if isinstance(update, Update) else tuple(update)
            for update in updates
        ]

    def __call__(self, inputs):
        if len(inputs) != len(self.inputs):
            raise ValueError(
                "This function has {} inputs, and was given {}.".format(len(self.inputs), len(inputs))
            )
        known = {}
        for placeholder, value in zip(self.inputs, inputs):
            known[placeholder] = dense(value).astype(placeholder.dtype)
            check_shape(placeholder, known[placeholder].shape)
        single = isinstance(self.outputs, Tensor)
        # Every new value is computed before any variable changes: the order of the updates does not matter.
        news = evaluate([value for _, value in self.updates], known)
        values = evaluate([self.outputs] if single else list(self.outputs), known)
        for (variable, _), value in zip(self.updates, news):
            variable.assign(value)
        values = [
            np.array(value) for value in values
        ]  # copies: what the caller does to them stays with the caller
        return values[0] if single else values


def function(inputs, outputs, updates=None, **kwargs):
    """A callable from a list of arrays to a list of arrays. Of the keywords `name` alone is taken: ValueError
    for others.
    """
    unknown = sorted(set(kwargs) - {"name"})
    if unknown:
        raise ValueError("K.function of this backend takes no argument {!r}.".format(unknown[0]))
    for item in inputs:
        if not isinstance(item, Placeholder):
            raise TypeError("The inputs of K.function are placeholders, and {!r} is not one.".format(item))
    return Function(list(inputs), outputs, list(updates or ()))


def dense(value):
    """A value as an array; a SciPy matrix becomes a dense one."""
    return value.toarray() if hasattr(value, "toarray") else np.asarray(value)


def eval(x):  # K calls it so
    """The array of a tensor that needs nothing fed."""
    return np.array(evaluate([x], {})[0])


def get_value(x):
    """The value of a variable, a copy."""
    return eval(x)


def batch_get_value(ops):
    """The values of several variables."""
    return [eval(x) for x in ops]


def set_value(x, value):
    """Give a variable a value of its own shape."""
    x.assign(dense(value))


def batch_set_value(tuples):
    """Give several variables values: pairs of variable and value."""
    for x, value in tuples:
        set_value(x, value)


def print_tensor(x, message=""):
    """`x`, and whenever it is evaluated `message` and its value are printed."""

    def compute(value):
        print(message, value, flush=True)
        return value

    return Tensor(compute, [x], x.shape, x.dtype, pullback=lambda g, out: [g])


def update(x, new_x):
    """The operation that gives the variable `x` the value of `new_x`."""
    return Update(x, new_x)


def update_add(x, increment):
    """The operation that adds `increment` to the variable `x`."""
    return Update(x, x + increment)


def update_sub(x, decrement):
    """The operation that subtracts `decrement` from the variable `x`."""
    return Update(x, x - decrement)


def moving_average_update(x, value, momentum):
    """The operation that moves the variable `x` towards `value`: momentum * x + (1 - momentum) * value."""
    return Update(x, x * momentum + value * (1.0 - momentum))

"""One function has another argument, one another default, one is not a function."""


def add(x, y):
    return x + y


def mean(x, axis=0, keepdims=False):
    return x.mean(axis=axis, keepdims=keepdims)


exp = 1

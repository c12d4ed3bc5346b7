"""Conversion, shapes, and control flow. A tensor is an array."""

import builtins

import numpy as np
from keras.src import tree
from keras.src.backend.common.dtypes import result_type
from keras.src.backend.common.keras_tensor import KerasTensor
from keras.src.backend.common.variables import Variable as KerasVariable
from keras.src.backend.common.variables import standardize_dtype

__all__ = [
    "associative_scan",
    "cast",
    "cond",
    "convert_to_numpy",
    "convert_to_tensor",
    "custom_gradient",
    "fori_loop",
    "grad",
    "is_tensor",
    "map",
    "random_seed_dtype",
    "remat",
    "scan",
    "scatter",
    "scatter_update",
    "shape",
    "slice",
    "slice_update",
    "stop_gradient",
    "switch",
    "unstack",
    "vectorized_map",
    "while_loop",
]


def convert_to_tensor(x, dtype=None, sparse=None, ragged=None):
    """The array of anything that makes one; without `dtype` Python numbers have Keras' defaults."""
    if sparse or ragged:
        raise ValueError("keras_example has neither sparse nor ragged tensors")
    if isinstance(x, KerasVariable):
        x = x.value
    if dtype is None and is_tensor(x):
        return np.asarray(x)  # a tensor keeps its dtype, also one of 64 bits
    if dtype is None:
        dtype = result_type(*[getattr(item, "dtype", type(item)) for item in tree.flatten(x)] or [float])
    dtype = standardize_dtype(dtype)
    if isinstance(x, (np.ndarray, np.generic)):
        return np.asarray(x).astype(dtype, copy=False)
    if dtype == "bfloat16":
        return np.asarray(x).astype(dtype)
    return np.array(x, dtype=dtype)


def convert_to_numpy(x):
    """A copy of the array."""
    return np.array(x.value if isinstance(x, KerasVariable) else x)


def is_tensor(x):
    """Whether it is an array."""
    return isinstance(x, (np.ndarray, np.generic))


def shape(x):
    """The shape, as a tuple."""
    return x.shape if isinstance(x, KerasTensor) else np.shape(x)


def cast(x, dtype):
    """The array in another dtype."""
    x, dtype = convert_to_tensor(x), standardize_dtype(dtype)
    with np.errstate(all="ignore"):
        return x.real.astype(dtype) if x.dtype.kind == "c" and "complex" not in dtype else x.astype(dtype)


def random_seed_dtype():
    """The dtype of a seed."""
    return "uint32"


def cond(pred, true_fn, false_fn):
    """What the one or the other function returns."""
    if isinstance(pred, KerasTensor):
        return true_fn()
    return true_fn() if np.asarray(pred).item() else false_fn()


def switch(index, branches, *operands):
    """What the branch number `index` returns, of the first or the last beyond the ends."""
    number = int(np.clip(np.asarray(convert_to_tensor(index)), 0, len(branches) - 1))
    return branches[number](*operands)


def while_loop(cond, body, loop_vars, maximum_iterations=None):
    """The variables after as many calls of `body` as `cond` allows."""
    is_one = not isinstance(loop_vars, (tuple, list))
    values = (loop_vars,) if is_one else tuple(loop_vars)
    values, count = tree.map_structure(convert_to_tensor, values), 0
    while cond(*values) and (maximum_iterations is None or count < maximum_iterations):
        values = body(*values)
        values, count = (tuple(values) if isinstance(values, (tuple, list)) else (values,)), count + 1
    return values[0] if is_one else values


def fori_loop(lower, upper, body_fun, init_val):
    """The value after a call of `body_fun` for each number."""
    value = init_val
    for number in range(int(np.asarray(lower)), int(np.asarray(upper))):
        value = body_fun(number, value)
    return value


def scan(f, init, xs=None, length=None, reverse=False, unroll=1):
    """The last state, and what `f` made of each element, stacked."""
    if xs is None and length is None:
        raise ValueError("scan needs xs or length")
    if not callable(f):
        raise TypeError("f is not a function: {!r}".format(f))
    if not isinstance(unroll, (bool, int)) or unroll < 1:
        raise ValueError("unroll is a positive integer or a bool, not {!r}".format(unroll))
    flat = [convert_to_tensor(x) for x in tree.flatten(xs)] if xs is not None else []
    count = len(flat[0]) if length is None else int(length)
    if any(len(x) != count for x in flat):
        raise ValueError("xs and length do not agree: {} and {}".format([len(x) for x in flat], count))
    state, made = init, []
    for number in reversed(range(count)) if reverse else range(count):
        element = None if xs is None else tree.pack_sequence_as(xs, [x[number] for x in flat])
        state, y = f(state, element)
        made.append(y)
    if reverse:
        made.reverse()
    return state, _stacked(made)


def _stacked(items):
    return tree.map_structure(lambda *parts: None if parts[0] is None else np.stack(parts), *items)


def map(f, xs):
    """`f` of each element, stacked."""
    flat = [convert_to_tensor(x) for x in tree.flatten(xs)]
    return _stacked([f(tree.pack_sequence_as(xs, [x[n] for x in flat])) for n in range(len(flat[0]))])


def vectorized_map(function, elements):
    """The same: this backend has no faster way."""
    return map(function, elements)


def associative_scan(f, elems, reverse=False, axis=0):
    """The elements combined from the first to each, along an axis."""
    flat = [np.moveaxis(convert_to_tensor(x), axis, 0) for x in tree.flatten(elems)]
    if not callable(f):
        raise TypeError("f is not a function: {!r}".format(f))
    if len({len(x) for x in flat}) > 1:
        raise ValueError("the elements have other lengths along the axis: {}".format([len(x) for x in flat]))
    flat = [x[::-1] if reverse else x for x in flat]
    made = [[x[:1] for x in flat]]
    for number in range(1, len(flat[0])):
        pair = [
            tree.pack_sequence_as(elems, [np.moveaxis(x, 0, axis) for x in side])
            for side in (made[-1], [x[number : number + 1] for x in flat])
        ]
        made.append([np.moveaxis(convert_to_tensor(x), axis, 0) for x in tree.flatten(f(*pair))])
    joined = [np.concatenate(parts) for parts in zip(*made)]
    joined = [np.moveaxis(x[::-1] if reverse else x, 0, axis) for x in joined]
    return tree.pack_sequence_as(elems, joined)


def scatter(indices, values, shape):
    """Zeros, with the values added where the indices say."""
    values = convert_to_tensor(values)
    made = np.zeros(tuple(int(n) for n in shape), values.dtype)
    np.add.at(made, _places(indices), values)
    return made


_REDUCTIONS = {"add": np.add, "max": np.maximum, "min": np.minimum, "mul": np.multiply}


def scatter_update(inputs, indices, updates, reduction=None):
    """A copy of `inputs` with the updates where the indices say."""
    made = np.array(convert_to_tensor(inputs))
    updates = convert_to_tensor(updates, made.dtype)
    if reduction is None:
        made[_places(indices)] = updates
    elif reduction in _REDUCTIONS:
        _REDUCTIONS[reduction].at(made, _places(indices), updates)
    else:
        raise ValueError("reduction is one of {}, not {!r}".format(sorted(_REDUCTIONS), reduction))
    return made


def _places(indices):
    return tuple(np.moveaxis(convert_to_tensor(indices, "int64"), -1, 0))


def slice(inputs, start_indices, shape):
    """The part of this shape that begins there."""
    inputs = convert_to_tensor(inputs)
    return inputs[_window(start_indices, shape)]


def slice_update(inputs, start_indices, updates):
    """A copy of `inputs` in which the updates begin there."""
    made = np.array(convert_to_tensor(inputs))
    updates = convert_to_tensor(updates, made.dtype)
    made[_window(start_indices, updates.shape)] = updates
    return made


def _window(starts, shape):
    window = builtins.slice
    return tuple(window(int(start), int(start) + int(length)) for start, length in zip(starts, shape))


def stop_gradient(variable):
    """The same: nothing has a gradient here."""
    return variable.value if isinstance(variable, KerasVariable) else variable


def unstack(x, num=None, axis=0):
    """The parts along an axis, as a list."""
    x = np.moveaxis(convert_to_tensor(x), axis, 0)
    return [x[number] for number in range(len(x) if num is None else num)]


def custom_gradient(fun):
    """The value alone: nothing has a gradient here."""
    return lambda *args, **kwargs: fun(*args, **kwargs)[0]


def remat(f):
    """The same function: nothing is kept for a gradient."""
    return f


def grad(f, argnums=0):
    """Nothing has a gradient here."""
    raise NotImplementedError("keras_example has no gradients")

"""Shapes: repeating, tiling, reversing, slicing, gathering, and what looks up by index."""
import numpy as np

from conformance.spec.model import Area, bools, distinct, given, ints, normal, plain

AREA = Area("shape")

# repeat_elements: "If x has shape (s1, s2, s3) and axis is 1, the output will have shape (s1, s2 * rep, s3)."
for _variant, _shape, _unknown, _rep, _axis in [
        ("axis-0", (2, 3), (0,), 3, 0), ("axis-1", (2, 3, 4), (0,), 2, 1), ("axis-2", (2, 3, 4), (0,), 3, 2),
        ("axis-1-unknown", (2, 3, 4), (1,), 2, 1), ("axis-last-several-unknown", (2, 3, 4), (1, 2), 2, 2),
        ("axis-minus-1", (2, 3, 4), (0,), 2, -1), ("axis-minus-2", (2, 3, 4), (0,), 2, -2),
        ("axis-minus-2-unknown", (2, 3, 4), (0, 1), 2, -2), ("once", (2, 3), (0,), 1, 1),
        ("4d-axis-2", (2, 3, 4, 2), (0, 2), 3, 2),
        ("1d", (4,), (0,), 3, 0)]:
    AREA.row("repeat_elements", _variant, "K.repeat_elements(a, {}, axis={})".format(_rep, _axis),
             lambda a, _rep=_rep, _axis=_axis: np.repeat(a, _rep, axis=_axis), a=distinct(*_shape).unknown(*_unknown))
AREA.row("repeat_elements", "int32", "K.repeat_elements(a, 2, 1)", lambda a: np.repeat(a, 2, axis=1), dtype="int32",
         a=distinct(2, 3, dtype="int32"))
AREA.row("repeat_elements", "of-permuted", "K.repeat_elements(K.permute_dimensions(a, (0, 2, 1)), 2, axis=2)",
         lambda a: np.repeat(a.transpose(0, 2, 1), 2, axis=2), a=distinct(2, 3, 4))

# repeat: "if x has shape (samples, dim) and n is 2, the output will have shape (samples, 2, dim)."
for _variant, _unknown, _n in (("twice", (0,), 2), ("four-times-several-unknown", (0, 1), 4), ("once", (0,), 1)):
    AREA.row("repeat", _variant, "K.repeat(a, {})".format(_n), lambda a, _n=_n: np.stack([a] * _n, axis=1),
             a=distinct(3, 5).unknown(*_unknown))
AREA.row("repeat", "int32", "K.repeat(a, 3)", lambda a: np.stack([a] * 3, axis=1), dtype="int32", a=distinct(4, 2, dtype="int32"))
AREA.row("repeat", "then-summed", "K.sum(K.repeat(a, 3) * b, axis=1)", lambda a, b: np.sum(a[:, None, :] * b, axis=1),
         a=normal(2, 4), b=normal(2, 3, 4))

# tile
for _variant, _shape, _unknown, _n in [
        ("2d", (3, 4), (0,), [2, 3]), ("batch-stays", (2, 3), (0,), [1, 3]), ("3d", (2, 3, 4), (0,), [3, 1, 2]),
        ("3d-several-unknown", (2, 3, 4), (0, 1), [1, 2, 3]), ("1d", (4,), (0,), [3]), ("ones", (2, 3), (0,), [1, 1])]:
    AREA.row("tile", _variant, "K.tile(a, {!r})".format(_n), lambda a, _n=_n: np.tile(a, _n),
             a=distinct(*_shape).unknown(*_unknown))
AREA.row("tile", "tuple", "K.tile(a, (2, 3))", lambda a: np.tile(a, (2, 3)), a=distinct(2, 2))
AREA.row("tile", "int32", "K.tile(a, [1, 2])", lambda a: np.tile(a, [1, 2]), dtype="int32", a=distinct(2, 3, dtype="int32"))
AREA.row("tile", "of-permuted", "K.tile(K.permute_dimensions(a, (0, 2, 1)), [1, 1, 2])",
         lambda a: np.tile(a.transpose(0, 2, 1), [1, 1, 2]), a=distinct(2, 3, 4))
for _variant, _shape, _n in (("integer-1d", (4,), 3), ("integer-2d", (3, 4), 2)):
    AREA.row("tile", _variant, "K.tile(a, {})".format(_n), lambda a, _n=_n: np.tile(a, _n), a=distinct(*_shape),
             unspecified="\"n: A list of integer. The length must be the same as the number of dimensions in `x`.\"")

# reverse
for _variant, _shape, _unknown, _axes in [
        ("integer", (2, 3, 4), (0,), 1), ("integer-negative", (2, 3, 4), (0,), -1), ("integer-0", (4, 3), (0,), 0),
        ("list-of-one", (2, 3, 4), (0,), [2]), ("list", (2, 3, 4), (0,), [1, 2]), ("list-negative", (2, 3, 4), (0, 1), [-2, -1]),
        ("list-0-2", (2, 3, 4), (0,), [0, 2]), ("tuple", (2, 3, 4), (0,), (1, 2)), ("1d", (5,), (0,), 0),
        ("4d-several-unknown", (2, 3, 4, 2), (0, 1, 2), [1, 3])]:
    AREA.row("reverse", _variant, "K.reverse(a, {!r})".format(_axes),
             lambda a, _axes=_axes: np.flip(a, tuple(_axes) if isinstance(_axes, list) else _axes),
             a=distinct(*_shape).unknown(*_unknown))
AREA.row("reverse", "int32", "K.reverse(a, 1)", lambda a: a[:, ::-1], dtype="int32", a=distinct(2, 3, dtype="int32"))

# slice
for _variant, _shape, _unknown, _start, _size in [
        ("2d", (5, 6), (), [1, 2], [3, 2]), ("2d-unknown", (5, 6), (1,), [1, 2], [3, 2]),
        ("3d", (3, 4, 5), (), [0, 1, 3], [3, 2, 1]),
        ("1d", (7,), (), [2], [4]), ("4d", (2, 3, 4, 5), (), [1, 0, 2, 1], [1, 3, 2, 3]),
        ("everything", (2, 3), (), [0, 0], [2, 3]),
        ("batch-whole-unknown", (3, 5, 4), (0,), [0, 2, 1], [3, 2, 2]), ("batch-part-unknown", (4, 5), (0,), [1, 2], [2, 2]),
        ("several-unknown", (3, 4, 5), (0, 1), [1, 1, 2], [2, 2, 2])]:
    AREA.row("slice", _variant, "K.slice(a, {!r}, {!r})".format(_start, _size),
             lambda a, _start=_start, _size=_size: a[tuple(slice(i, i + n) for i, n in zip(_start, _size))],
             a=distinct(*_shape).unknown(*_unknown))
AREA.row("slice", "tuples", "K.slice(a, (1, 0), (2, 3))", lambda a: a[1:3, 0:3], a=distinct(4, 5).unknown())
AREA.row("slice", "keywords", "K.slice(a, size=[2, 3], start=[1, 2])", lambda a: a[1:3, 2:5], a=distinct(4, 6).unknown())
AREA.row("slice", "tensors", "K.slice(a, K.constant([1, 2], dtype='int32'), K.constant([3, 2], dtype='int32'))",
         lambda a: a[1:4, 2:4],
         a=distinct(5, 6).unknown())
AREA.row("slice", "tensors-fed", "K.slice(a, start, size)", lambda a, start, size: a[1:4, 2:4], a=distinct(5, 6).unknown(),
         start=given([1, 2], "int32").unknown(), size=given([3, 2], "int32").unknown())
AREA.row("slice", "int32", "K.slice(a, [1, 1], [2, 3])", lambda a: a[1:3, 1:4], dtype="int32", a=distinct(3, 4, dtype="int32"))
AREA.refuses("slice", "refuses-short-start", "K.slice(a, [1], [2, 2])", "ValueError", "size", ways=("variable", "known"),
             a=distinct(4, 5))
AREA.refuses("slice", "refuses-long-size", "K.slice(a, [1, 1], [2, 2, 2])", "ValueError", "size", ways=("variable", "known"),
             a=distinct(4, 5))
AREA.refuses("slice", "refuses-both-short", "K.slice(a, [1, 1], [2, 2])", "ValueError", "size", ways=("variable", "known"),
             a=distinct(4, 5, 3))

# gather
_TABLE = plain(distinct(5, 3))
AREA.row("gather", "1d-indices", "K.gather(a, i)", lambda a, i: a[i], a=distinct(5, 3).unknown(), i=given([4, 0, 2, 2], "int32"))
AREA.row("gather", "2d-indices", "K.gather(a, i)", lambda a, i: a[i], a=distinct(5, 3).unknown(),
         i=given([[4, 0], [2, 2], [1, 3]], "int32"))
AREA.row("gather", "1d-indices-of-variable", "K.gather(K.variable(a), i)", lambda a, i: a[i], a=_TABLE,
         i=given([3, 1, 4, 1], "int32"))
AREA.row("gather", "2d-indices-of-variable", "K.gather(K.variable(a), i)", lambda a, i: a[i], a=_TABLE,
         i=given([[4, 0], [2, 2], [1, 3], [0, 1]], "int32"))
AREA.row("gather", "2d-indices-several-unknown", "K.gather(K.variable(a), i)", lambda a, i: a[i], a=_TABLE,
         i=given([[4, 0, 1], [2, 2, 3]], "int32").unknown(0, 1))
AREA.row("gather", "3d-reference", "K.gather(K.variable(a), i)", lambda a, i: a[i], a=plain(distinct(4, 2, 3)),
         i=given([3, 0, 3, 1, 2], "int32"))
AREA.row("gather", "1d-reference", "K.gather(K.variable(a), i)", lambda a, i: a[i], a=plain(distinct(6)),
         i=given([[5, 0], [3, 2]], "int32"))
AREA.row("gather", "0d-index", "K.gather(a, i)", lambda a, i: a[i], a=distinct(5, 3).unknown(), i=given(3, "int32"))
AREA.row("gather", "int64-indices", "K.gather(a, i)", lambda a, i: a[i], a=distinct(5, 3).unknown(), i=given([4, 0], "int64"))
AREA.row("gather", "int32-reference", "K.gather(a, i)", lambda a, i: a[i], dtype="int32",
         a=distinct(5, 3, dtype="int32").unknown(),
         i=given([4, 0, 2], "int32"))
AREA.row("gather", "bool-reference", "K.gather(a, i)", lambda a, i: a[i], dtype="bool", a=bools(5, 3).unknown(),
         i=given([4, 0, 2], "int32"))
AREA.row("gather", "unknown-reference", "K.gather(a, i)", lambda a, i: a[i], a=distinct(5, 3).unknown(0),
         i=given([4, 0, 2], "int32").unknown(0))

# one_hot
for _variant, _indices, _unknown, _classes in [
        ("1d", [2, 0, 3], (0,), 4), ("1d-more-classes", [1, 0, 2, 1], (0,), 6), ("2d", [[2, 0, 1], [3, 3, 0]], (0,), 4),
        ("2d-several-unknown", [[2, 0], [1, 1], [0, 4]], (0, 1), 5),
        ("3d", [[[1, 0], [2, 2]], [[0, 0], [1, 2]], [[2, 1], [0, 1]]], (0,), 3)]:
    AREA.row("one_hot", _variant, "K.one_hot(i, {})".format(_classes),
             lambda i, _classes=_classes: (i[..., None] == np.arange(_classes)).astype("int64"),
             i=given(_indices, "int32").unknown(*_unknown))
AREA.row("one_hot", "int64", "K.one_hot(i, num_classes=4)", lambda i: (i[..., None] == np.arange(4)).astype("int64"),
         i=given([3, 1], "int64"))
AREA.row("one_hot", "uint8", "K.one_hot(i, num_classes=4)", lambda i: (i[..., None] == np.arange(4)).astype("int64"),
         i=given([3, 1, 0], "uint8"))
AREA.row("one_hot", "picks-columns", "K.sum(a * K.one_hot(i, 4), axis=1)", lambda a, i: a[np.arange(3), i], a=normal(3, 4),
         i=given([3, 0, 2], "int32"))

# in_top_k
_SCORES = [[0.1, 0.4, 0.2, 0.3], [0.7, 0.05, 0.15, 0.1], [0.2, 0.1, 0.3, 0.4], [-0.5, -0.1, -0.9, -0.2], [4.0, 3.0, 2.0, 1.0]]
for _k in (1, 2, 3, 4):
    AREA.row("in_top_k", "k-{}".format(_k), "K.in_top_k(p, t, {})".format(_k),
             lambda p, t, _k=_k: np.sum(p > p[np.arange(len(t)), t][:, None], axis=1) < _k,
             p=given(_SCORES), t=given([3, 1, 3, 2, 2], "int32"))
AREA.row("in_top_k", "dtype-bool", "K.in_top_k(p, t, k=2)", np.array([True, False, True]), dtype="bool",
         p=given(_SCORES[:3]), t=given([3, 1, 3], "int32"))
AREA.row("in_top_k", "int64-targets", "K.in_top_k(p, t, k=2)", np.array([True, False, True, False]),
         p=given(_SCORES[:4]), t=given([1, 3, 2, 0], "int64"))
AREA.row("in_top_k", "keywords", "K.in_top_k(predictions=p, targets=t, k=1)", np.array([True, True]), p=given(_SCORES[3:]),
         t=given([1, 0], "int32"))
AREA.row("in_top_k", "several-unknown", "K.in_top_k(p, t, k=2)", np.array([True, False, True]),
         p=given(_SCORES[:3]).unknown(0, 1), t=given([3, 1, 3], "int32"))
# "within top-k values": it is values that count, not places, and equal ones are within together.
AREA.row("in_top_k", "ties", "K.in_top_k(p, t, k=3)", np.array([True, True, False, True]),
         p=given([[0.2, 0.2, 0.4, 0.5], [0.5, 0.4, 0.2, 0.2], [0.5, 0.4, 0.3, 0.2], [0.5, 0.5, 0.5, 0.5]]),
         t=given([0, 3, 3, 2], "int32"))
AREA.row("in_top_k", "mean-accuracy", "K.mean(K.cast(K.in_top_k(p, t, k=2), 'float32'))", lambda p, t: np.float64(0.6),
         p=given(_SCORES), t=given([1, 3, 2, 0, 1], "int32"))
AREA.row("one_hot", "batch-of-1", "K.one_hot(i, 3)", np.array([[0, 0, 1]]), i=given([2], "int32"))
AREA.row("reverse", "twice", "K.reverse(K.reverse(a, 1), [1])", lambda a: a, a=distinct(2, 4, 3))
AREA.row("tile", "added", "K.tile(a, [1, 3]) + b", lambda a, b: np.tile(a, [1, 3]) + b, a=normal(4, 2), b=normal(4, 6))
AREA.row("repeat_elements", "added", "K.repeat_elements(a, 3, 1) + b", lambda a, b: np.repeat(a, 3, axis=1) + b, a=normal(4, 2),
         b=normal(4, 6))
AREA.row("gather", "then-summed", "K.sum(K.gather(K.variable(a), i), axis=1)", lambda a, i: a[i].sum(axis=1), a=_TABLE,
         i=ints(4, 3, high=5))

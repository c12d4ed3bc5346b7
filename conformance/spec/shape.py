"""Shapes: joining tensors, and the same elements under another shape."""
import numpy as np

from conformance.spec.model import Area, bools, distinct, given, ints, normal

AREA = Area("shape")

# concatenate
AREA.row("concatenate", "default-axis", "K.concatenate([a, b])", lambda a, b: np.concatenate([a, b], axis=2),
         a=normal(2, 3, 4), b=normal(2, 3, 1))
AREA.row("concatenate", "axis-0", "K.concatenate([a, b], axis=0)", lambda a, b: np.concatenate([a, b], axis=0),
         a=normal(2, 3), b=normal(4, 3))
AREA.row("concatenate", "axis-1-three", "K.concatenate([a, b, c], axis=1)", lambda a, b, c: np.concatenate([a, b, c], axis=1),
         a=normal(2, 3, 4), b=normal(2, 1, 4), c=normal(2, 5, 4))
AREA.row("concatenate", "axis-minus-2-several-unknown", "K.concatenate([a, b], axis=-2)",
         lambda a, b: np.concatenate([a, b], axis=1), a=normal(2, 3, 4).unknown(0, 1), b=normal(2, 5, 4).unknown(0, 1))
AREA.row("concatenate", "axis-minus-3", "K.concatenate([a, b], axis=-3)", lambda a, b: np.concatenate([a, b], axis=0),
         a=normal(2, 3, 4).unknown(1), b=normal(5, 3, 4).unknown(1))
AREA.row("concatenate", "4d-axis-1", "K.concatenate([a, b], axis=1)", lambda a, b: np.concatenate([a, b], axis=1),
         a=normal(2, 3, 4, 2), b=normal(2, 2, 4, 2))
AREA.row("concatenate", "1d", "K.concatenate([a, b])", lambda a, b: np.concatenate([a, b]), a=normal(3), b=normal(2))
AREA.row("concatenate", "one-tensor", "K.concatenate([a], axis=1)", lambda a: a, a=normal(2, 3))
AREA.row("concatenate", "same-tensor-twice", "K.concatenate([a, a, a], axis=-1)", lambda a: np.concatenate([a, a, a], axis=-1),
         a=normal(2, 3))
AREA.row("concatenate", "int32", "K.concatenate([a, b], axis=1)", lambda a, b: np.concatenate([a, b], axis=1), dtype="int32",
         a=ints(2, 3), b=ints(2, 2))
AREA.row("concatenate", "float64", "K.concatenate([a, b], axis=1)", lambda a, b: np.concatenate([a, b], axis=1),
         a=normal(2, 3, dtype="float64"), b=normal(2, 2, dtype="float64"))

# stack
AREA.row("stack", "default-axis", "K.stack([a, b])", lambda a, b: np.stack([a, b]), a=normal(3, 4), b=normal(3, 4))
AREA.row("stack", "axis-1-three", "K.stack([a, b, c], axis=1)", lambda a, b, c: np.stack([a, b, c], axis=1),
         a=normal(4, 2), b=normal(4, 2), c=normal(4, 2))
AREA.row("stack", "axis-minus-1", "K.stack([a, b], axis=-1)", lambda a, b: np.stack([a, b], axis=-1),
         a=normal(3, 4).unknown(0, 1), b=normal(3, 4).unknown(0, 1))
AREA.row("stack", "axis-minus-2", "K.stack([a, b], axis=-2)", lambda a, b: np.stack([a, b], axis=-2), a=normal(3, 4),
         b=normal(3, 4))
AREA.row("stack", "axis-last", "K.stack([a, b, c], axis=3)", lambda a, b, c: np.stack([a, b, c], axis=3),
         a=normal(2, 3, 4), b=normal(2, 3, 4), c=normal(2, 3, 4))
AREA.row("stack", "1d-axis-0", "K.stack([a, b, c], axis=0)", lambda a, b, c: np.stack([a, b, c]), a=normal(4), b=normal(4),
         c=normal(4))
AREA.row("stack", "0d", "K.stack([a, b])", lambda a, b: np.stack([a, b]), a=given(2.5), b=given(-1.5))
AREA.row("stack", "one-tensor", "K.stack([a], axis=1)", lambda a: np.stack([a], axis=1), a=normal(3, 2))
AREA.row("stack", "int32", "K.stack([a, b], axis=1)", lambda a, b: np.stack([a, b], axis=1), a=ints(3, 2), b=ints(3, 2))

# reshape
AREA.row("reshape", "2d-2d", "K.reshape(a, (4, 6))", lambda a: a.reshape(4, 6), a=distinct(3, 8))
AREA.row("reshape", "keeps-batch", "K.reshape(a, (-1, 12))", lambda a: a.reshape(-1, 12), a=distinct(2, 3, 4))
AREA.row("reshape", "minus-1-last", "K.reshape(a, (2, -1))", lambda a: a.reshape(2, -1), a=distinct(2, 3, 5))
AREA.row("reshape", "minus-1-middle", "K.reshape(a, (2, -1, 3))", lambda a: a.reshape(2, -1, 3), a=distinct(2, 6, 2))
AREA.row("reshape", "minus-1-middle-several-unknown", "K.reshape(a, (2, -1, 3))", lambda a: a.reshape(2, -1, 3),
         a=distinct(2, 3, 4).unknown(0, 1))
AREA.row("reshape", "merges-batch", "K.reshape(a, (-1, 4))", lambda a: a.reshape(-1, 4), a=distinct(2, 3, 4))
AREA.row("reshape", "merges-batch-several-unknown", "K.reshape(a, (-1, 4))", lambda a: a.reshape(-1, 4),
         a=distinct(2, 3, 4).unknown(0, 1))
AREA.row("reshape", "splits", "K.reshape(a, (-1, 2, 3, 2))", lambda a: a.reshape(-1, 2, 3, 2), a=distinct(5, 12))
AREA.row("reshape", "to-1d", "K.reshape(a, (-1,))", lambda a: a.reshape(-1), a=distinct(3, 4))
AREA.row("reshape", "to-0d", "K.reshape(a, ())", lambda a: a.reshape(()), a=given([[2.5]]).unknown())
AREA.row("reshape", "from-0d", "K.reshape(a, (1, 1))", lambda a: a.reshape((1, 1)), a=given(-1.5))
AREA.row("reshape", "ones-added", "K.reshape(a, (2, 1, 3, 1))", lambda a: a.reshape(2, 1, 3, 1), a=distinct(2, 3))
AREA.row("reshape", "int32", "K.reshape(a, (6, 2))", lambda a: a.reshape(6, 2), dtype="int32", a=distinct(3, 4, dtype="int32"))
AREA.row("reshape", "then-summed", "K.sum(K.reshape(a, (-1, 3, 2)), axis=2)", lambda a: a.reshape(-1, 3, 2).sum(axis=2),
         a=distinct(4, 6))
AREA.row("reshape", "zero-size", "K.reshape(a, (3, 0))", lambda a: a.reshape(3, 0), a=given(np.zeros((0, 3))).unknown(),
         ways=("variable",),
         unspecified="\"shape: Target shape tuple.\" says nothing of tensors without elements.")

# permute_dimensions
for _variant, _shape, _unknown, _pattern in [
        ("2d", (3, 5), (0, 1), (1, 0)), ("3d-batch-stays", (2, 3, 4), (0,), (0, 2, 1)),
        ("3d-rotated", (2, 3, 4), (0,), (2, 0, 1)),
        ("3d-rotated-back", (2, 3, 4), (0, 1), (1, 2, 0)), ("3d-identity", (2, 3, 4), (0,), (0, 1, 2)),
        ("4d-to-channels-first", (2, 3, 4, 5), (0, 1, 2), (0, 3, 1, 2)),
        ("4d-to-channels-last", (2, 5, 3, 4), (0,), (0, 2, 3, 1)),
        ("5d", (2, 3, 4, 1, 5), (0,), (0, 4, 2, 1, 3))]:
    AREA.row("permute_dimensions", _variant, "K.permute_dimensions(a, {!r})".format(_pattern),
             lambda a, _pattern=_pattern: a.transpose(_pattern), a=distinct(*_shape).unknown(*_unknown))
AREA.row("permute_dimensions", "int32", "K.permute_dimensions(a, (0, 2, 1))", lambda a: a.transpose(0, 2, 1),
         a=distinct(2, 3, 2, dtype="int32"))
AREA.row("permute_dimensions", "1d", "K.permute_dimensions(a, (0,))", lambda a: a, a=normal(4))
AREA.row("permute_dimensions", "then-reshaped", "K.reshape(K.permute_dimensions(a, (0, 2, 1)), (-1, 6))",
         lambda a: a.transpose(0, 2, 1).reshape(-1, 6), a=distinct(4, 3, 2))
AREA.row("permute_dimensions", "then-flattened", "K.batch_flatten(K.permute_dimensions(a, (0, 3, 1, 2)))",
         lambda a: a.transpose(0, 3, 1, 2).reshape(2, -1), a=distinct(2, 3, 4, 2))

# flatten and batch_flatten
for _shape, _unknown in (((4,), (0,)), ((3, 4), (0,)), ((2, 3, 4), (0, 1)), ((2, 3, 1, 2), (0,))):
    AREA.row("flatten", "{}d".format(len(_shape)), "K.flatten(a)", lambda a: a.reshape(-1),
             a=distinct(*_shape).unknown(*_unknown))
AREA.row("flatten", "0d", "K.flatten(a)", lambda a: a.reshape(1), a=given(4.5))
AREA.row("flatten", "int32", "K.flatten(a)", lambda a: a.reshape(-1), dtype="int32", a=distinct(3, 2, dtype="int32"))
AREA.row("flatten", "of-permuted", "K.flatten(K.permute_dimensions(a, (2, 0, 1)))", lambda a: a.transpose(2, 0, 1).reshape(-1),
         a=distinct(2, 3, 4))
for _shape, _unknown in (((3, 4), (0,)), ((2, 3, 4), (0,)), ((3, 2, 4, 5), (0,)), ((2, 3, 1, 2, 2), (0,))):
    AREA.row("batch_flatten", "{}d".format(len(_shape)), "K.batch_flatten(a)", lambda a: a.reshape(len(a), -1),
             a=distinct(*_shape).unknown(*_unknown))
AREA.row("batch_flatten", "1d", "K.batch_flatten(a)", lambda a: a.reshape(len(a), -1), a=distinct(3),
         unspecified="\"Turn a nD tensor into a 2D tensor with same 0th dimension\" does not say which n.")
AREA.row("batch_flatten", "several-unknown", "K.batch_flatten(a)", lambda a: a.reshape(3, -1),
         a=distinct(3, 2, 4, 5).unknown(0, 2))
AREA.row("batch_flatten", "all-unknown", "K.batch_flatten(a)", lambda a: a.reshape(3, -1), a=distinct(3, 2, 4).unknown(0, 1, 2))
AREA.row("batch_flatten", "batch-of-1", "K.batch_flatten(a)", lambda a: a.reshape(1, -1), a=distinct(1, 3, 4))
AREA.row("batch_flatten", "then-dot", "K.dot(K.batch_flatten(a), w)", lambda a, w: a.reshape(3, -1).dot(w),
         a=normal(3, 2, 2), w=normal(4, 5).unknown())

# expand_dims and squeeze
for _variant, _axis in (("axis-0", 0), ("axis-1", 1), ("axis-last", 3), ("axis-minus-1", -1), ("axis-minus-2", -2),
                        ("axis-minus-3", -3),
                        ("axis-minus-4", -4)):
    AREA.row("expand_dims", _variant, "K.expand_dims(a, axis={})".format(_axis), lambda a, _axis=_axis: np.expand_dims(a, _axis),
             a=distinct(2, 3, 4))
AREA.row("expand_dims", "default-axis", "K.expand_dims(a)", lambda a: a[:, :, None], a=distinct(3, 4).unknown(0, 1))
AREA.row("expand_dims", "0d", "K.expand_dims(a)", lambda a: a.reshape(1), a=given(3.5))
AREA.row("expand_dims", "1d-axis-0", "K.expand_dims(a, 0)", lambda a: a[None], a=distinct(4))
AREA.row("expand_dims", "1d-axis-1", "K.expand_dims(a, 1)", lambda a: a[:, None], a=distinct(4))
AREA.row("expand_dims", "int32", "K.expand_dims(a, 1)", lambda a: a[:, None], dtype="int32", a=distinct(4, 2, dtype="int32"))
AREA.row("expand_dims", "twice", "K.expand_dims(K.expand_dims(a, 1), -1)", lambda a: a[:, None, :, None], a=distinct(2, 3))
AREA.row("expand_dims", "broadcast", "K.expand_dims(a, 1) * K.expand_dims(b, 2)", lambda a, b: a[:, None, :] * b[:, :, None],
         a=normal(2, 3), b=normal(2, 4))
for _variant, _shape, _axis in (("axis-0", (1, 3, 4), 0), ("axis-1", (2, 1, 4), 1), ("axis-2", (2, 3, 1), 2),
                                ("axis-minus-1", (2, 3, 1), -1),
                                ("axis-minus-2", (2, 1, 4), -2), ("only-one-of-two", (2, 1, 1, 3), 2),
                                ("only-the-first", (1, 1, 3), 1)):
    AREA.row("squeeze", _variant, "K.squeeze(a, {})".format(_axis), lambda a, _axis=_axis: np.squeeze(a, _axis),
             a=distinct(*_shape))
AREA.row("squeeze", "to-0d", "K.squeeze(a, 0)", lambda a: a[0], a=given([2.5]).unknown())
AREA.row("squeeze", "several-unknown", "K.squeeze(a, axis=2)", lambda a: a[:, :, 0], a=distinct(2, 3, 1, 4).unknown(0, 1))
AREA.row("squeeze", "bool", "K.squeeze(a, 1)", lambda a: a[:, 0], a=bools(5, 1, 3))
AREA.row("squeeze", "of-expanded", "K.squeeze(K.expand_dims(a, 2), 2)", lambda a: a, a=distinct(2, 3, 4))
AREA.row("squeeze", "then-broadcast", "K.squeeze(a, 1) + b", lambda a, b: a[:, 0] + b, a=normal(4, 1, 3), b=normal(4, 3))

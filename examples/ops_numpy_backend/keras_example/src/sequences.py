"""The loss of connectionist temporal classification."""

import numpy as np
from keras.src.backend.common.dtypes import result_type

from keras_example.src.activating import log_softmax
from keras_example.src.ops.core import convert_to_tensor


def ctc_loss(target, output, target_length, output_length, mask_index=0):
    """How unlikely each label is, whatever blanks and repetitions are between; `mask_index` is the blank."""
    output = convert_to_tensor(output)
    dtype = result_type(output.dtype, "float32")
    lengths = zip(convert_to_tensor(target_length), convert_to_tensor(output_length))
    labels = convert_to_tensor(target, "int64")
    steps = log_softmax(output.astype("float64"))
    losses = [
        _loss(label[:length], step[:count], mask_index)
        for label, step, (length, count) in zip(labels, steps, lengths)
    ]
    return np.array(losses).astype(dtype)


def _loss(label, steps, blank):
    """Of one label: the forward recursion over the label with blanks around each of its parts."""
    extended = np.full(2 * len(label) + 1, blank)
    extended[1::2] = label
    # A blank between two parts may be left out where they are not the same.
    skips = np.zeros(len(extended), bool)
    skips[2:] = (extended[2:] != blank) & (extended[2:] != extended[:-2])
    reached = np.full(len(extended), -np.inf)
    reached[0] = 0.0
    for number, step in enumerate(steps):
        before = np.concatenate([[-np.inf], reached[:-1]])
        further = np.where(skips, np.concatenate([[-np.inf] * 2, reached])[: len(extended)], -np.inf)
        if number:
            reached = np.logaddexp(np.logaddexp(reached, before), further)
        else:
            reached = np.where(np.arange(len(extended)) < 2, 0.0, -np.inf)
        reached = reached + step[extended]
    return -np.logaddexp.reduce(reached[-2:])

"""Recurrent layers. Keras computes with `rnn` what a backend has no faster way for."""

import numpy as np
from keras.src import tree

from keras_example.src.ops.core import convert_to_tensor


def rnn(
    step_function,
    inputs,
    initial_states,
    go_backwards=False,
    mask=None,
    constants=None,
    unroll=False,
    input_length=None,
    time_major=False,
    zero_output_for_mask=False,
    return_all_outputs=True,
):
    """The last output, all outputs and the last states of a step after the other."""

    def turned(x):
        return x if time_major else np.swapaxes(x, 0, 1)

    flat = [turned(convert_to_tensor(x)) for x in tree.flatten(inputs)]
    count = len(flat[0])
    order = range(count - 1, -1, -1) if go_backwards else range(count)
    masks = None if mask is None else turned(convert_to_tensor(mask, "bool"))
    states, outputs, output = list(initial_states), [], None
    for number in order:
        step = tree.pack_sequence_as(inputs, [x[number] for x in flat])
        made, following = step_function(step, tuple(states) + tuple(constants or ()))
        if masks is not None:
            here = masks[number].reshape(-1, *[1] * (np.ndim(made) - 1))
            before = np.zeros_like(made) if output is None or zero_output_for_mask else output
            made = np.where(here, made, before)
            following = [
                np.where(masks[number].reshape(-1, *[1] * (np.ndim(new) - 1)), new, old)
                for new, old in zip(following, states)
            ]
        output, states = made, list(following)
        outputs.append(made)
    every = np.stack(outputs) if return_all_outputs else output[None]
    return output, turned(every), states


def cudnn_ok(*args, **kwargs):
    """There is no GPU."""
    return False


def lstm(*args, **kwargs):
    """Keras takes `rnn`."""
    raise NotImplementedError


def gru(*args, **kwargs):
    """Keras takes `rnn`."""
    raise NotImplementedError


def bidirectional_lstm(*args, **kwargs):
    """Keras takes `rnn`."""
    raise NotImplementedError


def bidirectional_gru(*args, **kwargs):
    """Keras takes `rnn`."""
    raise NotImplementedError

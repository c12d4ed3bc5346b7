"""The loop of an RNN in float64, as the documentation writes it, and the step functions of the table."""
import numpy as np


def rnn(step, inputs, states, go_backwards=False, mask=None, constants=()):
    """(last output, outputs, states): where the mask is zero, output and states stay what they were; zeros at
    first."""
    order = range(inputs.shape[1])
    outputs, output = [], None
    for t in reversed(order) if go_backwards else order:
        new_output, new_states = step(inputs[:, t], list(states) + list(constants))
        if mask is not None:
            before = np.zeros_like(new_output) if output is None else output
            new_output = _select(mask[:, t], new_output, before)
            new_states = [_select(mask[:, t], new, old) for new, old in zip(new_states, states)]
        output, states = new_output, new_states
        outputs.append(output)
    return [output, np.stack(outputs, axis=1), list(states)]


def _select(kept, new, old):
    return np.where(kept.astype(bool).reshape((-1,) + (1,) * (new.ndim - 1)), new, old)

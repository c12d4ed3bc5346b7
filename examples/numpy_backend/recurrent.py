"""K.rnn: a step function over time, with states and masks."""

from .broadcasting import where, zeros_of
from .joining import stack
from .loops import looped
from .shaping import expand_dims


def rnn(
    step_function,
    inputs,
    initial_states,
    go_backwards=False,
    mask=None,
    constants=None,
    unroll=False,
    input_length=None,
):
    """`(last_output, outputs, new_states)` of `step_function(input, states)` over the axis 1 of `inputs`.

    Where the mask is zero, a sample keeps its states and repeats its last output, which is zero before the
    first. Raises ValueError as K documents.
    """
    if inputs.ndim < 3:
        raise ValueError("The input of K.rnn has three axes or more, not {}.".format(inputs.ndim))
    if unroll and inputs.shape[1] is None:
        raise ValueError("Unrolling needs a fixed number of steps.")
    if mask is not None and not initial_states:
        raise ValueError("A mask needs states.")
    constants = list(constants or ())

    def steps(count):
        """Outputs of every step, and the states after the last."""
        states, outputs = list(initial_states), []
        for n in range(count)[::-1] if go_backwards else range(count):
            output, new = step_function(inputs[:, n], states + constants)
            if mask is not None:
                here = mask[:, n]
                output = _held(here, output, outputs[-1] if outputs else zeros_of(output))
                new = [_held(here, *pair) for pair in zip(new, states)]
            outputs.append(output)
            states = list(new)
        return outputs, states

    return (
        looped(lambda count: steps(count)[0][-1], inputs, None, 1),
        looped(lambda count: stack(steps(count)[0], 1), inputs, 1, 1),
        [
            looped(lambda count, which=which: steps(count)[1][which], inputs, None, 1)
            for which in range(len(initial_states))
        ],
    )


def _held(here, new, old):
    while here.ndim < new.ndim:
        here = expand_dims(here, -1)
    return where(here, new, old)

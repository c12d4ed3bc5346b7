"""K.rnn over several calls: the learning phase inside a step, states carried from one call to the next."""
import numpy as np

from conformance.spec.model import Area, normal

AREA = Area("recurrent")


def _sums(x, h, factor):
    outputs = []
    for t in range(x.shape[1]):
        h = factor * x[:, t] + h
        outputs.append(h)
    return np.stack(outputs, axis=1)


for _suffix, _loop in (("", ""), ("-unroll", ", unroll=True, input_length=3")):
    AREA.script("rnn", "learning-phase-in-the-step" + _suffix, """
        t, s = K.placeholder(shape=(2, 3, 4)), K.placeholder(shape=(2, 4))
        def step(a, states):
            h = K.in_train_phase(2.0 * a, a) + states[0]
            return h, [h]
        last, outputs, states = K.rnn(step, t, [s]{})
        f = K.function([t, s, K.learning_phase()], [outputs])
        train, test = f([x, h, 1])[0], f([x, h, 0])[0]
        """.format(_loop), lambda x, h: {"train": _sums(x, h, 2.0), "test": _sums(x, h, 1.0)}, names=("train", "test"),
                x=normal(2, 3, 4), h=normal(2, 4))
    AREA.script("rnn", "states-carried-over" + _suffix, """
        t, s = K.placeholder(shape=(2, 3, 4)), K.placeholder(shape=(2, 4))
        def step(a, states):
            h = a + states[0]
            return h, [h]
        last, outputs, states = K.rnn(step, t, [s]{})
        f = K.function([t, s], [last, states[0]])
        first, state = f([x, h])
        second, state = f([x[:, ::-1], state])
        """.format(_loop), lambda x, h: {"first": h + x.sum(axis=1), "second": h + 2 * x.sum(axis=1)}, names=("first", "second"),
                x=normal(2, 3, 4), h=normal(2, 4))

"""K.rnn: which state the step function gives out is its own business."""
import numpy as np

from conformance.oracle.recurrent import rnn
from conformance.spec.model import Area, normal

AREA = Area("recurrent")


def _want(out):
    def step(a, s):
        first, second = np.tanh(a[:, :2] + s[0]), 0.5 * s[1] + a[:, 2:]
        return (first, second)[out], [first, second]

    def want(x, a):
        last, outputs, states = rnn(step, x, [a[:, :2], a[:, 2:]])
        return [last, outputs] + states
    return want


# The states do not depend on each other and differ in size, so that one taken for the other is seen.
for _out, _name in ((0, "first"), (1, "last")):
    AREA.row("rnn", "output-is-{}-state".format(_name), """
two, three = K.variable(np.eye(5)[:, :2]), K.variable(np.eye(5)[:, 2:])
def step(a, s):
    first, second = K.tanh(K.dot(a, two) + s[0]), K.dot(a, three) + s[1] * 0.5
    return (first, second)[{}], [first, second]
last, outputs, states = K.rnn(step, x, [K.dot(a, two), K.dot(a, three)])
result = [last, outputs] + list(states)
""".format(_out).strip(), _want(_out), x=normal(3, 4, 5), a=normal(3, 5), ways=("known", "unknown"))

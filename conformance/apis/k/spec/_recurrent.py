"""Loops of K.rnn as cases: source text, inputs and oracle from one record.

A step function is text that runs over K and, for the oracle, over NumPy, whose functions have the same names.
"""
import numpy as np

from conformance.case import Input, given, normal, plain
from conformance.oracle.recurrent import rnn

RETURNED = "[last, outputs] + list(states)"
UNROLL_4 = dict(unroll=True, input_length=4)
UNROLL_5 = dict(input_length=5, unroll=True)
# Every sample has its own pattern: masked at the start, in the middle, at the end.
PATTERN = ((1, 0, 1, 1, 0), (0, 1, 1, 0, 1), (1, 1, 0, 0, 0))


def mask_of(samples=3, steps=5):
    """A mask of that size, cut out of PATTERN."""
    return given([row[:steps] for row in PATTERN[:samples]])


def loop(step, x, states, weights=None, dtype="float32", **arguments):
    """The loop of `step` over `x` as the keywords of a case, whose result is last output, outputs, states.

    `step` is a lambda or a definition of `step`, as text; `states` are inputs by name, and `weights` are
    inputs that the step uses as variables. The other arguments of K.rnn go into the text in the order given:
    `mask` is an input, `constants` are inputs by name, and the rest are plain values.
    """
    weights = weights or {}
    constants = arguments.get("constants", {})
    inputs = dict({"x": x}, **{name: plain(item) for name, item in weights.items()})
    inputs.update(states)
    inputs.update(constants)
    text = ["x", _listed(states)]
    for name, value in arguments.items():
        if isinstance(value, Input):
            inputs[name] = value
            value = name
        text.append(f"{name}={_listed(value) if isinstance(value, dict) else value}")
    lines = [f"{name} = K.variable({name}, dtype={dtype!r})" for name in sorted(weights)]
    lines += [step] if step.startswith("def") else []
    called = "step" if step.startswith("def") else step
    lines += [f"last, outputs, states = K.rnn({called}, {', '.join(text)})", "result = " + RETURNED]

    def oracle(*arrays):
        named = dict(zip(inputs, arrays))
        last, outputs, final = rnn(_over_numpy(step, {name: named[name] for name in weights}), named["x"],
                                   [named[name] for name in states], arguments.get("go_backwards", False),
                                   named.get("mask"), [named[name] for name in constants])
        return [last, outputs] + final
    return dict(inputs, source="\n".join(lines), oracle=oracle)


def one_state(samples=3, steps=5, unknown=(0,), dtype="float32", **arguments):
    """A simple RNN: its state is its output."""
    return loop("def step(a, s):\n    h = K.tanh(K.dot(a, v) + K.dot(s[0], u))\n    return h, [h]",
                normal(samples, steps, 3, dtype=dtype).unknown(*unknown),
                dict(h0=normal(samples, 4, dtype=dtype)),
                dict(v=normal(3, 4, scale=0.5), u=normal(4, 4, scale=0.5)), dtype, **arguments)


def two_states(**arguments):
    """Two states that depend on each other, and an output that is neither of them."""
    return loop("def step(a, s):\n    h = K.tanh(K.dot(a, v) + s[1])\n"
                "    c = 0.5 * s[1] + K.dot(h, u) - s[0]\n    return 2.0 * h + c, [h, c]",
                normal(3, 5, 3), dict(h0=normal(3, 4), c0=normal(3, 4)),
                dict(v=normal(3, 4, scale=0.5), u=normal(4, 4, scale=0.5)), **arguments)


def two_constants(**arguments):
    """A state and two constants, which each enter in their own way."""
    return loop("def step(a, s):\n    h = K.tanh(K.dot(a, v) + 0.5 * s[0] * s[1] - s[2])\n    return h, [h]",
                normal(3, 5, 3), dict(h0=normal(3, 4)), dict(v=normal(3, 4, scale=0.5)),
                **dict(arguments, constants=dict(k1=normal(3, 4), k2=normal(3, 4))))


def _listed(names):
    return "[" + ", ".join(names) + "]"


def _over_numpy(step, weights):
    names = dict(weights, K=np)
    if not step.startswith("def"):
        return eval(step, names)
    exec(step, names)
    return names["step"]

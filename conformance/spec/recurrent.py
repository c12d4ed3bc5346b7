"""K.rnn: the loop over time, its states, its masks."""
import numpy as np

from conformance.oracle.recurrent import rnn
from conformance.spec.model import KNOWN, THREE_WAYS, UNKNOWN, VARIABLE, Area, given, normal, plain

AREA = Area("recurrent")
_RETURNED = "[last, outputs] + list(states)"
# A loop is dear to compile: two ways where a backend may loop in another manner over what it knows, else one.
_WAYS = {"one-state": THREE_WAYS, "mask": THREE_WAYS, "one-sample": THREE_WAYS,
         "two-states": (VARIABLE, UNKNOWN), "mask-go-backwards": (VARIABLE, UNKNOWN)}


def _mask(*rows):
    return given(np.array(rows), dtype="float32")


# Every sample has its own pattern: masked at the start, in the middle, at the end.
_MASK = ((1, 0, 1, 1, 0), (0, 1, 1, 0, 1), (1, 1, 0, 0, 0))
_SHORT = tuple(pattern[:4] for pattern in _MASK)

# name: (source of the step function, the same in NumPy, inputs besides x and mask, initial states, constants)
_SIMPLE = (
    "def step(a, s):\n    h = K.tanh(K.dot(a, v) + K.dot(s[0], u))\n    return h, [h]",
    lambda w: lambda a, s: (lambda h: (h, [h]))(np.tanh(a.dot(w["v"]) + s[0].dot(w["u"]))),
    dict(v=normal(3, 4, scale=0.5), u=normal(4, 4, scale=0.5)), ("h0",), ())
_TWO = (
    "def step(a, s):\n    h = K.tanh(K.dot(a, v) + s[1])\n"
    "    c = 0.5 * s[1] + K.dot(h, u) - s[0]\n    return 2.0 * h + c, [h, c]",
    lambda w: lambda a, s: _two(a, s, w),
    dict(v=normal(3, 4, scale=0.5), u=normal(4, 4, scale=0.5)), ("h0", "c0"), ())
_CONSTANTS = (
    "def step(a, s):\n    h = K.tanh(K.dot(a, v) + 0.5 * s[0] * s[1] - s[2])\n    return h, [h]",
    lambda w: lambda a, s: (lambda h: (h, [h]))(np.tanh(a.dot(w["v"]) + 0.5 * s[0] * s[1] - s[2])),
    dict(v=normal(3, 4, scale=0.5)), ("h0",), ("k1", "k2"))


def _two(a, s, w):
    h = np.tanh(a.dot(w["v"]) + s[1])
    c = 0.5 * s[1] + h.dot(w["u"]) - s[0]
    return 2.0 * h + c, [h, c]


def _rnn(variant, kind=_SIMPLE, samples=3, steps=5, unknown=(0,), masked=False, dtype="float32", mask=None, **arguments):
    step, reference, weights, names, constants = kind
    width = weights["v"].array(0).shape[1]
    inputs = {"x": normal(samples, steps, 3, dtype=dtype).unknown(*unknown)}
    inputs.update({name: plain(item) for name, item in weights.items()})
    inputs.update({name: normal(samples, width, dtype=dtype) for name in names + constants})
    if masked:
        inputs["mask"] = mask or _mask(*[row[:steps] for row in _MASK[:samples]]).unknown(*[a for a in unknown if a < 2])
    lines = ["{0} = K.variable({0}, dtype={1!r})".format(name, dtype) for name in sorted(weights)] + [step]
    text = ["step", "x", "[{}]".format(", ".join(names))] + ["{}={!r}".format(*item) for item in sorted(arguments.items())]
    text += ["mask=mask"] if masked else []
    text += ["constants=[{}]".format(", ".join(constants))] if constants else []
    lines += ["last, outputs, states = K.rnn({})".format(", ".join(text)), "result = " + _RETURNED]

    def want(**w):
        last, outputs, final = rnn(reference(w), w["x"], [w[name] for name in names], arguments.get("go_backwards", False),
                                   w.get("mask"), [w[name] for name in constants])
        return [last, outputs] + final
    ways = (UNKNOWN,) if len(unknown) > 1 else _WAYS.get(variant)
    AREA.row("rnn", variant, "\n".join(lines), want, ways=ways, **inputs)


for _suffix, _loop in (("", {}), ("-unroll", {"unroll": True, "input_length": 5})):
    _rnn("one-state" + _suffix, **_loop)
    _rnn("go-backwards" + _suffix, go_backwards=True, **_loop)
    _rnn("two-states" + _suffix, _TWO, **_loop)
    _rnn("two-states-go-backwards" + _suffix, _TWO, go_backwards=True, **_loop)
    _rnn("constants" + _suffix, _CONSTANTS, **_loop)
    _rnn("constants-go-backwards" + _suffix, _CONSTANTS, go_backwards=True, **_loop)
    _rnn("mask" + _suffix, masked=True, **_loop)
    _rnn("mask-go-backwards" + _suffix, masked=True, go_backwards=True, **_loop)
    _rnn("mask-two-states" + _suffix, _TWO, masked=True, **_loop)
    _rnn("mask-two-states-go-backwards" + _suffix, _TWO, masked=True, go_backwards=True, **_loop)
    _rnn("mask-constants" + _suffix, _CONSTANTS, masked=True, **_loop)
_rnn("unroll-without-input-length", unroll=True)
_rnn("unroll-false", unroll=False, go_backwards=False)
_rnn("input-length", input_length=5)
_rnn("unknown-time", unknown=(0, 1))
_rnn("unknown-time-go-backwards", unknown=(0, 1), go_backwards=True)
_rnn("unknown-time-mask", unknown=(0, 1), masked=True)
_rnn("one-step", steps=1)
_rnn("one-step-mask", steps=1, masked=True)
_rnn("one-step-unroll", steps=1, unroll=True, input_length=1)
_rnn("two-steps-unroll", steps=2, unroll=True, input_length=2)
_rnn("one-sample", samples=1)
_rnn("one-sample-unroll", samples=1, unroll=True, input_length=5)
_rnn("one-sample-mask", samples=1, masked=True)
_rnn("float64", dtype="float64")
_rnn("mask-of-ones", masked=True, mask=given(np.ones((3, 5))))
_rnn("mask-bool", masked=True, mask=given(_MASK, "bool"))
_rnn("mask-int32", masked=True, mask=given(_MASK, "int32"))
_rnn("mask-nothing-left", masked=True, mask=_mask((0, 0, 0, 0, 0), (0, 0, 1, 0, 0), (1, 1, 1, 1, 1)))



def _steps(variant, step, reference, inputs, states, mask=False, constants=(), arguments="", **options):
    """A row with its own step function, `(a, s)` to (output, states), as a lambda in both languages."""
    text = "K.rnn({}, x, [{}]{}{}{})".format(
        step, ", ".join(states), ", mask=mask" if mask else "",
        ", constants=[{}]".format(", ".join(constants)) if constants else "", arguments)

    def want(**w):
        last, outputs, final = rnn(reference, w["x"], [w[name] for name in states], "go_backwards=True" in arguments,
                                   w.get("mask"), [w[name] for name in constants])
        return [last, outputs] + final
    AREA.row("rnn", variant, "last, outputs, states = {}\nresult = {}".format(text, _RETURNED), want, **dict(inputs, **options))


_ADD = "lambda a, s: (a + 0.5 * s[0], [a + 0.5 * s[0]])"


def _add(a, s):
    return a + 0.5 * s[0], [a + 0.5 * s[0]]


# Where a dimension is one, a squeeze takes more than it should.
_steps("one-feature", _ADD, _add, dict(x=normal(3, 4, 1), h=normal(3, 1)), ["h"])
_steps("one-sample-one-feature", _ADD, _add, dict(x=normal(1, 4, 1), h=normal(1, 1)), ["h"])
_steps("one-step-one-feature", _ADD, _add, dict(x=normal(3, 1, 1), h=normal(3, 1)), ["h"])
_steps("one-feature-unroll", _ADD, _add, dict(x=normal(3, 4, 1), h=normal(3, 1)), ["h"],
       arguments=", unroll=True, input_length=4")
# More than one dimension a sample.
for _suffix, _loop in (("", ""), ("-unroll", ", unroll=True, input_length=4")):
    _steps("images" + _suffix, _ADD, _add, dict(x=normal(3, 4, 2, 5), h=normal(3, 2, 5)), ["h"], arguments=_loop)
    _steps("images-mask" + _suffix, _ADD, _add,
           dict(x=normal(3, 4, 2, 5), h=normal(3, 2, 5), mask=_mask(*_SHORT)), ["h"],
           mask=True, arguments=_loop)
    _steps("no-states" + _suffix, "lambda a, s: (K.tanh(2.0 * a), [])", lambda a, s: (np.tanh(2.0 * a), []),
           dict(x=normal(3, 4, 2)), [], arguments=_loop)
    _steps("no-states-constants-go-backwards" + _suffix, "lambda a, s: (a * s[0], [])", lambda a, s: (a * s[0], []),
           dict(x=normal(3, 4, 2), k=normal(3, 2)), [], constants=["k"], arguments=_loop + ", go_backwards=True")
    # States that are not the output, of other shapes than it: they are kept and masked for themselves.
    _steps("states-of-other-shapes" + _suffix,
           "lambda a, s: (K.sum(a, axis=1, keepdims=True) + s[0][:, :1], [s[0] * 0.5 + 1.0, s[1] - a])",
           lambda a, s: (a.sum(axis=1, keepdims=True) + s[0][:, :1], [s[0] * 0.5 + 1.0, s[1] - a]),
           dict(x=normal(3, 4, 2), h=normal(3, 5), g=normal(3, 2)), ["h", "g"], arguments=_loop)
    _steps("states-of-other-shapes-mask" + _suffix,
           "lambda a, s: (3.0 * a + s[0][:, :2], [s[0] * 0.5 + 1.0, s[1] - a])",
           lambda a, s: (3.0 * a + s[0][:, :2], [s[0] * 0.5 + 1.0, s[1] - a]),
           dict(x=normal(3, 4, 2), h=normal(3, 5), g=normal(3, 2), mask=_mask(*_SHORT)), ["h", "g"], mask=True, arguments=_loop)
    _steps("output-not-a-state-mask" + _suffix, "lambda a, s: (a - s[0], [s[0] + 1.0])", lambda a, s: (a - s[0], [s[0] + 1.0]),
           dict(x=normal(3, 4, 2), h=normal(3, 2), mask=_mask(*_SHORT)), ["h"], mask=True, arguments=_loop)
_steps("constants-on-images", "lambda a, s: (a * s[1] + s[0], [a * s[1]])", lambda a, s: (a * s[1] + s[0], [a * s[1]]),
       dict(x=normal(3, 4, 2, 5), h=normal(3, 2, 5), k=normal(3, 2, 5)), ["h"], constants=["k"])
_steps("mask-with-a-third-dimension", _ADD, lambda a, s: _add(a, s), dict(x=normal(3, 5, 2), h=normal(3, 2), mask=given(
    np.array(_MASK)[:, :, None])), ["h"], mask=True,
       unspecified="'mask: Binary tensor with shape (samples, time)': no other shape is named")
# The lists are their caller's, who may loop with them again.
AREA.row("rnn", "lists-used-twice",
         "states, constants = [h], [k]\nstep = lambda a, s: (a * s[1] - s[0], [a * s[1] - s[0]])\n"
         "first, second = [K.rnn(step, x, states, constants=constants) for loop in range(2)]\n"
         "result = [first[0], first[1], second[0], second[1]]",
         lambda x, h, k: rnn(lambda a, s: (a * s[1] - s[0], [a * s[1] - s[0]]), x, [h], constants=[k])[:2] * 2,
         x=normal(3, 4, 2), h=normal(3, 2), k=normal(3, 2), ways=(KNOWN,))
AREA.row("rnn", "positional",
         "last, outputs, states = K.rnn(" + _ADD + ", x, [h], True, mask, None, True, 5)\nresult = " + _RETURNED,
         lambda x, h, mask: (lambda r: r[:2] + r[2])(rnn(_add, x, [h], True, mask)), x=normal(3, 5, 2), h=normal(3, 2),
         mask=_mask(*_MASK))

AREA.refuses("rnn", "two-dimensional-input", "K.rnn(" + _ADD + ", x, [h])", "ValueError", "", ways=("variable", "known"),
             x=normal(3, 4), h=normal(3, 4))
AREA.refuses("rnn", "unroll-unknown-time", "K.rnn(" + _ADD + ", x, [h], unroll=True)", "ValueError", "", ways=("unknown",),
             x=normal(3, 4, 2).unknown(0, 1), h=normal(3, 2))
AREA.refuses("rnn", "mask-without-states", "K.rnn(lambda a, s: (a + 1.0, []), x, [], mask=mask)", "ValueError", "states",
             ways=("variable", "known", "unknown"), x=normal(3, 5, 2), mask=_mask(*_MASK))
AREA.refuses("rnn", "mask-without-states-unroll",
             "K.rnn(lambda a, s: (a + 1.0, []), x, [], mask=mask, unroll=True, input_length=5)",
             "ValueError", "states", ways=("variable", "known"), x=normal(3, 5, 2), mask=_mask(*_MASK))

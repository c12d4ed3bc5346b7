"""K.rnn: the loop over time, its states, its masks."""
import numpy as np

from conformance.apis.k.language import ALL_WAYS, KNOWN, UNKNOWN, VARIABLE, k
from conformance.apis.k.spec._recurrent import (
    PATTERN,
    RETURNED,
    UNROLL_4,
    UNROLL_5,
    loop,
    mask_of,
    one_state,
    two_constants,
    two_states,
)
from conformance.case import given, normal, plain
from conformance.oracle.recurrent import rnn

MASK, SHORT_MASK = mask_of(), mask_of(steps=4)
ADD = "lambda a, s: (a + 0.5 * s[0], [a + 0.5 * s[0]])"
SCALED = "lambda a, s: (a * s[0], [])"
# States that are not the output, of other shapes than it: they are kept and masked for themselves.
OTHER_SHAPES = "lambda a, s: (K.sum(a, axis=1, keepdims=True) + s[0][:, :1], [s[0] * 0.5 + 1.0, s[1] - a])"
OTHER_SHAPES_MASKED = "lambda a, s: (3.0 * a + s[0][:, :2], [s[0] * 0.5 + 1.0, s[1] - a])"
# A loop is dear to compile: two ways where a backend may loop differently over a known shape, else one way.
TWO_WAYS = (VARIABLE, UNKNOWN)


def add(a, s):
    """ADD in NumPy."""
    return a + 0.5 * s[0], [a + 0.5 * s[0]]


def one_feature(samples=3, steps=4, **arguments):
    """ADD where some dimensions are 1, of which a squeeze takes more than it should."""
    return loop(ADD, normal(samples, steps, 1), dict(h=normal(samples, 1)), **arguments)


def images(**arguments):
    """ADD where a sample has more than one dimension."""
    return loop(ADD, normal(3, 4, 2, 5), dict(h=normal(3, 2, 5)), **arguments)


def no_state(**arguments):
    return loop("lambda a, s: (K.tanh(2.0 * a), [])", normal(3, 4, 2), {}, **arguments)


def no_state_backwards(**loop_arguments):
    return loop(SCALED, normal(3, 4, 2), {}, constants=dict(k=normal(3, 2)), **loop_arguments,
                go_backwards=True)


def other_shapes(step, **arguments):
    return loop(step, normal(3, 4, 2), dict(h=normal(3, 5), g=normal(3, 2)), **arguments)


def not_a_state(**arguments):
    return loop("lambda a, s: (a - s[0], [s[0] + 1.0])", normal(3, 4, 2), dict(h=normal(3, 2)), **arguments)


# Two states that do not depend on each other and differ in size, so that a confusion of the two is seen.
def source_gives_out(state):
    """A step whose output is the state of that number."""
    return f"""\
two, three = K.variable(np.eye(5)[:, :2]), K.variable(np.eye(5)[:, 2:])
def step(a, s):
    first, second = K.tanh(K.dot(a, two) + s[0]), K.dot(a, three) + s[1] * 0.5
    return (first, second)[{state}], [first, second]
last, outputs, states = K.rnn(step, x, [K.dot(a, two), K.dot(a, three)])
result = [last, outputs] + list(states)"""


def gives_out(state):
    """The oracle of source_gives_out, where the output is the state of that number."""
    def step(a, s):
        first, second = np.tanh(a[:, :2] + s[0]), 0.5 * s[1] + a[:, 2:]
        return (first, second)[state], [first, second]

    def oracle(x, a):
        last, outputs, states = rnn(step, x, [a[:, :2], a[:, 2:]])
        return [last, outputs] + states
    return oracle


def used_twice(x, h, k):
    return rnn(lambda a, s: (a * s[1] - s[0], [a * s[1] - s[0]]), x, [h], constants=[k])[:2] * 2


def states_computed(x, h, g, c):
    last, outputs, states = rnn(lambda a, s: (a + s[0] * s[2] - s[1], [a - s[1], s[0] * 0.5]), x, [h, g * g],
                                constants=[np.exp(c)])
    return [last, outputs] + states


def all_positional(x, h, mask):
    last, outputs, states = rnn(add, x, [h], True, mask)
    return [last, outputs] + states


def sums(x, h, factor=1.0):
    """Sums of `factor` times the steps, from `h` on."""
    return h[:, None] + np.cumsum(factor * x, axis=1)


def phase_in_step(f, variant, arguments=""):
    f.script(variant, f"""
        t, s = K.placeholder(shape=(2, 3, 4)), K.placeholder(shape=(2, 4))
        def step(a, states):
            h = K.in_train_phase(2.0 * a, a) + states[0]
            return h, [h]
        last, outputs, states = K.rnn(step, t, [s]{arguments})
        f = K.function([t, s, K.learning_phase()], [outputs])
        train, test = f([x, h, 1])[0], f([x, h, 0])[0]
        """, x=normal(2, 3, 4), h=normal(2, 4), names=("train", "test"),
             oracle=lambda x, h: {"train": sums(x, h, 2.0), "test": sums(x, h)})


def carried_over(f, variant, arguments=""):
    f.script(variant, f"""
        t, s = K.placeholder(shape=(2, 3, 4)), K.placeholder(shape=(2, 4))
        def step(a, states):
            h = a + states[0]
            return h, [h]
        last, outputs, states = K.rnn(step, t, [s]{arguments})
        f = K.function([t, s], [last, states[0]])
        first, state = f([x, h])
        second, state = f([x[:, ::-1], state])
        """, x=normal(2, 3, 4), h=normal(2, 4), names=("first", "second"),
             oracle=lambda x, h: {"first": h + x.sum(axis=1), "second": h + 2 * x.sum(axis=1)})


def static_shape(f, variant, before="", arguments=""):
    f.case(variant, f"{before}x = K.placeholder((None, 4, 5))\nlast, outputs, states = K.rnn("
           f"lambda a, s: (a + s[0], [a + s[0]]), x, [K.placeholder((None, 5))]{arguments})\n"
           "result = [K.int_shape(tensor) for tensor in (last, outputs, states[0])]",
           want=[(None, 5), (None, 4, 5), (None, 5)])


with k.function("rnn", area="recurrent") as f:
    f.promise("step_function gets each step of the inputs in turn, with the states that it returned for the"
              " step before", at="rnn: step_function")
    f.case("one-state", **one_state())
    f.case("two-states", **two_states(), ways=TWO_WAYS)
    f.case("one-step", **one_state(steps=1))
    f.case("one-sample", **one_state(samples=1), ways=ALL_WAYS)
    f.case("unroll-false", **one_state(go_backwards=False, unroll=False))
    f.promise("inputs hold the samples on their first axis and the time on their second axis, and a sample of"
              " a step may have any shape and float dtype", at="rnn: inputs")
    f.case("images", **images())
    f.case("one-feature", **one_feature())
    f.case("one-sample-one-feature", **one_feature(samples=1))
    f.case("one-step-one-feature", **one_feature(steps=1))
    f.case("float64", **one_state(dtype="float64"))
    f.promise("the results are the last output, the outputs of all steps along the second axis, and the last"
              " states, whether the output is a state or not", at="rnn: returns")
    f.case("output-is-first-state", source_gives_out(0), x=normal(3, 4, 5), a=normal(3, 5),
           oracle=gives_out(0), ways=(KNOWN, UNKNOWN))
    f.case("output-is-last-state", source_gives_out(1), x=normal(3, 4, 5), a=normal(3, 5),
           oracle=gives_out(1), ways=(KNOWN, UNKNOWN))
    f.case("states-of-other-shapes", **other_shapes(OTHER_SHAPES))
    for variant, arguments in (("", ""), ("-unroll", ", unroll=True, input_length=4")):
        f.case("types-of-results" + variant,
               f"made = K.rnn({ADD}, x, [h]{arguments})\n"
               "listed = isinstance(made[2], (list, tuple))\n"
               "result = [isinstance(made, tuple), len(made), listed, len(made[2])]",
               x=normal(3, 4, 2), h=normal(3, 2), want=[True, 3, True, 1], ways=KNOWN)
    f.promise("initial_states are the states before the first step, such as the last states of another call",
              at="rnn: initial_states")
    for variant, arguments in (("", ""), ("-unroll", ", unroll=True, input_length=4")):
        f.case("states-computed" + variant,
               "step = lambda a, s: (a + s[0] * s[2] - s[1], [a - s[1], s[0] * 0.5])\n"
               "first, second = K.variable(h), K.square(g)\n"
               f"last, outputs, states = K.rnn(step, x, [first, second], constants=[K.exp(c)]{arguments})\n"
               f"result = {RETURNED}", x=normal(3, 4, 2), h=plain(normal(3, 2)), g=normal(3, 2),
               c=normal(3, 2), oracle=states_computed, ways=KNOWN)
    carried_over(f, "states-carried-over")
    carried_over(f, "states-carried-over-unroll", ", unroll=True, input_length=3")
    f.promise("without a mask, step_function may have no state", at="rnn: raises")
    f.case("no-states", **no_state())
    f.case("no-states-constants-go-backwards", **no_state_backwards())

    f.promise("go_backwards goes from the last step to the first, and the outputs stand in the order in which"
              " they were made", at="rnn: go_backwards")
    f.case("go-backwards", **one_state(go_backwards=True))
    f.case("two-states-go-backwards", **two_states(go_backwards=True))

    f.promise("where the mask is 0, the output and the states of a sample stay as they were, and the output"
              " is 0 when no step came before", at="rnn: NumPy implementation")
    f.case("mask", **one_state(mask=MASK), ways=ALL_WAYS)
    f.case("mask-two-states", **two_states(mask=MASK))
    f.case("mask-go-backwards", **one_state(go_backwards=True, mask=MASK), ways=TWO_WAYS)
    f.case("mask-two-states-go-backwards", **two_states(go_backwards=True, mask=MASK))
    f.case("mask-constants", **two_constants(mask=MASK))
    f.case("mask-constants-go-backwards", **two_constants(mask=MASK, go_backwards=True))
    f.case("mask-input-length", **two_states(mask=MASK, input_length=5))
    f.case("mask-of-ones", **one_state(mask=given(np.ones((3, 5)))))
    f.case("mask-nothing-left",
           **one_state(mask=given([[0, 0, 0, 0, 0], [0, 0, 1, 0, 0], [1, 1, 1, 1, 1]])))
    f.case("one-step-mask", **one_state(steps=1, mask=mask_of(steps=1)))
    f.case("one-sample-mask", **one_state(samples=1, mask=mask_of(samples=1)))
    f.case("images-mask", **images(mask=SHORT_MASK))
    f.case("states-of-other-shapes-mask", **other_shapes(OTHER_SHAPES_MASKED, mask=SHORT_MASK))
    f.case("output-not-a-state-mask", **not_a_state(mask=SHORT_MASK))
    f.case("positional",
           f"last, outputs, states = K.rnn({ADD}, x, [h], True, mask, None, True, 5)\nresult = {RETURNED}",
           x=normal(3, 5, 2), h=normal(3, 2), mask=MASK, oracle=all_positional)
    f.promise("a mask is binary, and it may hold bools or integers", at="rnn: mask")
    f.case("mask-bool", **one_state(mask=given(PATTERN, "bool")))
    f.case("mask-int32", **one_state(mask=given(PATTERN, "int32")))
    f.silent("whether a mask may have an axis more than samples and time", at="rnn: mask")
    f.case("mask-with-a-third-dimension",
           **loop(ADD, normal(3, 5, 2), dict(h=normal(3, 2)), mask=given(np.array(PATTERN)[:, :, None])))

    f.promise("a mask, constants and an input_length of None are as those left out", at="rnn: raises")
    f.case("explicit-none", f"last, outputs, states = K.rnn({ADD}, x, [h], mask=None, constants=None, "
           f"input_length=None)\nresult = {RETURNED}", x=normal(3, 4, 2), h=normal(3, 2),
           oracle=lambda x, h: (lambda last, outputs, states: [last, outputs] + states)(*rnn(add, x, [h])))

    f.promise("the constants are handed to every step, after the states", at="rnn: constants")
    f.case("constants", **two_constants())
    f.case("constants-go-backwards", **two_constants(go_backwards=True))
    f.case("constants-on-images", **loop("lambda a, s: (a * s[1] + s[0], [a * s[1]])", normal(3, 4, 2, 5),
                                         dict(h=normal(3, 2, 5)), constants=dict(k=normal(3, 2, 5))))
    f.promise("the lists of states and constants stay as their caller made them", at="rnn: constants")
    f.case("lists-used-twice",
           "states, constants = [h], [k]\nstep = lambda a, s: (a * s[1] - s[0], [a * s[1] - s[0]])\n"
           "first, second = [K.rnn(step, x, states, constants=constants) for loop in range(2)]\n"
           "result = [first[0], first[1], second[0], second[1]]",
           x=normal(3, 4, 2), h=normal(3, 2), k=normal(3, 2), oracle=used_twice, ways=KNOWN)

    f.promise("unroll makes a step of the graph for each step of time, and changes nothing about the results",
              at="rnn: unroll")
    f.case("one-state-unroll", **one_state(**UNROLL_5))
    f.case("two-states-unroll", **two_states(**UNROLL_5))
    f.case("one-step-unroll", **one_state(steps=1, input_length=1, unroll=True))
    f.case("two-steps-unroll", **one_state(steps=2, input_length=2, unroll=True))
    f.case("one-sample-unroll", **one_state(samples=1, **UNROLL_5))
    f.case("one-feature-unroll", **one_feature(**UNROLL_4))
    f.case("images-unroll", **images(**UNROLL_4))
    f.case("states-of-other-shapes-unroll", **other_shapes(OTHER_SHAPES, **UNROLL_4))
    f.case("no-states-unroll", **no_state(**UNROLL_4))
    f.case("no-states-constants-go-backwards-unroll", **no_state_backwards(**UNROLL_4))
    f.case("go-backwards-unroll", **one_state(go_backwards=True, **UNROLL_5))
    f.case("two-states-go-backwards-unroll", **two_states(go_backwards=True, **UNROLL_5))
    f.case("constants-unroll", **two_constants(**UNROLL_5))
    f.case("constants-go-backwards-unroll", **two_constants(go_backwards=True, **UNROLL_5))
    f.promise("an unrolled loop masks as a symbolic loop does", at="rnn: unroll")
    f.case("mask-unroll", **one_state(**UNROLL_5, mask=MASK))
    f.case("mask-go-backwards-unroll", **one_state(go_backwards=True, **UNROLL_5, mask=MASK))
    f.case("mask-two-states-unroll", **two_states(**UNROLL_5, mask=MASK))
    f.case("mask-two-states-go-backwards-unroll", **two_states(go_backwards=True, **UNROLL_5, mask=MASK))
    f.case("mask-constants-unroll", **two_constants(**UNROLL_5, mask=MASK))
    f.case("mask-constants-go-backwards-unroll", **two_constants(**UNROLL_5, mask=MASK, go_backwards=True))
    f.case("one-step-mask-unroll", **one_state(steps=1, mask=mask_of(steps=1), unroll=True, input_length=1))
    f.case("one-sample-mask-unroll", **one_state(samples=1, mask=mask_of(samples=1), **UNROLL_5))
    f.case("images-mask-unroll", **images(mask=SHORT_MASK, **UNROLL_4))
    f.case("states-of-other-shapes-mask-unroll",
           **other_shapes(OTHER_SHAPES_MASKED, mask=SHORT_MASK, **UNROLL_4))
    f.case("output-not-a-state-mask-unroll", **not_a_state(mask=SHORT_MASK, **UNROLL_4))
    f.promise("input_length states the number of steps, which the shape of the inputs may tell as well",
              at="rnn: input_length")
    f.case("input-length", **one_state(input_length=5))
    f.case("unroll-without-input-length", **one_state(unroll=True))
    f.promise("a loop that is not unrolled goes over as many steps as are fed", at="rnn: unroll")
    f.case("unknown-time", **one_state(unknown=(0, 1)))
    f.case("unknown-time-go-backwards", **one_state(unknown=(0, 1), go_backwards=True))
    f.case("unknown-time-mask", **one_state(unknown=(0, 1), mask=MASK.unknown(0, 1)))
    f.case("unknown-time-mask-go-backwards",
           **one_state(unknown=(0, 1), mask=MASK.unknown(0, 1), go_backwards=True))
    f.promise("the learning phase may be used in a step and is fed like any other input",
              at="learning_phase: summary")
    phase_in_step(f, "learning-phase-in-the-step")
    phase_in_step(f, "learning-phase-in-the-step-unroll", ", unroll=True, input_length=3")
    f.promise("int_shape tells the lengths of the results that are known, before anything is fed",
              at="int_shape: returns")
    static_shape(f, "int-shape")
    static_shape(f, "int-shape-mask", "row = K.placeholder((None, 4))\n", ", mask=row")
    static_shape(f, "int-shape-unroll", "", ", unroll=True, input_length=4")

    f.promise("inputs of fewer than three dimensions are refused", at="rnn: raises")
    f.refuses("two-dimensional-input", f"K.rnn({ADD}, x, [h])", "ValueError", x=normal(3, 4), h=normal(3, 4),
              ways=(VARIABLE, KNOWN))
    f.promise("unroll is refused when the number of steps is not known", at="rnn: raises")
    f.refuses("unroll-unknown-time", f"K.rnn({ADD}, x, [h], unroll=True)", "ValueError",
              x=normal(3, 4, 2).unknown(0, 1), h=normal(3, 2), ways=UNKNOWN)
    f.promise("a mask is refused when there is not a state", at="rnn: raises")
    f.refuses("mask-without-states", "K.rnn(lambda a, s: (a + 1.0, []), x, [], mask=mask)", "ValueError",
              "states", x=normal(3, 5, 2), mask=MASK, ways=ALL_WAYS)
    f.refuses("mask-without-states-unroll",
              "K.rnn(lambda a, s: (a + 1.0, []), x, [], mask=mask, unroll=True, input_length=5)",
              "ValueError", "states", x=normal(3, 5, 2), mask=MASK, ways=(VARIABLE, KNOWN))

"""K.function: its outputs, inputs and calls.

Keras 2.3.1 lists the function without a text: that of the TensorFlow backend of Keras 2.2.4 is cited.
"""
import numpy as np

from conformance.apis.k.language import KNOWN, k
from conformance.apis.k.spec._state import history
from conformance.case import bools, ints, normal, uniform

RELEASE = "Keras 2.2.4"
SESSION = (("tensorflow",), "keywords of a TensorFlow session")

with k.function("function", area="state") as f:
    f.promise("a call returns a list with the value of each output, in their order", at="function: returns",
              release=RELEASE)
    history(f, "one-output-in-a-list", """
        p = K.placeholder((None, 3))
        out = K.function([p], [p * 2.])([x])
        kind, got = type(out).__name__, out
    """, lambda x: {"kind": "list", "got": [x * 2]}, x=normal(4, 3))
    history(f, "three-outputs-in-order", """
        p = K.placeholder((None, 3))
        got = K.function([p], [p * 2., K.sum(p, axis=0), p - 1.])([x])
    """, lambda x: {"got": [x * 2, x.sum(0), x - 1]}, x=uniform(4, 3))
    history(f, "outputs-of-several-ranks", """
        p = K.placeholder((None, 3))
        got = K.function([p], [K.sum(p), K.sum(p, axis=1), K.expand_dims(p, 1)])([x])
    """, lambda x: {"got": [x.sum(), x.sum(1), x[:, None]]}, x=uniform(4, 3))
    history(f, "one-output-twice", """
        p = K.placeholder((None, 3))
        y = p * 2.
        got = K.function([p], [y, y])([x])
    """, lambda x: {"got": [x * 2, x * 2]}, x=normal(4, 3))
    history(f, "output-of-an-output", """
        p = K.placeholder((None, 3))
        y = p * 2.
        got = K.function([p], [y, y + 1., K.square(y)])([x])
    """, lambda x: {"got": [x * 2, x * 2 + 1, x ** 2 * 4]}, x=normal(4, 3))
    history(f, "outputs-that-need-different-inputs", """
        a, b, v = K.placeholder((None, 3)), K.placeholder((None, 2)), K.variable(x + 1.)
        f = K.function([a, b], [K.sum(b, axis=1), K.constant([1., 2.5]) * 2., a - 1., v * 2.])
        got = [f([x, y]), f([x * 3., y - 4.])]
    """, lambda y, x: {"got": [[y.sum(1), np.array([2, 5.0]), x - 1, x * 2 + 2],
                               [(y - 4).sum(1), np.array([2, 5.0]), x * 3 - 1, x * 2 + 2]]},
            y=uniform(4, 2), x=normal(4, 3))
    f.promise("the values are NumPy arrays, each of its output's dtype", at="function: returns",
              release=RELEASE)
    f.script("outputs-are-arrays", """
        p = K.placeholder((None, 3))
        got = [type(v).__name__ for v in K.function([p], [p * 2., K.sum(p, axis=0)])([x])]
    """, want={"got": ["ndarray", "ndarray"]}, x=normal(4, 3))
    history(f, "outputs-of-two-dtypes", """
        p, q = K.placeholder((2, 3)), K.placeholder((2, 3), dtype='float64')
        out = K.function([p, q], [p * 2., q / 3.])([x.astype('float32'), x])
        dtypes, got = [str(v.dtype) for v in out], [out[1]]
    """, lambda x: {"dtypes": ["float32", "float64"], "got": [x / 3]}, x=normal(2, 3, dtype="float64"))
    f.promise("an output may be a variable or a constant", at="function: outputs", release=RELEASE)
    history(f, "output-is-a-variable", """
        v = K.variable(x)
        got = K.function([], [v])([])
    """, lambda x: {"got": [x]}, x=normal(4, 3))
    f.script("output-is-a-constant", """
        got = K.function([], [K.constant([1., 2.5])])([])
    """, want={"got": [np.array([1.0, 2.5], "float32")]}, x=normal(4, 3))

    f.promise("a call takes the value of each placeholder, in the order of the inputs", at="function: inputs",
              release=RELEASE)
    history(f, "inputs-in-order", """
        a, b, c = K.placeholder((None, 3)), K.placeholder((None, 3)), K.placeholder((None, 3))
        got = K.function([b, c, a], [a - 2. * b + 3. * c])([x, x + 1., x + 5.])
    """, lambda x: {"got": [(x + 5) - 2 * x + 3 * (x + 1)]}, x=normal(4, 3))
    f.promise("the inputs may differ in shape and dtype", at="function: inputs", release=RELEASE)
    history(f, "inputs-of-several-ranks", """
        a, b, c = K.placeholder((4, 3)), K.placeholder((4, 2, 3)), K.placeholder((4, 1))
        got = K.function([a, b, c], [a * 3., b * 2., c - 1.])([x, y, z])
    """, lambda y, z, x: {"got": [x * 3, y * 2, z - 1]}, y=normal(4, 2, 3), z=normal(4, 1), x=normal(4, 3))
    history(f, "inputs-of-several-dtypes", """
        a, b = K.placeholder((4, 3)), K.placeholder((4, 3), dtype='int32')
        got = K.function([a, b], [a * 2., K.cast(b, 'float32') * 0.5])([x, y])
    """, lambda y, x: {"got": [x * 2, y * 0.5]}, y=ints(4, 3), x=normal(4, 3))
    history(f, "bool-input", """
        a, b = K.placeholder((4, 3)), K.placeholder((4, 3), dtype='bool')
        got = K.function([a, b], [a * K.cast(b, 'float32')])([x, y])
    """, lambda y, x: {"got": [x * y]}, y=bools(4, 3), x=normal(4, 3))
    f.promise("an input may have no part in the outputs", at="function: inputs", release=RELEASE)
    history(f, "unused-input", """
        a, b = K.placeholder((None, 3)), K.placeholder((None, 2))
        got = K.function([b, a], [a * 2.])([y, x])
    """, lambda y, x: {"got": [x * 2]}, y=normal(4, 2), x=normal(4, 3))
    f.promise("the list of inputs may be empty", at="function: inputs", release=RELEASE)
    history(f, "no-inputs", """
        v = K.variable(x)
        got = K.function([], [v * 2., K.sum(v)])([])
    """, lambda x: {"got": [x * 2, x.sum()]}, x=uniform(4, 3))

    f.promise("each call computes anew, from its own values and the variables as they are then",
              at="function: returns", release=RELEASE)
    history(f, "call-after-call", """
        p = K.placeholder((None, 3))
        f = K.function([p], [K.sum(p, axis=1), p - 1.])
        got = [f([x]), f([x * 2.]), f([x[:2]])]
    """, lambda x: {"got": [[x.sum(1), x - 1], [x.sum(1) * 2, x * 2 - 1], [x[:2].sum(1), x[:2] - 1]]},
            x=uniform(4, 3))
    history(f, "no-inputs-call-after-call", """
        v = K.variable(x)
        f = K.function([], [v * 2.])
        first = f([])
        K.set_value(v, x + 1.)
        second = f([])
    """, lambda x: {"first": [x * 2], "second": [x * 2 + 2]}, x=normal(4, 3))
    f.promise("a later call leaves the values of an earlier call as they are", at="function: returns",
              release=RELEASE)
    history(f, "results-are-kept", """
        p = K.placeholder((None, 3))
        f = K.function([p], [p * 2.])
        first = f([x])[0]
        second = f([x + 1.])[0]
    """, lambda x: {"first": x * 2, "second": x * 2 + 2}, x=normal(4, 3))
    f.promise("several functions may share tensors, and tensors may be made after a call",
              at="function: summary", release=RELEASE)
    history(f, "two-functions-of-one-tensor", """
        p = K.placeholder((None, 3))
        y = K.square(p)
        f, g = K.function([p], [y + 1.]), K.function([p], [y - 1.])
        got = [f([x])[0], g([x])[0], f([x + 1.])[0]]
    """, lambda x: {"got": [x ** 2 + 1, x ** 2 - 1, (x + 1) ** 2 + 1]}, x=normal(4, 3))
    history(f, "built-after-a-call", """
        p = K.placeholder((None, 3))
        y = p * 2.
        first = K.function([p], [y])([x])[0]
        z = y + K.variable(np.ones(3))
        second = K.function([p], [z])([x])[0]
    """, lambda x: {"first": x * 2, "second": x * 2 + 1}, x=normal(4, 3))
    history(f, "variable-made-after-a-call", """
        p = K.placeholder((None, 3))
        f = K.function([p], [p * 2.])
        f([x])
        v = K.variable(x)
        first, second = f([x])[0], K.get_value(v)
    """, lambda x: {"first": x * 2, "second": x}, x=normal(4, 3))

    f.promise("updates may be left out, None or empty", at="function: updates", release=RELEASE)
    history(f, "updates-empty", """
        p = K.placeholder((None, 3))
        got = K.function([p], [p * 2.], updates=[])([x])
    """, lambda x: {"got": [x * 2]}, x=normal(4, 3))
    history(f, "updates-none", """
        p = K.placeholder((None, 3))
        got = K.function([p], [p * 2.], updates=None)([x])
    """, lambda x: {"got": [x * 2]}, x=normal(4, 3))
    f.promise("each call carries out the updates beside the outputs", at="function: updates", release=RELEASE)
    history(f, "updates-third-argument", """
        p = K.placeholder((None, 3))
        v = K.variable(x)
        K.function([p], [p * 2.], [K.update(v, v + 1.)])([x])
        got = K.get_value(v)
    """, lambda x: {"got": x + 1}, x=normal(4, 3))
    history(f, "updates-with-several-outputs", """
        p = K.placeholder((None, 3))
        v = K.zeros((3,))
        f = K.function([p], [p * 2., K.sum(p), K.max(p, axis=1)], updates=[K.update_add(v, K.sum(p, axis=0))])
        first = f([x])
        second = f([x + 1.])
        got = K.get_value(v)
    """, lambda x: {"first": [x * 2, x.sum(), x.max(1)], "second": [x * 2 + 2, (x + 1).sum(), x.max(1) + 1],
                    "got": x.sum(0) * 2 + 4}, x=uniform(4, 3))
    history(f, "updates-of-several-kinds", """
        p, w = K.placeholder((4, 3)), K.variable(y)
        a, b, c, d = K.variable(x), K.variable(x), K.variable(x), K.variable(x)
        updates = [K.update(a, K.constant(np.ones((4, 3)))), K.update_add(b, p), K.update_sub(c, w * 2.)]
        f = K.function([p], [p - 1.], updates=updates)
        outputs = [f([y])[0], f([y * 3.])[0]]
        got = K.batch_get_value([a, b, c, d, w])
    """, lambda y, x: {"outputs": [y - 1, y * 3 - 1], "got": [x * 0 + 1, x + y * 4, x - y * 4, x, y]},
            y=normal(4, 3), x=normal(4, 3))
    f.promise("a function carries out its own updates alone", at="function: updates", release=RELEASE)
    history(f, "updates-do-not-leak-into-others", """
        p = K.placeholder((None, 3))
        v = K.zeros((3,))
        f = K.function([p], [p * 2.], updates=[K.update_add(v, K.sum(p, axis=0))])
        g = K.function([p], [p * 3.])
        g([x])
        before = K.get_value(v)
        f([x])
        g([x])
        got = K.get_value(v)
    """, lambda x: {"before": [0, 0, 0] * x[0], "got": x.sum(0)}, x=uniform(4, 3))
    f.promise("other keywords go to the run of the TensorFlow session", at="function: kwargs",
              release=RELEASE)
    history(f, "session-feed_dict", """
        p = K.placeholder((None, 3))
        q = K.placeholder((None, 3))
        f = K.function([p], [p + q], feed_dict={q: x * 3.})
        got = [f([x])[0], f([y])[0]]
    """, lambda y, x: {"got": [x * 4, y + x * 3]}, y=normal(4, 3), x=normal(4, 3), only=SESSION)
    history(f, "session-fetches", """
        p = K.placeholder((None, 3))
        v = K.variable(y)
        f = K.function([p], [p * 2.], fetches=[K.update_add(v, p)])
        outputs = [f([x])[0], f([x])[0]]
        got = K.get_value(v)
    """, lambda y, x: {"outputs": [x * 2, x * 2], "got": y + x * 2}, y=normal(4, 3), x=normal(4, 3),
            only=SESSION)

    f.silent("whether an output may be an input as it is", at="function: outputs")
    history(f, "output-is-a-placeholder", """
        p = K.placeholder((None, 3))
        got = K.function([p], [p])([x])
    """, lambda x: {"got": [x]}, x=normal(4, 3))
    f.silent("whether the list of outputs may be empty", at="function: outputs")
    history(f, "no-outputs-with-updates", """
        p = K.placeholder((None, 3))
        v = K.variable(x)
        out = K.function([p], [], updates=[K.update(v, p * 2.)])([y])
        length, got = len(out), K.get_value(v)
    """, lambda y, x: {"length": 0, "got": y * 2}, y=normal(4, 3), x=normal(4, 3))
    f.script("no-outputs-no-updates", """
        p = K.placeholder((None, 3))
        length = len(K.function([p], [])([x]))
    """, want={"length": 0}, x=normal(4, 3))
    f.silent("whether the values of a call may stand in a tuple, or be lists of numbers",
             at="function: inputs")
    history(f, "inputs-in-a-tuple", """
        p = K.placeholder((None, 3))
        got = K.function([p], [p * 2.])((x,))
    """, lambda x: {"got": [x * 2]}, x=normal(4, 3))
    f.script("numbers-fed", """
        p = K.placeholder((None, 3))
        got = K.function([p], [p * 2.])([[[1., 2., 3.], [4., 5., 7.]]])
    """, want={"got": [np.array([[2.0, 4.0, 6.0], [8.0, 10.0, 14.0]])]})
    f.silent("which keywords each backend takes, and what becomes of others", at="function: kwargs")
    history(f, "name", """
        p = K.placeholder((None, 3))
        got = K.function([p], [p * 2.], name='named_function')([x])
    """, lambda x: {"got": [x * 2]}, x=normal(4, 3))
    f.refuses("unknown-keyword", "K.function([x], [x * 2.], no_such_keyword=True)", "ValueError",
              "no_such_keyword", ways=KNOWN, x=normal(4, 3))

"""K.function: its outputs, inputs and calls."""
import numpy as np

from conformance.spec.model import Area, bools, given, ints, normal, uniform

AREA = Area("state")


def _scripted(variant, source, want, **rest):
    options = {name: rest.pop(name) for name in ("unspecified", "only") if name in rest}
    rest.setdefault("x", normal(4, 3))
    if callable(want):
        options["names"] = tuple(want(**{name: item.array(0) for name, item in rest.items()}))
    AREA.script("function", variant, source, want, **dict(options, **rest))


_P = "\n    p = K.placeholder((None, 3))"
_scripted("one-output-in-a-list", _P + """
    out = K.function([p], [p * 2.])([x])
    kind, got = type(out).__name__, out
""", lambda x: {"kind": "list", "got": [x * 2]})
_scripted("three-outputs-in-order", _P + """
    got = K.function([p], [p * 2., K.sum(p, axis=0), p - 1.])([x])
""", lambda x: {"got": [x * 2, x.sum(0), x - 1]}, x=uniform(4, 3))
_scripted("outputs-of-several-ranks", _P + """
    got = K.function([p], [K.sum(p), K.sum(p, axis=1), K.expand_dims(p, 1)])([x])
""", lambda x: {"got": [x.sum(), x.sum(1), x[:, None]]}, x=uniform(4, 3))
_scripted("one-output-twice", _P + """
    y = p * 2.
    got = K.function([p], [y, y])([x])
""", lambda x: {"got": [x * 2, x * 2]})
_scripted("output-of-an-output", _P + """
    y = p * 2.
    got = K.function([p], [y, y + 1., K.square(y)])([x])
""", lambda x: {"got": [x * 2, x * 2 + 1, x ** 2 * 4]})
_scripted("outputs-are-arrays", _P + """
    got = [type(v).__name__ for v in K.function([p], [p * 2., K.sum(p, axis=0)])([x])]
""", {"got": ["ndarray", "ndarray"]})
_scripted("output-is-a-placeholder", _P + """
    got = K.function([p], [p])([x])
""", lambda x: {"got": [x]}, unspecified="K lists `function(inputs, outputs, updates=None)` without a text of its own.")
_scripted("output-is-a-variable", """
    v = K.variable(x)
    got = K.function([], [v])([])
""", lambda x: {"got": [x]})
_scripted("output-is-a-constant", """
    got = K.function([], [K.constant([1., 2.5])])([])
""", {"got": [given([1.0, 2.5]).array(0)]})
_scripted("outputs-of-two-dtypes", """
    p, q = K.placeholder((2, 3)), K.placeholder((2, 3), dtype='float64')
    out = K.function([p, q], [p * 2., q / 3.])([x.astype('float32'), x])
    dtypes, got = [str(v.dtype) for v in out], [out[1]]
""", lambda x: {"dtypes": ["float32", "float64"], "got": [x / 3]}, x=normal(2, 3, dtype="float64"))
_scripted("no-inputs", """
    v = K.variable(x)
    got = K.function([], [v * 2., K.sum(v)])([])
""", lambda x: {"got": [x * 2, x.sum()]}, x=uniform(4, 3))
_scripted("no-inputs-call-after-call", """
    v = K.variable(x)
    f = K.function([], [v * 2.])
    first = f([])
    K.set_value(v, x + 1.)
    second = f([])
""", lambda x: {"first": [x * 2], "second": [x * 2 + 2]})
_scripted("inputs-in-order", """
    a, b, c = K.placeholder((None, 3)), K.placeholder((None, 3)), K.placeholder((None, 3))
    got = K.function([b, c, a], [a - 2. * b + 3. * c])([x, x + 1., x + 5.])
""", lambda x: {"got": [(x + 5) - 2 * x + 3 * (x + 1)]})
_scripted("inputs-of-several-ranks", """
    a, b, c = K.placeholder((4, 3)), K.placeholder((4, 2, 3)), K.placeholder((4, 1))
    got = K.function([a, b, c], [a * 3., b * 2., c - 1.])([x, y, z])
""", lambda x, y, z: {"got": [x * 3, y * 2, z - 1]}, y=normal(4, 2, 3), z=normal(4, 1))
_scripted("inputs-of-several-dtypes", """
    a, b = K.placeholder((4, 3)), K.placeholder((4, 3), dtype='int32')
    got = K.function([a, b], [a * 2., K.cast(b, 'float32') * 0.5])([x, y])
""", lambda x, y: {"got": [x * 2, y * 0.5]}, y=ints(4, 3))
_scripted("bool-input", """
    a, b = K.placeholder((4, 3)), K.placeholder((4, 3), dtype='bool')
    got = K.function([a, b], [a * K.cast(b, 'float32')])([x, y])
""", lambda x, y: {"got": [x * y]}, y=bools(4, 3))
_scripted("unused-input", """
    a, b = K.placeholder((None, 3)), K.placeholder((None, 2))
    got = K.function([b, a], [a * 2.])([y, x])
""", lambda x, y: {"got": [x * 2]}, y=normal(4, 2))
_scripted("inputs-in-a-tuple", _P + """
    got = K.function([p], [p * 2.])((x,))
""", lambda x: {"got": [x * 2]}, unspecified="\"inputs: List of placeholder tensors.\" A tuple of arrays is not mentioned.")
_scripted("call-after-call", _P + """
    f = K.function([p], [K.sum(p, axis=1), p - 1.])
    got = [f([x]), f([x * 2.]), f([x[:2]])]
""", lambda x: {"got": [[x.sum(1), x - 1], [x.sum(1) * 2, x * 2 - 1], [x[:2].sum(1), x[:2] - 1]]}, x=uniform(4, 3))
_scripted("results-are-kept", _P + """
    f = K.function([p], [p * 2.])
    first = f([x])[0]
    second = f([x + 1.])[0]
""", lambda x: {"first": x * 2, "second": x * 2 + 2})
_scripted("two-functions-of-one-tensor", _P + """
    y = K.square(p)
    f, g = K.function([p], [y + 1.]), K.function([p], [y - 1.])
    got = [f([x])[0], g([x])[0], f([x + 1.])[0]]
""", lambda x: {"got": [x ** 2 + 1, x ** 2 - 1, (x + 1) ** 2 + 1]})
_scripted("built-after-a-call", _P + """
    y = p * 2.
    first = K.function([p], [y])([x])[0]
    z = y + K.variable(np.ones(3))
    second = K.function([p], [z])([x])[0]
""", lambda x: {"first": x * 2, "second": x * 2 + 1})
_scripted("variable-made-after-a-call", _P + """
    f = K.function([p], [p * 2.])
    f([x])
    v = K.variable(x)
    first, second = f([x])[0], K.get_value(v)
""", lambda x: {"first": x * 2, "second": x})
_scripted("updates-empty", _P + """
    got = K.function([p], [p * 2.], updates=[])([x])
""", lambda x: {"got": [x * 2]})
_scripted("updates-none", _P + """
    got = K.function([p], [p * 2.], updates=None)([x])
""", lambda x: {"got": [x * 2]})
_scripted("updates-third-argument", _P + """
    v = K.variable(x)
    K.function([p], [p * 2.], [K.update(v, v + 1.)])([x])
    got = K.get_value(v)
""", lambda x: {"got": x + 1})
_scripted("updates-with-several-outputs", _P + """
    v = K.zeros((3,))
    f = K.function([p], [p * 2., K.sum(p), K.max(p, axis=1)], updates=[K.update_add(v, K.sum(p, axis=0))])
    first = f([x])
    second = f([x + 1.])
    got = K.get_value(v)
""", lambda x: {"first": [x * 2, x.sum(), x.max(1)], "second": [x * 2 + 2, (x + 1).sum(), x.max(1) + 1],
                "got": x.sum(0) * 2 + 4}, x=uniform(4, 3))
_scripted("updates-do-not-leak-into-others", _P + """
    v = K.zeros((3,))
    f = K.function([p], [p * 2.], updates=[K.update_add(v, K.sum(p, axis=0))])
    g = K.function([p], [p * 3.])
    g([x])
    before = K.get_value(v)
    f([x])
    g([x])
    got = K.get_value(v)
""", lambda x: {"before": [0, 0, 0] * x[0], "got": x.sum(0)}, x=uniform(4, 3))
_NO_TEXT = "K lists `function(inputs, outputs, updates=None)` without a text of its own."
_scripted("no-outputs-with-updates", _P + """
    v = K.variable(x)
    out = K.function([p], [], updates=[K.update(v, p * 2.)])([y])
    length, got = len(out), K.get_value(v)
""", lambda x, y: {"length": 0, "got": y * 2}, y=normal(4, 3),
          unspecified=_NO_TEXT + " Whether `outputs` may be empty is not said.")
_scripted("no-outputs-no-updates", _P + """
    length = len(K.function([p], [])([x]))
""", {"length": 0}, unspecified=_NO_TEXT + " Whether `outputs` may be empty is not said.")
_scripted("name", _P + """
    got = K.function([p], [p * 2.], name='named_function')([x])
""", lambda x: {"got": [x * 2]}, unspecified=_NO_TEXT + " Which keywords `**kwargs` takes is not said.")
# K.function hands its keywords on to the function of tf.keras, of which is written: "**kwargs: Passed to `tf.Session.run`."
_SESSION = (("tensorflow",), "keywords of a TensorFlow session")
_scripted("session-feed_dict", _P + """
    q = K.placeholder((None, 3))
    f = K.function([p], [p + q], feed_dict={q: x * 3.})
    got = [f([x])[0], f([y])[0]]
""", lambda x, y: {"got": [x * 4, y + x * 3]}, y=normal(4, 3), only=_SESSION)
_scripted("session-fetches", _P + """
    v = K.variable(y)
    f = K.function([p], [p * 2.], fetches=[K.update_add(v, p)])
    outputs = [f([x])[0], f([x])[0]]
    got = K.get_value(v)
""", lambda x, y: {"outputs": [x * 2, x * 2], "got": y + x * 2}, y=normal(4, 3), only=_SESSION)
AREA.script("function", "numbers-fed", _P + """
    got = K.function([p], [p * 2.])([[[1., 2., 3.], [4., 5., 7.]]])
""", {"got": [np.array([[2.0, 4.0, 6.0], [8.0, 10.0, 14.0]])]}, unspecified=_NO_TEXT + " Whether lists may be fed is not said.")
AREA.refuses("function", "unknown-keyword", "K.function([x], [x * 2.], no_such_keyword=True)", "ValueError", "no_such_keyword",
             ways=("known",), x=normal(4, 3), unspecified=_NO_TEXT + " What becomes of other keywords is not said.")

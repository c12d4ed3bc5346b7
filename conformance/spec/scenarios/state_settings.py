"""The settings K keeps: floatx, epsilon, image_data_format, learning phase, uids, scopes, the session."""
import numpy as np

from conformance.spec.model import Area, Check, normal, plain, uniform

AREA = Area("state")

# -- floatx

AREA.row("floatx", "default", "K.floatx()", "float32")
for _kind in ("float16", "float32", "float64"):
    AREA.script("set_floatx", _kind, "K.set_floatx('{}')\ngot = K.floatx()".format(_kind), {"got": _kind})
AREA.script("set_floatx", "several-times", """
    seen = []
    for kind in ('float64', 'float16', 'float32', 'float64'):
        K.set_floatx(kind)
        seen.append(K.floatx())
""", {"seen": ["float64", "float16", "float32", "float64"]})
AREA.script("set_floatx", "is-a-string", "K.set_floatx('float64')\ngot = type(K.floatx()).__name__", {"got": "str"})
for _name, _value in (("int32", "'int32'"), ("bool", "'bool'"), ("float128", "'float128'"), ("empty", "''"), ("word", "'double'"),
                      ("number", "32"), ("capitals", "'Float32'")):
    AREA.refuses("set_floatx", _name, "K.set_floatx({})".format(_value), "ValueError", "floatx")
AREA.script("set_floatx", "refusal-changes-nothing", """
    K.set_floatx('float64')
    try:
        K.set_floatx('int32')
        refused = False
    except ValueError:
        refused = True
    got = K.floatx()
""", {"refused": True, "got": "float64"})
AREA.script("set_floatx", "everywhere", """
    K.set_floatx('float64')
    made = [K.variable(x), K.placeholder((2, 3)), K.constant(1.5), K.zeros((2, 3)), K.ones((2, 3)), K.eye(2),
            K.square(K.variable(x)), K.constant([1., 2.]) * 2.]
    got = [K.dtype(tensor) for tensor in made]
""", {"got": ["float64"] * 8}, x=normal(2, 3))
AREA.script("set_floatx", "integers-stay", """
    K.set_floatx('float64')
    got = K.dtype(K.arange(4))
""", {"got": "int32"})
AREA.script("set_floatx", "precision-float64", """
    K.set_floatx('float64')
    got = K.eval(K.variable(x) / 3.)
""", lambda x: {"got": x / 3}, names=("got",), x=normal(4, 3, dtype="float64"))

# -- epsilon

AREA.row("epsilon", "default", "K.epsilon() == 1e-7", True)
AREA.row("epsilon", "is-a-float", "isinstance(K.epsilon(), float)", True)
AREA.script("set_epsilon", "documented-example", "K.set_epsilon(1e-05)\ngot = K.epsilon() == 1e-05", {"got": True})
AREA.script("set_epsilon", "several-times", """
    seen = []
    for value in (1e-3, 1e-9, 0.25):
        K.set_epsilon(value)
        seen.append(K.epsilon() == value)
""", {"seen": [True, True, True]})


def _near(value):
    # "Fuzz factor used in numeric expressions": how often it is added is each backend's own; 1e-7, the default, is 11 away.
    return Check("within 1.5 of {:.3f}".format(value), lambda got: None if np.all(np.abs(np.asarray(got) - value) < 1.5)
                 else "wrong value: {} instead of about {:.3f}".format(np.asarray(got).tolist(), value))


AREA.script("set_epsilon", "used-by-binary_crossentropy", """
    t, o = K.variable(np.array([[1., 0.]])), K.variable(np.array([[0., 1.]]))
    K.set_epsilon(1e-2)
    got = K.eval(K.binary_crossentropy(t, o))
""", {"got": _near(-np.log(1e-2))})
AREA.script("set_epsilon", "used-by-categorical_crossentropy", """
    t, o = K.variable(np.array([[0., 1., 0.]])), K.variable(np.array([[1., 0., 0.]]))
    K.set_epsilon(1e-2)
    got = K.eval(K.categorical_crossentropy(t, o))
""", {"got": _near(-np.log(1e-2))})
AREA.script("set_epsilon", "leaves-floatx-alone", "K.set_epsilon(1e-4)\ngot = [K.floatx(), K.image_data_format()]",
            {"got": ["float32", "channels_last"]})

# -- image_data_format

AREA.row("image_data_format", "default", "K.image_data_format()", "channels_last")
for _format in ("channels_first", "channels_last"):
    AREA.script("set_image_data_format", _format, "K.set_image_data_format('{}')\ngot = K.image_data_format()".format(_format),
                {"got": _format})
AREA.script("set_image_data_format", "there-and-back", """
    seen = []
    for value in ('channels_first', 'channels_last', 'channels_first'):
        K.set_image_data_format(value)
        seen.append(K.image_data_format())
""", {"seen": ["channels_first", "channels_last", "channels_first"]})
for _name, _value in (("first", "'first'"), ("th", "'th'"), ("capitals", "'CHANNELS_FIRST'"), ("empty", "''"), ("none", "None")):
    AREA.refuses("set_image_data_format", _name, "K.set_image_data_format({})".format(_value), "ValueError", "data_format")
AREA.script("set_image_data_format", "refusal-changes-nothing", """
    K.set_image_data_format('channels_first')
    try:
        K.set_image_data_format('channels_middle')
        refused = False
    except ValueError:
        refused = True
    got = K.image_data_format()
""", {"refused": True, "got": "channels_first"})
AREA.script("set_image_data_format", "used-by-bias_add", """
    p, b = K.placeholder((None, 2, 5, 4)), K.variable(np.array([10., 20.]))
    K.set_image_data_format('channels_first')
    got = K.function([p], [K.bias_add(p, b)])([x])[0]
""", lambda x: {"got": x + np.array([10.0, 20.0]).reshape(1, 2, 1, 1)}, names=("got",), x=normal(3, 2, 5, 4))
AREA.script("set_image_data_format", "used-by-spatial_2d_padding", """
    p = K.placeholder((None, 2, 5, 4))
    K.set_image_data_format('channels_first')
    got = K.function([p], [K.spatial_2d_padding(p, ((1, 0), (0, 2)))])([x])[0]
""", lambda x: {"got": np.pad(x, ((0, 0), (0, 0), (1, 0), (0, 2)), "constant")}, names=("got",), x=normal(3, 2, 5, 4))
AREA.script("set_image_data_format", "used-by-pool2d", """
    p = K.placeholder((None, 2, 4, 6))
    K.set_image_data_format('channels_first')
    got = K.function([p], [K.pool2d(p, (2, 2), (2, 2))])([x])[0]
""", lambda x: {"got": x.reshape(3, 2, 2, 2, 3, 2).max(axis=(3, 5))}, names=("got",), x=normal(3, 2, 4, 6))
AREA.row("normalize_data_format", "none", "K.normalize_data_format(None)", "channels_last")
AREA.row("normalize_data_format", "channels_first", "K.normalize_data_format('channels_first')", "channels_first")
AREA.row("normalize_data_format", "channels_last", "K.normalize_data_format('channels_last')", "channels_last")
AREA.script("normalize_data_format", "none-after-set", """
    K.set_image_data_format('channels_first')
    got = K.normalize_data_format(None)
""", {"got": "channels_first"})
AREA.script("normalize_data_format", "given-beats-set", """
    K.set_image_data_format('channels_first')
    got = K.normalize_data_format('channels_last')
""", {"got": "channels_last"})
for _name, _value in (("word", "'channels_middle'"), ("th", "'th'"), ("empty", "''")):
    AREA.refuses("normalize_data_format", _name, "K.normalize_data_format({})".format(_value), "ValueError", "data_format")
AREA.row("normalize_data_format", "capitals", "K.normalize_data_format('Channels_First')", "channels_first",
         unspecified="\"value: String or None. `'channels_first'` or `'channels_last'`.\": other spellings are not mentioned.")
AREA.row("backend", "is-a-string", "type(K.backend()).__name__", "str")
AREA.row("backend", "has-no-spaces", "K.backend() == K.backend().strip().lower() != ''", True)

# -- learning phase. Setting it cannot be undone on every backend, so those scripts run in a process of their own.

_PHASE = "from keras import backend as K\n"
for _value in (0, 1):
    AREA.isolated("set_learning_phase", str(_value), _PHASE + """
K.set_learning_phase({0})
got = int(K.learning_phase())""".format(_value), {"got": _value})
    AREA.isolated("set_learning_phase", "{}-decides-in_train_phase".format(_value), _PHASE + """
K.set_learning_phase({})
a, b = K.variable(np.array([1., 2.])), K.variable(np.array([5., 7.]))
train, test = K.eval(K.in_train_phase(a, b) * 1.), K.eval(K.in_test_phase(a, b) * 1.)
""".format(_value), {"train": np.array([[5.0, 7.0], [1.0, 2.0]][_value]), "test": np.array([[1.0, 2.0], [5.0, 7.0]][_value])})
AREA.isolated("set_learning_phase", "again", _PHASE + """
seen = []
for value in (1, 0, 1):
    K.set_learning_phase(value)
    seen.append(int(K.learning_phase()))
""", {"seen": [1, 0, 1]})
for _name, _value in (("2", "2"), ("negative", "-1"), ("word", "'train'"), ("none", "None")):
    AREA.refuses("set_learning_phase", _name, "K.set_learning_phase({})".format(_value), "ValueError", "")
AREA.script("learning_phase", "fed", """
    a, b = K.variable(x), K.variable(x * 3.)
    f = K.function([K.learning_phase()], [K.in_train_phase(a, b) * 1., K.in_test_phase(a, b) * 1.])
    train, test = f([1]), f([0])
""", lambda x: {"train": [x, x * 3], "test": [x * 3, x]}, names=("train", "test"), x=normal(4, 3))
AREA.script("learning_phase", "fed-beside-an-input", """
    p = K.placeholder((None, 3))
    f = K.function([p, K.learning_phase()], [K.in_train_phase(p * 2., p * 5.)])
    got = [f([x, 0])[0], f([x, 1])[0], f([x + 1., 0])[0]]
""", lambda x: {"got": [x * 5, x * 2, x * 5 + 5]}, names=("got",), x=normal(4, 3))
AREA.script("learning_phase", "same-flag-every-time", "got = K.learning_phase() is K.learning_phase()", {"got": True})
AREA.script("learning_phase", "is-a-scalar", "got = K.ndim(K.learning_phase())", {"got": 0})
AREA.script("learning_phase", "dropout-by-it", """
    p = K.placeholder((None, 50))
    f = K.function([p, K.learning_phase()], [K.in_train_phase(lambda: K.dropout(p, 0.5, seed=7), p)])
    untouched = f([x, 0])[0]
    dropped = bool((f([x, 1])[0] == 0.).any())
""", lambda x: {"untouched": x, "dropped": True}, names=("untouched", "dropped"), x=uniform(40, 50, low=1, high=2))

# -- unique ids

AREA.script("get_uid", "documented-example", """
    K.reset_uids()
    got = [K.get_uid('dense'), K.get_uid('dense')]
""", {"got": [1, 2]})
AREA.script("get_uid", "prefixes-count-apart", """
    K.reset_uids()
    got = [K.get_uid(name) for name in ('a', 'b', 'a', 'a', 'b', 'c')]
""", {"got": [1, 1, 2, 3, 2, 1]})
AREA.script("get_uid", "without-prefix", """
    K.reset_uids()
    got = [K.get_uid(), K.get_uid(), K.get_uid(''), K.get_uid('a')]
""", {"got": [1, 2, 3, 1]})
AREA.script("get_uid", "keyword", """
    K.reset_uids()
    got = [K.get_uid('lstm'), K.get_uid(prefix='lstm')]
""", {"got": [1, 2]})
AREA.script("get_uid", "is-an-integer", "got = isinstance(K.get_uid('some'), int)", {"got": True})
AREA.script("get_uid", "is-unique", "got = len({K.get_uid('many') for n in range(50)})", {"got": 50})
AREA.script("reset_uids", "starts-again", """
    for n in range(3):
        K.get_uid('dense'), K.get_uid('lstm')
    K.reset_uids()
    got = [K.get_uid('dense'), K.get_uid('lstm'), K.get_uid('dense')]
""", {"got": [1, 1, 2]})
AREA.script("reset_uids", "twice", """
    K.get_uid('dense')
    K.reset_uids()
    K.reset_uids()
    got = K.get_uid('dense')
""", {"got": 1})
AREA.script("reset_uids", "leaves-variables-alone", """
    v = K.variable(x)
    K.reset_uids()
    got = K.get_value(v)
""", lambda x: {"got": x}, names=("got",), x=normal(4, 3))

# -- scopes and names

_SCOPE = "K lists `name_scope(name)` without a text of its own; how a scope enters a name is not said."
AREA.row("name_scope", "values-do-not-change", "with K.name_scope('block'):\n    result = K.square(x) + K.variable(np.ones(3))",
         lambda x: x ** 2 + 1, x=normal(4, 3))
AREA.script("name_scope", "nested", """
    with K.name_scope('outer'):
        a = K.variable(x)
        with K.name_scope('inner'):
            b = K.variable(x * 2.)
        c = a + b
    got = K.eval(c)
""", lambda x: {"got": x * 3}, names=("got",), x=normal(4, 3))
AREA.script("name_scope", "placeholder-inside", """
    with K.name_scope('block'):
        p = K.placeholder((None, 3))
        y = p * 2.
    got = K.function([p], [y])([x])[0]
""", lambda x: {"got": x * 2}, names=("got",), x=normal(4, 3))
AREA.script("name_scope", "same-name-twice", """
    made = []
    for n in (1., 2.):
        with K.name_scope('block'):
            made.append(K.variable(x * n, name='w'))
    got = K.batch_get_value(made)
""", lambda x: {"got": [x, x * 2]}, names=("got",), x=normal(4, 3))
AREA.row("name_scope", "in-the-name", """
with K.name_scope('block'):
    v = K.variable(x, name='w')
result = ['block' in v.name, 'w' in v.name]""", [True, True], x=plain(normal(3)), unspecified=_SCOPE)
AREA.row("name_scope", "left-behind", """
with K.name_scope('block'):
    v = K.variable(x)
result = 'block' in K.variable(x, name='w').name""", False, x=plain(normal(3)))
AREA.isolated("name_scope", "left-by-an-exception", """
    from keras import backend as K
    try:
        with K.name_scope('block'):
            raise KeyError
    except KeyError:
        pass
    got = 'block' in K.variable(np.ones(3), name='w').name
""", {"got": False}, unspecified=_SCOPE)

# -- the session

_EXPORTED = (("tensorflow", "theano", "cntk", "mxnet"), "keras.backend takes clear_session from backends of its own alone")
AREA.script("clear_session", "then-go-on", """
    v = K.variable(x)
    first = K.eval(v * 2.)
    K.clear_session()
    w, p = K.variable(x + 1.), K.placeholder((None, 3))
    second, third = K.eval(w * 2.), K.function([p], [p + K.sum(w)])([x])[0]
""", lambda x: {"first": x * 2, "second": x * 2 + 2, "third": x + (x + 1).sum()}, names=("first", "second", "third"),
            x=normal(4, 3), only=_EXPORTED)
AREA.script("clear_session", "twice", """
    K.clear_session()
    K.clear_session()
    got = K.eval(K.variable(x) * 2.)
""", lambda x: {"got": x * 2}, names=("got",), x=normal(4, 3), only=_EXPORTED)
AREA.script("clear_session", "keeps-the-settings", """
    K.set_floatx('float64')
    K.set_epsilon(1e-3)
    K.set_image_data_format('channels_first')
    K.clear_session()
    got = [K.floatx(), K.epsilon() == 1e-3, K.image_data_format()]
""", {"got": ["float64", True, "channels_first"]}, only=_EXPORTED)
AREA.script("clear_session", "updates-afterwards", """
    K.clear_session()
    v, w = K.variable(x), K.variable(x)
    f = K.function([], [w * 2.], updates=[K.update_add(v, w)])
    f([])
    f([])
    got = K.get_value(v)
""", lambda x: {"got": x * 3}, names=("got",), x=normal(4, 3), only=_EXPORTED)
AREA.script("clear_session", "learning-phase-afterwards", """
    K.clear_session()
    a, b = K.variable(x), K.variable(x * 3.)
    f = K.function([K.learning_phase()], [K.in_train_phase(a, b) * 1.])
    got = [f([1])[0], f([0])[0]]
""", lambda x: {"got": [x, x * 3]}, names=("got",), x=normal(4, 3), only=_EXPORTED)

_TENSORFLOW = (("tensorflow",), "a function of the TensorFlow backend alone")
AREA.script("get_session", "same-session", "got = K.get_session() is K.get_session()", {"got": True}, only=_TENSORFLOW)
AREA.script("get_session", "evaluates", "got = K.get_session().run(K.square(K.constant([1., 3.])))",
            {"got": np.array([1.0, 9.0])},
            only=_TENSORFLOW)
AREA.script("get_session", "initializes-variables", """
    v = K.variable(x)
    got = K.get_session().run(v * 2.)
""", lambda x: {"got": x * 2}, names=("got",), only=_TENSORFLOW, x=normal(4, 3))
AREA.script("get_session", "new-after-clear_session", """
    old = K.get_session()
    K.clear_session()
    got = K.get_session() is old
""", {"got": False}, only=_TENSORFLOW)
AREA.script("get_session", "default-session-first", """
    other = type(K.get_session())(graph=K.get_session().graph)
    with other.as_default():
        inside = K.get_session() is other
    outside = K.get_session() is other
""", {"inside": True, "outside": False}, only=_TENSORFLOW)
AREA.script("set_session", "is-used", """
    v = K.variable(x)
    K.eval(v)
    other = type(K.get_session())(graph=K.get_session().graph)
    K.set_session(other)
    same, got = K.get_session() is other, K.eval(K.variable(x + 1.))
""", lambda x: {"same": True, "got": x + 1}, names=("same", "got"), only=_TENSORFLOW, x=normal(4, 3))
AREA.script("set_session", "keeps-what-the-session-holds", """
    first = K.get_session()
    v = K.variable(x)
    second = type(first)(graph=first.graph)
    second.run(v.initializer)
    second.run(v.assign(x * 5.))
    K.set_session(second)
    got = K.get_value(v)
    K.set_session(first)
""", lambda x: {"got": x * 5}, names=("got",), only=_TENSORFLOW, x=normal(4, 3))
AREA.script("set_session", "values-belong-to-a-session", """
    first = K.get_session()
    v = K.variable(x)
    K.set_value(v, x * 2.)
    second = type(first)(graph=first.graph)
    K.set_session(second)
    second.run(v.initializer)
    in_second = K.get_value(v)
    K.set_session(first)
    in_first = K.get_value(v)
""", lambda x: {"in_second": x, "in_first": x * 2}, names=("in_second", "in_first"), only=_TENSORFLOW, x=normal(4, 3))
AREA.script("manual_variable_initialization", "true", """
    K.manual_variable_initialization(True)
    try:
        v = K.variable(x)
        session = K.get_session()
        try:
            session.run(v * 1.)
            ready = True
        except Exception as error:
            ready = 'ninitialized' not in str(error)
        session.run(v.initializer)
        got = session.run(v * 1.)
    finally:
        K.manual_variable_initialization(False)
""", lambda x: {"ready": False, "got": x}, names=("ready", "got"), only=_TENSORFLOW, x=normal(4, 3))
AREA.script("manual_variable_initialization", "false-again", """
    K.manual_variable_initialization(True)
    K.manual_variable_initialization(False)
    v = K.variable(x)
    got = K.get_session().run(v * 1.)
""", lambda x: {"got": x}, names=("got",), only=_TENSORFLOW, x=normal(4, 3))

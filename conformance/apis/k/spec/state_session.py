"""The graph that K builds, and the session of the TensorFlow backend."""
import numpy as np

from conformance.apis.k.language import k
from conformance.apis.k.spec._state import history
from conformance.case import normal

EXPORTED = (("tensorflow", "theano", "cntk", "mxnet"),
            "keras.backend takes clear_session from backends of its own alone")
TENSORFLOW = (("tensorflow",), "a function of the TensorFlow backend alone")

with k.function("clear_session", area="state") as f:
    f.promise("after it K builds and evaluates tensors as after its start", at="clear_session: summary")
    history(f, "then-go-on", """
        v = K.variable(x)
        first = K.eval(v * 2.)
        K.clear_session()
        w, p = K.variable(x + 1.), K.placeholder((None, 3))
        second, third = K.eval(w * 2.), K.function([p], [p + K.sum(w)])([x])[0]
    """, lambda x: {"first": x * 2, "second": x * 2 + 2, "third": x + (x + 1).sum()}, x=normal(4, 3),
            only=EXPORTED)
    history(f, "updates-afterwards", """
        K.clear_session()
        v, w = K.variable(x), K.variable(x)
        f = K.function([], [w * 2.], updates=[K.update_add(v, w)])
        f([])
        f([])
        got = K.get_value(v)
    """, lambda x: {"got": x * 3}, x=normal(4, 3), only=EXPORTED)
    history(f, "learning-phase-afterwards", """
        K.clear_session()
        a, b = K.variable(x), K.variable(x * 3.)
        f = K.function([K.learning_phase()], [K.in_train_phase(a, b) * 1.])
        got = [f([1])[0], f([0])[0]]
    """, lambda x: {"got": [x, x * 3]}, x=normal(4, 3), only=EXPORTED)
    f.promise("a graph in which there is nothing may be cleared", at="clear_session: summary")
    history(f, "twice", """
        K.clear_session()
        K.clear_session()
        got = K.eval(K.variable(x) * 2.)
    """, lambda x: {"got": x * 2}, x=normal(4, 3), only=EXPORTED)
    f.promise("the settings of K stay", at="clear_session: summary")
    f.script("keeps-the-settings", """
        K.set_floatx('float64')
        K.set_epsilon(1e-3)
        K.set_image_data_format('channels_first')
        K.clear_session()
        got = [K.floatx(), K.epsilon() == 1e-3, K.image_data_format()]
    """, want={"got": ["float64", True, "channels_first"]}, only=EXPORTED)


with k.function("get_session", area="state") as f:
    f.promise("it returns the same session as long as nothing sets another", at="get_session: summary")
    f.script("same-session", "got = K.get_session() is K.get_session()", want={"got": True}, only=TENSORFLOW)
    f.promise("a default session of TensorFlow comes before that of Keras", at="get_session: summary")
    f.script("default-session-first", """
        other = type(K.get_session())(graph=K.get_session().graph)
        with other.as_default():
            inside = K.get_session() is other
        outside = K.get_session() is other
    """, want={"inside": True, "outside": False}, only=TENSORFLOW)
    f.promise("after clear_session it makes a new session", at="get_session: summary")
    f.script("new-after-clear_session", """
        old = K.get_session()
        K.clear_session()
        got = K.get_session() is old
    """, want={"got": False}, only=TENSORFLOW)
    f.promise("the session evaluates the tensors of K", at="get_session: returns")
    f.script("evaluates", "got = K.get_session().run(K.square(K.constant([1., 3.])))",
             want={"got": np.array([1.0, 9.0])}, only=TENSORFLOW)
    f.promise("the variables that were made before have their values in it",
              at="manual_variable_initialization: summary")
    history(f, "initializes-variables", """
        v = K.variable(x)
        got = K.get_session().run(v * 2.)
    """, lambda x: {"got": x * 2}, x=normal(4, 3), only=TENSORFLOW)


with k.function("set_session", area="state") as f:
    f.promise("K uses the session from then on", at="set_session: summary")
    history(f, "is-used", """
        v = K.variable(x)
        K.eval(v)
        other = type(K.get_session())(graph=K.get_session().graph)
        K.set_session(other)
        same, got = K.get_session() is other, K.eval(K.variable(x + 1.))
    """, lambda x: {"same": True, "got": x + 1}, x=normal(4, 3), only=TENSORFLOW)
    f.promise("a variable has the value that the session in use keeps for it", at="set_session: session")
    history(f, "keeps-what-the-session-holds", """
        first = K.get_session()
        v = K.variable(x)
        second = type(first)(graph=first.graph)
        second.run(v.initializer)
        second.run(v.assign(x * 5.))
        K.set_session(second)
        got = K.get_value(v)
        K.set_session(first)
    """, lambda x: {"got": x * 5}, x=normal(4, 3), only=TENSORFLOW)
    history(f, "values-belong-to-a-session", """
        first = K.get_session()
        v = K.variable(x)
        K.set_value(v, x * 2.)
        second = type(first)(graph=first.graph)
        K.set_session(second)
        second.run(v.initializer)
        in_second = K.get_value(v)
        K.set_session(first)
        in_first = K.get_value(v)
    """, lambda x: {"in_second": x, "in_first": x * 2}, x=normal(4, 3), only=TENSORFLOW)


with k.function("manual_variable_initialization", area="state") as f:
    f.promise("with True K leaves it to the user to give variables their values in the session",
              at="manual_variable_initialization: summary")
    history(f, "true", """
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
    """, lambda x: {"ready": False, "got": x}, x=normal(4, 3), only=TENSORFLOW)
    f.promise("with False K gives variables their values itself",
              at="manual_variable_initialization: summary")
    history(f, "false-again", """
        K.manual_variable_initialization(True)
        K.manual_variable_initialization(False)
        v = K.variable(x)
        got = K.get_session().run(v * 1.)
    """, lambda x: {"got": x}, x=normal(4, 3), only=TENSORFLOW)

"""The learning phase: a flag that is fed, or a value that is set."""
import numpy as np

from conformance.apis.k.language import k
from conformance.apis.k.spec._state import history
from conformance.case import normal, uniform

with k.function("learning_phase", area="state") as f:
    f.promise("the flag is an input of functions: 1 chooses what is for training, and 0 what is for testing",
              at="learning_phase: summary")
    history(f, "fed", """
        a, b = K.variable(x), K.variable(x * 3.)
        f = K.function([K.learning_phase()], [K.in_train_phase(a, b) * 1., K.in_test_phase(a, b) * 1.])
        train, test = f([1]), f([0])
    """, lambda x: {"train": [x, x * 3], "test": [x * 3, x]}, x=normal(4, 3))
    history(f, "fed-beside-an-input", """
        p = K.placeholder((None, 3))
        f = K.function([p, K.learning_phase()], [K.in_train_phase(p * 2., p * 5.)])
        got = [f([x, 0])[0], f([x, 1])[0], f([x + 1., 0])[0]]
    """, lambda x: {"got": [x * 5, x * 2, x * 5 + 5]}, x=normal(4, 3))
    history(f, "dropout-by-it", """
        p = K.placeholder((None, 50))
        f = K.function([p, K.learning_phase()], [K.in_train_phase(lambda: K.dropout(p, 0.5, seed=7), p)])
        untouched = f([x, 0])[0]
        dropped = bool((f([x, 1])[0] == 0.).any())
    """, lambda x: {"untouched": x, "dropped": True}, x=uniform(40, 50, low=1, high=2))
    f.promise("every call returns the same flag", at="learning_phase: returns")
    f.script("same-flag-every-time", "got = K.learning_phase() is K.learning_phase()", want={"got": True})
    f.promise("the flag is a scalar", at="learning_phase: returns")
    f.script("is-a-scalar", "got = K.ndim(K.learning_phase())", want={"got": 0})


# Setting the phase cannot be undone on every backend: these scripts run in a process of their own.
with k.function("set_learning_phase", area="state") as f:
    f.promise("learning_phase returns the value that was set last", at="set_learning_phase: summary")
    for value in (0, 1):
        f.isolated(str(value), f"""
            from keras import backend as K

            K.set_learning_phase({value})
            got = int(K.learning_phase())
        """, want={"got": value})
    f.isolated("again", """
        from keras import backend as K

        seen = []
        for value in (1, 0, 1):
            K.set_learning_phase(value)
            seen.append(int(K.learning_phase()))
    """, want={"seen": [1, 0, 1]})
    f.promise("the value decides between training and testing when nothing is fed",
              at="set_learning_phase: summary")
    first, second = np.array([1.0, 2.0]), np.array([5.0, 7.0])
    for value, train, test in ((0, second, first), (1, first, second)):
        f.isolated(f"{value}-decides-in_train_phase", f"""
            from keras import backend as K

            K.set_learning_phase({value})
            a, b = K.variable(np.array([1., 2.])), K.variable(np.array([5., 7.]))
            train, test = K.eval(K.in_train_phase(a, b) * 1.), K.eval(K.in_test_phase(a, b) * 1.)
        """, want={"train": train, "test": test})
    f.promise("a value other than 0 and 1 is refused with a ValueError", at="set_learning_phase: raises")
    for variant, value in (("2", 2), ("negative", -1), ("word", "train"), ("none", None)):
        f.refuses(variant, f"K.set_learning_phase({value!r})", "ValueError")

"""Numbers and names that K keeps count of, data formats by name, and the decorators of graph functions."""
from conformance.apis.k.language import k
from conformance.apis.k.spec._state import history
from conformance.case import normal, plain

with k.function("get_uid", area="state") as f:
    f.promise("the calls with a prefix return 1, 2, 3 ...", at="get_uid: examples")
    f.script("documented-example", """
        K.reset_uids()
        got = [K.get_uid('dense'), K.get_uid('dense')]
    """, want={"got": [1, 2]})
    f.script("keyword", """
        K.reset_uids()
        got = [K.get_uid('lstm'), K.get_uid(prefix='lstm')]
    """, want={"got": [1, 2]})
    f.promise("each prefix has a count of its own", at="get_uid: prefix")
    f.script("prefixes-count-apart", """
        K.reset_uids()
        got = [K.get_uid(name) for name in ('a', 'b', 'a', 'a', 'b', 'c')]
    """, want={"got": [1, 1, 2, 3, 2, 1]})
    f.promise("a call without a prefix counts as a call with an empty prefix", at="get_uid: prefix")
    f.script("without-prefix", """
        K.reset_uids()
        got = [K.get_uid(), K.get_uid(), K.get_uid(''), K.get_uid('a')]
    """, want={"got": [1, 2, 3, 1]})
    f.promise("no number is returned twice for a prefix", at="get_uid: summary")
    f.script("is-unique", "got = len({K.get_uid('many') for n in range(50)})", want={"got": 50})
    f.promise("the number is a Python integer", at="get_uid: returns")
    f.script("is-an-integer", "got = isinstance(K.get_uid('some'), int)", want={"got": True})


with k.function("reset_uids", area="state") as f:
    f.promise("after it the numbers of every prefix begin with 1 again", at="reset_uids: summary")
    f.script("starts-again", """
        for n in range(3):
            K.get_uid('dense'), K.get_uid('lstm')
        K.reset_uids()
        got = [K.get_uid('dense'), K.get_uid('lstm'), K.get_uid('dense')]
    """, want={"got": [1, 1, 2]})
    f.script("twice", """
        K.get_uid('dense')
        K.reset_uids()
        K.reset_uids()
        got = K.get_uid('dense')
    """, want={"got": 1})
    f.promise("variables keep their values", at="reset_uids: summary")
    history(f, "leaves-variables-alone", """
        v = K.variable(x)
        K.reset_uids()
        got = K.get_value(v)
    """, lambda x: {"got": x}, x=normal(4, 3))


# K has the function of the engine, without a text of its own.
with k.function("name_scope", area="state") as f:
    f.promise("a scope changes no value", at="name_scope: summary")
    f.case("values-do-not-change",
           "with K.name_scope('block'):\n    result = K.square(x) + K.variable(np.ones(3))",
           x=normal(4, 3), oracle=lambda x: x ** 2 + 1)
    history(f, "placeholder-inside", """
        with K.name_scope('block'):
            p = K.placeholder((None, 3))
            y = p * 2.
        got = K.function([p], [y])([x])[0]
    """, lambda x: {"got": x * 2}, x=normal(4, 3))
    f.promise("a scope may stand in another scope, and a name may come again", at="name_scope: summary")
    history(f, "nested", """
        with K.name_scope('outer'):
            a = K.variable(x)
            with K.name_scope('inner'):
                b = K.variable(x * 2.)
            c = a + b
        got = K.eval(c)
    """, lambda x: {"got": x * 3}, x=normal(4, 3))
    history(f, "same-name-twice", """
        made = []
        for n in (1., 2.):
            with K.name_scope('block'):
                made.append(K.variable(x * n, name='w'))
        got = K.batch_get_value(made)
    """, lambda x: {"got": [x, x * 2]}, x=normal(4, 3))
    f.promise("a scope has no part in the names of tensors that are made after it", at="name_scope: summary")
    f.case("left-behind", """
with K.name_scope('block'):
    v = K.variable(x)
result = 'block' in K.variable(x, name='w').name""", x=plain(normal(3)), want=False)
    f.silent("how a scope enters the name of a tensor", at="name_scope: summary")
    f.case("in-the-name", """
with K.name_scope('block'):
    v = K.variable(x, name='w')
result = ['block' in v.name, 'w' in v.name]""", x=plain(normal(3)), want=[True, True])
    f.silent("whether an exception ends a scope", at="name_scope: summary")
    f.isolated("left-by-an-exception", """
        from keras import backend as K
        try:
            with K.name_scope('block'):
                raise KeyError
        except KeyError:
            pass
        got = 'block' in K.variable(np.ones(3), name='w').name
    """, want={"got": False})


with k.function("normalize_data_format", area="state") as f:
    f.promise("None stands for the data format that is set", at="normalize_data_format: examples")
    f.case("none", "K.normalize_data_format(None)", want="channels_last")
    f.script("none-after-set", """
        K.set_image_data_format('channels_first')
        got = K.normalize_data_format(None)
    """, want={"got": "channels_first"})
    f.promise("the name of a data format is returned as it is, whichever is set",
              at="normalize_data_format: returns")
    for name in ("channels_first", "channels_last"):
        f.case(name, f"K.normalize_data_format({name!r})", want=name)
    f.script("given-beats-set", """
        K.set_image_data_format('channels_first')
        got = K.normalize_data_format('channels_last')
    """, want={"got": "channels_last"})
    f.promise("another value is refused with a ValueError", at="normalize_data_format: raises")
    for variant, value in (("word", "channels_middle"), ("th", "th"), ("empty", "")):
        f.refuses(variant, f"K.normalize_data_format({value!r})", "ValueError", "data_format")
    f.silent("whether a name may be in capitals", at="normalize_data_format: value")
    f.case("capitals", "K.normalize_data_format('Channels_First')", want="channels_first")


def decorates(f):
    """The promise of a decorator: it leaves what a function takes and returns."""
    f.promise("a decorated function takes all that it took, is called as often, and returns the same",
              at=f.name + ": returns")
    f.script("decorated-function", f"""
        calls = []

        @K.{f.name}
        def decorated(a, b=2, *rest, **more):
            calls.append((a, b, rest, sorted(more)))
            return a + b

        got = [decorated(3), decorated(3, 4, 5), decorated(a=1, c=6), len(calls)]
        last = calls[-1]
    """, want={"got": [5, 7, 3, 3], "last": [1, 2, [], ["c"]]})


with k.function("symbolic", area="state") as f:
    decorates(f)
    f.promise("a decorated function may make tensors, which K evaluates", at="symbolic: summary")
    history(f, "of-a-tensor", """
        @K.symbolic
        def doubled(t):
            return t * 2.
        got = K.eval(doubled(K.variable(x)))
    """, lambda x: {"got": x * 2}, x=normal(3, 4))


with k.function("eager", area="state") as f:
    decorates(f)

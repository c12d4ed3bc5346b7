"""The settings of Keras, and the names of dtypes and what they promote to."""

from conformance.apis.ops.language import ops


def setting(name, default, others, refused):
    """The cases of a setting and of the function that sets it: its default, other values, what it refuses."""
    with ops.function("config." + name, area="config", call="keras.config." + name) as f:
        f.promise("its default", at="config.{}: example".format(name))
        f.case("default", want=default, profile="core")
        f.promise("keras.backend has the same function", at="backend.{}: definition".format(name))
        f.case("backend", "keras.backend.{}()".format(name), want=default)
    with ops.function("config.set_" + name, area="config") as f:
        f.promise("what is set is what {} returns".format(name), at="config.set_{}: examples".format(name))
        for value in others:
            f.script(
                "to-{}".format(value),
                """
                keras.config.set_{0}({1!r})
                got = keras.config.{0}()
                keras.config.set_{0}({2!r})
                after = keras.config.{0}()
            """.format(name, value, default),
                want={"got": value, "after": default},
                profile="core",
            )
        f.script(
            "backend-too",
            """
            keras.backend.set_{0}({1!r})
            got = [keras.config.{0}(), keras.backend.{0}()]
            keras.config.set_{0}({2!r})
        """.format(name, others[0], default),
            want={"got": [others[0]] * 2},
        )
        if refused:
            f.promise("any other value is refused", at="config.set_{}: {}".format(name, refused))
            f.refuses("unknown", "keras.config.set_{}('other')".format(name), "ValueError")


setting("floatx", "float32", ("float64", "float16", "bfloat16"), "raises")
setting("epsilon", 1e-7, (1e-5, 0.25), None)
setting("image_data_format", "channels_last", ("channels_first",), "data_format")

with ops.function("config.backend", area="config", call="keras.config.backend") as f:
    f.promise("the name of the backend, a string", at="config.backend: returns")
    f.case("string", "type(keras.config.backend()).__name__", want="str", profile="core")
    f.case("not-empty", "len(keras.config.backend()) > 0", want=True)
    f.promise("keras.backend has the same function", at="backend.backend: definition")
    f.case("backend", "keras.backend.backend() == keras.config.backend()", want=True)

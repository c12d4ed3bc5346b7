"""Promises that several functions of the area shape share."""


def int_shape(f, call, shape, variant="int-shape", promised=True, **placeholders):
    """K.int_shape of `call`, whose placeholders have the given shapes (or arguments, as text)."""
    if promised:
        f.promise("int_shape tells the length of each axis that is known before anything is fed",
                  at="int_shape: returns")
    made = [f"{name} = K.placeholder({given})\n" for name, given in placeholders.items()]
    f.case(variant, f"{''.join(made)}result = K.int_shape({call})", want=shape)

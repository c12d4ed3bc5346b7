"""What the specs of convolutions and of pooling share: kernels, data formats, and what "same" leaves open."""
from conformance.apis.k.language import KNOWN, weight
from conformance.case import FLOATX, Input, normal
from conformance.oracle.convolution import any_split, reach

FORMATS = ("channels_last", "channels_first")


def mirrored(*shape, dtype=FLOATX):
    """Normal deviates that are the same read backwards over the window: a kernel that shows no flip.

    Theano flips kernels where the other engines do not, which a case of its own says; with such kernels the
    other cases hold all engines to everything else.
    """
    def make(random):
        draw = random.standard_normal(shape)
        return draw + draw[tuple(slice(None, None, -1) for _ in shape[2:])]
    return Input(make, len(shape), dtype)


def kernel(*shape, dtype=FLOATX):
    """A mirrored kernel of the shape (window..., channels, channels), as a weight."""
    return weight(mirrored(*shape, dtype=dtype))


def weights(*shape, dtype=FLOATX):
    """Normal deviates as a weight, all different."""
    return weight(normal(*shape, dtype=dtype))


def laid_out(shape, data_format):
    """The shape (batch, space..., channels) in a data format."""
    return (shape[0], shape[-1]) + tuple(shape[1:-1]) if data_format == "channels_first" else tuple(shape)


def image(*shape, data_format, unknown=(0,), dtype=FLOATX):
    """Normal deviates in a data format; `shape` and the `unknown` axes are those with the channels last."""
    axes = [axis + 1 if axis and data_format == "channels_first" else axis for axis in unknown]
    return normal(*laid_out(shape, data_format), dtype=dtype).unknown(*axes)


def ending(data_format):
    """The end of a variant's name that tells its data format: -last or -first."""
    return data_format[len("channels"):].replace("_", "-")


def both_formats(f, variant, *shape, unknown=(0,), output_shape=None, **rest):
    """The cases VARIANT-last and VARIANT-first; all shapes are given with the channels last."""
    for data_format in FORMATS:
        arguments = {} if output_shape is None else {"output_shape": laid_out(output_shape, data_format)}
        arguments.update(data_format=data_format, **rest)
        f.case(variant + ending(data_format), x=image(*shape, data_format=data_format, unknown=unknown),
               **arguments)


def wherever_zeros_go(oracle):
    """The oracle that accepts what `oracle` gives for any place that padding "same" leaves to the zeros."""
    def accepted(x, *kernels, **arguments):
        size = arguments.get("pool_size") or kernels[0].shape[:-2]
        dilation = _each(arguments.get("dilation_rate", 1), len(size))
        strides = _each(arguments.get("strides", 1), len(size))
        shape = arguments.get("output_shape") or x.shape
        lengths = shape[2:] if arguments.get("data_format") == "channels_first" else shape[1:-1]
        window = [reach(*axis) for axis in zip(size, dilation)]
        return any_split(lambda left: oracle(x, *kernels, left=left, **arguments), lengths, window, strides)
    return accepted


def _each(value, rank):
    return (value,) * rank if isinstance(value, int) else tuple(value)


def refuses_other_formats(f, call, **inputs):
    """Every function with a data format refuses a format of another name; `call` is what stands before it."""
    f.promise("a data format other than channels_last and channels_first is refused with a ValueError",
              at=f.name + ": raises")
    for value in ("channels_middle", "NHWC"):
        f.refuses("data-format-" + value.replace("_", "-"), f"K.{f.name}({call}, data_format={value!r})",
                  "ValueError", "data_format", ways=KNOWN, **inputs)


def silent_about_padding(f, call, **inputs):
    """What happens to a padding that has no meaning; `call` is what stands before it."""
    f.silent("what a padding other than those listed does", at=f.name + ": padding")
    f.refuses("padding-unknown", f"K.{f.name}({call}, padding='wide')", "ValueError", "", ways=KNOWN,
              **inputs)


def follows_set_format(f, call, oracle, x, w, call_last=None):
    """A history of calls without a data format; `oracle` is a function of x, w and the data format.

    `call` is what stands after the tensor, and `call_last` the same for the channels last where it differs.
    """
    def want(x, w):
        last, first = (oracle(x, w, data_format) for data_format in FORMATS)
        return {"first": first, "told": first, "last": last}

    f.promise("without a data format, a call follows the default that is set when it is made",
              at="image_data_format: summary")
    f.script("image-data-format", f"""
        K.set_image_data_format('channels_first')
        t = K.placeholder(shape=x.shape)
        first = K.function([t], [K.{f.name}(t, {call})])([x])[0]
        told = K.function([t], [K.{f.name}(t, {call}, data_format=None)])([x])[0]
        K.set_image_data_format('channels_last')
        u = K.placeholder(shape=x.shape)
        last = K.function([u], [K.{f.name}(u, {call_last or call})])([x])[0]
        """, oracle=want, names=("first", "told", "last"), x=x, w=w)

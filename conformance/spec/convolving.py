"""How rows of convolutions and pooling are built from a call: the same arguments go to K and to the oracle."""
from conformance.oracle.convolution import any_split, reach
from conformance.spec.model import FLOATX, Input, plain


def mirrored(*shape, **options):
    """Normal deviates that are the same read backwards over the window: a kernel of which no flip can be told.

    Theano flips kernels where the other engines do not, which a row of its own says; with such kernels the other rows
    hold all engines to everything else. Option: `dtype`.
    """
    axes = tuple(range(len(shape) - 2))

    def make(random):
        draw = random.standard_normal(shape)
        return draw + draw[tuple(slice(None, None, -1) for _ in axes)]
    return Input(make, len(shape), options.get("dtype", FLOATX))


def call(function, weights, arguments):
    """`K.function(x, weights..., arguments...)` as source text; weights are made variables, as layers do."""
    made = {FLOATX: "K.variable({})"}
    typed = "K.variable({}, dtype={!r})"
    given = ["x"] + [made.get(item.dtype, typed).format(name, item.dtype) for name, item in weights.items()]
    return "K.{}({})".format(function, ", ".join(given + ["{}={!r}".format(*item) for item in arguments.items()]))


def convolve(area, function, oracle, variant, x, weights, arguments, **options):
    """A row that holds `K.function(x, weights, **arguments)` against `oracle` of the same.

    `weights` are inputs by name in the order of the call. Option `loose`: the padding can be split in more than one way.
    """
    loose = options.pop("loose", False)

    def want(**arrays):
        parts = [arrays["x"]] + [arrays[name] for name in weights]
        if not loose:
            return oracle(*parts, **arguments)
        window = weights_window(arrays, weights, arguments)
        lengths = _lengths(parts[0], arguments)
        return any_split(lambda left: oracle(*parts, left=left, **arguments), lengths, window,
                         each(arguments.get("strides", 1), len(window)))
    options.update({name: plain(item) for name, item in weights.items()})
    area.row(function, variant, call(function, weights, arguments), want, x=x, **options)


def weights_window(arrays, weights, arguments):
    """The span of the window on every axis: of the pool, or of the first kernel with its dilation."""
    size = arguments.get("pool_size")
    if size is None:
        size = arrays[next(iter(weights))].shape[:-2]
    return [reach(*item) for item in zip(size, each(arguments.get("dilation_rate", 1), len(size)))]


def each(value, rank):
    """One number for every axis."""
    return (value,) * rank if isinstance(value, int) else tuple(value)


def channels_first(item_shape):
    """The shape (batch, space..., channels) in the other data format."""
    return (item_shape[0], item_shape[-1]) + tuple(item_shape[1:-1])


def unknown_space(axes, arguments):
    """Axes 1, 2 ... are those of space in channels_last; the same ones in the data format of the call."""
    if arguments.get("data_format") != "channels_first":
        return axes
    return tuple(axis + 1 if axis else axis for axis in axes)


def _lengths(x, arguments):
    shape = arguments.get("output_shape") or x.shape
    return shape[2:] if arguments.get("data_format") == "channels_first" else shape[1:-1]

"""Shapes: padding with zeros and resizing, in both data formats."""
import numpy as np

from conformance.apis.k.language import KNOWN, VARIABLE, k
from conformance.apis.k.spec._shape import int_shape
from conformance.case import Check, distinct, given, normal

FORMATS = ("channels_last", "channels_first")


def suffix(data_format):
    """The end of a variant's name that tells its data format."""
    return data_format.replace("_", "-")


def spatial(axis, data_format):
    """The axis of the spatial dimension 0, 1, 2 ..."""
    return axis + (1 if data_format == "channels_last" else 2)


def padded(x, padding=None, data_format="channels_last"):
    """`x` with zeros around it: a larger array of zeros that `x` is written into."""
    shape, inside = list(x.shape), [slice(None)] * x.ndim
    for n, (before, after) in enumerate(padding or ((1, 1),) * (x.ndim - 2)):
        axis = spatial(n, data_format)
        inside[axis] = slice(before, before + shape[axis])
        shape[axis] += before + after
    made = np.zeros(shape, x.dtype)
    made[tuple(inside)] = x
    return made


def padded_steps(x, padding=(1, 1)):
    """`x` with zeros before and after its middle axis."""
    return padded(x, (padding,))


def enlarged(factors, data_format="channels_last"):
    """The oracle in whose result element i is element i // factor of `x`."""
    def oracle(x):
        for n, factor in enumerate(factors):
            axis = spatial(n, data_format)
            x = np.take(x, np.arange(x.shape[axis] * factor) // factor, axis=axis)
        return x
    return oracle


with k.function("temporal_padding", area="shape") as f:
    def steps(variant, padding, unknown=(0,)):
        f.case(variant, a=distinct(2, 3, 4).unknown(*unknown), padding=padding, oracle=padded_steps)

    f.promise("padding holds how many zeros stand before and after the middle axis",
              at="temporal_padding: padding")
    steps("asymmetric", (2, 1))
    steps("start-only", (3, 0))
    steps("end-only", (0, 2))
    steps("nothing", (0, 0))
    steps("several-unknown", (1, 2), unknown=(0, 1))
    f.promise("without a padding, one zero stands before and one after", at="temporal_padding: padding")
    f.case("default", a=normal(2, 3, 4), oracle=padded_steps)
    f.promise("x may be of another dtype than floatx", at="temporal_padding: x")
    f.case("float64", "K.temporal_padding(a, (0, 1))", a=normal(2, 3, 2, dtype="float64"),
           oracle=lambda a: padded_steps(a, (0, 1)))
    f.case("int32", "K.temporal_padding(a, (1, 0))", a=distinct(2, 3, 2, dtype="int32"),
           oracle=lambda a: padded_steps(a, (1, 0)))
    f.promise("the result is a tensor of three axes for other functions", at="temporal_padding: returns")
    f.case("then-summed", "K.sum(K.temporal_padding(a, (1, 2)) * b, axis=2)", a=normal(2, 3, 4),
           b=normal(2, 6, 4), oracle=lambda a, b: np.sum(padded_steps(a, (1, 2)) * b, axis=2))
    int_shape(f, "K.temporal_padding(steps, (1, 2))", (None, 12, 3), steps=(None, 9, 3))


def pads_space(f, shape, asymmetric, partial):
    """The promises that the paddings of images and volumes share; `partial` are those of an axis alone."""
    f.promise("padding holds for each spatial axis how many zeros stand before and after it",
              at=f.name + ": padding")
    for data_format in FORMATS:
        for variant, padding in [("asymmetric", asymmetric)] + partial:
            f.case(f"{variant}-{suffix(data_format)}", a=distinct(*shape), padding=padding,
                   data_format=data_format, oracle=padded)
    for data_format in FORMATS:
        rows, columns = spatial(0, data_format), spatial(1, data_format)
        f.case("several-unknown-" + suffix(data_format), f"K.{f.name}(a, {asymmetric!r}, {data_format!r})",
               a=distinct(*shape).unknown(0, rows, columns), oracle=padding_oracle(asymmetric, data_format))
    f.promise("without a padding, a zero stands before and after each spatial axis", at=f.name + ": padding")
    for data_format in FORMATS:
        f.case("default-padding-" + suffix(data_format), a=normal(*shape), data_format=data_format,
               oracle=padded)
    f.promise("without a data_format, that of image_data_format() at the time of the call holds",
              at=f.name + ": data_format")
    f.case("default-data-format", f"K.{f.name}(a, {asymmetric!r})", a=normal(*shape),
           oracle=padding_oracle(asymmetric))
    for data_format in FORMATS:
        pad = padding_oracle(asymmetric, data_format)
        f.script("image-data-format-" + suffix(data_format), f"""
            K.set_image_data_format({data_format!r})
            y = K.eval(K.{f.name}(K.variable(x), {asymmetric!r}))
            """, x=distinct(*shape), names=("y",), oracle=named("y", pad))
    f.promise("another data_format is refused with a ValueError", at=f.name + ": raises")
    f.refuses("refuses-data-format", f"K.{f.name}(a, data_format='channels_middle')", "ValueError",
              "data_format", ways=(VARIABLE, KNOWN), a=normal(*shape))
    f.promise("x may be of another float type than floatx", at=f.name + ": x")
    f.case("float64", a=normal(*shape, dtype="float64"), oracle=padded)


def padding_oracle(padding, data_format="channels_last"):
    """The oracle that pads its input so."""
    return lambda a: padded(a, padding, data_format)


def named(name, oracle):
    """The oracle of a script that binds the value of `oracle` to `name`."""
    return lambda x: {name: oracle(x)}


with k.function("spatial_2d_padding", area="shape") as f:
    pads_space(f, (2, 3, 4, 5), ((1, 2), (3, 0)),
               [("first-only", ((0, 2), (0, 0))), ("second-only", ((0, 0), (2, 1)))])
    int_shape(f, "K.spatial_2d_padding(image, ((1, 2), (3, 4)), 'channels_last')", (None, 9, 14, 3),
              "int-shape-channels-last", image=(None, 6, 7, 3))
    int_shape(f, "K.spatial_2d_padding(first, ((1, 2), (3, 4)), 'channels_first')", (None, 3, 9, 14),
              "int-shape-channels-first", promised=False, first=(None, 3, 6, 7))


with k.function("spatial_3d_padding", area="shape") as f:
    pads_space(f, (2, 3, 1, 4, 2), ((1, 0), (0, 2), (3, 1)),
               [("first-only", ((2, 1), (0, 0), (0, 0))), ("last-only", ((0, 0), (0, 0), (1, 2)))])
    int_shape(f, "K.spatial_3d_padding(volume, ((1, 2), (3, 4), (0, 1)), 'channels_last')",
              (None, 9, 14, 6, 3), "int-shape-channels-last", volume=(None, 6, 7, 5, 3))
    int_shape(f, "K.spatial_3d_padding(volume_first, ((1, 2), (3, 4), (0, 1)), 'channels_first')",
              (None, 3, 9, 14, 6), "int-shape-channels-first", promised=False,
              volume_first=(None, 3, 6, 7, 5))


def enlarges(f, shape, every, partial):
    """The promises that the enlargements of images and volumes share: of `every` axis, and of some alone."""
    factors = every[1]
    call = ", ".join(map(str, factors))
    f.promise("along each spatial axis every element stands as many times in a row as the factor says",
              at=f.name + ": height_factor")
    for data_format in FORMATS:
        for variant, some in [every] + partial:
            f.case(f"{variant}-{suffix(data_format)}",
                   f"K.{f.name}(a, {', '.join(map(str, some))}, {data_format!r})", a=distinct(*shape),
                   oracle=enlarged(some, data_format))
    f.promise("the lengths of the spatial axes need not be known before x is fed", at=f.name + ": x")
    for data_format in FORMATS:
        rows, columns = spatial(0, data_format), spatial(1, data_format)
        f.case("several-unknown-" + suffix(data_format),
               f"K.{f.name}(a, {call}, data_format={data_format!r})",
               a=distinct(*shape).unknown(0, rows, columns), oracle=enlarged(factors, data_format))
    f.promise("another data_format is refused with a ValueError", at=f.name + ": raises")
    f.refuses("refuses-data-format", f"K.{f.name}(a, {call}, 'channels_middle')", "ValueError", "data_format",
              ways=(VARIABLE, KNOWN), a=normal(*shape))


with k.function("resize_volumes", area="shape") as f:
    enlarges(f, (2, 3, 4, 1, 2), ("all", (2, 3, 4)),
             [("first-only", (3, 1, 1)), ("second-only", (1, 2, 1)), ("last-only", (1, 1, 3))])
    f.promise("depth, height and width have a factor of their own", at="resize_volumes: depth_factor")
    f.case("keywords", "K.resize_volumes(a, width_factor=3, height_factor=1, depth_factor=2, "
           "data_format='channels_last')", a=distinct(2, 2, 3, 4, 2), oracle=enlarged((2, 1, 3)))
    int_shape(f, "K.resize_volumes(volume, 2, 3, 2, 'channels_last')", (None, 12, 21, 10, 3),
              "int-shape-channels-last", volume=(None, 6, 7, 5, 3))
    int_shape(f, "K.resize_volumes(volume_first, 2, 3, 2, 'channels_first')", (None, 3, 12, 21, 10),
              "int-shape-channels-first", promised=False, volume_first=(None, 3, 6, 7, 5))


def by_channel(height, width, data_format):
    """Two images, each of whose three channels is constant."""
    values = np.array([[2.5, -1.0, 4.0], [0.5, 7.0, -3.0]])
    if data_format == "channels_first":
        return values[:, :, None, None] * np.ones((1, 1, height, width))
    return values[:, None, None, :] * np.ones((1, height, width, 1))


def of_shape(shape):
    """A Check of the shape alone."""
    def problem(got):
        if np.shape(got) == shape:
            return None
        return f"wrong shape: {np.shape(got)} instead of {shape}"
    return Check(f"an array of shape {shape}", problem)


def is_ramp(shape, axis, ends, steps):
    """A Check that an array rises along `axis`, with values in between, and is constant along the others."""
    def problems(got):
        got = np.asarray(got)
        if got.shape != shape:
            return f"wrong shape: {got.shape} instead of {shape}"
        lines = np.moveaxis(got.astype("float64"), axis, -1).reshape(-1, shape[axis])
        if np.abs(lines - lines[0]).max() > 1e-5:
            return "wrong value: it varies along an axis where the input is constant"
        line = lines[0]
        if (np.diff(line) < -1e-5).any() or line[0] < ends[0] - 1e-5 or line[-1] > ends[1] + 1e-5:
            return f"wrong value: not rising between {ends[0]} and {ends[1]}"
        if len(np.unique(np.round(line, 3))) <= steps:
            return "wrong value: only values of the input, nothing between them"
        return None
    return Check(f"rising from {ends[0]} to {ends[1]} along axis {axis}, constant along the others",
                 problems)


def ramp(f, variant, axis, data_format):
    """A case of `f`: images that rise along a spatial axis, enlarged twice along both."""
    at = spatial(axis, data_format)
    shape, line = [2, 3, 3, 3], [1] * 4
    shape[at] = line[at] = 4
    both = (spatial(0, data_format), spatial(1, data_format))
    twice = tuple(n * 2 if i in both else n for i, n in enumerate(shape))
    f.case(variant, f"K.resize_images(a, 2, 2, {data_format!r}, interpolation='bilinear')",
           a=given(np.array([0.0, 1.0, 4.0, 6.0]).reshape(line) * np.ones(shape)),
           want=is_ramp(twice, at, (0.0, 6.0), 4))


def half_pixel(x, factor):
    """Bilinear interpolation along the last axis with pixel centres at i + 1/2, the edges repeated."""
    n = x.shape[-1]
    at = np.clip((np.arange(n * factor) + 0.5) / factor - 0.5, 0, n - 1)
    low = np.floor(at).astype(int)
    high = np.minimum(low + 1, n - 1)
    return x[..., low] * (1 - (at - low)) + x[..., high] * (at - low)


with k.function("resize_images", area="shape") as f:
    enlarges(f, (2, 3, 4, 5), ("both", (2, 3)), [("first-only", (3, 1)), ("second-only", (1, 2))])
    f.promise("interpolation may be nearest, which repeats the elements", at="resize_images: interpolation")
    f.case("keywords", "K.resize_images(a, width_factor=3, height_factor=2, data_format='channels_last', "
           "interpolation='nearest')", a=distinct(2, 2, 3, 4), oracle=enlarged((2, 3)))
    # Where bilinear interpolation samples is not documented. What holds for every convention: an enlargement
    # along an axis of constant values keeps them, a ramp stays between its ends and never turns back, and it
    # takes other values than the nearest do.
    f.promise("bilinear interpolation keeps what is constant", at="resize_images: interpolation")
    for data_format in FORMATS:
        f.case("bilinear-constant-" + suffix(data_format),
               f"K.resize_images(a, 2, 2, {data_format!r}, interpolation='bilinear')",
               a=given(by_channel(4, 5, data_format)), want=by_channel(8, 10, data_format))
    f.promise("bilinear interpolation puts values between those of the image",
              at="resize_images: interpolation")
    for data_format in FORMATS:
        ramp(f, "bilinear-ramp-height-" + suffix(data_format), 0, data_format)
        ramp(f, "bilinear-ramp-width-" + suffix(data_format), 1, data_format)
    f.promise("bilinear interpolation with the factors 1 gives x again", at="resize_images: interpolation")
    for data_format in FORMATS:
        f.case("bilinear-identity-" + suffix(data_format),
               f"K.resize_images(a, 1, 1, {data_format!r}, interpolation='bilinear')", a=distinct(2, 3, 4, 2),
               oracle=lambda a: a)
    f.promise("the spatial axes are as many times longer as the factors say",
              at="resize_images: height_factor")
    for data_format, shape in (("channels_last", (2, 12, 10, 3)), ("channels_first", (2, 3, 12, 10))):
        f.case("bilinear-shape-" + suffix(data_format),
               f"K.resize_images(a, 3, 2, {data_format!r}, interpolation='bilinear')",
               a=given(by_channel(4, 5, data_format)), want=of_shape(shape))
    int_shape(f, "K.resize_images(image, 2, 3, 'channels_last')", (None, 12, 21, 3),
              "int-shape-channels-last", image=(None, 6, 7, 3))
    int_shape(f, "K.resize_images(first, 2, 3, 'channels_first')", (None, 3, 12, 21),
              "int-shape-channels-first", promised=False, first=(None, 3, 6, 7))
    f.silent("what another interpolation than nearest and bilinear gives", at="resize_images: interpolation")
    f.refuses("refuses-interpolation", "K.resize_images(a, 2, 2, 'channels_last', interpolation='cubic')",
              "ValueError", "interpolation", a=normal(2, 3, 4, 2))
    f.silent("where bilinear interpolation samples", at="resize_images: interpolation")
    f.case("bilinear-half-pixel-centres",
           "K.resize_images(a, 1, 2, 'channels_first', interpolation='bilinear')",
           a=distinct(2, 3, 4, 5), oracle=lambda a: half_pixel(a, 2))

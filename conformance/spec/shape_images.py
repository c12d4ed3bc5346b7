"""Shapes: padding with zeros and resizing, in both data formats."""
import numpy as np

from conformance.spec.model import Area, Check, distinct, given, normal

AREA = Area("shape")
FORMATS = ("channels_last", "channels_first")


def _spatial(axis, data_format):
    """The axis of the spatial dimension 0, 1, 2 ..."""
    return axis + (1 if data_format == "channels_last" else 2)


def _padded(x, padding, data_format):
    """`x` with zeros around it: a larger array of zeros that `x` is written into."""
    shape, inside = list(x.shape), [slice(None)] * x.ndim
    for n, (before, after) in enumerate(padding):
        axis = _spatial(n, data_format)
        inside[axis] = slice(before, before + shape[axis])
        shape[axis] += before + after
    made = np.zeros(shape, x.dtype)
    made[tuple(inside)] = x
    return made


def _enlarged(x, factors, data_format):
    """Element i of the result is element i // factor of `x`."""
    for n, factor in enumerate(factors):
        axis = _spatial(n, data_format)
        x = np.take(x, np.arange(x.shape[axis] * factor) // factor, axis=axis)
    return x


# temporal_padding
for _variant, _padding, _unknown in (("asymmetric", (2, 1), (0,)), ("start-only", (3, 0), (0,)), ("end-only", (0, 2), (0,)),
                                     ("nothing", (0, 0), (0,)), ("several-unknown", (1, 2), (0, 1))):
    AREA.row("temporal_padding", _variant, "K.temporal_padding(a, padding={!r})".format(_padding),
             lambda a, _padding=_padding: _padded(a, [_padding], "channels_last"), a=distinct(2, 3, 4).unknown(*_unknown))
AREA.row("temporal_padding", "default", "K.temporal_padding(a)", lambda a: _padded(a, [(1, 1)], "channels_last"),
         a=normal(2, 3, 4))
AREA.row("temporal_padding", "float64", "K.temporal_padding(a, (0, 1))", lambda a: _padded(a, [(0, 1)], "channels_last"),
         a=normal(2, 3, 2, dtype="float64"))
AREA.row("temporal_padding", "int32", "K.temporal_padding(a, (1, 0))", lambda a: _padded(a, [(1, 0)], "channels_last"),
         a=distinct(2, 3, 2, dtype="int32"))
AREA.row("temporal_padding", "then-summed", "K.sum(K.temporal_padding(a, (1, 2)) * b, axis=2)",
         lambda a, b: np.sum(_padded(a, [(1, 2)], "channels_last") * b, axis=2), a=normal(2, 3, 4), b=normal(2, 6, 4))

# spatial_2d_padding and spatial_3d_padding
for _name, _shape, _patterns in [
        ("spatial_2d_padding", (2, 3, 4, 5),
         [("asymmetric", ((1, 2), (3, 0))), ("first-only", ((0, 2), (0, 0))), ("second-only", ((0, 0), (2, 1)))]),
        ("spatial_3d_padding", (2, 3, 1, 4, 2),
         [("asymmetric", ((1, 0), (0, 2), (3, 1))), ("first-only", ((2, 1), (0, 0), (0, 0))),
          ("last-only", ((0, 0), (0, 0), (1, 2)))])]:
    for _format in FORMATS:
        for _variant, _padding in _patterns:
            AREA.row(_name, _variant + "-" + _format.replace("_", "-"),
                     "K.{}(a, padding={!r}, data_format={!r})".format(_name, _padding, _format),
                     lambda a, _padding=_padding, _format=_format: _padded(a, _padding, _format), a=distinct(*_shape))
        _ones = ((1, 1),) * (len(_shape) - 2)
        AREA.row(_name, "default-padding-" + _format.replace("_", "-"), "K.{}(a, data_format={!r})".format(_name, _format),
                 lambda a, _ones=_ones, _format=_format: _padded(a, _ones, _format), a=normal(*_shape))
        AREA.row(_name, "several-unknown-" + _format.replace("_", "-"),
                 "K.{}(a, {!r}, {!r})".format(_name, _patterns[0][1], _format),
                 lambda a, _padding=_patterns[0][1], _format=_format: _padded(a, _padding, _format),
                 a=distinct(*_shape).unknown(0, _spatial(0, _format), _spatial(1, _format)), ways=("unknown",))
        # The default is image_data_format() as it is at the call, not as it was at the import.
        AREA.script(_name, "image-data-format-" + _format.replace("_", "-"), """
            K.set_image_data_format({!r})
            y = K.eval(K.{}(K.variable(x), {!r}))
            """.format(_format, _name, _patterns[0][1]),
                    lambda x, _padding=_patterns[0][1], _format=_format: {"y": _padded(x, _padding, _format)}, names=("y",),
                    x=distinct(*_shape))
    AREA.row(_name, "default-data-format", "K.{}(a, {!r})".format(_name, _patterns[0][1]),
             lambda a, _padding=_patterns[0][1]: _padded(a, _padding, "channels_last"), a=normal(*_shape))
    AREA.refuses(_name, "refuses-data-format", "K.{}(a, data_format='channels_middle')".format(_name), "ValueError",
                 "data_format",
                 ways=("variable", "known"), a=normal(*_shape))
    AREA.row(_name, "float64", "K.{}(a)".format(_name), lambda a,
             _shape=_shape: _padded(a, ((1, 1),) * (a.ndim - 2), "channels_last"),
             a=normal(*_shape, dtype="float64"))

# resize_images and resize_volumes
for _name, _shape, _factors in [
        ("resize_images", (2, 3, 4, 5), [("both", (2, 3)), ("first-only", (3, 1)), ("second-only", (1, 2))]),
        ("resize_volumes", (2, 3, 4, 1, 2), [("all", (2, 3, 4)), ("first-only", (3, 1, 1)), ("second-only", (1, 2, 1)),
                                             ("last-only", (1, 1, 3))])]:
    for _format in FORMATS:
        for _variant, _factor in _factors:
            AREA.row(_name, _variant + "-" + _format.replace("_", "-"),
                     "K.{}(a, {}, {!r})".format(_name, ", ".join(map(str, _factor)), _format),
                     lambda a, _factor=_factor, _format=_format: _enlarged(a, _factor, _format), a=distinct(*_shape))
        AREA.row(_name, "several-unknown-" + _format.replace("_", "-"), "K.{}(a, {}, data_format={!r})".format(
            _name, ", ".join(map(str, _factors[0][1])), _format),
                 lambda a, _factor=_factors[0][1], _format=_format: _enlarged(a, _factor, _format),
                 a=distinct(*_shape).unknown(0, _spatial(0, _format), _spatial(1, _format)), ways=("unknown",))
    AREA.refuses(_name, "refuses-data-format", "K.{}(a, {}, 'channels_middle')".format(_name,
                                                                                       ", ".join(map(str, _factors[0][1]))),
                                                                                       "ValueError",
                 "data_format", ways=("variable", "known"), a=normal(*_shape))
AREA.row("resize_images", "keywords",
         "K.resize_images(a, width_factor=3, height_factor=2, data_format='channels_last', interpolation='nearest')",
         lambda a: _enlarged(a, (2, 3), "channels_last"), a=distinct(2, 2, 3, 4))
AREA.row("resize_volumes", "keywords",
         "K.resize_volumes(a, width_factor=3, height_factor=1, depth_factor=2, data_format='channels_last')",
         lambda a: _enlarged(a, (2, 1, 3), "channels_last"), a=distinct(2, 2, 3, 4, 2))
AREA.refuses("resize_images", "refuses-interpolation", "K.resize_images(a, 2, 2, 'channels_last', interpolation='cubic')",
             "ValueError",
             "interpolation", a=normal(2, 3, 4, 2),
             unspecified="\"interpolation: A string, one of `nearest` or `bilinear`\", and no word on what others give.")

# Where bilinear interpolation samples is not documented. What holds for every convention: an enlargement along an axis of
# constant values keeps them, a ramp stays between its ends and never turns back, and it takes other values than the nearest do.
_PER_CHANNEL = np.array([[2.5, -1.0, 4.0], [0.5, 7.0, -3.0]])
_RAMP = np.array([0.0, 1.0, 4.0, 6.0])


def _of_shape(shape):
    """A check of the shape alone."""
    return Check("an array of shape {}".format(shape),
                 lambda got: None if np.shape(got) == shape else "wrong shape: {} instead of {}".format(np.shape(got), shape))


def _is_ramp(shape, axis, ends, steps):
    """A check that an array rises from end to end along `axis`, is constant along the others, and has values in between."""
    def problems(got):
        got = np.asarray(got)
        if got.shape != shape:
            return "wrong shape: {} instead of {}".format(got.shape, shape)
        lines = np.moveaxis(got.astype("float64"), axis, -1).reshape(-1, shape[axis])
        if np.abs(lines - lines[0]).max() > 1e-5:
            return "wrong value: it varies along an axis where the input is constant"
        line = lines[0]
        if (np.diff(line) < -1e-5).any() or line[0] < ends[0] - 1e-5 or line[-1] > ends[1] + 1e-5:
            return "wrong value: not rising between {} and {}".format(*ends)
        if len(np.unique(np.round(line, 3))) <= steps:
            return "wrong value: only values of the input, nothing between them"
        return None
    return Check("rising from {} to {} along axis {}, constant along the others".format(ends[0], ends[1], axis), problems)


for _format in FORMATS:
    _suffix = _format.replace("_", "-")
    _first = _format == "channels_first"
    _constant = _PER_CHANNEL[:, :, None, None] * np.ones((1, 1, 4, 5)) if _first else _PER_CHANNEL[:, None, None,
                                                                                                   :] * np.ones((1, 4, 5, 1))
    _grown = _PER_CHANNEL[:, :, None, None] * np.ones((1, 1, 8, 10)) if _first else _PER_CHANNEL[:, None, None,
                                                                                                 :] * np.ones((1, 8, 10, 1))
    AREA.row("resize_images", "bilinear-constant-" + _suffix,
             "K.resize_images(a, 2, 2, {!r}, interpolation='bilinear')".format(_format),
             _grown, a=given(_constant))
    AREA.row("resize_images", "bilinear-shape-" + _suffix,
             "K.resize_images(a, 3, 2, {!r}, interpolation='bilinear')".format(_format),
             _of_shape((2, 3, 12, 10) if _first else (2, 12, 10, 3)), a=given(_constant))
    AREA.row("resize_images", "bilinear-identity-" + _suffix,
             "K.resize_images(a, 1, 1, {!r}, interpolation='bilinear')".format(_format),
             lambda a: a, a=distinct(2, 3, 4, 2))
    for _axis, _word in ((0, "height"), (1, "width")):
        _shape = [2, 3, 3, 3]
        _at = _spatial(_axis, _format)
        _shape[_at] = 4
        _where = [None] * 4
        _where[_at] = slice(None)
        _after = tuple(n * 2 if i in (_spatial(0, _format), _spatial(1, _format)) else n for i, n in enumerate(_shape))
        AREA.row("resize_images", "bilinear-ramp-{}-{}".format(_word, _suffix),
                 "K.resize_images(a, 2, 2, {!r}, interpolation='bilinear')".format(_format), _is_ramp(_after, _at, (0.0, 6.0), 4),
                 a=given(_RAMP[tuple(_where)] * np.ones(_shape)))


def _half_pixel(x, factor):
    """Bilinear interpolation along the last axis with pixel centres at i + 1/2, the edges repeated."""
    n = x.shape[-1]
    at = np.clip((np.arange(n * factor) + 0.5) / factor - 0.5, 0, n - 1)
    low = np.floor(at).astype(int)
    high = np.minimum(low + 1, n - 1)
    return x[..., low] * (1 - (at - low)) + x[..., high] * (at - low)


AREA.row("resize_images", "bilinear-half-pixel-centres", "K.resize_images(a, 1, 2, 'channels_first', interpolation='bilinear')",
         lambda a: _half_pixel(a, 2), a=distinct(2, 3, 4, 5),
         unspecified="\"A string, one of `nearest` or `bilinear`\" does not say where bilinear interpolation samples.")

"""What K.int_shape tells of a result whose batch is not known yet, function by function.

"Returns the shape of tensor or variable as a tuple of int or None entries." What a layer builds on is the shape of
a tensor that nothing was fed to yet: each function has to hand it on.
"""
import re

from conformance.spec.model import Area

_AREAS = {}
_WORDS = {
    "x": "K.placeholder((None, 4, 5))", "y": "K.placeholder((None, 4, 5))", "row": "K.placeholder((None, 4))",
    "ids": "K.placeholder((None, 3), dtype='int32')", "steps": "K.placeholder((None, 9, 3))",
    "image": "K.placeholder((None, 6, 7, 3))", "first": "K.placeholder((None, 3, 6, 7))",
    "volume": "K.placeholder((None, 6, 7, 5, 3))", "volume_first": "K.placeholder((None, 3, 6, 7, 5))",
}


def _row(area, function, source, shape, variant="int-shape"):
    words = ["{} = {}".format(word, _WORDS[word]) for word in sorted(_WORDS) if re.search(r"\b{}\b".format(word), source)]
    if area not in _AREAS:
        _AREAS[area] = Area(area)
    body = source if "result = " in source else "result = K.int_shape({})".format(source)
    _AREAS[area].row(function, variant, "\n".join(words + [body]), shape)


def _ones(*shape):
    return "K.variable(np.ones({}))".format(shape)


for _name in ("elu", "hard_sigmoid", "relu", "sigmoid", "softmax", "softplus", "softsign", "tanh"):
    _row("activation", _name, "K.{}(x)".format(_name), (None, 4, 5))
for _name in ("equal", "greater", "greater_equal", "less", "less_equal", "not_equal"):
    _row("comparison", _name, "K.{}(x, y)".format(_name), (None, 4, 5))
for _name in ("in_test_phase", "in_train_phase"):
    _row("control", _name, "K.{}(x, y)".format(_name), (None, 4, 5))
_row("control", "switch", "K.switch(K.greater(x, 0.), x, y)", (None, 4, 5))
_row("control", "map_fn", "K.map_fn(lambda a: a * 2., x)", (None, 4, 5))
_row("dropout", "dropout", "K.dropout(x, 0.5)", (None, 4, 5))
for _name in ("cos", "sin"):
    _row("elementwise", _name, "K.{}(x)".format(_name), (None, 4, 5))
_row("gradient", "stop_gradient", "K.stop_gradient(x)", (None, 4, 5))
_row("gradient", "gradients", "K.gradients(K.sum(K.square(x)), [x])[0]", (None, 4, 5))
for _name in ("all", "any", "argmax", "argmin", "logsumexp", "max", "mean", "min", "prod", "std", "sum", "var"):
    _row("reduction", _name, "K.{}(x, axis=1)".format(_name), (None, 5))
    if not _name.startswith("arg"):
        _row("reduction", _name, "K.{}(x, axis=-1, keepdims=True)".format(_name), (None, 4, 1), "int-shape-keepdims")

_row("convolution", "conv1d", "K.conv1d(steps, {})".format(_ones(3, 3, 6)), (None, 7, 6))
_row("convolution", "conv1d", "K.conv1d(steps, {}, 2, 'same')".format(_ones(3, 3, 6)), (None, 5, 6), "int-shape-same")
_row("convolution", "conv2d", "K.conv2d(image, {}, (2, 1))".format(_ones(3, 2, 3, 4)), (None, 2, 6, 4))
_row("convolution", "conv2d", "K.conv2d(image, {}, (2, 1), 'same')".format(_ones(3, 3, 3, 4)), (None, 3, 7, 4), "int-shape-same")
_row("convolution", "conv3d", "K.conv3d(volume, {})".format(_ones(3, 2, 2, 3, 4)), (None, 4, 6, 4, 4))
_row("convolution", "separable_conv1d", "K.separable_conv1d(steps, {}, {})".format(_ones(3, 3, 2), _ones(1, 6, 4)), (None, 7, 4))
_row("convolution", "separable_conv2d", "K.separable_conv2d(image, {}, {})".format(_ones(3, 2, 3, 2), _ones(1, 1, 6, 4)),
     (None, 4, 6, 4))
_row("convolution", "depthwise_conv2d", "K.depthwise_conv2d(image, {})".format(_ones(3, 2, 3, 2)), (None, 4, 6, 6))
_row("convolution", "local_conv1d", "K.local_conv1d(steps, {}, (3,), (1,))".format(_ones(7, 9, 4)), (None, 7, 4))
_row("convolution", "local_conv2d", "K.local_conv2d(image, {}, (3, 3), (1, 1), (4, 5))".format(_ones(20, 27, 4)), (None, 4, 5, 4))
_row("pooling", "pool2d", "K.pool2d(image, (2, 3), (2, 2))", (None, 3, 3, 3))
_row("pooling", "pool2d", "K.pool2d(image, (2, 2), (2, 2), 'same', pool_mode='avg')", (None, 3, 4, 3), "int-shape-same")
_row("pooling", "pool3d", "K.pool3d(volume, (2, 3, 2), (2, 2, 1))", (None, 3, 3, 4, 3))

_row("loss", "binary_crossentropy", "K.binary_crossentropy(x, y)", (None, 4, 5))
_row("loss", "categorical_crossentropy", "K.categorical_crossentropy(x, y)", (None, 4))
_row("loss", "sparse_categorical_crossentropy", "K.sparse_categorical_crossentropy(K.placeholder((None,), dtype='int32'), row)",
     (None,))
_row("normalization", "l2_normalize", "K.l2_normalize(x, axis=-1)", (None, 4, 5))
_row("normalization", "batch_normalization", "K.batch_normalization(image, {0}, {0}, {0}, {0})".format(_ones(3)), (None, 6, 7, 3))
_row("normalization", "normalize_batch_in_training",
     "K.normalize_batch_in_training(image, {0}, {0}, [0, 1, 2])[0]".format(_ones(3)), (None, 6, 7, 3))
for _variant, _loop in (("", ""), ("-mask", ", mask=row"), ("-unroll", ", unroll=True, input_length=4")):
    _row("recurrent", "rnn", "last, outputs, states = K.rnn(lambda a, s: (a + s[0], [a + s[0]]), x, [K.placeholder((None, 5))]"
         + _loop + ")\nresult = [K.int_shape(tensor) for tensor in (last, outputs, states[0])]",
         [(None, 5), (None, 4, 5), (None, 5)], "int-shape" + _variant)

_row("shape", "reshape", "K.reshape(x, (-1, 2, 2, 5))", (None, 2, 2, 5))
_row("shape", "flatten", "K.flatten(x)", (None,))
_row("shape", "permute_dimensions", "K.permute_dimensions(x, (0, 2, 1))", (None, 5, 4))
_row("shape", "repeat", "K.repeat(row, 3)", (None, 3, 4))
_row("shape", "repeat_elements", "K.repeat_elements(x, 3, 1)", (None, 12, 5))
_row("shape", "tile", "K.tile(x, (1, 2, 3))", (None, 8, 15))
_row("shape", "expand_dims", "K.expand_dims(x, 1)", (None, 1, 4, 5))
_row("shape", "squeeze", "K.squeeze(K.placeholder((None, 4, 1, 5)), 2)", (None, 4, 5))
_row("shape", "concatenate", "K.concatenate([x, K.placeholder((None, 4, 2))], axis=-1)", (None, 4, 7))
_row("shape", "stack", "K.stack([x, y], axis=1)", (None, 2, 4, 5))
_row("shape", "gather", "K.gather({}, ids)".format(_ones(7, 5)), (None, 3, 5))
_row("shape", "one_hot", "K.one_hot(ids, 6)", (None, 3, 6))
_row("shape", "reverse", "K.reverse(x, 1)", (None, 4, 5))
_row("shape", "slice", "K.slice({}, [1, 2], [2, 3])".format(_ones(4, 6)), (2, 3))
_row("shape", "in_top_k", "K.in_top_k(row, K.placeholder((None,), dtype='int32'), 2)", (None,))
_row("variable", "arange", "K.arange(5)", (5,))
_row("shape", "temporal_padding", "K.temporal_padding(steps, (1, 2))", (None, 12, 3))
for _ending, _image, _volume in (("last", "image", "volume"), ("first", "first", "volume_first")):
    for _function, _source, _shape in (
            ("resize_images", "K.resize_images({}, 2, 3, 'channels_{}')".format(_image, _ending), (12, 21)),
            ("resize_volumes", "K.resize_volumes({}, 2, 3, 2, 'channels_{}')".format(_volume, _ending), (12, 21, 10)),
            ("spatial_2d_padding", "K.spatial_2d_padding({}, ((1, 2), (3, 4)), 'channels_{}')".format(_image, _ending), (9, 14)),
            ("spatial_3d_padding", "K.spatial_3d_padding({}, ((1, 2), (3, 4), (0, 1)), 'channels_{}')".format(_volume, _ending),
             (9, 14, 6))):
        _row("shape", _function, _source, (None,) + _shape + (3,) if _ending == "last" else (None, 3) + _shape,
             "int-shape-channels-" + _ending)
_row("variable", "print_tensor", "K.print_tensor(x)", (None, 4, 5))

AREAS = tuple(_AREAS[name] for name in sorted(_AREAS))

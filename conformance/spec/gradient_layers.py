"""Gradients through what layers are made of: products, softmax, losses, convolutions, pooling, normalization, recurrence."""
import numpy as np

from conformance.oracle import gradient as oracle
from conformance.spec.model import Area, distinct, given, normal, plain, uniform

AREA = Area("gradient")


def _row(variant, loss, function, names, **rest):
    AREA.row("gradients", variant, "K.gradients({}, [{}])".format(loss, ", ".join(names)),
             lambda **arrays: oracle.gradients(function, arrays, names), **rest)


# Products
_row("product-dot-3d", "K.sum(K.dot(a, b) * c)", lambda a, b, c: np.sum(a.dot(b) * c), "ab", a=normal(2, 3, 4),
     b=normal(4, 5).unknown(),
     c=normal(2, 3, 5))
_row("product-batch-dot", "K.sum(K.batch_dot(a, b, axes=(2, 1)) * c)", lambda a, b,
     c: np.sum(np.einsum("nij,njk->nik", a, b) * c), "ab",
     a=normal(2, 3, 4), b=normal(2, 4, 5), c=normal(2, 3, 5))
_row("product-batch-dot-2d", "K.sum(K.batch_dot(a, b, axes=1) * c)", lambda a, b,
     c: np.sum(np.sum(a * b, axis=1, keepdims=True) * c),
     "ab",
     a=normal(3, 4), b=normal(3, 4), c=normal(3, 1))
_row("product-transposed", "K.sum(K.dot(a, K.transpose(b)) * c)", lambda a, b, c: np.sum(a.dot(b.T) * c), "ab", a=normal(3, 4),
     b=normal(5, 4).unknown(),
     c=normal(3, 5))
_row("product-bias-add", "K.sum(K.square(K.bias_add(a, b)))", lambda a, b: np.sum((a + b) ** 2), "ab", a=normal(2, 3, 4),
     b=normal(4).unknown())
_row("product-l2-normalize", "K.sum(K.l2_normalize(a, axis=1) * b)",
     lambda a, b: np.sum(a / np.sqrt(np.sum(a * a, axis=1, keepdims=True)) * b), "a", a=normal(3, 4), b=normal(3, 4))

# Softmax and the losses
_row("loss-softmax", "K.sum(K.softmax(a) * b)", lambda a, b: np.sum(oracle.softmax(a) * b), "a", a=normal(3, 4), b=normal(3, 4))
_row("loss-softmax-large", "K.sum(K.softmax(a) * b)", lambda a, b: np.sum(oracle.softmax(a) * b), "a",
     a=given([[300.0, 301.0, 299.5], [-200.0, -201.0, -199.0]]), b=normal(2, 3))
_row("loss-categorical-crossentropy", "K.sum(K.categorical_crossentropy(t, a) * b)",
     lambda a, t, b: np.sum(oracle.cross_entropy(t, a / a.sum(axis=-1, keepdims=True)) * b), "a",
     a=uniform(3, 4, low=0.2, high=1),
     t=uniform(3, 4), b=uniform(3, low=1, high=2))
_row("logits-categorical-crossentropy", "K.sum(K.categorical_crossentropy(t, a, from_logits=True) * b)",
     lambda a, t, b: np.sum(oracle.cross_entropy(t, oracle.softmax(a)) * b), "a", a=normal(3, 4),
     t=given([[0.0, 1.0, 0.0, 0.0], [0.5, 0.0, 0.25, 0.25], [0.0, 0.0, 0.0, 1.0]]), b=uniform(3, low=1, high=2))
_row("logits-sparse-categorical-crossentropy", "K.sum(K.sparse_categorical_crossentropy(t, a, from_logits=True) * b)",
     lambda a, t, b: np.sum(-np.log(oracle.softmax(a)[np.arange(3), t]) * b), "a", a=normal(3, 4), t=given([2, 0, 3], "int32"),
     b=uniform(3, low=1, high=2))
_row("loss-binary-crossentropy", "K.sum(K.binary_crossentropy(t, a) * b)", lambda a, t,
     b: np.sum(oracle.binary_cross_entropy(t, a) * b), "a",
     a=uniform(3, 4, low=0.1, high=0.9), t=uniform(3, 4), b=normal(3, 4))
_row("loss-binary-crossentropy-logits", "K.sum(K.binary_crossentropy(t, a, from_logits=True) * b)",
     lambda a, t, b: np.sum(oracle.binary_cross_entropy(t, oracle.sigmoid(a)) * b), "a", a=normal(3, 4), t=uniform(3, 4),
     b=normal(3, 4))

# Convolutions and pooling, whose sizes and strides differ by axis. K does not say which way round a kernel is laid on, and
# Theano's is the other way round, which the area convolution holds in a row of its own: here a kernel and its mirror image
# are added up, and the gradient with respect to the kernel is the same both ways round.
_row("conv-1d", "K.sum(K.conv1d(x, w + K.reverse(w, 0), strides=2, padding='valid') * c)",
     lambda x, w, c: np.sum(oracle.conv1d(x, w + w[::-1], 2) * c), "xw",
     x=normal(2, 7, 3), w=normal(3, 3, 2).unknown(), c=normal(2, 3, 2))
_row("conv-2d", "K.sum(K.conv2d(x, w + K.reverse(w, [0, 1]), strides=(1, 2), padding='valid') * c)",
     lambda x, w, c: np.sum(oracle.conv2d(x, w + w[::-1, ::-1], (1, 2)) * c), "xw",
     ways=("variable", "unknown"), x=normal(2, 4, 6, 2), w=normal(2, 3, 2, 3).unknown(), c=normal(2, 3, 2, 3))
_row("conv-2d-same", "K.sum(K.conv2d(x, w + K.reverse(w, [0, 1]), padding='same') * c)",
     lambda x, w, c: np.sum(oracle.conv2d_same(x, w + w[::-1, ::-1]) * c), "xw",
     x=normal(2, 3, 4, 2), w=normal(3, 1, 2, 3).unknown(), c=normal(2, 3, 4, 3))
_row("conv-2d-channels-first",
     "K.sum(K.conv2d(x, w + K.reverse(w, [0, 1]), padding='valid', data_format='channels_first') * c)",
     lambda x, w, c: np.sum(oracle.conv2d(x.transpose(0, 2, 3, 1), w + w[::-1, ::-1]).transpose(0, 3, 1, 2) * c), "xw",
     x=normal(2, 2, 4, 5), w=normal(2, 3, 2, 3).unknown(), c=normal(2, 3, 3, 3))
_row("conv-2d-depthwise", "K.sum(K.depthwise_conv2d(x, w + K.reverse(w, [0, 1]), padding='valid') * c)",
     lambda x, w, c: np.sum(oracle.depthwise_conv2d(x, w + w[::-1, ::-1]) * c), "xw",
     x=normal(2, 4, 3, 2), w=normal(2, 2, 2, 2).unknown(), c=normal(2, 3, 2, 4))
_row("image-pool2d-max", "K.sum(K.pool2d(x, (2, 3), strides=(2, 1), padding='valid', pool_mode='max') * c)",
     lambda x, c: np.sum(oracle.pool2d(x, (2, 3), (2, 1), np.max) * c), "x", x=distinct(2, 4, 5, 2), c=normal(2, 2, 3, 2))
_row("image-pool2d-average", "K.sum(K.pool2d(x, (2, 3), strides=(1, 2), padding='valid', pool_mode='avg') * c)",
     lambda x, c: np.sum(oracle.pool2d(x, (2, 3), (1, 2), np.mean) * c), "x", x=normal(2, 4, 5, 2), c=normal(2, 3, 2, 2))
_row("image-spatial-2d-padding", "K.sum(K.spatial_2d_padding(x, ((1, 0), (0, 2)), 'channels_last') * c)",
     lambda x, c: np.sum(np.pad(x, [(0, 0), (1, 0), (0, 2), (0, 0)], "constant") * c), "x", x=normal(2, 3, 2, 2),
     c=normal(2, 4, 4, 2))
_row("image-resize-images", "K.sum(K.resize_images(x, 2, 3, 'channels_last') * c)",
     lambda x, c: np.sum(x.repeat(2, axis=1).repeat(3, axis=2) * c), "x", x=normal(2, 2, 3, 2), c=normal(2, 4, 9, 2))
_row("normalization-batch", "K.sum(K.batch_normalization(x, m, v, b, g, axis=-1, epsilon=0.01) * c)",
     lambda x, m, v, b, g, c: np.sum(((x - m) / np.sqrt(v + 0.01) * g + b) * c), "xbg", x=normal(4, 3), m=normal(3).unknown(),
     v=uniform(3, low=0.5, high=2).unknown(), b=normal(3).unknown(), g=uniform(3, low=0.5, high=2).unknown(), c=normal(4, 3))


def _normalized(x, g, b, axis):
    centred = x - x.mean(axis=axis, keepdims=True)
    return centred / np.sqrt(np.mean(centred ** 2, axis=axis, keepdims=True) + 0.01) * g + b


_row("normalization-batch-in-training", "K.sum(K.normalize_batch_in_training(x, g, b, [0], epsilon=0.01)[0] * c)",
     lambda x, g, b, c: np.sum(_normalized(x, g, b, 0) * c), "xgb", x=normal(5, 3), g=uniform(3, low=0.5, high=2).unknown(),
     b=normal(3).unknown(), c=normal(5, 3))

# Through time. The gradient of a loop is a hundred ops, and an engine that compiles each of them takes a minute the first time.
_COMPILED = 5
for _variant, _options, _backwards in (("time-rnn", "", False), ("time-rnn-backwards", ", go_backwards=True", True),
                                       ("time-rnn-unrolled", ", unroll=True, input_length=4", False)):
    AREA.row("gradients", _variant, """
u, v = K.variable(w), K.variable(r)


def step(x, states):
    made = K.tanh(K.dot(x, u) + K.dot(states[0], v))
    return made, [made]


last, outputs, states = K.rnn(step, x, [K.zeros((2, 3))]{})
result = K.gradients(K.sum(K.square(last)), [u, v])
""".format(_options), lambda x, w, r, _backwards=_backwards: oracle.gradients(
        lambda w, r: np.sum(oracle.simple_rnn(x, w, r, _backwards)[:, -1] ** 2), {"w": w, "r": r}, ["w", "r"]),
             x=normal(2, 4, 5), w=plain(normal(5, 3, scale=0.3)), r=plain(normal(3, 3, scale=0.3)),
             patience=_COMPILED)
AREA.row("gradients", "time-rnn-outputs-wrt-input", """
v = K.variable(r)


def step(x, states):
    made = K.tanh(x + K.dot(states[0], v))
    return made, [made]


last, outputs, states = K.rnn(step, x, [K.zeros((2, 3))])
result = K.gradients(K.sum(outputs * c), [x])
""", lambda x, r, c: oracle.gradients(lambda x: np.sum(oracle.simple_rnn(x, np.eye(3), r) * c), {"x": x}, ["x"]),
         x=normal(2, 4, 3), r=plain(normal(3, 3, scale=0.3)), c=normal(2, 4, 3), patience=_COMPILED)

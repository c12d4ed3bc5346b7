"""Gradients of losses, compared with central differences of the same loss in NumPy."""
import numpy as np

from conformance.apis.k.language import ALL_WAYS, UNKNOWN, VARIABLE, k
from conformance.case import Input, distinct, given, ints, normal, plain, uniform
from conformance.oracle import gradient as oracle

# The gradient of a loop is a hundred ops; an engine that compiles each of them takes a minute the first time.
COMPILED = 5
THRESHOLDS = given([[0.5, -0.5, 1.5, 2.5]] * 3)
# Convolutions and pooling have sizes and strides that differ by axis. K does not say which way round a kernel
# is laid on, and Theano's is the other way round, which the area convolution holds in a case of its own: here
# a kernel and its mirror image are added up, and the gradient with respect to it is the same both ways round.
MIRRORED_1D, MIRRORED_2D = "w + K.reverse(w, 0)", "w + K.reverse(w, [0, 1])"


def rnn(arguments):
    """The gradients of two weights through all steps; `arguments` is source text of more arguments of rnn."""
    return f"""\
u, v = K.variable(w), K.variable(r)


def step(x, states):
    made = K.tanh(K.dot(x, u) + K.dot(states[0], v))
    return made, [made]


last, outputs, states = K.rnn(step, x, [K.zeros((2, 3))]{arguments})
result = K.gradients(K.sum(K.square(last)), [u, v])"""


RNN_OUTPUTS = """\
v = K.variable(r)


def step(x, states):
    made = K.tanh(x + K.dot(states[0], v))
    return made, [made]


last, outputs, states = K.rnn(step, x, [K.zeros((2, 3))])
result = K.gradients(K.sum(outputs * c), [x])"""


def case(f, variant, loss, function, names, **rest):
    """The gradients of `loss` with respect to the inputs `names`; `function` is the loss in NumPy."""
    inputs = [name for name, item in rest.items() if isinstance(item, Input)]

    def differences(*arrays):
        return oracle.gradients(function, dict(zip(inputs, arrays)), names)
    f.case(variant, f"K.gradients({loss}, [{', '.join(names)}])", oracle=differences, **rest)


def weighted(f, variant, call, function, a, b):
    """The gradient through `call` of a.

    The weights b give each element a slope of its own, so that a slope which goes to a wrong element shows.
    """
    case(f, variant, f"K.sum({call} * b)", lambda a, b: np.sum(function(a) * b), "a", a=a, b=b)


def elementwise(f, name, call, function, a=None):
    """`weighted` for a function that keeps the shape."""
    a = normal(3, 4) if a is None else a
    weighted(f, "elementwise-" + name, call, function, a, normal(*a.array(0).shape))


def reduced(f, name, call, function, draw=normal, b=None):
    """`weighted` for a function that takes one axis or more away; `draw(*shape)` makes its input."""
    weighted(f, "reduction-" + name, call, function, draw(2, 3, 4), normal(2, 4) if b is None else b)


def moved(f, name, call, function, *shape):
    """`weighted` for a function that arranges elements in another way, into `shape`."""
    weighted(f, "moved-" + name, call, function, normal(2, 3, 4), normal(*shape))


def through_time(backwards=False):
    """The gradients that RNN gives."""
    def differences(x, w, r):
        return oracle.gradients(lambda w, r: np.sum(oracle.simple_rnn(x, w, r, backwards)[:, -1] ** 2),
                                {"w": w, "r": r}, ["w", "r"])
    return differences


def logsumexp_of_rows(a):
    return a.max(axis=1) + np.log(np.sum(np.exp(a - a.max(axis=1, keepdims=True)), axis=1))


def channels_first(x, kernel):
    """The convolution of images that have their channels before height and width."""
    return oracle.conv2d(x.transpose(0, 2, 3, 1), kernel).transpose(0, 3, 1, 2)


def normalized(x, g, b):
    """x normalized along its first axis."""
    centred = x - x.mean(axis=0, keepdims=True)
    return centred / np.sqrt(np.mean(centred ** 2, axis=0, keepdims=True) + 0.01) * g + b


def positive(*shape):
    return uniform(*shape, low=0.5, high=2)


def above_one(*shape):
    return uniform(*shape, low=1, high=4)


def shares():
    """Weights of three samples."""
    return uniform(3, low=1, high=2)


with k.function("gradients", area="gradient") as f:
    f.promise("a gradient is the derivative of the scalar loss with respect to each element of a variable",
              at="gradients: summary")
    case(f, "basic-1d", "K.sum(K.square(a))", lambda a: np.sum(a * a), "a", a=normal(5))
    case(f, "basic-0d", "a * a * a", lambda a: a ** 3, "a", a=given(1.75))
    case(f, "basic-negated", "-2.5 * K.sum(a / b)", lambda a, b: -2.5 * np.sum(a / b), "ab", a=normal(3, 2),
         b=uniform(3, 2, low=1, high=2))
    # Central differences are good to nine digits only: here the derivative is written out.
    f.case("basic-float64", "K.gradients(K.sum(K.sigmoid(a) * b), [a, b])", a=normal(3, dtype="float64"),
           b=normal(3, dtype="float64"), oracle=lambda a, b: [
               oracle.sigmoid(a) * (1 - oracle.sigmoid(a)) * b, oracle.sigmoid(a)])
    f.promise("a variable may enter the loss in several places, whose slopes add up in its gradient",
              at="gradients: summary")
    case(f, "basic-used-twice", "K.sum(K.exp(a) * K.sin(a)) + K.sum(a)",
         lambda a: np.sum(np.exp(a) * np.sin(a)) + np.sum(a), "a", a=normal(3, 2))
    case(f, "basic-broadcast", "K.sum(K.square(a * b + c))", lambda a, b, c: np.sum((a * b + c) ** 2), "abc",
         a=normal(3, 4), b=normal(1, 4).unknown(), c=normal(3, 1))
    f.promise("a gradient is a tensor: it follows the variables, and a loss may be made of it",
              at="gradients: returns")
    f.script("basic-follows-the-variable", """
        v = K.variable(x)
        slope = K.gradients(K.sum(K.square(v)), [v])[0]
        first = K.eval(slope)
        K.set_value(v, y)
        second = K.eval(slope)
        """, x=normal(3, 4), y=normal(3, 4), names=("first", "second"),
             oracle=lambda x, y: {"first": 2 * x, "second": 2 * y})
    f.case("basic-of-a-gradient", "slope = K.gradients(K.sum(a * a * a), [a])[0]\n"
           "result = K.gradients(K.sum(slope * b), [a])[0]", a=normal(3, 4), b=normal(3, 4),
           oracle=lambda a, b: 6 * a * b)
    f.promise("variables is a list, and each of its members gets a gradient, in the order of the list",
              at="gradients: variables")
    case(f, "basic-two-variables", "K.sum(a * a * b)", lambda a, b: np.sum(a * a * b), "ab", a=normal(3, 4),
         b=normal(3, 4))
    case(f, "basic-order-of-the-list", "K.sum(a * a * b)", lambda a, b: np.sum(a * a * b), "ba",
         a=normal(3, 4), b=normal(3, 4))
    case(f, "basic-one-of-two", "K.sum(a * a * b)", lambda a, b: np.sum(a * a * b), "b", a=normal(3, 4),
         b=normal(3, 4))
    case(f, "basic-three-of-a-dense-layer", "K.mean(K.square(K.relu(K.bias_add(K.dot(x, w), b)) - t))",
         lambda x, w, b, t: np.mean((np.maximum(x.dot(w) + b, 0) - t) ** 2), "xwb", x=normal(4, 3),
         w=normal(3, 5).unknown(), b=normal(5).unknown(), t=normal(4, 5))
    case(f, "basic-several-unknown", "K.sum(K.square(K.dot(a, b)))", lambda a, b: np.sum(a.dot(b) ** 2), "ab",
         a=normal(3, 4).unknown(0, 1), b=normal(4, 2).unknown(0, 1))
    f.case("returns-a-list", "len(K.gradients(K.sum(a * b), [a, b]))", a=normal(2, 3), b=normal(2, 3), want=2)
    f.promise("a tensor from which the loss is computed may stand for a variable", at="gradients: variables")
    f.case("basic-of-an-intermediate", "h = K.tanh(a)\nresult = K.gradients(K.sum(h * h * b), [h])",
           a=normal(2, 3), b=normal(2, 3), oracle=lambda a, b: [2 * np.tanh(a) * b])
    f.promise("a gradient is a tensor, of which expressions, updates and other gradients can be made",
              at="gradients: returns")
    f.case("in-an-expression", "K.square(K.gradients(K.sum(a * a), [a])[0]) + b", a=normal(2, 3),
           b=normal(2, 3), oracle=lambda a, b: 4 * a * a + b)
    f.case("basic-second-order",
           "K.gradients(K.sum(K.square(K.gradients(K.sum(a * a * a * b), [a])[0])), [a, b])", a=normal(2, 3),
           b=normal(2, 3), oracle=lambda a, b: oracle.gradients(lambda a, b: np.sum((3 * a * a * b) ** 2),
                                                                {"a": a, "b": b}, "ab"))
    f.script("a-descent", """
        w = K.variable(start)
        t = K.constant(target)
        gradient = K.gradients(K.sum(K.square(w - t)), [w])[0]
        step = K.function([], [gradient], updates=[(w, w - 0.25 * gradient)])
        step([])
        step([])
        w = K.get_value(w)
        """, start=normal(2, 3), target=normal(2, 3), names=("w",),
             oracle=lambda start, target: {"w": target + (start - target) * 0.25})
    f.script("follows-the-value", """
        w = K.variable(first)
        gradient = K.gradients(K.sum(w * w * w), [w])[0]
        before = K.eval(gradient)
        K.set_value(w, second)
        after = K.eval(gradient)
        """, first=normal(2, 3), second=normal(2, 3), names=("before", "after"),
             oracle=lambda first, second: {"before": 3 * first ** 2, "after": 3 * second ** 2})
    f.promise("int_shape tells the same shape of a gradient as of its variable", at="int_shape: returns")
    f.case("int-shape", "x = K.placeholder((None, 4, 5))\n"
           "result = K.int_shape(K.gradients(K.sum(K.square(x)), [x])[0])", want=(None, 4, 5))

    f.promise("a loss may be made of elementwise functions", at="gradients: loss")
    elementwise(f, "relu", "K.relu(a)", lambda a: np.maximum(a, 0))
    elementwise(f, "relu-alpha", "K.relu(a, alpha=0.3)", lambda a: np.where(a > 0, a, 0.3 * a))
    elementwise(f, "relu-max-value", "K.relu(a, max_value=1.0)", lambda a: np.clip(a, 0, 1),
                uniform(3, 4, low=-2, high=3))
    elementwise(f, "elu", "K.elu(a, alpha=0.7)", lambda a: np.where(a > 0, a, 0.7 * (np.exp(a) - 1)))
    elementwise(f, "sigmoid", "K.sigmoid(a)", oracle.sigmoid)
    elementwise(f, "hard-sigmoid", "K.hard_sigmoid(a)", lambda a: np.clip(0.2 * a + 0.5, 0, 1),
                uniform(3, 4, low=-4, high=4))
    elementwise(f, "tanh", "K.tanh(a)", np.tanh)
    elementwise(f, "softplus", "K.softplus(a)", lambda a: np.log(1 + np.exp(a)))
    elementwise(f, "softsign", "K.softsign(a)", lambda a: a / (1 + np.abs(a)))
    elementwise(f, "exp", "K.exp(a)", np.exp)
    elementwise(f, "log", "K.log(a)", np.log, uniform(3, 4, low=0.5, high=3))
    elementwise(f, "sqrt", "K.sqrt(a)", np.sqrt, uniform(3, 4, low=0.5, high=3))
    elementwise(f, "abs", "K.abs(a)", np.abs)
    elementwise(f, "pow", "K.pow(a, 3)", lambda a: a ** 3)
    elementwise(f, "sin", "K.sin(a)", np.sin)
    elementwise(f, "cos", "K.cos(a)", np.cos)
    elementwise(f, "clip", "K.clip(a, -0.5, 1)", lambda a: np.clip(a, -0.5, 1),
                given([[-2.0, -0.3, 0.2], [0.9, 1.1, 5.0]]))
    elementwise(f, "cumsum", "K.cumsum(a, axis=1)", lambda a: np.cumsum(a, axis=1))
    elementwise(f, "cumprod", "K.cumprod(a, axis=1)", lambda a: np.cumprod(a, axis=1))
    case(f, "elementwise-maximum", "K.sum(K.maximum(a, b) * c)", lambda a, b, c: np.sum(np.maximum(a, b) * c),
         "ab", a=distinct(3, 4), b=THRESHOLDS, c=normal(3, 4))
    case(f, "elementwise-minimum", "K.sum(K.minimum(a, b) * c)", lambda a, b, c: np.sum(np.minimum(a, b) * c),
         "ab", a=distinct(3, 4), b=THRESHOLDS, c=normal(3, 4))
    f.promise("a loss may be made of reductions", at="gradients: loss")
    reduced(f, "sum-axis", "K.sum(a, axis=1)", lambda a: np.sum(a, axis=1))
    reduced(f, "mean-axis", "K.mean(a, axis=1)", lambda a: np.mean(a, axis=1))
    reduced(f, "max-axis", "K.max(a, axis=1)", lambda a: np.max(a, axis=1), distinct)
    reduced(f, "min-axis", "K.min(a, axis=1)", lambda a: np.min(a, axis=1), distinct)
    reduced(f, "prod-axis", "K.prod(a, axis=1)", lambda a: np.prod(a, axis=1), positive)
    reduced(f, "var-axis", "K.var(a, axis=1)", lambda a: np.var(a, axis=1), above_one)
    reduced(f, "std-axis", "K.std(a, axis=1)", lambda a: np.std(a, axis=1), above_one)
    reduced(f, "logsumexp-axis", "K.logsumexp(a, axis=1)", lambda a: np.log(np.sum(np.exp(a), axis=1)))
    reduced(f, "mean-axes", "K.mean(K.square(a), axis=[1, 2], keepdims=True)",
            lambda a: np.mean(a * a, axis=(1, 2), keepdims=True), b=normal(2, 1, 1))
    case(f, "reduction-mean-all", "K.mean(K.square(a) * b)", lambda a, b: np.mean(a * a * b), "ab",
         a=normal(2, 3, 4), b=normal(2, 3, 4))
    case(f, "reduction-logsumexp-large", "K.sum(K.logsumexp(a, axis=1))",
         lambda a: np.sum(logsumexp_of_rows(a)), "a",
         a=given([[500.0, 501.0, 499.5], [-300.0, -301.0, -300.5]]))
    f.promise("the slopes of moved elements go back to the places from which the elements came",
              at="gradients: loss")
    moved(f, "reshape", "K.reshape(a, (-1, 6))", lambda a: a.reshape(-1, 6), 4, 6)
    moved(f, "permute-dimensions", "K.permute_dimensions(a, (0, 2, 1))",
          lambda a: a.transpose(0, 2, 1), 2, 4, 3)
    moved(f, "repeat-elements", "K.repeat_elements(a, 2, axis=1)", lambda a: np.repeat(a, 2, axis=1), 2, 6, 4)
    moved(f, "tile", "K.tile(a, [1, 2, 1])", lambda a: np.tile(a, [1, 2, 1]), 2, 6, 4)
    moved(f, "reverse", "K.reverse(a, 1)", lambda a: a[:, ::-1], 2, 3, 4)
    moved(f, "indexed", "a[:, 1]", lambda a: a[:, 1], 2, 4)
    moved(f, "temporal-padding", "K.temporal_padding(a, (2, 1))",
          lambda a: np.pad(a, [(0, 0), (2, 1), (0, 0)], "constant"), 2, 6, 4)
    moved(f, "expand-dims", "K.expand_dims(a, 1)", lambda a: a[:, None], 2, 1, 3, 4)
    moved(f, "concatenate-itself", "K.concatenate([a, K.square(a)], axis=-1)",
          lambda a: np.concatenate([a, a * a], axis=-1), 2, 3, 8)
    weighted(f, "batch-flatten", "K.batch_flatten(a)", lambda a: a.reshape(2, -1), normal(2, 3, 4),
             normal(2, 12))
    weighted(f, "moved-slice", "K.slice(a, [0, 1], [3, 2])", lambda a: a[:, 1:3], normal(3, 5).unknown(),
             normal(3, 2).unknown())
    case(f, "moved-concatenate-two", "K.sum(K.concatenate([a, b], axis=1) * c)",
         lambda a, b, c: np.sum(np.concatenate([a, b], axis=1) * c), "ab", a=normal(2, 3), b=normal(2, 2),
         c=normal(2, 5))
    case(f, "moved-stack", "K.sum(K.stack([a, b], axis=1) * c)",
         lambda a, b, c: np.sum(np.stack([a, b], axis=1) * c), "ab", a=normal(2, 3), b=normal(2, 3),
         c=normal(2, 2, 3))
    # A row that is gathered twice counts twice, and a row that is not gathered does not have a slope.
    f.case("gather", "w = K.variable(table)\n"
           "result = K.gradients(K.sum(K.square(K.gather(w, i)) * b), [w])[0] + 0 * w",
           table=plain(normal(5, 2)), i=given([3, 0, 3, 1], "int32"), b=normal(4, 2),
           oracle=lambda table, i, b: oracle.gradients(lambda table: np.sum(table[i] ** 2 * b),
                                                       {"table": table}, ["table"])[0])

    f.promise("a loss may be made of products", at="gradients: loss")
    case(f, "product-dot-3d", "K.sum(K.dot(a, b) * c)", lambda a, b, c: np.sum(a.dot(b) * c), "ab",
         ways=ALL_WAYS, a=normal(2, 3, 4), b=normal(4, 5).unknown(), c=normal(2, 3, 5))
    case(f, "product-batch-dot", "K.sum(K.batch_dot(a, b, axes=(2, 1)) * c)",
         lambda a, b, c: np.sum(np.einsum("nij,njk->nik", a, b) * c), "ab", a=normal(2, 3, 4),
         b=normal(2, 4, 5), c=normal(2, 3, 5))
    case(f, "product-batch-dot-2d", "K.sum(K.batch_dot(a, b, axes=1) * c)",
         lambda a, b, c: np.sum(np.sum(a * b, axis=1, keepdims=True) * c), "ab", a=normal(3, 4),
         b=normal(3, 4), c=normal(3, 1))
    case(f, "product-transposed", "K.sum(K.dot(a, K.transpose(b)) * c)",
         lambda a, b, c: np.sum(a.dot(b.T) * c), "ab",
         a=normal(3, 4), b=normal(5, 4).unknown(), c=normal(3, 5))
    case(f, "product-bias-add", "K.sum(K.square(K.bias_add(a, b)))", lambda a, b: np.sum((a + b) ** 2), "ab",
         a=normal(2, 3, 4), b=normal(4).unknown())
    weighted(f, "product-l2-normalize", "K.l2_normalize(a, axis=1)",
             lambda a: a / np.sqrt(np.sum(a * a, axis=1, keepdims=True)), normal(3, 4), normal(3, 4))
    f.promise("a loss may be made of softmax and cross-entropies, even of large logits",
              at="gradients: loss")
    weighted(f, "loss-softmax", "K.softmax(a)", oracle.softmax, normal(3, 4), normal(3, 4))
    weighted(f, "loss-softmax-large", "K.softmax(a)", oracle.softmax,
             given([[300.0, 301.0, 299.5], [-200.0, -201.0, -199.0]]), normal(2, 3))
    case(f, "loss-categorical-crossentropy", "K.sum(K.categorical_crossentropy(t, K.softmax(a)) * b)",
         lambda a, t, b: np.sum(oracle.cross_entropy(t, oracle.softmax(a)) * b), "a", a=normal(3, 4),
         t=given([[0.0, 0.0, 1.0, 0.0], [0.25, 0.5, 0.0, 0.25], [1.0, 0.0, 0.0, 0.0]]), b=shares())
    case(f, "logits-categorical-crossentropy",
         "K.sum(K.categorical_crossentropy(t, a, from_logits=True) * b)",
         lambda a, t, b: np.sum(oracle.cross_entropy(t, oracle.softmax(a)) * b), "a", a=normal(3, 4),
         t=given([[0.0, 1.0, 0.0, 0.0], [0.5, 0.0, 0.25, 0.25], [0.0, 0.0, 0.0, 1.0]]), b=shares())
    case(f, "logits-sparse-categorical-crossentropy",
         "K.sum(K.sparse_categorical_crossentropy(t, a, from_logits=True) * b)",
         lambda a, t, b: np.sum(-np.log(oracle.softmax(a)[np.arange(3), t]) * b), "a", a=normal(3, 4),
         t=given([2, 0, 3], "int32"), b=shares())
    case(f, "loss-binary-crossentropy", "K.sum(K.binary_crossentropy(t, a) * b)",
         lambda a, t, b: np.sum(oracle.binary_cross_entropy(t, a) * b), "a",
         a=uniform(3, 4, low=0.1, high=0.9), t=uniform(3, 4), b=normal(3, 4))
    case(f, "loss-binary-crossentropy-logits", "K.sum(K.binary_crossentropy(t, a, from_logits=True) * b)",
         lambda a, t, b: np.sum(oracle.binary_cross_entropy(t, oracle.sigmoid(a)) * b), "a", a=normal(3, 4),
         t=uniform(3, 4), b=normal(3, 4))

    f.promise("a loss may be made of convolutions", at="gradients: loss")
    case(f, "conv-1d", f"K.sum(K.conv1d(x, {MIRRORED_1D}, strides=2, padding='valid') * c)",
         lambda x, w, c: np.sum(oracle.conv1d(x, w + w[::-1], 2) * c), "xw", x=normal(2, 7, 3),
         w=normal(3, 3, 2).unknown(), c=normal(2, 3, 2))
    case(f, "conv-2d", f"K.sum(K.conv2d(x, {MIRRORED_2D}, strides=(1, 2), padding='valid') * c)",
         lambda x, w, c: np.sum(oracle.conv2d(x, w + w[::-1, ::-1], (1, 2)) * c), "xw",
         ways=(VARIABLE, UNKNOWN), x=normal(2, 4, 6, 2), w=normal(2, 3, 2, 3).unknown(), c=normal(2, 3, 2, 3))
    case(f, "conv-2d-same", f"K.sum(K.conv2d(x, {MIRRORED_2D}, padding='same') * c)",
         lambda x, w, c: np.sum(oracle.conv2d_same(x, w + w[::-1, ::-1]) * c), "xw", x=normal(2, 3, 4, 2),
         w=normal(3, 1, 2, 3).unknown(), c=normal(2, 3, 4, 3))
    case(f, "conv-2d-channels-first",
         f"K.sum(K.conv2d(x, {MIRRORED_2D}, padding='valid', data_format='channels_first') * c)",
         lambda x, w, c: np.sum(channels_first(x, w + w[::-1, ::-1]) * c),
         "xw", x=normal(2, 2, 4, 5), w=normal(2, 3, 2, 3).unknown(), c=normal(2, 3, 3, 3))
    case(f, "conv-2d-depthwise", f"K.sum(K.depthwise_conv2d(x, {MIRRORED_2D}, padding='valid') * c)",
         lambda x, w, c: np.sum(oracle.depthwise_conv2d(x, w + w[::-1, ::-1]) * c), "xw",
         x=normal(2, 4, 3, 2), w=normal(2, 2, 2, 2).unknown(), c=normal(2, 3, 2, 4))
    f.promise("a loss may be made of pooled, padded and resized images", at="gradients: loss")
    case(f, "image-pool2d-max",
         "K.sum(K.pool2d(x, (2, 3), strides=(2, 1), padding='valid', pool_mode='max') * c)",
         lambda x, c: np.sum(oracle.pool2d(x, (2, 3), (2, 1), np.max) * c), "x", x=distinct(2, 4, 5, 2),
         c=normal(2, 2, 3, 2))
    case(f, "image-pool2d-average",
         "K.sum(K.pool2d(x, (2, 3), strides=(1, 2), padding='valid', pool_mode='avg') * c)",
         lambda x, c: np.sum(oracle.pool2d(x, (2, 3), (1, 2), np.mean) * c), "x", x=normal(2, 4, 5, 2),
         c=normal(2, 3, 2, 2))
    case(f, "image-spatial-2d-padding",
         "K.sum(K.spatial_2d_padding(x, ((1, 0), (0, 2)), 'channels_last') * c)",
         lambda x, c: np.sum(np.pad(x, [(0, 0), (1, 0), (0, 2), (0, 0)], "constant") * c), "x",
         x=normal(2, 3, 2, 2), c=normal(2, 4, 4, 2))
    case(f, "image-resize-images", "K.sum(K.resize_images(x, 2, 3, 'channels_last') * c)",
         lambda x, c: np.sum(x.repeat(2, axis=1).repeat(3, axis=2) * c), "x", x=normal(2, 2, 3, 2),
         c=normal(2, 4, 9, 2))
    f.promise("a loss may be made of normalized batches", at="gradients: loss")
    case(f, "normalization-batch", "K.sum(K.batch_normalization(x, m, v, b, g, axis=-1, epsilon=0.01) * c)",
         lambda x, m, v, b, g, c: np.sum(((x - m) / np.sqrt(v + 0.01) * g + b) * c), "xbg", x=normal(4, 3),
         m=normal(3).unknown(), v=positive(3).unknown(), b=normal(3).unknown(), g=positive(3).unknown(),
         c=normal(4, 3))
    case(f, "normalization-batch-in-training",
         "K.sum(K.normalize_batch_in_training(x, g, b, [0], epsilon=0.01)[0] * c)",
         lambda x, g, b, c: np.sum(normalized(x, g, b) * c), "xgb", x=normal(5, 3), g=positive(3).unknown(),
         b=normal(3).unknown(), c=normal(5, 3))

    f.promise("a loss may be made of selected tensors, and only the selected tensor has a slope",
              at="gradients: loss")
    case(f, "flow-switch", "K.sum(K.switch(K.greater(c, 0), a * a, b * b * b))",
         lambda a, b, c: np.sum(np.where(c > 0, a * a, b ** 3)), "ab", a=normal(3, 4), b=normal(3, 4),
         c=normal(3, 4))
    case(f, "flow-in-train-phase", "K.sum(K.in_train_phase(a * a, a * 3., training=True))",
         lambda a: np.sum(a * a), "a", a=normal(2, 3))
    f.promise("a loss may be made of folds and recurrent loops", at="gradients: loss")
    case(f, "flow-foldl", "K.sum(K.foldl(lambda s, x: s * 0.5 + x * x, a))",
         lambda a: np.sum((a[0] * 0.5 + a[1] ** 2) * 0.5 + a[2] ** 2), "a", a=normal(3, 4).unknown(),
         patience=COMPILED)
    for variant, arguments, backwards in (("time-rnn", "", False),
                                          ("time-rnn-backwards", ", go_backwards=True", True),
                                          ("time-rnn-unrolled", ", unroll=True, input_length=4", False)):
        f.case(variant, rnn(arguments), x=normal(2, 4, 5), w=plain(normal(5, 3, scale=0.3)),
               r=plain(normal(3, 3, scale=0.3)), oracle=through_time(backwards), patience=COMPILED)
    f.case("time-rnn-outputs-wrt-input", RNN_OUTPUTS, x=normal(2, 4, 3), r=plain(normal(3, 3, scale=0.3)),
           c=normal(2, 4, 3), patience=COMPILED, oracle=lambda x, r, c: oracle.gradients(
               lambda x: np.sum(oracle.simple_rnn(x, np.eye(3), r) * c), {"x": x}, ["x"]))


with k.function("stop_gradient", area="gradient") as f:
    f.promise("the result has the values of the tensor", at="stop_gradient: summary")
    f.case("value", a=normal(3, 4), oracle=lambda a: a)
    f.case("value-of-expression", "K.stop_gradient(a * b) + a", a=normal(3, 4), b=normal(3, 4),
           oracle=lambda a, b: a * b + a)
    f.case("int32", a=ints(3, 4), oracle=lambda a: a)
    f.promise("a gradient takes the result for a constant, whatever it was computed from",
              at="stop_gradient: variables")
    f.case("gradient-one-factor", "K.gradients(K.sum(K.stop_gradient(a) * a * b), [a, b])", a=normal(3, 4),
           b=normal(3, 4), oracle=lambda a, b: [a * b, a * a])
    f.case("gradient-of-an-expression", "K.gradients(K.sum(K.stop_gradient(K.exp(a)) * a + a), [a])",
           a=normal(3, 4), oracle=lambda a: [np.exp(a) + 1])
    f.promise("a list of tensors gives a list, with a constant for each of them", at="stop_gradient: returns")
    f.case("list-values", "list(K.stop_gradient([a, b]))", a=normal(2, 3), b=normal(2, 4),
           oracle=lambda a, b: [a, b])
    f.case("list-is-a-list", "isinstance(K.stop_gradient([a, b]), (list, tuple))", a=normal(2, 3),
           b=normal(2, 4), want=True)
    f.case("gradient-of-a-list",
           "x, y = K.stop_gradient([a * a, b])\nresult = K.gradients(K.sum(x * a + y * b), [a, b])",
           a=normal(2, 3), b=normal(2, 3), oracle=lambda a, b: [a * a, b])
    f.promise("int_shape tells the length of each known axis of the result, before anything is fed",
              at="int_shape: returns")
    f.case("int-shape", "x = K.placeholder((None, 4, 5))\nresult = K.int_shape(K.stop_gradient(x))",
           want=(None, 4, 5))

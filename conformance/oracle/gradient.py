"""Derivatives by central differences in float64, and the few functions of NumPy that they are taken of."""
import numpy as np

_STEP = 2.0 ** -17  # the error of the difference is below 1e-9 of the values here


def gradients(function, arrays, names):
    """d function(**arrays) / d arrays[name], for every name: each element moved up and down by a step."""
    arrays = {name: np.array(array, "float64" if np.asarray(array).dtype.kind == "f" else None)
              for name, array in arrays.items()}
    found = []
    for name in names:
        moved = arrays[name]
        slope = np.zeros_like(moved)
        for place in np.ndindex(*moved.shape):
            kept = moved[place]
            moved[place] = kept + _STEP
            up = function(**arrays)
            moved[place] = kept - _STEP
            down = function(**arrays)
            moved[place] = kept
            slope[place] = (up - down) / (2 * _STEP)
        found.append(slope)
    return found


def sigmoid(x):
    """1 / (1 + e**-x)."""
    return 1 / (1 + np.exp(-x))


def softmax(x):
    """Of the last axis."""
    powers = np.exp(x - x.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def cross_entropy(target, probability):
    """-sum(target * log(probability)) of the last axis."""
    return -np.sum(target * np.log(probability), axis=-1)


def binary_cross_entropy(target, probability):
    """Element by element."""
    return -(target * np.log(probability) + (1 - target) * np.log(1 - probability))


def conv1d(x, kernel, stride=1):
    """Correlation along axis 1, no padding, channels last; kernel of (length, channels in, channels out)."""
    length = kernel.shape[0]
    steps = (x.shape[1] - length) // stride + 1
    return np.stack([np.einsum("nlc,lcf->nf", x[:, t * stride:t * stride + length], kernel)
                     for t in range(steps)], axis=1)


def _windows(x, size, strides):
    """The windows of axes 1 and 2, no padding: yields (row, column, window)."""
    for i in range((x.shape[1] - size[0]) // strides[0] + 1):
        for j in range((x.shape[2] - size[1]) // strides[1] + 1):
            yield i, j, x[:, i * strides[0]:i * strides[0] + size[0], j * strides[1]:j * strides[1] + size[1]]


def conv2d(x, kernel, strides=(1, 1)):
    """Correlation of axes 1 and 2, no padding, channels last; kernel of (height, width, channels in, channels
    out)."""
    height, width = ((n - k) // s + 1 for n, k, s in zip(x.shape[1:3], kernel.shape, strides))
    made = np.zeros((len(x), height, width, kernel.shape[3]))
    for i, j, window in _windows(x, kernel.shape[:2], strides):
        made[:, i, j] = np.einsum("nhwc,hwcf->nf", window, kernel)
    return made


def conv2d_same(x, kernel):
    """The same with zeros around, as many as keep the size (a kernel of odd size)."""
    height, width = kernel.shape[0] // 2, kernel.shape[1] // 2
    return conv2d(np.pad(x, [(0, 0), (height, height), (width, width), (0, 0)], "constant"), kernel)


def depthwise_conv2d(x, kernel):
    """Every channel with its own kernels; kernel of (height, width, channels, multiplier)."""
    parts = [conv2d(x[..., c:c + 1], kernel[:, :, c:c + 1]) for c in range(x.shape[3])]
    return np.concatenate(parts, axis=-1)


def pool2d(x, size, strides, choose):
    """`choose` (np.max or np.mean) of the windows of axes 1 and 2, no padding, channels last."""
    height, width = ((n - k) // s + 1 for n, k, s in zip(x.shape[1:3], size, strides))
    made = np.zeros((len(x), height, width, x.shape[3]))
    for i, j, window in _windows(x, size, strides):
        made[:, i, j] = choose(window, axis=(1, 2))
    return made


def simple_rnn(x, w, u, backwards=False):
    """All states of s(t) = tanh(x(t) w + s(t-1) u), from zeros; in the order they are computed."""
    state = np.zeros((len(x), w.shape[1]))
    states = []
    for t in (reversed(range(x.shape[1])) if backwards else range(x.shape[1])):
        state = np.tanh(x[:, t].dot(w) + state.dot(u))
        states.append(state)
    return np.stack(states, axis=1)

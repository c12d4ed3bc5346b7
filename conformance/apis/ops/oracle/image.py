"""Operations on images in float64. Inside, images are batches with channels last."""
import itertools

import numpy as np

FIRST = "channels_first"


def on_images(function):
    """The function of a batch with channels last, for single images and both data formats."""
    def oracle(images, *others, data_format=None, **arguments):
        single = images.ndim == 3
        x = images[None] if single else images
        x = np.moveaxis(x, 1, -1) if data_format == FIRST else x
        found = function(x, *others, **arguments)
        found = np.moveaxis(found, -1, 1) if data_format == FIRST else found
        return found[0] if single else found
    return oracle


def to_hsv(x):
    """Hue, saturation and value of red, green and blue."""
    high, low = x.max(-1), x.min(-1)
    spread = high - low
    safe = np.where(spread > 0, spread, 1.0)
    red, green, blue = np.moveaxis(x, -1, 0)
    hue = np.where(high == red, (green - blue) / safe % 6.0,
                   np.where(high == green, (blue - red) / safe + 2.0, (red - green) / safe + 4.0)) / 6.0
    return np.stack([np.where(spread > 0, hue, 0.0), spread / np.where(high > 0, high, 1.0), high], -1)


def to_rgb(x):
    """Red, green and blue of hue, saturation and value."""
    hue, saturation, value = np.moveaxis(x, -1, 0)
    found = []
    for place in (5.0, 3.0, 1.0):
        k = (place + 6.0 * hue) % 6.0
        found.append(value - value * saturation * np.clip(np.minimum(k, 4.0 - k), 0.0, 1.0))
    return np.stack(found, -1)


def outside(places, n, mode):
    """Indices into an axis of length n, for indices that may lie outside; where they stay outside, n."""
    if mode == "constant":
        return np.where((places >= 0) & (places < n), places, n)
    if mode == "nearest":
        return np.clip(places, 0, n - 1)
    if mode == "wrap":
        return places % n
    if mode == "mirror":
        turn = max(2 * n - 2, 1)
        return np.where(places % turn < n, places % turn, turn - places % turn)
    return np.where(places % (2 * n) < n, places % (2 * n), 2 * n - 1 - places % (2 * n))


def sample(array, coordinates, order, fill_mode="constant", fill_value=0):
    """The array at fractional coordinates (one array for each axis): the array is extended, then
    interpolated."""
    low = [np.floor(c + 0.5 * (1 - order)).astype(int) for c in coordinates]
    total = np.zeros(np.shape(coordinates[0]))
    for offset in itertools.product((0, 1), repeat=len(coordinates) if order else 0):
        weight, places = np.ones_like(total), []
        for axis, base in enumerate(low):
            step = offset[axis] if order else 0
            if order:
                part = coordinates[axis] - base
                weight = weight * (part if step else 1.0 - part)
            places.append(outside(base + step, array.shape[axis], fill_mode))
        held = np.pad(array, [(0, 1)] * array.ndim, constant_values=fill_value)
        missing = np.any([place == n for place, n in zip(places, array.shape)], axis=0)
        total += weight * np.where(missing, fill_value, held[tuple(places)])
    return total


def map_coordinates(inputs, coordinates, order, fill_mode="constant", fill_value=0):
    """What `ops.image.map_coordinates` gives."""
    return sample(inputs, list(coordinates), order, fill_mode, fill_value)


def affine(x, transform, interpolation="bilinear", fill_mode="constant", fill_value=0):
    """Each output point (x, y) takes the input at ((a0 x + a1 y + a2) / k, (b0 x + b1 y + b2) / k)."""
    rows = np.broadcast_to(transform, (x.shape[0], 8))
    down, right = np.mgrid[:x.shape[1], :x.shape[2]].astype(float)
    found = np.zeros_like(x, dtype=float)
    for n, (a0, a1, a2, b0, b1, b2, c0, c1) in enumerate(rows):
        k = c0 * right + c1 * down + 1.0
        places = [(b0 * right + b1 * down + b2) / k, (a0 * right + a1 * down + a2) / k]
        for channel in range(x.shape[-1]):
            found[n, ..., channel] = sample(x[n, ..., channel], places, int(interpolation == "bilinear"),
                                            fill_mode, fill_value)
    return found


def perspective(x, start_points, end_points, interpolation="bilinear", fill_value=0):
    """The projective map that takes the start points (x, y) to the end points."""
    starts = np.broadcast_to(start_points, (x.shape[0], 4, 2))
    ends = np.broadcast_to(end_points, (x.shape[0], 4, 2))
    transforms = []
    for start, end in zip(starts, ends):
        lines = []
        for (px, py), (qx, qy) in zip(start, end):
            lines.append([qx, qy, 1, 0, 0, 0, -px * qx, -px * qy])
            lines.append([0, 0, 0, qx, qy, 1, -py * qx, -py * qy])
        transforms.append(np.linalg.solve(np.array(lines), start.reshape(-1)))
    return affine(x, np.array(transforms), interpolation, "constant", fill_value)


KERNELS = {
    "nearest": None,
    "bilinear": (1.0, lambda t: np.maximum(0.0, 1.0 - t)),
    "bicubic": (2.0, lambda t: np.where(t < 1, (1.5 * t - 2.5) * t * t + 1.0, np.where(
        t < 2, ((-0.5 * t + 2.5) * t - 4.0) * t + 2.0, 0.0))),
    "lanczos3": (3.0, lambda t: np.where(t < 3, np.sinc(t) * np.sinc(t / 3.0), 0.0)),
    "lanczos5": (5.0, lambda t: np.where(t < 5, np.sinc(t) * np.sinc(t / 5.0), 0.0)),
}


def weights(n, m, scale, shift, method, antialias):
    """The shares (m, n) of input pixels in output pixels,
    whose centre i + 0.5 lies at scale times that of the
    input plus shift; nothing where it lies outside."""
    place = (np.arange(m) + 0.5 - shift) / scale - 0.5
    wide = max(1.0 / scale, 1.0) if antialias else 1.0
    shares = KERNELS[method][1](np.abs(place[:, None] - np.arange(n)) / wide)
    shares = shares / shares.sum(axis=1, keepdims=True)
    return np.where(((place >= -0.5) & (place <= n - 0.5))[:, None], shares, 0.0)


def resize(x, size, interpolation="bilinear", antialias=False):
    """Images of another size, whose pixels are areas: centres lie at half-integers."""
    for axis, m in enumerate(size, 1):
        n = x.shape[axis]
        if interpolation == "nearest":
            x = np.take(x, np.floor((np.arange(m) + 0.5) * n / m).astype(int), axis=axis)
        else:
            shares = weights(n, m, m / n, 0.0, interpolation, antialias)
            x = np.moveaxis(np.tensordot(shares, x, (1, axis)), 0, axis)
    return x


def cropped(x, size, **arguments):
    """The largest window of the middle that has the shape of `size`, resized."""
    height, width = x.shape[1:3]
    h = max(min(height, int(width * size[0] / size[1])), 1)
    w = max(min(width, int(height * size[1] / size[0])), 1)
    top, left = (height - h) // 2, (width - w) // 2
    return resize(x[:, top:top + h, left:left + w], size, **arguments)


def padded(x, size, fill_value=0.0, **arguments):
    """The image with as much at either side of the short axis as makes it the shape of `size`, resized."""
    height, width = x.shape[1:3]
    down = (max(height, int(width * size[0] / size[1])) - height) // 2
    across = (max(width, int(height * size[1] / size[0])) - width) // 2
    x = np.pad(x, [(0, 0), (down, down), (across, across), (0, 0)], constant_values=fill_value)
    return resize(x, size, **arguments)


def scale_and_translate(images, output_shape, scale, translation, spatial_dims, method, antialias=True):
    """What `ops.image.scale_and_translate` gives."""
    method = {"linear": "bilinear", "trilinear": "bilinear", "triangle": "bilinear", "cubic": "bicubic",
              "tricubic": "bicubic"}.get(method, method)
    for axis, factor, shift in zip(spatial_dims, scale, translation):
        shares = weights(images.shape[axis], output_shape[axis], factor, shift, method, antialias)
        images = np.moveaxis(np.tensordot(shares, images, (1, axis)), 0, axis)
    return images


def patches(x, size, strides=None, dilation_rate=1, padding="valid"):
    """Patches of batches with channels last, of any number of spatial dimensions, flattened with the channels
    last."""
    rank = x.ndim - 2
    size = (size,) * rank if isinstance(size, int) else tuple(size)
    strides = size if strides is None else (strides,) * rank if isinstance(strides, int) else tuple(strides)
    rates = (dilation_rate,) * rank if isinstance(dilation_rate, int) else tuple(dilation_rate)
    spans = [(k - 1) * d + 1 for k, d in zip(size, rates)]
    if padding == "same":
        missing = [max((-(-n // s) - 1) * s + span - n, 0) for n, s, span in zip(x.shape[1:], strides, spans)]
        x = np.pad(x, [(0, 0)] + [(m // 2, m - m // 2) for m in missing] + [(0, 0)])
    counts = [(n - span) // s + 1 for n, span, s in zip(x.shape[1:], spans, strides)]
    found = np.zeros((x.shape[0], *counts, int(np.prod(size)) * x.shape[-1]))
    for place in np.ndindex(*counts):
        window = tuple(slice(p * s, p * s + span, d) for p, s, span, d in zip(place, strides, spans, rates))
        found[(slice(None),) + place] = x[(slice(None),) + window].reshape(x.shape[0], -1)
    return found


def blurred(x, kernel_size=(3, 3), sigma=(1.0, 1.0)):
    """Each pixel spread by a normalized Gaussian, zeros outside."""
    shares = [np.exp(-0.5 * ((np.arange(k) - (k - 1) / 2.0) / s) ** 2) for k, s in zip(kernel_size, sigma)]
    kernel = np.outer(*[share / share.sum() for share in shares])
    windows = patches(x, kernel_size, strides=1, padding="same").reshape(*x.shape[:3], kernel.size,
    x.shape[-1])
    return np.einsum("nhwkc,k->nhwc", windows, kernel.reshape(-1))


def sobel(x):
    """The differences along height and along width, of shape (n, h, w, c, 2); what lies outside is zero."""
    down = np.outer([-1.0, 0.0, 1.0], [1.0, 2.0, 1.0])
    windows = patches(x, (3, 3), strides=1, padding="same").reshape(*x.shape[:3], 9, x.shape[-1])
    return np.stack([np.einsum("nhwkc,k->nhwc", windows, kernel.reshape(-1)) for kernel in (down, down.T)],
    -1)


def ssim(x, y, max_val=1.0, filter_size=11, filter_sigma=1.5, k1=0.01, k2=0.03):
    """The mean structural similarity of each pair of images, over Gaussian windows that lie inside."""
    share = np.exp(-0.5 * ((np.arange(filter_size) - (filter_size - 1) / 2.0) / filter_sigma) ** 2)
    kernel = np.outer(share, share).reshape(-1)
    kernel = kernel / kernel.sum()

    def mean(z):
        windows = patches(z, (filter_size, filter_size), strides=1)
        return np.einsum("nhwkc,k->nhwc", windows.reshape(*windows.shape[:3], kernel.size, z.shape[-1]),
        kernel)
    c1, c2 = (k1 * max_val) ** 2, (k2 * max_val) ** 2
    mx, my = mean(x), mean(y)
    light = (2 * mx * my + c1) / (mx ** 2 + my ** 2 + c1)
    rest = (2 * (mean(x * y) - mx * my) + c2) / (mean(x ** 2) - mx ** 2 + mean(y ** 2) - my ** 2 + c2)
    return (light * rest).mean(axis=(1, 2, 3))

"""Fourier transforms of complex numbers, which go in and come out as real and imaginary parts.

Transforms without a length of their own want known lengths: only axes of a batch are unknown there.
"""
import numpy as np

from conformance.apis.ops.inputs import given, normal, plain
from conformance.apis.ops.language import EAGER, SYMBOLIC, ops

SUMS = (64.0, "the coefficients are sums of terms that cancel each other")
BOTH = (EAGER, SYMBOLIC)


def parts(array):
    """The real and the imaginary part."""
    return [np.real(array), np.imag(array)]


def turned(length, sign):
    """The matrix of the transform: e to the power of sign 2 pi i j k / length."""
    steps = np.outer(np.arange(length), np.arange(length)) % length
    return np.exp(sign * 2j * np.pi * steps / length)


def fft(real, imag):
    """The sums of x_j e^(-2 pi i j k / n) along the last axis."""
    x = real + 1j * imag
    return parts(x @ turned(x.shape[-1], -1))


def fft2(real, imag, sign=-1):
    """The same along the last two axes."""
    x = real + 1j * imag
    return parts(turned(x.shape[-2], sign) @ x @ turned(x.shape[-1], sign))


def ifft2(real, imag):
    """The inverse of fft2: the other sign, divided by the number of elements."""
    return [part / (real.shape[-2] * real.shape[-1]) for part in fft2(real, imag, 1)]


def fitted(x, length):
    """x cropped, or padded with zeros, to this length of the last axis."""
    padded = np.concatenate([x, np.zeros(x.shape[:-1] + (length,))], axis=-1)
    return padded[..., :length]


def rfft(x, fft_length=None):
    """The first fft_length // 2 + 1 coefficients of a real signal."""
    length = x.shape[-1] if fft_length is None else fft_length
    return parts((fitted(x, length) @ turned(length, -1))[..., :length // 2 + 1])


def irfft(real, imag, fft_length=None):
    """The real signal that has these coefficients; those missing are conjugates of those given."""
    length = 2 * (real.shape[-1] - 1) if fft_length is None else fft_length
    half = fitted(real, length // 2 + 1) + 1j * fitted(imag, length // 2 + 1)
    rest = np.conj(half[..., 1:(length + 1) // 2][..., ::-1])
    return np.real(np.concatenate([half, rest], axis=-1) @ turned(length, 1)) / length


PAIR = {"ulps": SUMS, "result_dtype": ("float32", "float32")}

for name, function, shapes in (
        ("fft", fft, {"1d": (5,), "even": (8,), "2d": (3, 6), "3d": (2, 3, 7)}),
        ("fft2", fft2, {"2d": (3, 4), "square": (4, 4), "3d": (2, 3, 5), "4d": (2, 1, 5, 3)}),
        ("ifft2", ifft2, {"2d": (3, 4), "square": (4, 4), "3d": (2, 3, 5), "4d": (2, 1, 5, 3)})):
    call, one = "ops.{}((real, imag))".format(name), (1, 1) if "2" in name else (1,)
    with ops.function(name, area="fft") as f:
        f.promise("the parts of the transform along the last axis, or the last two", at=name + ": returns")
        for variant, shape in shapes.items():
            batch = range(len(shape) - len(one))
            f.case(variant, call, real=normal(*shape).unknown(*batch), imag=normal(*shape).unknown(*batch),
                   oracle=function, profile="full" if f.cases else "core", **PAIR)
        f.case("one", call, real=normal(*one).unknown(), imag=normal(*one).unknown(), oracle=function, **PAIR)
        f.case("no-batch", call, real=normal(0, 2, 3), imag=normal(0, 2, 3), oracle=function, ways=BOTH,
               **PAIR)
        f.promise("the parts are floating", at=name + ": x")
        f.case("float64", call, real=normal(2, 3, dtype="float64"), imag=normal(2, 3, dtype="float64"),
               oracle=function, ulps=SUMS, ways=BOTH)
        f.case("array", call, real=plain(normal(2, 3)), imag=plain(normal(2, 3)), oracle=function, ways=EAGER,
               **PAIR)
        f.promise("there is an axis to transform", at=name + ": description")
        f.refuses("few-axes", call, "Exception", real=normal(*one[1:]), imag=normal(*one[1:]))
        f.silent("what parts of different shapes are", at=name + ": x")
        f.refuses("different", call, "Exception", real=normal(2, 3), imag=normal(2, 4))

with ops.function("rfft", area="fft") as f:
    f.promise("the first half of the coefficients of a real signal", at="rfft: returns")
    f.case("even", "ops.rfft(x)", x=normal(6), oracle=rfft, profile="core", **PAIR)
    f.case("odd", "ops.rfft(x)", x=normal(5), oracle=rfft, **PAIR)
    f.case("3d", "ops.rfft(x)", x=normal(2, 3, 7).unknown(0, 1), oracle=rfft, **PAIR)
    f.case("one", "ops.rfft(x)", x=normal(2, 1), oracle=rfft, **PAIR)
    f.case("example", "ops.rfft(x)", x=given([0.0, 1.0, 2.0, 3.0, 4.0]), oracle=rfft, ways=EAGER, **PAIR)
    f.case("last-unknown", "ops.rfft(x)", x=normal(2, 6).unknown(1), oracle=rfft, ways="unknown", **PAIR)
    f.case("no-batch", "ops.rfft(x)", x=normal(0, 4), oracle=rfft, ways=BOTH, **PAIR)
    f.case("float64", "ops.rfft(x)", x=normal(2, 6, dtype="float64"), oracle=rfft, ulps=SUMS, ways=BOTH)
    f.case("array", "ops.rfft(x)", x=plain(normal(2, 6)), oracle=rfft, ways=EAGER, **PAIR)
    f.promise("a shorter fft_length crops the signal, a longer one pads it with zeros", at="rfft: fft_length")
    for length in (1, 3, 4, 7, 9, 10):
        f.case("length-{}".format(length), "ops.rfft(x, {})".format(length), x=normal(2, 7).unknown(0, 1),
               oracle=lambda x, length=length: rfft(x, length), **PAIR)
    f.case("length-named", "ops.rfft(x, fft_length=4)", x=normal(2, 3, 6), oracle=lambda x: rfft(x, 4),
           **PAIR)
    f.refuses("0d", "ops.rfft(x)", "Exception", x=normal())

with ops.function("irfft", area="fft") as f:
    text, real = "ops.irfft((real, imag){})", {"ulps": SUMS, "result_dtype": "float32"}
    f.promise("without fft_length the signal has 2 (inner - 1) elements", at="irfft: fft_length")
    f.case("1d", text.format(""), real=normal(4), imag=normal(4), oracle=irfft, profile="core", **real)
    f.case("3d", text.format(""), real=normal(2, 3, 5), imag=normal(2, 3, 5), oracle=irfft, **real)
    f.case("last-unknown", text.format(""), real=normal(2, 5).unknown(1), imag=normal(2, 5).unknown(1),
           oracle=irfft, ways="unknown", **real)
    f.case("no-batch", text.format(""), real=normal(0, 4), imag=normal(0, 4), oracle=irfft, ways=BOTH, **real)
    f.case("float64", text.format(""), real=normal(2, 4, dtype="float64"),
           imag=normal(2, 4, dtype="float64"), oracle=irfft, ulps=SUMS, ways=BOTH)
    f.case("array", text.format(""), real=plain(normal(2, 4)), imag=plain(normal(2, 4)), oracle=irfft,
           ways=EAGER, **real)
    f.promise("a shorter fft_length crops the coefficients, a longer one pads them with zeros",
              at="irfft: fft_length")
    for length in (1, 3, 6, 7, 8, 9, 11, 12):
        f.case("length-{}".format(length), text.format(", {}".format(length)), real=normal(2, 5),
               imag=normal(2, 5), oracle=lambda real, imag, length=length: irfft(real, imag, length), **real)
    f.case("length-named", text.format(", fft_length=7"), real=normal(3, 4), imag=normal(3, 4),
           oracle=lambda real, imag: irfft(real, imag, 7), **real)
    f.promise("it undoes rfft; an odd length is to be given", at="irfft: description")
    f.case("inverse", "ops.irfft(ops.rfft(x))", x=normal(2, 6), oracle=lambda x: x, **real)
    f.case("inverse-odd", "ops.irfft(ops.rfft(x, 5), 5)", x=normal(2, 5), oracle=lambda x: x, **real)

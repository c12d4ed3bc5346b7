"""Colours of images, and padding and cropping them."""
import numpy as np

from conformance.apis.ops.inputs import distinct, given, normal, plain, uniform, values
from conformance.apis.ops.language import ops
from conformance.apis.ops.oracle import image as oracle
from conformance.apis.ops.promotion import same
from conformance.apis.ops.spec.convolution import configured
from conformance.case import Check

FIRST, LAST = "channels_first", "channels_last"
FLOATS = ("float16", "bfloat16", "float64")
WEIGHTS = np.array([0.2989, 0.5870, 0.1140])


def formats(f, oracle, channels, make=uniform):
    """What all functions of images say of batches and data formats."""
    f.promise("a batch of images, or a single image", at=f.name + ": images")
    f.case("batch", images=make(2, 3, 4, channels), oracle=oracle, profile="core")
    f.case("single", images=make(3, 4, channels), oracle=oracle)
    f.case("array", images=plain(make(2, 3, 4, channels)), oracle=oracle, result_dtype=None)
    f.promise("data_format says where the channels are", at=f.name + ": data_format")
    f.case("first", images=make(2, channels, 3, 4), data_format=FIRST, oracle=oracle)
    f.case("single-first", images=make(channels, 3, 4), data_format=FIRST, oracle=oracle)
    f.case("last", images=make(2, 3, 4, channels), data_format=LAST, oracle=oracle, ways="eager")
    configured(f, "ops.{}(x)".format(f.name), lambda x: oracle(x, data_format=FIRST),
               x=make(2, channels, 3, 5))
    f.promise("dimensions may be unknown", at=f.name + ": images")
    f.case("unknown-space", images=make(2, 3, 4, channels).unknown(0, 1, 2), oracle=oracle, ways="unknown")


def refusals(f):
    """Shapes and dtypes that are documented as needed."""
    f.promise("images are 3D or 4D", at=f.name + ": images")
    f.refuses("2d", "ops.{}(x)".format(f.name), ("ValueError",), "rank", x=normal(4, 3))


gray = oracle.on_images(lambda x: np.sum(x * WEIGHTS, axis=-1, keepdims=True))


def near_gray(shape):
    """A pixel whose three channels are equal keeps that value; the shares of the channels need not add up to
    1 exactly."""
    def check(got):
        if np.shape(got) != shape:
            return "wrong shape: {} instead of {}".format(np.shape(got), shape)
        return None if np.abs(np.asarray(got, float) - 0.5).max() < 2e-3 else "a gray pixel changes"
    return Check("all within 0.002 of 0.5", check)


with ops.function("image.rgb_to_grayscale", area="image", dtype=same()) as f:
    f.promise("three channels become one, and gray stays as bright as it is",
              at="image.rgb_to_grayscale: returns")
    f.case("gray", images=given(np.full((2, 3, 4, 3), 0.5)), want=near_gray((2, 3, 4, 1)), profile="core")
    f.case("gray-first", images=given(np.full((2, 3, 4, 5), 0.5)), data_format=FIRST,
           want=near_gray((2, 1, 4, 5)))
    f.case("gray-single", images=given(np.full((3, 4, 3), 0.5)), want=near_gray((3, 4, 1)))
    f.promise("a float keeps its dtype", at="KerasTensor: dtype")
    f.sweep("gray", dtypes=FLOATS, images=uniform(1, 2, 2, 3).but(
        dtype=None, sweeps=True, _make=lambda random, dtype: np.full((1, 2, 2, 3), 0.5)),
        want=near_gray((1, 2, 2, 1)))
    refusals(f)
    f.silent("the shares of red, green and blue", at="image.rgb_to_grayscale: description")
    f.case("shares", images=uniform(2, 3, 4, 3), oracle=gray)
    f.case("shares-first", images=uniform(2, 3, 4, 5), data_format=FIRST, oracle=gray)
    f.case("uint8", images=values(1, 2, 2, 3, low=0, high=200, dtype="uint8"), ways="eager",
           oracle=lambda images: np.floor(gray(images)).astype(int))

hsv = oracle.on_images(oracle.to_hsv)
rgb = oracle.on_images(oracle.to_rgb)
PRIMARIES = [[[[1.0, 0, 0], [0, 1, 0], [0, 0, 1]], [[1, 1, 0], [0, 1, 1], [1, 0, 1]]]]

with ops.function("image.rgb_to_hsv", area="image", dtype=same()) as f:
    formats(f, hsv, 3)
    f.promise("red has hue 0, green 1/3 and blue 2/3", at="image.rgb_to_hsv: description")
    f.case("primaries", images=given(PRIMARIES), oracle=hsv)
    f.case("gray", images=given([[[[0.0, 0, 0], [0.25, 0.25, 0.25], [1, 1, 1]]]]), oracle=hsv)
    f.case("between", images=given([[[[0.9, 0.2, 0.6], [0.3, 0.8, 0.1], [0.2, 0.4, 0.9], [0.7, 0.7, 0.1]]]]),
           oracle=hsv)
    f.promise("a float keeps its dtype", at="KerasTensor: dtype")
    f.sweep("of", dtypes=FLOATS, images=values(1, 2, 2, 3, low=0, high=1), oracle=hsv)
    f.promise("images must be of floats", at="image.rgb_to_hsv: description")
    f.refuses("integers", "ops.image.rgb_to_hsv(x)", ("ValueError",), "dtype",
              x=values(2, 2, 3, low=0, high=9, dtype="int32"))
    refusals(f)

with ops.function("image.hsv_to_rgb", area="image", dtype=same()) as f:
    formats(f, rgb, 3)
    f.promise("it reverses rgb_to_hsv", at="image.hsv_to_rgb: description")
    f.case("primaries", images=given([[[[0.0, 1, 1], [1 / 3, 1, 1], [2 / 3, 1, 0.5], [0.5, 0.5, 1]]]]),
           oracle=rgb)
    f.case("gray", images=given([[[[0.3, 0.0, 0.0], [0.6, 0.0, 0.25], [0.9, 0.0, 1.0]]]]), oracle=rgb)
    f.case("reverse", "ops.image.hsv_to_rgb(ops.image.rgb_to_hsv(x))", x=uniform(2, 3, 4, 3),
           oracle=lambda x: x)
    f.case("hue-1", images=given([[[[1.0, 1.0, 1.0]]]]), want=np.array([[[[1.0, 0.0, 0.0]]]]))
    f.promise("a float keeps its dtype", at="KerasTensor: dtype")
    f.sweep("of", dtypes=FLOATS, images=values(1, 2, 2, 3, low=0, high=1), oracle=rgb)
    f.promise("images must be of floats", at="image.hsv_to_rgb: description")
    f.refuses("integers", "ops.image.hsv_to_rgb(x)", ("ValueError",), "dtype",
              x=values(2, 2, 3, low=0, high=9, dtype="int32"))
    refusals(f)


def margins(size, before, after, target, sign):
    """What lies before and after along an axis; one of the three follows from the others."""
    if before is None:
        before = sign * (target - size) - after
    if after is None:
        after = sign * (target - size) - before
    return before, after


def framed(sign):
    """What padding (`sign` 1) and cropping (-1) give."""
    def function(x, top=None, left=None, bottom=None, right=None, height=None, width=None):
        down = margins(x.shape[1], top, bottom, height, sign)
        across = margins(x.shape[2], left, right, width, sign)
        if sign > 0:
            return np.pad(x, [(0, 0), down, across, (0, 0)])
        return x[:, down[0]:x.shape[1] - down[1], across[0]:x.shape[2] - across[1]]
    with_format = oracle.on_images(function)

    def oracle_of(images, data_format=None, **given):
        return with_format(images, data_format=data_format,
                           **{name.replace("target_", "").split("_")[0]: n for name, n in given.items()})
    return oracle_of


def frames(f, oracle, word, large, small):
    """What both say; `word` is how their arguments end, and `large` the lengths of the target."""
    def sides(**lengths):
        return {name + word: n for name, n in lengths.items()}
    f.promise("rows and columns at each side", at=f.name + ": top" + word)
    f.case("sides", images=distinct(2, 6, 7, 3), **sides(top=1, left=2, bottom=3, right=4), oracle=oracle,
           profile="core")
    f.case("sides-0", images=distinct(2, 6, 7, 3), **sides(top=0, left=0, bottom=0, right=0), oracle=oracle)
    f.case("one-side", images=distinct(2, 6, 7, 3), **sides(top=0, left=3, bottom=0, right=0), oracle=oracle)
    f.case("single", images=distinct(6, 7, 3), **sides(top=2, left=1, bottom=0, right=3), oracle=oracle)
    f.promise("a side that is left out follows from the target", at=f.name + ": target_height")
    f.case("target", images=distinct(2, 6, 7, 3), **sides(top=1, left=2), target_height=large[0],
           target_width=large[1], oracle=oracle)
    f.case("target-end", images=distinct(2, 6, 7, 3), **sides(bottom=1, right=2), target_height=large[0],
           target_width=large[1], oracle=oracle)
    f.case("target-mixed", images=distinct(2, 6, 7, 3), **sides(top=1, left=2, bottom=2),
           target_width=large[1], oracle=oracle)
    f.case("target-same", images=distinct(2, 6, 7, 3), **sides(top=0, left=0), target_height=6,
           target_width=7, oracle=oracle)
    f.promise("data_format says where the channels are", at=f.name + ": data_format")
    f.case("first", images=distinct(2, 3, 6, 7), **sides(top=1, left=2, bottom=3, right=4),
           data_format=FIRST, oracle=oracle)
    f.case("single-first", images=distinct(3, 6, 7), **sides(top=1, left=2, bottom=3, right=4),
           data_format=FIRST, oracle=oracle)
    f.case("target-first", images=distinct(2, 3, 6, 7), **sides(top=1, left=2), target_height=large[0],
           target_width=large[1], data_format=FIRST, oracle=oracle)
    configured(f, "ops.{0}(x, 1, 2, target_height={1}, target_width={2})".format(f.name, *large),
               lambda x: oracle(x, FIRST, **sides(top=1, left=2), target_height=large[0],
                                target_width=large[1]), x=distinct(2, 3, 6, 7))
    f.promise("arguments may be positional", at=f.name + ": left" + word)
    f.case("positional", "ops.{}(x, 1, 2, None, None, {}, {}, 'channels_first')".format(f.name, *large),
           x=distinct(2, 3, 6, 7), oracle=lambda x: oracle(
               x, FIRST, **sides(top=1, left=2), target_height=large[0], target_width=large[1]))
    f.promise("the batch may be unknown, and lengths that are not", at=f.name + ": returns")
    f.case("unknown-batch", images=distinct(2, 6, 7, 3).unknown(0), **sides(top=1, left=2, bottom=3, right=0),
           oracle=oracle, ways="unknown")
    f.promise("a tensor keeps its dtype", at="KerasTensor: dtype")
    f.sweep("of", dtypes=FLOATS + ("uint8", "int32"), images=values(1, 3, 4, 2),
            **sides(top=1, left=0, bottom=0, right=1), oracle=oracle)
    f.silent("whether sides and a target that contradict each other are refused",
             at=f.name + ": target_height")
    f.refuses("overdetermined", "ops.{0}(x, top{1}=1, bottom{1}=1, left{1}=1, right{1}=1, target_height=8)"
              .format(f.name, word), ("ValueError",), "", x=normal(2, 6, 7, 3))
    f.refuses("negative", "ops.{0}(x, top{1}=-1, bottom{1}=1, left{1}=1, right{1}=1)".format(f.name, word),
              ("ValueError",), "top", x=normal(2, 6, 7, 3))
    f.refuses("target-wrong", "ops.{0}(x, top{1}=1, left{1}=1, target_height={2}, target_width={3})".format(
        f.name, word, *small), ("ValueError",), "", x=normal(2, 6, 7, 3))


with ops.function("image.pad_images", area="image", dtype=same()) as f:
    frames(f, framed(1), "_padding", (10, 12), (3, 4))

with ops.function("image.crop_images", area="image", dtype=same()) as f:
    frames(f, framed(-1), "_cropping", (4, 3), (9, 9))

"""Images of another size."""
import numpy as np

from conformance.apis.ops.inputs import distinct, given, normal, plain, uniform, values
from conformance.apis.ops.language import SYMBOLIC, ops
from conformance.apis.ops.oracle import image as oracle
from conformance.apis.ops.promotion import same
from conformance.apis.ops.spec.convolution import configured
from conformance.apis.ops.spec.nn_activations import NOTHING_MORE

FIRST, LAST = "channels_first", "channels_last"
NEAR = (256.0, "places are computed in float32")
_plain, _cropped, _padded = (oracle.on_images(kind) for kind in (oracle.resize, oracle.cropped,
oracle.padded))


def resized(images, size, interpolation="bilinear", antialias=False, crop_to_aspect_ratio=False,
            pad_to_aspect_ratio=False, fill_mode="constant", fill_value=0.0, data_format=None):
    """What `ops.image.resize` gives."""
    common = dict(interpolation=interpolation, antialias=antialias, data_format=data_format)
    if crop_to_aspect_ratio:
        return _cropped(images, size, **common)
    if pad_to_aspect_ratio and fill_mode == "constant":
        return _padded(images, size, fill_value=fill_value, **common)
    return _plain(images, size, **common)


with ops.function("image.resize", area="image", dtype=same()) as f:
    f.promise("by default each pixel is interpolated between its neighbours along both axes",
              at="image.resize: interpolation")
    f.case("larger", images=normal(2, 3, 4, 3), size=(6, 8), oracle=resized, profile="core")
    f.case("smaller", images=normal(2, 6, 8, 3), size=(3, 4), oracle=resized, profile="core")
    f.case("uneven", images=normal(2, 5, 7, 3), size=(8, 4), oracle=resized, profile="core",
           ulps=NEAR)
    f.case("one-axis", images=normal(2, 5, 7, 3), size=(5, 10), oracle=resized)
    f.case("same-size", images=normal(2, 5, 7, 3), size=(5, 7), oracle=resized)
    f.case("to-one", images=normal(2, 5, 7, 3), size=(1, 1), oracle=resized)
    f.case("from-one", images=normal(2, 1, 1, 3), size=(3, 4), oracle=resized)
    f.case("list", images=normal(2, 3, 4, 3), size=[6, 8], oracle=resized, ways="eager")
    f.promise("\"nearest\" takes the nearest pixel", at="image.resize: interpolation")
    f.case("nearest", images=distinct(2, 3, 4, 3), size=(6, 8), interpolation="nearest", oracle=resized,
           profile="core")
    f.case("nearest-smaller", images=distinct(2, 9, 6, 3), size=(3, 2), interpolation="nearest",
           oracle=resized)
    f.case("nearest-uneven", images=distinct(2, 5, 7, 3), size=(8, 3), interpolation="nearest",
           oracle=resized)
    f.case("nearest-first", images=distinct(2, 3, 5, 7), size=(8, 3), interpolation="nearest",
           data_format=FIRST, oracle=resized)
    f.promise("an image or a batch of images", at="image.resize: images")
    f.case("single", images=normal(3, 4, 3), size=(5, 6), oracle=resized, profile="core")
    f.case("array", images=plain(normal(2, 3, 4, 3)), size=(6, 8), oracle=resized, result_dtype=None)
    f.promise("data_format says where the channels are", at="image.resize: data_format")
    f.case("first", images=normal(2, 3, 5, 7), size=(8, 4), data_format=FIRST, oracle=resized, ulps=NEAR,
           profile="core")
    f.case("single-first", images=normal(3, 5, 7), size=(8, 4), data_format=FIRST, oracle=resized, ulps=NEAR)
    f.case("last", images=normal(2, 5, 7, 3), size=(8, 4), data_format=LAST, oracle=resized, ways="eager",
           ulps=NEAR)
    configured(f, "ops.image.resize(x, (8, 4))", lambda x: resized(x, (8, 4), data_format=FIRST),
               x=normal(2, 3, 5, 7), ulps=NEAR)
    f.promise("antialias changes nothing where images become larger", at="image.resize: antialias")
    f.case("antialias-larger", images=normal(2, 3, 4, 3), size=(6, 8), antialias=True, oracle=resized)
    f.promise("antialias filters with a triangle where images become smaller",
              at="image.scale_and_translate: method")
    f.case("antialias", images=normal(2, 6, 8, 3), size=(3, 2), antialias=True, oracle=resized)
    f.case("antialias-uneven", images=normal(2, 7, 9, 3), size=(3, 4), antialias=True, oracle=resized)
    f.case("antialias-first", images=normal(2, 3, 6, 8), size=(3, 2), antialias=True, data_format=FIRST,
           oracle=resized)
    f.promise("crop_to_aspect_ratio keeps the largest window of the middle that has the target's shape",
              at="image.resize: crop_to_aspect_ratio")
    f.case("crop-wide", images=normal(2, 4, 8, 3), size=(4, 4), crop_to_aspect_ratio=True, oracle=resized)
    f.case("crop-tall", images=normal(2, 8, 4, 3), size=(2, 2), crop_to_aspect_ratio=True, oracle=resized)
    f.case("crop-larger", images=normal(2, 6, 4, 3), size=(6, 6), crop_to_aspect_ratio=True, oracle=resized)
    f.case("crop-uneven", images=normal(2, 6, 8, 3), size=(6, 4), crop_to_aspect_ratio=True, oracle=resized)
    f.case("crop-first", images=normal(2, 3, 4, 8), size=(4, 4), crop_to_aspect_ratio=True, data_format=FIRST,
           oracle=resized)
    f.case("crop-single", images=normal(4, 8, 3), size=(4, 4), crop_to_aspect_ratio=True, oracle=resized)
    f.promise("pad_to_aspect_ratio pads the short side evenly with fill_value",
              at="image.resize: pad_to_aspect_ratio")
    f.case("pad-wide", images=normal(2, 4, 8, 3), size=(4, 4), pad_to_aspect_ratio=True, oracle=resized)
    f.case("pad-tall", images=normal(2, 8, 4, 3), size=(4, 4), pad_to_aspect_ratio=True, oracle=resized)
    f.case("pad-fill", images=normal(2, 4, 8, 3), size=(8, 8), pad_to_aspect_ratio=True, fill_value=2.5,
           oracle=resized)
    f.case("pad-fill-tall", images=normal(2, 8, 4, 3), size=(8, 8), pad_to_aspect_ratio=True, fill_value=-1.5,
           oracle=resized)
    f.case("pad-first", images=normal(2, 3, 4, 8), size=(8, 8), pad_to_aspect_ratio=True, fill_value=2.5,
           data_format=FIRST, oracle=resized)
    f.case("pad-first-tall", images=normal(2, 3, 8, 4), size=(8, 8), pad_to_aspect_ratio=True, fill_value=2.5,
           data_format=FIRST, oracle=resized)
    f.case("pad-single", images=normal(4, 8, 3), size=(8, 8), pad_to_aspect_ratio=True, fill_value=2.5,
           oracle=resized)
    f.case("pad-single-first", images=normal(3, 4, 8), size=(8, 8), pad_to_aspect_ratio=True, fill_value=2.5,
           data_format=FIRST, oracle=resized)
    f.case("pad-nearest", images=normal(2, 4, 8, 3), size=(8, 8), interpolation="nearest",
           pad_to_aspect_ratio=True, fill_value=2.5, oracle=resized)
    f.case("pad-nothing", images=normal(2, 4, 4, 3), size=(8, 8), pad_to_aspect_ratio=True, fill_value=2.5,
           oracle=resized)
    f.promise("the batch may be unknown", at="image.resize: returns")
    f.case("unknown-space", images=normal(2, 5, 7, 3).unknown(0, 1, 2), size=(8, 4), oracle=resized,
           ways="unknown", ulps=NEAR)
    f.promise("a float keeps its dtype", at="KerasTensor: dtype")
    f.sweep("of", dtypes=("float16", "bfloat16", "float64"), images=values(1, 2, 4, 2), size=(4, 2),
            oracle=resized)
    f.promise("the dtype that a symbolic call declares of integers is what evaluation gives",
              at="KerasTensor: dtype")
    f.sweep("declared", dtypes=("uint8", "int32"), images=values(1, 2, 4, 2, low=0, high=200), size=(4, 6),
            ways=SYMBOLIC, want=NOTHING_MORE, rule=lambda kinds, floatx: None)
    f.case("padded-uint8", images=values(1, 2, 4, 2, low=0, high=200, dtype="uint8"), size=(4, 4),
           pad_to_aspect_ratio=True, ways=SYMBOLIC, want=NOTHING_MORE, result_dtype=None)
    f.promise("the nearest pixel of integers is that integer", at="image.resize: interpolation")
    f.sweep("nearest", dtypes=("uint8", "int32"), images=values(1, 2, 3, 2, low=0, high=200), size=(4, 6),
            interpolation="nearest", oracle=resized, rule=lambda kinds, floatx: None, ways="eager")
    f.promise("what is documented as refused", at="image.resize: size")
    f.refuses("size-3", "ops.image.resize(x, (2, 3, 4))", ("ValueError",), "size", x=normal(2, 3, 4, 3))
    f.refuses("size-0", "ops.image.resize(x, (0, 3))", ("ValueError",), "size", x=normal(2, 3, 4, 3))
    f.refuses("method", "ops.image.resize(x, (2, 3), interpolation='round')", ("ValueError",),
              "interpolation", x=normal(2, 3, 4, 3))
    f.refuses("both", "ops.image.resize(x, (2, 3), crop_to_aspect_ratio=True, pad_to_aspect_ratio=True)",
              ("ValueError",), "aspect_ratio", x=normal(2, 3, 4, 3))
    f.refuses("fill-mode", "ops.image.resize(x, (2, 3), pad_to_aspect_ratio=True, fill_mode='wrap')",
              ("ValueError",), "fill_mode", x=normal(2, 3, 4, 3))
    f.refuses("2d", "ops.image.resize(x, (2, 3))", ("ValueError",), "rank", x=normal(3, 4))
    f.silent("which cubic kernel \"bicubic\" is, and what it sees beyond the edge",
             at="image.resize: interpolation")
    f.case("bicubic", images=normal(2, 5, 6, 3), size=(10, 12), interpolation="bicubic", oracle=resized)
    f.case("bicubic-smaller", images=normal(2, 6, 8, 3), size=(3, 4), interpolation="bicubic", oracle=resized)
    f.case("bicubic-antialias", images=normal(2, 6, 8, 3), size=(3, 4), interpolation="bicubic",
           antialias=True, oracle=resized)
    f.silent("where an odd pixel of padding or cropping goes", at="image.resize: pad_to_aspect_ratio")
    f.case("pad-odd", images=normal(2, 4, 7, 3), size=(4, 4), pad_to_aspect_ratio=True, oracle=resized)
    f.case("crop-odd", images=normal(2, 4, 7, 3), size=(4, 4), crop_to_aspect_ratio=True, oracle=resized)
    f.silent("how interpolated integers are rounded", at="image.resize: returns")
    f.case("uint8", images=values(1, 2, 4, 2, low=0, high=200, dtype="uint8"), size=(4, 6), ways="eager",
           oracle=lambda images, size: np.round(resized(images, size)).astype(int))

METHODS = ("linear", "bilinear", "trilinear", "triangle", "cubic", "bicubic", "tricubic", "lanczos3",
           "lanczos5")
CALL = "ops.image.scale_and_translate(x, {}, s, t, {}, {!r}{})"


def moved(f, variant, x, shape, scale, translation, dims, method, antialias=None, **options):
    """A case of scale_and_translate."""
    extra = {} if antialias is None else {"antialias": antialias}
    spelled = "" if antialias is None else ", antialias={}".format(antialias)
    f.case(variant, CALL.format(shape, dims, method, spelled),
           x=x, s=given(scale).unknown(), t=given(translation).unknown(), rule=same("x"),
           oracle=lambda x, s, t: oracle.scale_and_translate(x, shape, s, t, dims, method, **extra),
           **options)


with ops.function("image.scale_and_translate", area="image") as f:
    f.promise("a location maps to scale times itself plus translation, pixels being centred at halves",
              at="image.scale_and_translate: description")
    moved(f, "example", given(np.arange(9.0).reshape(3, 3)), (5, 5), [2.0, 2.0], [-0.5, -0.5], (0, 1),
          "linear")
    moved(f, "larger", normal(2, 4, 5, 3), (2, 6, 7, 3), [1.5, 1.25], [0.25, -0.5], (1, 2), "linear")
    moved(f, "smaller", normal(2, 6, 7, 3), (2, 4, 5, 3), [0.6, 0.7], [0.25, 0.125], (1, 2), "linear")
    moved(f, "translated", normal(4, 5, 3), (4, 5, 3), [1.0, 1.0], [1.25, -0.75], (0, 1), "linear")
    f.promise("what maps to a place outside is zero", at="image.scale_and_translate: description")
    moved(f, "outside", normal(4, 5), (7, 8), [1.0, 1.0], [2.0, -2.0], (0, 1), "linear")
    moved(f, "outside-cubic", normal(4, 5), (7, 8), [1.0, 1.0], [2.0, -2.0], (0, 1), "cubic")
    f.promise("spatial_dims are the dimensions that are scaled", at="image.scale_and_translate: spatial_dims")
    moved(f, "one-dim", normal(4, 5, 3), (4, 7, 3), [1.4], [0.2], (1,), "linear")
    moved(f, "three-dims", normal(3, 4, 5), (4, 5, 6), [1.25, 1.5, 1.2], [0.1, 0.2, -0.3], (0, 1, 2),
          "linear")
    moved(f, "dims-first", normal(2, 3, 4, 5), (2, 3, 6, 7), [1.5, 1.4], [0.3, 0.1], (2, 3), "linear")
    f.promise("method is the kernel: linear, Keys' cubic, or lanczos of radius 3 or 5",
              at="image.scale_and_translate: method")
    for method in METHODS:
        moved(f, "method-" + method, normal(2, 5, 6, 1), (2, 7, 8, 1), [1.4, 1.3], [0.25, -0.125], (1, 2),
              method)
        moved(f, "method-smaller-" + method, normal(2, 9, 8, 1), (2, 4, 5, 1), [0.45, 0.6], [0.05, 0.1],
              (1, 2), method, ways="eager")
    f.promise("antialias=False does not widen the kernel", at="image.scale_and_translate: antialias")
    for method in ("linear", "cubic", "lanczos3"):
        moved(f, "aliased-" + method, normal(2, 9, 8, 1), (2, 4, 5, 1), [0.45, 0.6], [0.05, 0.1], (1, 2),
              method, False, ulps=NEAR)
    f.promise("another method is refused", at="image.scale_and_translate: method")
    f.refuses("method", CALL.format((4, 4), (0, 1), "round", ""), ("ValueError",), "method", x=uniform(3, 3),
              s=given([1.0, 1.0]), t=given([0.0, 0.0]))

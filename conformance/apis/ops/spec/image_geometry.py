"""Images sampled at other places: transforms and coordinates."""
import numpy as np

from conformance.apis.ops.inputs import distinct, given, normal, plain, uniform, values
from conformance.apis.ops.language import ops
from conformance.apis.ops.oracle import image as oracle
from conformance.apis.ops.promotion import same
from conformance.apis.ops.spec.convolution import configured
from conformance.case import Check

FIRST = "channels_first"
SHARED = "float32 coordinates are interpolated"
LOOSE = (1024.0, SHARED)
SOLVED = (4096.0, "a system of equations is solved in float32")
affine = oracle.on_images(oracle.affine)
perspective = oracle.on_images(oracle.perspective)
IDENTITY = [1.0, 0, 0, 0, 1, 0, 0, 0]
MOVED = [1.0, 0, 1.25, 0, 1, -0.75, 0, 0]
ZOOMED = [1.5, 0, -1.25, 0, 0.75, 0.5, 0, 0]
SHEARED = [1.0, 0.5, -1.25, 0.25, 1.0, -0.5, 0, 0]
FAR = [1.0, 0, -5.25, 0, 1, 4.75, 0, 0]


def known(value):
    """A tensor whose dimensions are all known."""
    return given(value).unknown()


def both(value):
    """The same for two images."""
    return known([value, value])


with ops.function("image.affine_transform", area="image", dtype=same("images")) as f:
    f.promise("each output point takes the input at the place that the transform gives, (x, y) being column "
              "and row", at="image.affine_transform: transform")
    f.case("identity", images=normal(2, 5, 6, 3), transform=both(IDENTITY), oracle=affine)
    f.case("moved", images=normal(2, 5, 6, 3), transform=both(MOVED), oracle=affine)
    f.case("zoomed", images=normal(2, 5, 6, 3), transform=both(ZOOMED), oracle=affine, ulps=LOOSE)
    f.case("sheared", images=normal(2, 5, 6, 3), transform=both(SHEARED), oracle=affine, ulps=LOOSE)
    f.case("flipped", images=normal(2, 5, 6, 3), transform=both([-1.0, 0, 5, 0, 1, 0, 0, 0]), oracle=affine)
    f.case("each", images=normal(2, 5, 6, 3), transform=known([ZOOMED, SHEARED]), oracle=affine, ulps=LOOSE)
    f.promise("a vector of 8 serves the whole batch", at="image.affine_transform: transform")
    f.case("shared", images=normal(2, 5, 6, 3), transform=known(MOVED), oracle=affine)
    f.case("shared-first", images=normal(2, 3, 5, 6), transform=known(MOVED), data_format=FIRST,
           oracle=affine)
    f.case("one-row", images=normal(1, 5, 6, 3), transform=known([SHEARED]), oracle=affine, ulps=LOOSE)
    f.promise("an image or a batch of images", at="image.affine_transform: images")
    f.case("single", images=normal(5, 6, 3), transform=known(SHEARED), oracle=affine, ulps=LOOSE)
    f.case("array", images=plain(normal(2, 5, 6, 3)), transform=plain(np.array([MOVED, MOVED], "float32")),
           oracle=affine, result_dtype=None)
    f.promise("data_format says where the channels are", at="image.affine_transform: data_format")
    f.case("first", images=normal(2, 3, 5, 6), transform=both(SHEARED), data_format=FIRST, oracle=affine,
           ulps=LOOSE)
    f.case("single-first", images=normal(3, 5, 6), transform=known(MOVED), data_format=FIRST, oracle=affine)
    configured(f, "ops.image.affine_transform(x, t)", lambda x, t: affine(x, t, data_format=FIRST),
               x=normal(2, 3, 5, 6), t=both(MOVED), rule=same("x"))
    f.promise("\"nearest\" takes the nearest pixel", at="image.affine_transform: interpolation")
    f.case("nearest", images=distinct(2, 5, 6, 3), transform=both(MOVED), interpolation="nearest",
           oracle=affine)
    f.case("nearest-zoomed", images=distinct(2, 5, 6, 3), transform=both([0.7, 0, 0.05, 0, 1.2, 0.05, 0, 0]),
           interpolation="nearest", oracle=affine)
    f.promise("fill_mode is how the image goes on beyond its edge", at="image.affine_transform: fill_mode")
    for mode in ("constant", "nearest", "wrap", "reflect"):
        f.case("fill-" + mode, images=normal(2, 5, 6, 3), transform=both(FAR), fill_mode=mode, oracle=affine,
               ulps=LOOSE)
        f.case("fill-nearest-" + mode, images=distinct(2, 5, 6, 3), transform=both(FAR), fill_mode=mode,
               interpolation="nearest", oracle=affine)
    f.case("fill-near-reflect", images=normal(2, 5, 6, 3), transform=both(MOVED), fill_mode="reflect",
           oracle=affine, ulps=LOOSE)
    f.promise("fill_value is what is beyond, where it is constant", at="image.affine_transform: fill_value")
    f.case("fill-value", images=normal(2, 5, 6, 3), transform=both(MOVED), fill_value=2.5, oracle=affine)
    f.case("fill-value-nearest", images=distinct(2, 5, 6, 3), transform=both(FAR), interpolation="nearest",
           fill_value=-3, oracle=affine)
    f.promise("a float keeps its dtype", at="KerasTensor: dtype")
    f.sweep("of", dtypes=("float16", "bfloat16", "float64"), images=values(1, 3, 4, 2),
            transform=known([1.0, 0, 0.5, 0, 1, 0.25, 0, 0]), oracle=affine)
    f.promise("integers keep their dtype", at="KerasTensor: dtype")
    f.sweep("nearest", dtypes=("uint8", "int32"), images=values(1, 3, 4, 2, low=0, high=200),
            transform=known([1.0, 0, 1.25, 0, 1, 0.25, 0, 0]), interpolation="nearest", oracle=affine)
    f.promise("methods and modes that are not available are refused",
              at="image.affine_transform: interpolation")
    f.refuses("method", "ops.image.affine_transform(x, t, interpolation='round')", ("ValueError",),
              "interpolation", x=normal(5, 6, 3), t=given(IDENTITY))
    f.refuses("mode", "ops.image.affine_transform(x, t, fill_mode='bounce')", ("ValueError",), "fill_mode",
              x=normal(5, 6, 3), t=given(IDENTITY))
    f.refuses("2d", "ops.image.affine_transform(x, t)", ("ValueError",), "rank", x=normal(5, 6),
              t=given(IDENTITY))

CORNERS = [[0.0, 0], [5, 0], [0, 4], [5, 4]]
BENT = [[0.5, 0.25], [4.5, 0.5], [-0.25, 3.5], [5.25, 4.25]]
SHIFTED = [[1.0, 0.5], [6, 0.5], [1, 4.5], [6, 4.5]]

with ops.function("image.perspective_transform", area="image", dtype=same("images")) as f:
    f.promise("the points (x, y) of the original image come to lie at the end points",
              at="image.perspective_transform: start_points")
    f.case("identity", images=normal(2, 5, 6, 3), start_points=both(CORNERS), end_points=both(CORNERS),
           oracle=perspective, ulps=SOLVED)
    f.case("shifted", images=normal(2, 5, 6, 3), start_points=both(CORNERS), end_points=both(SHIFTED),
           oracle=perspective, ulps=SOLVED)
    f.case("bent", images=normal(2, 5, 6, 3), start_points=both(CORNERS), end_points=both(BENT),
           oracle=perspective, ulps=SOLVED)
    f.case("each", images=normal(2, 5, 6, 3), start_points=known([CORNERS, CORNERS]),
           end_points=known([BENT, SHIFTED]), oracle=perspective,
           ulps=SOLVED)
    f.promise("points of shape (4, 2) serve the whole batch", at="image.perspective_transform: start_points")
    f.case("shared", images=normal(2, 5, 6, 3), start_points=known(CORNERS), end_points=known(BENT),
           oracle=perspective, ulps=SOLVED)
    f.case("single", images=normal(5, 6, 3), start_points=known(CORNERS), end_points=known(BENT),
           oracle=perspective, ulps=SOLVED)
    f.promise("data_format says where the channels are", at="image.perspective_transform: data_format")
    f.case("first", images=normal(2, 3, 5, 6), start_points=both(CORNERS), end_points=both(BENT),
           data_format=FIRST, oracle=perspective, ulps=SOLVED)
    configured(f, "ops.image.perspective_transform(x, s, e)",
               lambda x, s, e: perspective(x, s, e, data_format=FIRST), x=normal(2, 3, 5, 6), s=both(CORNERS),
               e=both(BENT), rule=same("x"), ulps=SOLVED)
    f.promise("interpolation and fill_value", at="image.perspective_transform: interpolation")
    f.case("nearest", images=distinct(2, 5, 6, 3), start_points=both(CORNERS), end_points=both(BENT),
           interpolation="nearest", oracle=perspective)
    f.case("fill-value", images=normal(2, 5, 6, 3), start_points=both(CORNERS), end_points=both(SHIFTED),
           fill_value=2.5, oracle=perspective, ulps=SOLVED)
    f.promise("a float keeps its dtype", at="KerasTensor: dtype")
    f.sweep("of", dtypes=("float16", "bfloat16", "float64"), images=values(1, 5, 6, 2),
            start_points=known(CORNERS), end_points=known(SHIFTED), oracle=perspective,
            ulps={"float64": (4e10, "points of float32 are solved in float32"),
                  "float16": (16.0, "shares are rounded"), "bfloat16": (16.0, "shares are rounded")})
    f.promise("points of another shape are refused", at="image.perspective_transform: start_points")
    f.refuses("points", "ops.image.perspective_transform(x, s, e)", ("ValueError",), "start_points",
              x=normal(5, 6, 3), s=normal(3, 2), e=normal(4, 2))

INSIDE = [[0.25, 1.5, 2.75, 3.0], [0.0, 3.25, 1.125, 4.0]]
BEYOND = [[-0.25, -1.75, 4.25, 3.625, -2.8, 6.1], [1.0, 5.25, -0.75, 4.75, -3.4, 7.3]]

with ops.function("image.map_coordinates", area="image", dtype=same("inputs")) as f:
    f.promise("order 1 interpolates linearly between the elements around each place",
              at="image.map_coordinates: order")
    f.case("linear", inputs=normal(4, 5), coordinates=known(INSIDE), order=1, oracle=oracle.map_coordinates)
    f.case("grid", inputs=normal(4, 5), coordinates=uniform(2, 3, 2, high=3.0).unknown(), order=1,
           oracle=oracle.map_coordinates)
    f.case("1d", inputs=normal(5), coordinates=known([[0.25, 3.5, 1.0]]), order=1,
           oracle=oracle.map_coordinates)
    f.case("3d", inputs=normal(3, 4, 5), coordinates=uniform(3, 4, high=2.0).unknown(), order=1,
           oracle=oracle.map_coordinates)
    f.promise("order 0 takes the nearest element", at="image.map_coordinates: order")
    f.case("nearest", inputs=distinct(4, 5), coordinates=known([[0.25, 1.625, 2.75], [0.0, 3.25, 1.125]]),
           order=0, oracle=oracle.map_coordinates)
    f.case("nearest-3d", inputs=distinct(3, 4, 5), coordinates=known([[0.25, 1.6], [2.7, 0.2], [1.1, 3.8]]),
           order=0, oracle=oracle.map_coordinates)
    f.promise("fill_mode is how the inputs go on beyond their edge", at="image.map_coordinates: fill_mode")
    for mode in ("constant", "nearest", "wrap", "mirror", "reflect"):
        f.case("fill-" + mode, inputs=normal(4, 5), coordinates=known(BEYOND), order=1, fill_mode=mode,
               oracle=oracle.map_coordinates, ulps=LOOSE)
        f.case("fill-nearest-" + mode, inputs=distinct(4, 5), coordinates=known(BEYOND), order=0,
               fill_mode=mode, oracle=oracle.map_coordinates)
    f.promise("fill_value is what is beyond, where it is constant", at="image.map_coordinates: fill_value")
    f.case("fill-value", inputs=normal(4, 5), coordinates=known(BEYOND), order=1, fill_value=2.5,
           oracle=oracle.map_coordinates)
    f.case("fill-value-nearest", inputs=distinct(4, 5), coordinates=known(BEYOND), order=0, fill_value=-7,
           oracle=oracle.map_coordinates)
    f.case("positional", "ops.image.map_coordinates(x, c, 1, 'constant', 2.5)", x=normal(4, 5),
           c=known(BEYOND), rule=same("x"), oracle=lambda x, c: oracle.map_coordinates(x, c, 1, "constant",
           2.5))
    f.case("list", "ops.image.map_coordinates(x, [a, b], 1)", x=normal(4, 5), a=known(INSIDE[0]),
           b=known(INSIDE[1]), rule=same("x"), ways="eager",
           oracle=lambda x, a, b: oracle.map_coordinates(x, [a, b], 1))
    f.promise("the dtype is that of the inputs", at="KerasTensor: dtype")
    f.sweep("of", dtypes=("float16", "bfloat16", "float64"), inputs=values(3, 4), coordinates=known(
        [[0.25, 1.5], [0.5, 2.75]]), order=1, oracle=oracle.map_coordinates)
    f.sweep("nearest", dtypes=("uint8", "int32"), inputs=values(3, 4, low=0, high=200), coordinates=known(
        [[0.25, 1.625], [0.625, 2.75]]), order=0, oracle=oracle.map_coordinates)
    f.promise("other orders and a wrong number of coordinates are refused", at="image.map_coordinates: order")
    f.refuses("order", "ops.image.map_coordinates(x, c, 3)", ("ValueError", "NotImplementedError"), "order",
              x=normal(4, 5), c=given(INSIDE))
    f.refuses("rank", "ops.image.map_coordinates(x, c, 1)", ("ValueError",), "", x=normal(4, 5, 2),
              c=given(INSIDE))


def close_to_input(got):
    """A problem where a transform without intensity moves something."""
    return None if np.shape(got) == (2, 8, 9, 3) else "wrong shape: {}".format(np.shape(got))


CALL = "ops.image.elastic_transform(x, {}seed=7)"
with ops.function("image.elastic_transform", area="image", dtype=same()) as f:
    f.promise("images keep their shape and dtype", at="image.elastic_transform: returns")
    f.case("shape", CALL.format(""), x=uniform(2, 8, 9, 3), want=Check("the shape of the input",
                                                                       close_to_input))
    f.case("first", "ops.shape(ops.image.elastic_transform(x, seed=7, data_format='channels_first'))",
           x=uniform(2, 3, 8, 9), want=(2, 3, 8, 9), ways="eager")
    f.case("single", "ops.shape(ops.image.elastic_transform(x, seed=7))", x=uniform(8, 9, 3), want=(8, 9, 3),
           ways="eager")
    f.sweep("of", CALL.format(""), dtypes=("float16", "bfloat16", "float64"), x=values(2, 8, 9, 3),
            want=Check("the shape of the input", close_to_input))
    f.promise("alpha scales the deformation: 0 leaves images as they are",
              at="image.elastic_transform: alpha")
    f.case("alpha-0", CALL.format("alpha=0.0, "), x=uniform(2, 8, 9, 3), oracle=lambda x: x, ulps=LOOSE)
    f.case("alpha-0-first", CALL.format("alpha=0.0, data_format='channels_first', "), x=uniform(2, 3, 8, 9),
           oracle=lambda x: x, ulps=LOOSE)
    f.case("alpha-0-nearest", CALL.format("alpha=0.0, interpolation='nearest', "), x=uniform(2, 8, 9, 3),
           oracle=lambda x: x)
    configured(f, CALL.format("alpha=0.0, "), lambda x: x, x=uniform(2, 3, 8, 9), ulps=LOOSE)
    f.promise("a constant image stays constant, unless it is filled from outside",
              at="image.elastic_transform: fill_mode")
    for mode in ("nearest", "wrap", "reflect"):
        f.case("constant-" + mode, CALL.format("alpha=50.0, fill_mode={!r}, ".format(mode)),
               x=given(np.full((1, 6, 7, 2), 0.5)), oracle=lambda x: x, ulps=LOOSE)
    f.case("filled", CALL.format("alpha=50.0, fill_mode='constant', fill_value=0.5, "),
           x=given(np.full((1, 6, 7, 2), 0.5)), oracle=lambda x: x, ulps=LOOSE)
    f.promise("the same seed deforms alike, another one otherwise", at="image.elastic_transform: seed")
    f.case("seed", "[bool(ops.all(ops.image.elastic_transform(x, seed=3) == ops.image.elastic_transform(x, "
           "seed=3))), bool(ops.all(ops.image.elastic_transform(x, seed=3) == "
           "ops.image.elastic_transform(x, seed=4)))]", x=uniform(1, 8, 9, 3), want=[True, False],
           ways="eager")
    f.promise("methods that are not available are refused", at="image.elastic_transform: interpolation")
    f.refuses("method", CALL.format("interpolation='round', "), ("ValueError",), "interpolation",
              x=normal(5, 6, 3))

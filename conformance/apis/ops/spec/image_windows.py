"""Windows of images: patches, blur, edges and structural similarity."""
import numpy as np

from conformance.apis.ops.inputs import distinct, given, normal, plain, uniform, values
from conformance.apis.ops.language import ops
from conformance.apis.ops.oracle import image as oracle
from conformance.apis.ops.promotion import same
from conformance.apis.ops.spec.convolution import configured

FIRST = "channels_first"
FLOATS = ("float16", "bfloat16", "float64")


def cut(images, size, data_format=None, **arguments):
    """Patches of images or volumes, single or in a batch."""
    rank = 2 if isinstance(size, int) else len(size)
    single = images.ndim == rank + 1
    x = images[None] if single else images
    x = np.moveaxis(x, 1, -1) if data_format == FIRST else x
    found = oracle.patches(x, size, **arguments)
    found = np.moveaxis(found, -1, 1) if data_format == FIRST else found
    return found[0] if single else found


def cut_3d(volumes, size, **arguments):
    """Patches of volumes."""
    return cut(volumes, (size,) * 3 if isinstance(size, int) else size, **arguments)


with ops.function("image.extract_patches", area="image", dtype=same()) as f:
    f.promise("patches next to each other, each flattened with its channels last",
              at="image.extract_patches: returns")
    f.case("size", images=distinct(2, 6, 8, 3), size=2, oracle=cut, profile="core")
    f.case("size-each", images=distinct(2, 6, 8, 3), size=(3, 2), oracle=cut)
    f.case("rest", images=distinct(2, 7, 8, 3), size=3, oracle=cut)
    f.case("single", images=distinct(6, 8, 3), size=(3, 2), oracle=cut)
    f.case("whole", images=distinct(2, 4, 3, 2), size=(4, 3), oracle=cut)
    f.promise("strides are the size unless given", at="image.extract_patches: strides")
    f.case("strides", images=distinct(2, 6, 7, 3), size=(3, 2), strides=1, oracle=cut)
    f.case("strides-each", images=distinct(2, 6, 8, 3), size=2, strides=(1, 3), oracle=cut)
    f.case("strides-beyond", images=distinct(2, 7, 8, 3), size=2, strides=3, oracle=cut)
    f.promise("dilation_rate spreads the pixels of a patch", at="image.extract_patches: dilation_rate")
    f.case("dilation", images=distinct(2, 6, 7, 3), size=2, strides=1, dilation_rate=2, oracle=cut)
    f.promise("\"same\" pads with zeros", at="image.extract_patches: padding")
    f.case("same", images=distinct(2, 5, 7, 3), size=3, padding="same", oracle=cut)
    f.case("same-strides", images=distinct(2, 5, 7, 3), size=(3, 2), strides=1, padding="same", oracle=cut)
    f.promise("data_format says where the channels are", at="image.extract_patches: data_format")
    f.case("first", images=distinct(2, 3, 6, 8), size=(3, 2), data_format=FIRST, oracle=cut)
    f.case("single-first", images=distinct(3, 6, 8), size=2, data_format=FIRST, oracle=cut)
    configured(f, "ops.image.extract_patches(x, (3, 2))", lambda x: cut(x, (3, 2), data_format=FIRST),
               x=distinct(2, 3, 6, 8))
    f.promise("a size of three cuts volumes", at="image.extract_patches: size")
    f.case("3d", images=distinct(2, 4, 6, 2, 3), size=(2, 3, 1), oracle=cut)
    f.case("3d-single", images=distinct(4, 6, 2, 3), size=(2, 3, 2), oracle=cut)
    f.case("3d-strides", images=distinct(1, 4, 5, 3, 2), size=(2, 3, 2), strides=(1, 2, 1), oracle=cut)
    f.case("3d-first", images=distinct(2, 3, 4, 6, 2), size=(2, 3, 1), data_format=FIRST, oracle=cut)
    f.promise("the batch may be unknown", at="image.extract_patches: returns")
    f.case("unknown-space", images=distinct(2, 6, 8, 3).unknown(0, 1, 2), size=2, oracle=cut, ways="unknown")
    f.promise("a float keeps its dtype", at="KerasTensor: dtype")
    f.sweep("of", dtypes=FLOATS, images=values(1, 4, 4, 2), size=2, oracle=cut)
    f.promise("sizes of another length are refused", at="image.extract_patches: size")
    f.refuses("size-1", "ops.image.extract_patches(x, (2,))", ("ValueError",), "size", x=normal(2, 6, 8, 3))
    f.refuses("size-text", "ops.image.extract_patches(x, '2')", ("TypeError",), "size", x=normal(2, 6, 8, 3))

with ops.function("image.extract_patches_3d", area="image", dtype=same()) as f:
    f.promise("patches of volumes, each flattened with its channels last",
              at="image.extract_patches_3d: returns")
    f.case("size", volumes=distinct(2, 4, 6, 4, 2), size=2, oracle=cut_3d)
    f.case("size-each", volumes=distinct(1, 4, 6, 5, 2), size=(2, 3, 1), oracle=cut_3d)
    f.case("single", volumes=distinct(4, 6, 5, 2), size=(2, 3, 1), oracle=cut_3d)
    f.promise("strides are the size unless given", at="image.extract_patches_3d: strides")
    f.case("strides", volumes=distinct(1, 4, 5, 3, 2), size=2, strides=1, oracle=cut_3d)
    f.case("strides-each", volumes=distinct(1, 4, 5, 6, 2), size=2, strides=(1, 2, 3), oracle=cut_3d)
    f.promise("dilation_rate spreads the voxels of a patch", at="image.extract_patches_3d: dilation_rate")
    f.case("dilation", volumes=distinct(1, 4, 5, 6, 2), size=2, strides=1, dilation_rate=2, oracle=cut_3d)
    f.promise("\"same\" pads with zeros", at="image.extract_patches_3d: padding")
    f.case("same", volumes=distinct(1, 3, 5, 4, 2), size=(2, 3, 2), padding="same", oracle=cut_3d)
    f.promise("data_format says where the channels are", at="image.extract_patches_3d: data_format")
    f.case("first", volumes=distinct(2, 2, 4, 6, 5), size=(2, 3, 1), data_format=FIRST, oracle=cut_3d)
    f.case("single-first", volumes=distinct(2, 4, 6, 5), size=(2, 3, 1), data_format=FIRST, oracle=cut_3d)


def spot(*shape):
    """Images that are zero but in their middle, so that it does not matter how their edge goes on."""
    def make(random):
        found = np.zeros(shape)
        inner = tuple(slice(None) if n < 5 else slice(n // 2 - 1, n // 2 + 1) for n in shape)
        found[inner] = random.uniform(0.5, 1.5, found[inner].shape)
        return found
    return uniform(*shape).but(_make=make)


blurred = oracle.on_images(oracle.blurred)
NEAR = (512.0, "the kernel is computed in float32")

with ops.function("image.gaussian_blur", area="image", dtype=same()) as f:
    f.promise("each pixel is spread by a Gaussian that sums to 1", at="image.gaussian_blur: sigma")
    f.case("default", images=spot(2, 8, 9, 3), oracle=blurred, ulps=NEAR)
    f.case("single", images=spot(8, 9, 3), oracle=blurred, ulps=NEAR)
    f.promise("sigma is along height, and along width", at="image.gaussian_blur: sigma")
    f.case("sigma", images=spot(2, 8, 9, 3), sigma=(0.5, 2.0), oracle=blurred, ulps=NEAR)
    f.promise("kernel_size is the height, and the width of the kernel", at="image.gaussian_blur: kernel_size")
    f.case("kernel-5", images=spot(2, 12, 13, 3), kernel_size=(5, 5), oracle=blurred, ulps=NEAR)
    f.case("kernel-each", images=spot(2, 12, 13, 3), kernel_size=(3, 5), sigma=(1.5, 0.75), oracle=blurred,
           ulps=NEAR)
    f.case("kernel-tall", images=spot(2, 12, 13, 3), kernel_size=(5, 1), sigma=(1.5, 0.75), oracle=blurred,
           ulps=NEAR)
    f.promise("data_format says where the channels are", at="image.gaussian_blur: data_format")
    f.case("first", images=spot(2, 3, 8, 9), data_format=FIRST, oracle=blurred, ulps=NEAR)
    f.case("last", images=spot(2, 8, 9, 3), data_format="channels_last", oracle=blurred, ulps=NEAR)
    f.case("last-tall", images=spot(2, 12, 13, 3), kernel_size=(5, 1), data_format="channels_last",
           oracle=blurred, ulps=NEAR)
    f.case("single-first", images=spot(3, 8, 9), data_format=FIRST, sigma=(0.5, 2.0), oracle=blurred,
           ulps=NEAR)
    f.case("positional", "ops.image.gaussian_blur(x, (3, 5), (0.5, 2.0), 'channels_first')",
           x=spot(2, 3, 8, 9), ulps=NEAR,
           oracle=lambda x: blurred(x, kernel_size=(3, 5), sigma=(0.5, 2.0), data_format=FIRST))
    f.case("unknown-space", images=spot(2, 8, 9, 3).unknown(0, 1, 2), oracle=blurred, ways="unknown",
           ulps=NEAR)
    f.promise("a float keeps its dtype", at="KerasTensor: dtype")
    f.sweep("of", dtypes=FLOATS, images=uniform(1, 7, 7, 1).but(dtype=None, sweeps=True, _make=lambda random,
            dtype: np.pad([[1.0, 0.5], [0.25, 0.75]], ((3, 2), (2, 3)))[None, :, :, None]), oracle=blurred,
            ulps={"float64": (1e10, "the kernel may be computed in float32"),
                  "float16": (16.0, "shares are rounded"), "bfloat16": (16.0, "shares are rounded")})
    f.silent("what lies beyond the edge", at="image.gaussian_blur: returns")
    f.case("edge", images=normal(2, 5, 6, 3), oracle=blurred, ways="eager", ulps=NEAR)


def sobel(images, data_format=None):
    """What `ops.image.sobel_edges` gives."""
    x = np.moveaxis(images, 1, -1) if data_format == FIRST else images
    found = oracle.sobel(x)
    return np.moveaxis(found, 3, 1) if data_format == FIRST else found


with ops.function("image.sobel_edges", area="image", dtype=same()) as f:
    f.promise("the vertical gradient, and the horizontal one, along a new last axis",
              at="image.sobel_edges: returns")
    f.case("batch", images=spot(2, 8, 9, 3), oracle=sobel)
    f.case("one-channel", images=spot(1, 8, 9, 1), oracle=sobel)
    f.promise("data_format says where the channels are", at="image.sobel_edges: data_format")
    f.case("first", images=spot(2, 3, 8, 9), data_format=FIRST, oracle=sobel)
    configured(f, "ops.image.sobel_edges(x)", lambda x: sobel(x, FIRST), x=spot(2, 3, 8, 9))
    f.case("positional", "ops.image.sobel_edges(x, 'channels_first')", x=spot(2, 3, 8, 9),
           oracle=lambda x: sobel(x, FIRST))
    f.case("array", images=plain(spot(2, 8, 9, 3)), oracle=sobel, result_dtype=None)
    f.case("unknown-space", images=spot(2, 8, 9, 3).unknown(0, 1, 2), oracle=sobel, ways="unknown")
    f.promise("it grows from light to dark along each axis", at="image.sobel_edges: description")
    f.case("edge", "ops.image.sobel_edges(x)[:, 2:6, 2:6]", x=given(np.repeat(
        [[[[0.0], [0.0], [0.0], [0.0], [1.0], [1.0], [1.0], [1.0]]]], 8, axis=1)),
        oracle=lambda x: sobel(x)[:, 2:6, 2:6])
    f.promise("a float keeps its dtype", at="KerasTensor: dtype")
    f.sweep("of", dtypes=FLOATS, images=uniform(1, 6, 7, 1).but(dtype=None, sweeps=True, _make=lambda random,
            dtype: np.pad([[1.0, 0.5], [0.25, 0.75]], ((2, 2), (2, 3)))[None, :, :, None]), oracle=sobel)
    f.silent("what lies beyond the edge", at="image.sobel_edges: returns")
    f.case("beyond", images=normal(2, 5, 6, 3), oracle=sobel, ways="eager")


def ssim(image1, image2, data_format=None, **arguments):
    """What `ops.image.ssim` gives."""
    single = image1.ndim == 3
    pair = [x[None] if single else x for x in (image1, image2)]
    pair = [np.moveaxis(x, 1, -1) if data_format == FIRST else x for x in pair]
    found = oracle.ssim(*pair, **arguments)
    return found[0] if single else found


NOISY = (16384.0, "small variances are differences of means of squares")

with ops.function("image.ssim", area="image", dtype=same("image1", "image2")) as f:
    f.promise("equal images have the similarity 1", at="image.ssim: description")
    f.case("equal", "ops.image.ssim(x, x)", x=uniform(2, 12, 13, 3), want=np.ones(2), rule=same(), ulps=NOISY)
    f.promise("luminance, contrast and structure in Gaussian windows, averaged: one value for each pair",
              at="image.ssim: returns")
    f.case("batch", image1=uniform(2, 12, 13, 3), image2=uniform(2, 12, 13, 3), oracle=ssim, ulps=NOISY)
    f.case("single", image1=uniform(12, 13, 3), image2=uniform(12, 13, 3), oracle=ssim, ulps=NOISY)
    f.promise("the arguments of the definition", at="image.ssim: max_val")
    f.case("max-255", image1=uniform(2, 12, 13, 1, high=255.0), image2=uniform(2, 12, 13, 1, high=255.0),
           max_val=255.0, oracle=ssim, ulps=NOISY)
    f.case("filter-size", image1=uniform(2, 8, 9, 3), image2=uniform(2, 8, 9, 3), filter_size=5, oracle=ssim,
           ulps=NOISY)
    f.case("filter-1", image1=uniform(2, 4, 5, 3), image2=uniform(2, 4, 5, 3), filter_size=1, oracle=ssim,
           ulps=NOISY)
    f.case("filter-sigma", image1=uniform(2, 8, 9, 3), image2=uniform(2, 8, 9, 3), filter_size=5,
           filter_sigma=0.75, oracle=ssim, ulps=NOISY)
    f.case("k1", image1=uniform(2, 12, 13, 3), image2=uniform(2, 12, 13, 3), k1=0.5, oracle=ssim, ulps=NOISY)
    f.case("k2", image1=uniform(2, 12, 13, 3), image2=uniform(2, 12, 13, 3), k2=0.5, oracle=ssim, ulps=NOISY)
    f.promise("data_format says where the channels are", at="image.ssim: data_format")
    f.case("first", image1=uniform(2, 3, 12, 13), image2=uniform(2, 3, 12, 13), data_format=FIRST,
           oracle=ssim,
           ulps=NOISY)
    f.case("single-first", image1=uniform(3, 12, 13), image2=uniform(3, 12, 13), data_format=FIRST,
           oracle=ssim, ulps=NOISY)
    configured(f, "ops.image.ssim(x, y)", lambda x, y: ssim(x, y, data_format=FIRST),
               x=uniform(2, 3, 12, 13), y=uniform(2, 3, 12, 13), rule=same(), ulps=NOISY)
    f.promise("the dtype that a symbolic call declares is what evaluation gives", at="KerasTensor: dtype")
    f.sweep("of", dtypes=[(kind, kind) for kind in FLOATS], image1=values(1, 5, 6, 1, low=0, high=1),
            image2=values(1, 5, 6, 1, low=0, high=1), filter_size=3, oracle=ssim, ulps={
                ("float64", "float64"): (1e11, "the filter may be computed in float32"),
                ("float16", "float16"): (64.0, "differences of rounded squares"),
                ("bfloat16", "bfloat16"): (64.0, "differences of rounded squares")})

"""Pooling without a data format: the one that is set when it is called."""
from conformance.oracle.convolution import pool
from conformance.spec.model import Area, normal

AREA = Area("pooling")
_SOURCE = """
    K.set_image_data_format('channels_first')
    t = K.placeholder(shape=x.shape)
    first, told = K.function([t], [{call}, {none}])([x])
    K.set_image_data_format('channels_last')
    u = K.placeholder(shape=x.shape)
    last = K.function([u], [{other}])([x])[0]
"""


def _script(function, x, size, mode):
    def want(x):
        first = pool(x, size, data_format="channels_first", pool_mode=mode)
        return {"first": first, "told": first, "last": pool(x, size, data_format="channels_last", pool_mode=mode)}
    call = "K.{}({{}}, {}, pool_mode={!r}{{}})".format(function, size, mode)
    source = _SOURCE.format(call=call.format("t", ""), none=call.format("t", ", data_format=None"), other=call.format("u", ""))
    AREA.script(function, "image-data-format-" + mode, source, want, names=("first", "told", "last"), x=x)


_script("pool2d", normal(2, 4, 5, 3), (2, 3), "max")
_script("pool2d", normal(2, 4, 5, 4), (3, 1), "avg")
_script("pool3d", normal(2, 4, 3, 5, 3), (2, 1, 3), "max")
_script("pool3d", normal(2, 3, 4, 5, 3), (2, 3, 1), "avg")

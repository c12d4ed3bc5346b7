"""What a worker's environment needs for any engine: the judge does not know which engine it will import."""
import importlib

from conformance import settings
from conformance.engines import names


def settle(environment, slot=None):
    """Prepare `environment`, in place. `slot` tells pytest-xdist workers apart: they share no directory."""
    for engine in _engines():
        engine.settle(environment, slot)


def hidden(environment):
    """The environment of a process that is to see no GPU.

    Cases that import the front end for themselves are forked from a process that has initialised the engine,
    and CUDA does not outlive a fork. They are about configuration and which backend is loaded, so they run on
    the CPU in every column.
    """
    without = settings.without(environment, "device")
    without["CUDA_VISIBLE_DEVICES"] = "-1"
    for engine in _engines():
        if hasattr(engine, "hide_gpu"):
            engine.hide_gpu(without)
    return without


def _engines():
    return [importlib.import_module("conformance.engines.{}.launch".format(name)) for name in names("launch")]

"""What an environment needs before any engine is imported in it; which engine that is, nobody knows yet."""
import importlib

from conformance import settings
from conformance.engines import names


def settle(environment, slot=None, home=None):
    """Prepare a worker's `environment`, in place, in the worker: what the environment's own start-up files
    have set is in it. `slot` tells pytest-xdist workers apart: they share no directory. `home` is the user's.
    """
    for engine in _engines():
        engine.settle(environment, slot, home)


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

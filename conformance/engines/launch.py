"""What a worker's environment needs, for any engine: the judge does not know yet which one it will import."""
from conformance import settings
from conformance.engines.tensorflow import launch as tensorflow
from conformance.engines.theano import launch as theano


def settle(environment, slot=None):
    """Prepare `environment`, in place. `slot` names a pytest-xdist worker, which shares nothing writable with
    the others."""
    tensorflow.settle(environment)
    theano.settle(environment, slot)


def hidden(environment):
    """The environment of a process that is to see no GPU.

    Cases that import the front end for themselves are forked from a process that has initialised the engine,
    and CUDA does not outlive a fork. They are about configuration and which backend is loaded, so they run on
    the CPU in every column.
    """
    without = settings.without(environment, "device")
    without["CUDA_VISIBLE_DEVICES"] = "-1"
    theano.hide_gpu(without)
    return without

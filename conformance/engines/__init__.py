"""The quirks of engines, a folder each.

`launch.py` is what a worker's environment needs before the engine is imported. `runtime.py` is the worker's:
what is done with the engine once it is there. The judge never imports a `runtime`.
"""
import os

_HERE = os.path.dirname(os.path.abspath(__file__))


def names(part):
    """The engines that have a `part`, launch or runtime, in alphabetical order."""
    found = os.listdir(_HERE)
    return sorted(name for name in found if os.path.isfile(os.path.join(_HERE, name, part + ".py")))

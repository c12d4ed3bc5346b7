"""The APIs that backends are judged by: a folder each, with a Table for the judge and an Adapter for the
worker."""
import importlib
import os

_HERE = os.path.dirname(os.path.abspath(__file__))


def names():
    """The names of all APIs."""
    return sorted(name for name in os.listdir(_HERE) if os.path.isfile(os.path.join(_HERE, name, "table.py")))


def table(api, settings):
    """The Table of an API. Raises LookupError when the API is unknown."""
    return _module(api, "table").Table(settings)


def adapter(api, settings):
    """The Adapter of an API. Raises LookupError when the API is unknown."""
    return _module(api, "adapter").Adapter(settings)


def _module(api, part):
    if api not in names():
        raise LookupError("no API is called {!r}: there are {}".format(api, ", ".join(names())))
    return importlib.import_module("conformance.apis.{}.{}".format(api, part))

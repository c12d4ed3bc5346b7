"""The front end: the package whose `backend` module is K. It is `keras`, or what the settings name
(`tf_keras.backend`).

Cases that load Keras for themselves say `keras`; here it becomes the package that is judged.
"""
import re

DEFAULT = "keras.backend"


def module(settings):
    """The module whose functions are K."""
    return settings.api_module or DEFAULT


def package(settings):
    """The package it is in."""
    return module(settings).split(".")[0]


def localised(source, settings):
    """The source text with its imports of Keras turned to the package that is judged; the names they bind
    stay as they are."""
    name = package(settings)
    if name == "keras":
        return source
    source = re.sub(r"\bfrom keras\b", "from " + name, source)
    return re.sub(r"\bimport keras$", "import {} as keras".format(name), source, flags=re.M)

"""The front end: the package whose `backend` module is K. It is `keras`, or what CONFORM_K names (`tf_keras.backend`).

Rows that import Keras for themselves say `keras`; here it becomes the package that is judged.
"""
import os
import re

K = os.environ.get("CONFORM_K", "keras.backend")
PACKAGE = K.split(".")[0]


def localised(source):
    """The source text with its imports of Keras turned to the package that is judged; the names they bind stay as they are."""
    if PACKAGE == "keras":
        return source
    source = re.sub(r"\bfrom keras\b", "from " + PACKAGE, source)
    return re.sub(r"\bimport keras$", "import {} as keras".format(PACKAGE), source, flags=re.M)

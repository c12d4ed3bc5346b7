"""A home directory with a configuration file, and what K says of its settings."""
import json

# Each case starts from a home that is empty but for its files, and from no choice of a backend.
HOME = {"HOME": "{root}/home", "KERAS_HOME": None, "KERAS_BACKEND": None, "USERPROFILE": None}
FILE = "home/.keras/keras.json"
CHOSEN = {"KERAS_BACKEND": "{backend}"}
IMPORT = "from keras import backend as K\n"
SETTINGS = "got = [K.backend() == backend, K.floatx(), K.epsilon(), K.image_data_format()]\n"
REFUSED = """
try:
    from keras import backend as K
    refused = False
except Exception:
    refused = True
"""

DETAILS = "backends page: keras.json details"
SWITCHING = "backends page: Switching from one backend to another"


def config(**fields):
    """The text of a keras.json for the backend under test, with these fields."""
    return json.dumps(dict({"backend": "{backend}"}, **fields))


def settings(floatx="float32", epsilon=1e-7, image_data_format="channels_last"):
    """The value of `got` after SETTINGS, when the backend under test answers."""
    return [True, floatx, epsilon, image_data_format]


def at_home(f, variant, text, source, want, env=None, files=None, **options):
    """A case in a process whose home has a keras.json with this text; None for no such file."""
    files = dict(files or {}, **({} if text is None else {FILE: text}))
    # A file elsewhere makes the folders around it; an empty home has to be there as well.
    files.setdefault("home/there", "")
    f.isolated(variant, source, want=want, env=dict(HOME, **(env or {})), files=files, **options)

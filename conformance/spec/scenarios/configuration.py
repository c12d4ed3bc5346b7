"""The configuration file: what it says, what it may not say, where it is, and what is written when there is none."""
import json

from conformance.spec.model import Area

AREA = Area("config")
DEFAULTS = {"floatx": "float32", "epsilon": 1e-07, "backend": "tensorflow", "image_data_format": "channels_last"}
# The worker has a home of its own; each case starts from one that is empty, and from no choice of a backend.
HOME = {"HOME": "{root}/home", "KERAS_HOME": None, "KERAS_BACKEND": None, "USERPROFILE": None}
FILE = "home/.keras/keras.json"
IMPORT = "from keras import backend as K\n"
SETTINGS = "got = [K.backend() == backend, K.floatx(), K.epsilon(), K.image_data_format()]\n"
_SILENT = "If it isn't there, you can create it. (Of a file that is there and is {} nothing is said.)"


def config(**fields):
    """The text of a keras.json for the backend under test, with these fields."""
    return json.dumps(dict({"backend": "{backend}"}, **fields))


def settings(floatx="float32", epsilon=1e-7, image_data_format="channels_last"):
    """What `SETTINGS` gives when the backend under test answers."""
    return [True, floatx, epsilon, image_data_format]


def _file(function, variant, text, source, want, **options):
    files = dict(options.pop("files", {}), **({} if text is None else {FILE: text}))
    # A file elsewhere makes the folders around it; an empty home has to be there as well.
    files.setdefault("home/there", "")
    AREA.isolated(function, variant, source, want, env=dict(HOME, **options.pop("env", {})), files=files, **options)


# Every field with every legal value: what it sets, and that it sets nothing else.
_file("backend", "from-file", config(), IMPORT + SETTINGS, {"got": settings()})
for _value in ("float16", "float32", "float64"):
    _file("floatx", "file-" + _value, config(floatx=_value), IMPORT + SETTINGS, {"got": settings(floatx=_value)})
for _value in (0.001, 1e-5, 0.25):
    _file("epsilon", "file-{}".format(_value), config(epsilon=_value), IMPORT + SETTINGS, {"got": settings(epsilon=_value)})
for _value in ("channels_first", "channels_last"):
    _file("image_data_format", "file-" + _value, config(image_data_format=_value), IMPORT + SETTINGS,
          {"got": settings(image_data_format=_value)})
_file("backend", "file-with-all-four", config(floatx="float64", epsilon=0.002, image_data_format="channels_first"),
      IMPORT + SETTINGS, {"got": settings("float64", 0.002, "channels_first")})
_file("backend", "file-with-a-field-too-many", config(floatx="float64", flavour="mint"), IMPORT + SETTINGS,
      {"got": settings("float64")}, unspecified="The default configuration file looks like this: (four fields)")
_file("backend", "file-is-left-as-it-is", config(floatx="float64"), """
    path = os.path.join(root, "home", ".keras", "keras.json")
    before = open(path).read()
    from keras import backend as K
    K.set_floatx("float32")
    K.set_epsilon(0.5)
    same = open(path).read() == before
""", {"same": True})

# The settings are what K's functions go by.
_file("floatx", "file-reaches-tensors", config(floatx="float64"), IMPORT + """
got = [K.dtype(K.variable([1., 2.])), K.dtype(K.zeros((2,))), K.dtype(K.ones((2,))), K.dtype(K.constant(1.)), K.dtype(K.eye(2)),
       K.dtype(K.placeholder((2, 3))), K.cast_to_floatx(np.ones(2, "float32")).dtype.name]
""", {"got": ["float64"] * 7})
_file("image_data_format", "file-reaches-functions", config(image_data_format="channels_first"), IMPORT + """
got = list(K.int_shape(K.spatial_2d_padding(K.placeholder((None, 3, 5, 7)))))
""", {"got": [None, 3, 7, 9]})
_file("floatx", "setters-over-file", config(floatx="float64", epsilon=0.002, image_data_format="channels_first"), IMPORT + """
K.set_floatx("float16")
K.set_epsilon(0.125)
K.set_image_data_format("channels_last")
""" + SETTINGS, {"got": settings("float16", 0.125, "channels_last")})

# Values that no field may have. Which exception it is, K does not say.
_REFUSED = """
try:
    from keras import backend as K
    refused = False
except Exception:
    refused = True
"""
for _field, _cases in (
        ("floatx", (("unknown", "float8"), ("of-another-kind", "int32"), ("empty", ""), ("capitals", "FLOAT32"), ("number", 32),
                    ("null", None))),
        ("epsilon", (("word", "small"), ("number-in-quotes", "1e-5"), ("null", None), ("list", [1e-7]))),
        ("image_data_format", (("unknown", "channels_middle"), ("of-keras-1", "tf"), ("empty", ""), ("number", 1),
                                ("null", None)))):
    for _name, _value in _cases:
        _file(_field, "file-illegal-" + _name, config(**{_field: _value}), _REFUSED, {"refused": True})
_file("epsilon", "file-integer", config(epsilon=1), IMPORT + SETTINGS, {"got": settings(epsilon=1.0)},
      unspecified="epsilon: Float, a numeric fuzzing constant. (JSON does not tell 1 from 1.0.)")
for _name, _value in (("unknown", "no_such_backend_anywhere"), ("unknown-dotted", "no_such_package.backend"), ("number", 3),
                      ("null", None)):
    _file("backend", "file-illegal-" + _name, config(backend=_value), _REFUSED, {"refused": True}, loader=True)
_file("backend", "file-unknown-is-named", config(backend="no_such_backend_anywhere"), """
    try:
        from keras import backend as K
        named = "accepted"
    except Exception as error:
        named = "no_such_backend_anywhere" in str(error)
""", {"named": True}, loader=True)

# Files that are no configuration: Keras starts with its defaults.
for _name, _text in (("empty", ""), ("cut", '{"floatx": "float64", "epsil'), ("words", "floatx = float64"),
                     ("quotes", "{'floatx': 'float64'}"), ("comma", '{"floatx": "float64",}')):
    _file("backend", "file-malformed-" + _name, _text, IMPORT + SETTINGS, {"got": settings()}, env={"KERAS_BACKEND": "{backend}"})
_file("backend", "file-empty-object", "{}", IMPORT + SETTINGS, {"got": settings()}, env={"KERAS_BACKEND": "{backend}"})
for _name, _text in (("list", "[]"), ("number", "3"), ("word", '"tensorflow"')):
    _file("backend", "file-of-a-" + _name, _text, IMPORT + SETTINGS, {"got": settings()}, env={"KERAS_BACKEND": "{backend}"},
          unspecified=_SILENT.format("JSON but no object"))

# No file: it is written, with all four settings at their defaults.
_WRITTEN = IMPORT + """
import json
with open(os.path.join(root, {!r})) as stream:
    written = json.load(stream)
fields = sorted(written)
values = [written.get(field) for field in ("floatx", "epsilon", "backend", "image_data_format")]
"""
_DEFAULT_FILE = {"fields": sorted(DEFAULTS), "values": ["float32", 1e-07, "tensorflow", "channels_last"]}
_CHOSEN = {"KERAS_BACKEND": "{backend}"}
_file("backend", "default-file", None, _WRITTEN.format(FILE), _DEFAULT_FILE, env=_CHOSEN, example=True)
_file("backend", "default-file-and-settings", None, IMPORT + SETTINGS, {"got": settings()}, env=_CHOSEN)
_file("backend", "default-file-in-a-folder-that-is-there", None, _WRITTEN.format(FILE), _DEFAULT_FILE, env=_CHOSEN,
      files={"home/.keras/models/one": ""})
_file("backend", "default-is-tensorflow", None, IMPORT + "got = K.backend()", {"got": "tensorflow"},
      only=(("tensorflow",), "the default backend is TensorFlow's, and only its environment has it"))

# Where the home is.
_BACKUP = "In case Keras cannot create the above directory (e.g. due to permission issues), /tmp/.keras/ is used as a backup."
_OTHER = config(floatx="float16")
_file("backend", "home-is-HOME", _OTHER, IMPORT + SETTINGS, {"got": settings("float64")},
      files={"elsewhere/.keras/keras.json": config(floatx="float64")}, env={"HOME": "{root}/elsewhere"})
_file("backend", "home-USERPROFILE-is-not-asked-on-Linux", config(floatx="float64"), IMPORT + SETTINGS,
      {"got": settings("float64")}, files={"profile/.keras/keras.json": _OTHER}, env={"USERPROFILE": "{root}/profile"})
# On Windows "~" is %USERPROFILE%: Python's own rule for Windows stands in for it.
_file("backend", "home-USERPROFILE-by-the-rule-of-windows", _OTHER, """
    import ntpath
    os.path.expanduser = ntpath.expanduser
""" + "    " + IMPORT + "    " + SETTINGS, {"got": settings("float64")},
      files={"profile/.keras/keras.json": config(floatx="float64")}, env={"HOME": None, "USERPROFILE": "{root}/profile"})

_SINCE_2_2 = """
import keras
if tuple(int(n) for n in keras.__version__.split(".")[:2]) < (2, 2):
    raise NotImplementedError("KERAS_HOME is read since Keras 2.2.0")
"""
_file("backend", "KERAS_HOME-over-HOME", _OTHER, _SINCE_2_2 + IMPORT + SETTINGS, {"got": settings("float64")},
      files={"special/keras.json": config(floatx="float64"), "special/.keras/keras.json": _OTHER},
      env={"KERAS_HOME": "{root}/special"})
_file("backend", "KERAS_HOME-gets-the-default-file", config(floatx="float16"), _SINCE_2_2 + _WRITTEN.format("special/keras.json"),
      _DEFAULT_FILE, env=dict(_CHOSEN, KERAS_HOME="{root}/special"))
_file("backend", "KERAS_HOME-is-made-with-its-parents", None, _SINCE_2_2 + _WRITTEN.format("a/b/c/keras.json"), _DEFAULT_FILE,
      env=dict(_CHOSEN, KERAS_HOME="{root}/a/b/c"))
_file("backend", "KERAS_HOME-leaves-HOME-alone", None, _SINCE_2_2 + IMPORT + """
found = os.path.exists(os.path.join(root, "home", ".keras"))
""", {"found": False}, env=dict(_CHOSEN, KERAS_HOME="{root}/special"))
_file("backend", "KERAS_HOME-not-writable", None, _SINCE_2_2 + IMPORT + SETTINGS, {"got": settings()},
      env=dict(_CHOSEN, KERAS_HOME="{root}/home/there/below-a-file"),
      unspecified=_BACKUP)

# A home that cannot be written: /tmp/.keras takes its place. The real one must not be touched: its paths are turned elsewhere.
_TURNED = """
import builtins

def turned(function):
    def instead(path, *rest, **named):
        if isinstance(path, str) and (path + "/").startswith("/tmp/.keras/"):
            path = os.path.join(root, "backup") + path[len("/tmp"):]
        return function(path, *rest, **named)
    return instead

builtins.open, os.path.exists, os.makedirs, os.mkdir = [turned(f) for f in (open, os.path.exists, os.makedirs, os.mkdir)]
"""
_NOWHERE = {"HOME": "{root}/no/such/home"}
_file("backend", "home-not-writable-default-file", None, _TURNED + _WRITTEN.format("backup/.keras/keras.json"), _DEFAULT_FILE,
      env=dict(_CHOSEN, **_NOWHERE))
_file("backend", "home-not-writable-file", None, _TURNED + IMPORT + SETTINGS, {"got": settings("float64", 0.002)}, env=_NOWHERE,
      files={"backup/.keras/keras.json": config(floatx="float64", epsilon=0.002)})
_file("backend", "home-not-writable-nothing-made", None, _TURNED + IMPORT + """
found = os.listdir(root).count("no")
""", {"found": 0}, env=dict(_CHOSEN, **_NOWHERE))
_file("backend", "folder-is-a-file", None, IMPORT + SETTINGS, {"got": settings()}, env=_CHOSEN,
      files={"home/.keras": "not a folder"}, unspecified=_BACKUP)
_file("backend", "file-is-a-folder", None, IMPORT + SETTINGS, {"got": settings()}, env=_CHOSEN,
      files={"home/.keras/keras.json/inside": ""}, unspecified=_SILENT.format("a folder"))

"""Which backend answers: KERAS_BACKEND, the start banner, and modules from outside through both routes."""
from conformance.spec.model import Area, Check
from conformance.spec.scenarios.configuration import FILE, HOME, IMPORT, SETTINGS, config, settings

AREA = Area("config")
_CHOSEN = dict(HOME, KERAS_BACKEND="{backend}")


def _case(variant, source, want, env=None, files=None, **options):
    AREA.isolated("backend", variant, source, want, env=dict(HOME, **(env or {})),
                  files=dict({"home/there": ""}, **(files or {})), loader=True, **options)


# KERAS_BACKEND, over the file and under it.
_case("KERAS_BACKEND-over-file", IMPORT + SETTINGS, {"got": settings()}, env=_CHOSEN, example=True,
      files={FILE: config(backend="no_such_backend_anywhere")})
_case("KERAS_BACKEND-leaves-the-other-fields", IMPORT + SETTINGS, {"got": settings("float64", 0.002, "channels_first")},
      env=_CHOSEN, files={FILE: config(backend="no_such_backend_anywhere", floatx="float64", epsilon=0.002,
                                       image_data_format="channels_first")})
_case("KERAS_BACKEND-is-not-written-to-the-file", IMPORT + """
import json
with open(os.path.join(root, "home", ".keras", "keras.json")) as stream:
    got = json.load(stream)["backend"]
""", {"got": "other_backend"}, env=_CHOSEN, files={FILE: config(backend="other_backend")})
_case("KERAS_BACKEND-empty", IMPORT + SETTINGS, {"got": settings("float64")}, env={"KERAS_BACKEND": ""},
      files={FILE: config(floatx="float64")})
_case("KERAS_BACKEND-not-set", IMPORT + SETTINGS, {"got": settings("float64")}, files={FILE: config(floatx="float64")})
_REFUSED = """
try:
    from keras import backend as K
    refused, named = False, False
except Exception as error:
    refused, named = True, {!r} in str(error)
"""
_case("KERAS_BACKEND-unknown", _REFUSED.format("no_such_backend_anywhere"), {"refused": True, "named": True},
      env={"KERAS_BACKEND": "no_such_backend_anywhere"}, files={FILE: config()})
_case("name-is-a-string", IMPORT + "got = [type(K.backend()).__name__, K.backend() == backend]", {"got": ["str", True]},
      env=_CHOSEN)
_case("works-when-chosen", IMPORT + "got = K.get_value(K.variable(np.array([[1., 2.], [3., 5.]]))).tolist()",
      {"got": [[1.0, 2.0], [3.0, 5.0]]}, env=_CHOSEN)

# The banner: one line on stderr, nothing on stdout.
_BANNER = """
import io
sys.stdout, sys.stderr = io.StringIO(), io.StringIO()
from keras import backend as K
printed, said = sys.stdout.getvalue(), sys.stderr.getvalue()
lines = [line.split() for line in said.splitlines() if line.startswith("Using ") and " backend" in line]
named = [words[1].lower() == {}.lower() and words[2] in ("backend", "backend.") and len(words) == 3 for words in lines]
"""
_case("banner", _BANNER.format("backend"), {"named": [True], "printed": ""}, env=_CHOSEN, example=True)
_case("banner-by-file", _BANNER.format("backend"), {"named": [True], "printed": ""}, files={FILE: config()})
_case("banner-on-stderr", IMPORT, {"stderr": Check(
    "one line `Using X backend` on stderr", lambda text: None if sum(
        line.startswith("Using ") and line.rstrip(".").endswith(" backend") for line in text.splitlines()) == 1
    else "no such line, or several")}, env=_CHOSEN)
_case("banner-once", _BANNER.format("backend") + """
import keras
from keras import layers
import keras.backend
again = sys.stderr.getvalue().count("Using ")
""", {"again": 1}, env=_CHOSEN)

# Modules from outside. This one is the backend under test again, with a mark of its own.
_AGAIN = """
import importlib
try:
    source = importlib.import_module("keras.backend.{backend}_backend")
except ImportError:
    source = importlib.import_module("{backend}")
for name, value in vars(source).items():
    if not name.startswith("__"):
        globals().setdefault(name, value)
"""
_MARKED = "def square(x):\n    return ('marked', x)\n" + _AGAIN
_EXTERNAL = """
try:
    from keras import backend as K
except ValueError as error:
    if str(error).startswith("Unknown backend"):
        raise NotImplementedError("this Keras loads no backend from outside")
    raise
"""
_MODULE = {"my_package/__init__.py": "", "my_package/my_module.py": _MARKED}
_ROUTES = (("file", {}, {FILE: '{"backend": "my_package.my_module"}'}),
           ("KERAS_BACKEND", {"KERAS_BACKEND": "my_package.my_module"}, {}))
for _route, _env, _files in _ROUTES:
    _files = dict(_MODULE, **_files)
    _case("external-by-" + _route, _EXTERNAL + "got = [K.backend(), list(K.square(3))]",
          {"got": ["my_package.my_module", ["marked", 3]]}, env=_env, files=_files)
    _case("external-by-{}-works".format(_route), _EXTERNAL + "got = K.get_value(K.variable(np.array([1., 2., 5.]))).tolist()",
          {"got": [1.0, 2.0, 5.0]}, env=_env, files=_files)
    _case("external-by-{}-banner".format(_route), _BANNER.replace("from keras import backend as K\n", _EXTERNAL).format(
        "'my_package.my_module'"), {"named": [True], "printed": ""}, env=_env, files=_files)
    # A module that lacks one of the three entries is refused, and the entry is named.
    for _entry in ("placeholder", "variable", "function"):
        _case("external-by-{}-without-{}".format(_route, _entry), """
            try:
                from keras import backend as K
                problem = "accepted"
            except Exception as error:
                problem = str(error)
            if problem.startswith("Unknown backend"):
                raise NotImplementedError("this Keras loads no backend from outside")
            named = "{0}" in problem.replace("my_package.my_module", "")
        """.format(_entry), {"named": True}, env=_env, files=dict(_files, **{
            "my_package/my_module.py": _AGAIN + "\ndel {}\n".format(_entry)}))
    _case("external-by-{}-import-fails".format(_route), """
        try:
            from keras import backend as K
            problem = "accepted"
        except Exception as error:
            problem = str(error)
        if problem.startswith("Unknown backend"):
            raise NotImplementedError("this Keras loads no backend from outside")
        named = "my_package.my_module" in problem or "no_such_dependency" in problem
    """, {"named": True}, env=_env, files=dict(_files, **{"my_package/my_module.py": "import no_such_dependency\n"}))
_BY_FILE = _ROUTES[0][2]
_case("external-raises-while-imported", _REFUSED.format("the engine is not there"), {"refused": True, "named": True},
      files=dict(_MODULE, **dict(_BY_FILE, **{"my_package/my_module.py": "raise RuntimeError('the engine is not there')\n"})),
      unspecified="An external backend must be validated in order to be used. (Errors of its own are not mentioned.)")
_case("external-does-not-compile", _REFUSED.format(""), {"refused": True},
      files=dict(_MODULE, **dict(_BY_FILE, **{"my_package/my_module.py": "def broken(:\n"})))
_case("external-of-one-word", _EXTERNAL + "got = [K.backend(), list(K.square(3))]", {"got": ["my_own_backend", ["marked", 3]]},
      files={FILE: '{"backend": "my_own_backend"}', "my_own_backend.py": _MARKED})
_case("external-as-a-package", _EXTERNAL + "got = [K.backend(), list(K.square(3))]", {"got": ["my_own_backend", ["marked", 3]]},
      files={FILE: '{"backend": "my_own_backend"}', "my_own_backend/__init__.py": _MARKED})
_case("external-by-KERAS_BACKEND-over-file", _EXTERNAL + "got = K.backend()", {"got": "my_package.my_module"},
      env=_ROUTES[1][1], files=dict(_MODULE, **{FILE: config(backend="no_such_backend_anywhere")}))
_case("external-with-settings-of-the-file", _EXTERNAL + "got = [K.floatx(), K.epsilon(), K.image_data_format()]",
      {"got": ["float64", 0.002, "channels_first"]}, files=dict(_MODULE, **{FILE: config(
          backend="my_package.my_module", floatx="float64", epsilon=0.002, image_data_format="channels_first")}))
_case("external-does-not-replace-the-settings", _EXTERNAL + "got = [K.floatx(), K.epsilon(), K.image_data_format()]",
      {"got": ["float32", 1e-7, "channels_last"]}, files=dict(_MODULE, **dict(_BY_FILE, **{
          "my_package/my_module.py": "def epsilon():\n    return 5.\ndef floatx():\n    return 'float16'\n" + _MARKED})),
      unspecified="a valid backend must have the following functions: placeholder, variable and function.")
_THREE = "def placeholder():\n    pass\nvariable = function = placeholder\n"
_case("external-with-the-three-alone", _EXTERNAL + "got = K.backend()", {"got": "my_package.my_module"},
      files=dict(_MODULE, **dict(_BY_FILE, **{"my_package/my_module.py": _THREE})),
      unspecified="a valid backend must have the following functions: placeholder, variable and function.")

# "Returns: A float", whatever kind of number was set.
AREA.script("set_epsilon", "numpy-number-becomes-a-float", """
    K.set_epsilon(np.float32(0.25))
    got = [type(K.epsilon()).__name__, K.epsilon()]
""", {"got": ["float", 0.25]})

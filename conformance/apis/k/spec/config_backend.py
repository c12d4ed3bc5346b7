"""Which backend answers: keras.json and its place, KERAS_BACKEND, the banner, external modules."""
from conformance.apis.k.language import k
from conformance.apis.k.spec._config import (
    CHOSEN,
    DETAILS,
    FILE,
    IMPORT,
    REFUSED,
    SETTINGS,
    SWITCHING,
    at_home,
    config,
    settings,
)
from conformance.case import Check

STORED = "FAQ page: Where is the Keras configuration file stored?"
# Only Keras itself lets a program choose its backend.
LOADER = {"loader": True}
OTHER = config(floatx="float16")
DEFAULT_FILE = {"fields": ["backend", "epsilon", "floatx", "image_data_format"],
                "values": ["float32", 1e-07, "tensorflow", "channels_last"]}
SINCE_2_2 = """
import keras
if tuple(int(n) for n in keras.__version__.split(".")[:2]) < (2, 2):
    raise NotImplementedError("KERAS_HOME is read since Keras 2.2.0")
"""
# The real /tmp/.keras must not be touched: its paths are turned elsewhere.
TURNED = """
import builtins

def turned(function):
    def instead(path, *rest, **named):
        if isinstance(path, str) and (path + "/").startswith("/tmp/.keras/"):
            path = os.path.join(root, "backup") + path[len("/tmp"):]
        return function(path, *rest, **named)
    return instead

builtins.open, os.path.exists, os.makedirs, os.mkdir = \
[turned(f) for f in (open, os.path.exists, os.makedirs, os.mkdir)]
"""
NOWHERE = {"HOME": "{root}/no/such/home"}


def written(path):
    """Source that starts K and reads the keras.json that it wrote."""
    return IMPORT + f"""
import json
with open(os.path.join(root, {path!r})) as stream:
    written = json.load(stream)
fields = sorted(written)
values = [written.get(field) for field in ("floatx", "epsilon", "backend", "image_data_format")]
"""


def refused_and_named(words):
    """Source that tells whether K refuses to start, with a message that has these words."""
    return f"""
try:
    from keras import backend as K
    refused, named = False, False
except Exception as error:
    refused, named = True, {words!r} in str(error)
"""


def banner(name="backend", start=IMPORT):
    """Source that keeps the two streams while K starts, and looks for lines with this name."""
    return f"""
import io
sys.stdout, sys.stderr = io.StringIO(), io.StringIO()
{start}printed, said = sys.stdout.getvalue(), sys.stderr.getvalue()
lines = [line.split() for line in said.splitlines() if line.startswith("Using ") and " backend" in line]
named = [words[1].lower() == {name}.lower() and words[2] in ("backend", "backend.") and len(words) == 3 \
for words in lines]
"""


def one_banner(text):
    """The problem of what a process wrote to stderr, when it did not tell the backend once."""
    told = [line.rstrip(".") for line in text.splitlines() if line.startswith("Using ")]
    return None if sum(line.endswith(" backend") for line in told) == 1 else "no such line, or several"


# An external module: the backend under test again, with a mark of its own.
AGAIN = """
import importlib
try:
    source = importlib.import_module("keras.backend.{backend}_backend")
except ImportError:
    source = importlib.import_module("{backend}")
for name, value in vars(source).items():
    if not name.startswith("__"):
        globals().setdefault(name, value)
"""
MARKED = "def square(x):\n    return ('marked', x)\n" + AGAIN
EXTERNAL = """
try:
    from keras import backend as K
except ValueError as error:
    if str(error).startswith("Unknown backend"):
        raise NotImplementedError("this Keras loads no backend from outside")
    raise
"""
MARK = EXTERNAL + "got = [K.backend(), list(K.square(3))]"
THREE_SETTINGS = EXTERNAL + "got = [K.floatx(), K.epsilon(), K.image_data_format()]"
ROUTES = (("file", None, '{"backend": "made_up.made_backend"}'),
          ("KERAS_BACKEND", {"KERAS_BACKEND": "made_up.made_backend"}, None))


def module(text=MARKED):
    """The files of the external backend made_up.made_backend, with this text."""
    return {"made_up/__init__.py": "", "made_up/made_backend.py": text}


with k.function("backend", area="config", profile="core") as f:
    f.promise("backend returns the name of the backend, as a string", at="backend: returns")
    f.case("is-a-string", "type(K.backend()).__name__", want="str", profile="full")
    at_home(f, "name-is-a-string", None,
            IMPORT + "got = [type(K.backend()).__name__, K.backend() == backend]",
            {"got": ["str", True]}, env=CHOSEN, extra=LOADER)
    f.promise("the name is in small letters, without spaces around it", at="backend: returns")
    f.case("has-no-spaces", "K.backend() == K.backend().strip().lower() != ''", want=True, profile="full")

    # -- keras.json: its fields, and a file that is not a configuration
    f.promise("keras.json names the backend that answers", at=SWITCHING)
    at_home(f, "from-file", config(), IMPORT + SETTINGS, {"got": settings()})
    f.promise("keras.json may hold all four settings, each of which holds", at=DETAILS)
    at_home(f, "file-with-all-four",
            config(floatx="float64", epsilon=0.002, image_data_format="channels_first"),
            IMPORT + SETTINGS, {"got": settings("float64", 0.002, "channels_first")})
    f.promise("a setting changes in keras.json only when its user edits it", at=DETAILS)
    at_home(f, "file-is-left-as-it-is", config(floatx="float64"), """
        path = os.path.join(root, "home", ".keras", "keras.json")
        before = open(path).read()
        from keras import backend as K
        K.set_floatx("float32")
        K.set_epsilon(0.5)
        same = open(path).read() == before
    """, {"same": True})
    f.promise("the name of a backend that does not exist is refused", at=DETAILS)
    for variant, value in (("unknown", "no_such_backend_anywhere"),
                           ("unknown-dotted", "no_such_package.backend"), ("number", 3), ("null", None)):
        at_home(f, "file-illegal-" + variant, config(backend=value), REFUSED, {"refused": True}, extra=LOADER)
    f.promise("the refusal tells the name of the backend", at=DETAILS)
    at_home(f, "file-unknown-is-named", config(backend="no_such_backend_anywhere"), """
        try:
            from keras import backend as K
            named = "accepted"
        except Exception as error:
            named = "no_such_backend_anywhere" in str(error)
    """, {"named": True}, extra=LOADER)
    f.promise("K starts with its defaults when keras.json is not JSON, or holds no setting", at=SWITCHING)
    for variant, text in (("malformed-empty", ""), ("malformed-cut", '{"floatx": "float64", "epsil'),
                          ("malformed-words", "floatx = float64"),
                          ("malformed-quotes", "{'floatx': 'float64'}"),
                          ("malformed-comma", '{"floatx": "float64",}'), ("empty-object", "{}")):
        at_home(f, "file-" + variant, text, IMPORT + SETTINGS, {"got": settings()}, env=CHOSEN)
    f.silent("whether keras.json may hold another field than the four", at=DETAILS)
    at_home(f, "file-with-a-field-too-many", config(floatx="float64", flavour="mint"), IMPORT + SETTINGS,
            {"got": settings("float64")})
    f.silent("what a keras.json means that is JSON but not an object", at=DETAILS)
    for variant, text in (("list", "[]"), ("number", "3"), ("word", '"tensorflow"')):
        at_home(f, "file-of-a-" + variant, text, IMPORT + SETTINGS, {"got": settings()}, env=CHOSEN)
    f.silent("what a folder means that has the name keras.json", at=SWITCHING)
    at_home(f, "file-is-a-folder", None, IMPORT + SETTINGS, {"got": settings()}, env=CHOSEN,
            files={"home/.keras/keras.json/inside": ""})

    # -- the first start, without a keras.json
    f.promise("the first start writes a keras.json with the four settings at their defaults", at=SWITCHING)
    at_home(f, "default-file", None, written(FILE), DEFAULT_FILE, env=CHOSEN, profile="examples")
    at_home(f, "default-file-in-a-folder-that-is-there", None, written(FILE), DEFAULT_FILE, env=CHOSEN,
            files={"home/.keras/models/one": ""})
    f.promise("without a keras.json the defaults hold", at=SWITCHING)
    at_home(f, "default-file-and-settings", None, IMPORT + SETTINGS, {"got": settings()}, env=CHOSEN)
    f.promise("TensorFlow answers when nothing names a backend", at=SWITCHING)
    at_home(f, "default-is-tensorflow", None, IMPORT + "got = K.backend()", {"got": "tensorflow"},
            only=(("tensorflow",), "the default backend is TensorFlow's, and only its environment has it"))

    # -- the place of keras.json
    elsewhere = config(floatx="float64")
    f.promise("keras.json is in the folder .keras of $HOME", at=SWITCHING)
    at_home(f, "home-is-HOME", OTHER, IMPORT + SETTINGS, {"got": settings("float64")},
            files={"elsewhere/.keras/keras.json": elsewhere}, env={"HOME": "{root}/elsewhere"})
    f.promise("%USERPROFILE% takes the place of $HOME on Windows, and only there", at=SWITCHING)
    at_home(f, "home-USERPROFILE-is-not-asked-on-Linux", elsewhere, IMPORT + SETTINGS,
            {"got": settings("float64")},
            files={"profile/.keras/keras.json": OTHER}, env={"USERPROFILE": "{root}/profile"})
    # On Windows "~" is %USERPROFILE%: Python's own rule for Windows stands in for it.
    at_home(f, "home-USERPROFILE-by-the-rule-of-windows", OTHER, f"""
import ntpath
os.path.expanduser = ntpath.expanduser
{IMPORT}{SETTINGS}""", {"got": settings("float64")}, files={"profile/.keras/keras.json": elsewhere},
            env={"HOME": None, "USERPROFILE": "{root}/profile"})

    # Keras reads it since 2.2.0, and neither page names it.
    f.silent("whether KERAS_HOME names the folder of keras.json in place of $HOME", at=STORED)
    at_home(f, "KERAS_HOME-over-HOME", OTHER, SINCE_2_2 + IMPORT + SETTINGS, {"got": settings("float64")},
            files={"special/keras.json": elsewhere, "special/.keras/keras.json": OTHER},
            env={"KERAS_HOME": "{root}/special"})
    at_home(f, "KERAS_HOME-gets-the-default-file", config(floatx="float16"),
            SINCE_2_2 + written("special/keras.json"), DEFAULT_FILE,
            env=dict(CHOSEN, KERAS_HOME="{root}/special"))
    at_home(f, "KERAS_HOME-is-made-with-its-parents", None, SINCE_2_2 + written("a/b/c/keras.json"),
            DEFAULT_FILE, env=dict(CHOSEN, KERAS_HOME="{root}/a/b/c"))
    at_home(f, "KERAS_HOME-leaves-HOME-alone", None, SINCE_2_2 + IMPORT + """
found = os.path.exists(os.path.join(root, "home", ".keras"))
""", {"found": False}, env=dict(CHOSEN, KERAS_HOME="{root}/special"))

    f.promise("/tmp/.keras takes the place of a home in which K cannot make a folder", at=STORED)
    at_home(f, "home-not-writable-default-file", None, TURNED + written("backup/.keras/keras.json"),
            DEFAULT_FILE, env=dict(CHOSEN, **NOWHERE))
    at_home(f, "home-not-writable-file", None, TURNED + IMPORT + SETTINGS,
            {"got": settings("float64", 0.002)},
            env=NOWHERE, files={"backup/.keras/keras.json": config(floatx="float64", epsilon=0.002)})
    at_home(f, "home-not-writable-nothing-made", None, TURNED + IMPORT + """
found = os.listdir(root).count("no")
""", {"found": 0}, env=dict(CHOSEN, **NOWHERE))
    f.silent("whether K starts with its defaults where neither the folder nor the backup is of use",
             at=STORED)
    at_home(f, "folder-is-a-file", None, IMPORT + SETTINGS, {"got": settings()}, env=CHOSEN,
            files={"home/.keras": "not a folder"})
    at_home(f, "KERAS_HOME-not-writable", None, SINCE_2_2 + IMPORT + SETTINGS, {"got": settings()},
            env=dict(CHOSEN, KERAS_HOME="{root}/home/there/below-a-file"))

    # -- KERAS_BACKEND, and the line that tells which backend answers
    nowhere = config(backend="no_such_backend_anywhere")
    f.promise("KERAS_BACKEND takes the place of the backend in keras.json", at=SWITCHING)
    at_home(f, "KERAS_BACKEND-over-file", nowhere, IMPORT + SETTINGS, {"got": settings()}, env=CHOSEN,
            profile="examples", extra=LOADER)
    f.promise("KERAS_BACKEND leaves the other settings of keras.json alone, and the file too", at=SWITCHING)
    at_home(f, "KERAS_BACKEND-leaves-the-other-fields",
            config(backend="no_such_backend_anywhere", floatx="float64", epsilon=0.002,
                   image_data_format="channels_first"),
            IMPORT + SETTINGS, {"got": settings("float64", 0.002, "channels_first")}, env=CHOSEN,
            extra=LOADER)
    at_home(f, "KERAS_BACKEND-is-not-written-to-the-file", config(backend="other_backend"), IMPORT + """
import json
with open(os.path.join(root, "home", ".keras", "keras.json")) as stream:
    got = json.load(stream)["backend"]
""", {"got": "other_backend"}, env=CHOSEN, extra=LOADER)
    f.promise("keras.json decides when KERAS_BACKEND is empty or not there", at=SWITCHING)
    for variant, env in (("empty", {"KERAS_BACKEND": ""}), ("not-set", None)):
        at_home(f, "KERAS_BACKEND-" + variant, config(floatx="float64"), IMPORT + SETTINGS,
                {"got": settings("float64")}, env=env, extra=LOADER)
    f.promise("a KERAS_BACKEND that does not exist is refused, and named", at=SWITCHING)
    at_home(f, "KERAS_BACKEND-unknown", config(), refused_and_named("no_such_backend_anywhere"),
            {"refused": True, "named": True}, env={"KERAS_BACKEND": "no_such_backend_anywhere"}, extra=LOADER)
    f.promise("the backend that was chosen keeps values", at=SWITCHING)
    at_home(f, "works-when-chosen", None,
            IMPORT + "got = K.get_value(K.variable(np.array([[1., 2.], [3., 5.]]))).tolist()",
            {"got": [[1.0, 2.0], [3.0, 5.0]]}, env=CHOSEN, extra=LOADER)

    f.promise("a single line tells at the start which backend is used", at=SWITCHING)
    at_home(f, "banner", None, banner(), {"named": [True], "printed": ""}, env=CHOSEN, profile="examples",
            extra=LOADER)
    at_home(f, "banner-by-file", config(), banner(), {"named": [True], "printed": ""}, extra=LOADER)
    at_home(f, "banner-once", None, banner() + """
import keras
from keras import layers
import keras.backend
again = sys.stderr.getvalue().count("Using ")
""", {"again": 1}, env=CHOSEN, extra=LOADER)
    f.promise("the line goes to stderr", at=SWITCHING)
    at_home(f, "banner-on-stderr", None, IMPORT,
            {"stderr": Check("one line `Using X backend` on stderr", one_banner)}, env=CHOSEN, extra=LOADER)

    # -- external modules
    f.promise("a module of a package can be the backend, named in keras.json or KERAS_BACKEND", at=DETAILS)
    for route, env, text in ROUTES:
        at_home(f, "external-by-" + route, text, MARK, {"got": ["made_up.made_backend", ["marked", 3]]},
                env=env, files=module(), extra=LOADER)
        at_home(f, f"external-by-{route}-works", text,
                EXTERNAL + "got = K.get_value(K.variable(np.array([1., 2., 5.]))).tolist()",
                {"got": [1.0, 2.0, 5.0]}, env=env, files=module(), extra=LOADER)
        at_home(f, f"external-by-{route}-banner", text, banner("'made_up.made_backend'", EXTERNAL),
                {"named": [True], "printed": ""}, env=env, files=module(), extra=LOADER)
    f.promise("a module that lies on the path, or a package, can be the backend too", at=DETAILS)
    for variant, path in (("of-one-word", "my_own_backend.py"),
                          ("as-a-package", "my_own_backend/__init__.py")):
        at_home(f, "external-" + variant, '{"backend": "my_own_backend"}', MARK,
                {"got": ["my_own_backend", ["marked", 3]]}, files={path: MARKED}, extra=LOADER)
    f.promise("an external module that KERAS_BACKEND names takes the place of the backend in keras.json",
              at=SWITCHING)
    at_home(f, "external-by-KERAS_BACKEND-over-file", config(backend="no_such_backend_anywhere"),
            EXTERNAL + "got = K.backend()", {"got": "made_up.made_backend"}, env=ROUTES[1][1], files=module(),
            extra=LOADER)
    f.promise("the other settings of keras.json hold with an external module", at=DETAILS)
    at_home(f, "external-with-settings-of-the-file",
            config(backend="made_up.made_backend", floatx="float64", epsilon=0.002,
                   image_data_format="channels_first"),
            THREE_SETTINGS, {"got": ["float64", 0.002, "channels_first"]}, files=module(), extra=LOADER)

    f.promise("a module without placeholder, variable or function is refused, and what it lacks is named,"
              " and nothing else", at=DETAILS)
    for route, env, text in ROUTES:
        for entry in ("placeholder", "variable", "function"):
            at_home(f, f"external-by-{route}-without-{entry}", text, """
                try:
                    from keras import backend as K
                    problem = "accepted"
                except Exception as error:
                    problem = str(error)
                if problem.startswith("Unknown backend"):
                    raise NotImplementedError("this Keras loads no backend from outside")
                said = problem.replace("made_up.made_backend", "")
                named = [name for name in ("placeholder", "variable", "function") if name in said]
            """, {"named": [entry]}, env=env, files=module(f"{AGAIN}\ndel {entry}\n"), extra=LOADER)
    f.promise("a module that cannot be imported is refused", at=DETAILS)
    for route, env, text in ROUTES:
        at_home(f, f"external-by-{route}-import-fails", text, """
            try:
                from keras import backend as K
                problem = "accepted"
            except Exception as error:
                problem = str(error)
            if problem.startswith("Unknown backend"):
                raise NotImplementedError("this Keras loads no backend from outside")
            named = "made_up.made_backend" in problem or "no_such_dependency" in problem
        """, {"named": True}, env=env, files=module("import no_such_dependency\n"), extra=LOADER)
    at_home(f, "external-does-not-compile", ROUTES[0][2], refused_and_named(""), {"refused": True},
            files=module("def broken(:\n"), extra=LOADER)
    f.silent("what becomes of an exception that the module itself raises", at=DETAILS)
    at_home(f, "external-raises-while-imported", ROUTES[0][2], refused_and_named("the engine is not there"),
            {"refused": True, "named": True}, files=module("raise RuntimeError('the engine is not there')\n"),
            extra=LOADER)
    f.silent("whether a module may have settings of its own instead of K's", at=DETAILS)
    at_home(f, "external-does-not-replace-the-settings", ROUTES[0][2], THREE_SETTINGS,
            {"got": ["float32", 1e-7, "channels_last"]}, extra=LOADER, files=module(
                "def epsilon():\n    return 5.\ndef floatx():\n    return 'float16'\n" + MARKED))
    f.silent("whether a module with nothing but the three functions is enough for keras.backend", at=DETAILS)
    at_home(f, "external-with-the-three-alone", ROUTES[0][2], EXTERNAL + "got = K.backend()",
            {"got": "made_up.made_backend"}, extra=LOADER,
            files=module("def placeholder():\n    pass\nvariable = function = placeholder\n"))

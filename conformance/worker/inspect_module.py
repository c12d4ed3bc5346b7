"""What the worker can say of somebody's own module before the front end sees it: where it is, whether it
imports, its names."""
import importlib
import importlib.machinery
import inspect
import linecache
import os
import sys
import traceback

from conformance import settings
from conformance.apis.parameters import show

_KINDS = {inspect.Parameter.POSITIONAL_OR_KEYWORD: "plain", inspect.Parameter.POSITIONAL_ONLY: "positional",
          inspect.Parameter.VAR_POSITIONAL: "*", inspect.Parameter.KEYWORD_ONLY: "keyword",
          inspect.Parameter.VAR_KEYWORD: "**"}
_PLAIN = (bool, int, float, str, type(None))


def preload(told):
    """What the setting `preload` lists: a `module` is imported, a `module:function` is called."""
    for entry in told.preload:
        module, _, function = entry.partition(":")
        found = importlib.import_module(module)
        if function:
            getattr(found, function)()


def find(name):
    """Where the module is, found without running any of it: `{"file": ...}`, else `{"searched": [...]}`."""
    path, parts = None, name.split(".")
    for depth in range(len(parts)):
        spec = importlib.machinery.PathFinder.find_spec(".".join(parts[:depth + 1]), path)
        if spec is None:
            places = list(sys.path if path is None else path)
            return {"part": ".".join(parts[:depth + 1]),
                    "searched": [shown(place) or "." for place in places if place]}
        if depth + 1 < len(parts):
            if spec.submodule_search_locations is None:
                return {"part": spec.name, "searched": [], "file": shown(spec.origin)}
            path = list(spec.submodule_search_locations)
    return {"file": shown(spec.origin or "")}


def examine(name, wanted):
    """Import the module; which names it has, and the parameters of those that are `wanted`.

    A signature is a list of [name, kind, has a default, default], or a word for what has none.
    """
    module = importlib.import_module(name)
    return {"names": sorted(str(key) for key in vars(module)),
            "signatures": {key: signature(vars(module)[key]) for key in wanted if key in vars(module)}}


def signature(value):
    """The parameters of a callable; "not callable" or "unreadable" where there are none to be told."""
    if not callable(value):
        return "not callable"
    try:
        parameters = inspect.signature(value).parameters.values()
    except Exception:
        return "unreadable"
    return [[item.name, _KINDS[item.kind]] + _default(item.default) for item in parameters]


def signature_texts(named):
    """The signatures of those of `named` (pairs of a name and a value) that have one, as text."""
    read = ((name, signature(value)) for name, value in named if callable(value))
    return {name: show(parameters) for name, parameters in read if isinstance(parameters, list)}


def _default(value):
    if value is inspect.Parameter.empty:
        return [False, None]
    return [True, _plain(value)]


def _plain(value):
    if type(value) in (list, tuple):
        return [_plain(item) for item in value]
    return value if type(value) in _PLAIN else repr(value)[:200]


def root_of(error):
    """The exception at the root of `error`."""
    seen, inner = {id(error)}, error
    while True:
        below = inner.__cause__ or (None if inner.__suppress_context__ else inner.__context__)
        if below is None or id(below) in seen:
            return inner
        seen.add(id(below))
        inner = below


def root(error):
    """The exception at the root of `error`, in a sentence with the line of its own traceback that raised
    it."""
    inner = root_of(error)
    text = _sentence(inner) + _places(inner)
    return text if inner is error else "{}; it was raised on as {}{}".format(text, _sentence(error),
                                                                             _places(error))


def _sentence(error):
    message = " ".join(str(error.msg if isinstance(error, SyntaxError) else error).split())[:500]
    return "{}: {}".format(type(error).__name__, message) if message else type(error).__name__


def _places(error):
    """The line that raised, and the module's own line when that is another."""
    if isinstance(error, SyntaxError) and error.filename:
        return _place(error.filename, error.lineno, (error.text or "").strip())
    places = [(frame.f_code.co_filename, line) for frame, line in frames(error)]
    if not places:
        return ""
    own = [place for place in places if _root() and place[0].startswith(_root())]
    places = [places[-1]] + [place for place in own[-1:] if place != places[-1]]
    return ", reached from".join(_place(name, line, linecache.getline(name, line).strip()) for name,
                                 line in places)


def frames(error):
    """The frames of a traceback with their lines, without those of the import system and of the suite."""
    return [(frame, line) for frame, line in traceback.walk_tb(error.__traceback__)
            if frame.f_globals.get("__name__", "").partition(".")[0] not in ("importlib", "_frozen_importlib",
                                                                             "conformance")]


def place(frame, line):
    """The line of a frame, in brackets."""
    name = frame.f_code.co_filename
    return _place(name, line, linecache.getline(name, line).strip())


def _place(name, line, text):
    return " ({}, line {}{})".format(shown(name), line, ": " + text[:200] if text else "")


def _root():
    path = settings.read().path
    return path.rstrip(os.sep) + os.sep if path else ""


def own(text):
    """A text with the paths in it as the module's author knows them."""
    return text.replace(_root(), "") if _root() else text


def shown(path):
    """A path as the module's author knows it: below the directory that was given."""
    return path[len(_root()):] if _root() and path and path.startswith(_root()) else path

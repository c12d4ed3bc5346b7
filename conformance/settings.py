"""What the suite is told: the only reader of CONFORM_* variables.

The harness says everything in these variables, in every runtime; an image has those that never change. What a
person types behind `python -m conformance` or `pytest` goes before them. docs/environment.md is generated
from this table.
"""
import base64
import collections
import json
import os
import zlib

CPU, GPU = "cpu", "gpu"
"""The devices a column can be of."""

Variable = collections.namedtuple("Variable", "field name default read text")


def _flag(text):
    return bool(text)


def _names(text):
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _object(text):
    found = json.loads(text)
    if not isinstance(found, dict):
        raise ValueError("it is not a JSON object")
    return found


def _users(text):
    judge, worker = (int(number) for number in text.split(":"))
    if min(judge, worker) < 1 or judge == worker:
        raise ValueError("they are two users, and neither is root")
    return judge, worker


def _directories(text):
    return tuple(part for part in text.split(os.pathsep) if part)


def _ids(text):
    return tuple(zlib.decompress(base64.b64decode(text)).decode("utf-8").split())


VARIABLES = (
    Variable("api", "CONFORM_API", "k", str, "The API that is judged: a folder of `conformance/apis/`."),
    Variable("profile", "CONFORM_PROFILE", None, str,
             "How much of the suite: `examples`, `core` or `full`. Without it `python -m conformance` runs "
             "`core` and `pytest` runs `full`."),
    Variable("select", "CONFORM_SELECT", None, str,
             "Only the cases that pytest's `-k` selects with this expression."),
    Variable("jobs", "CONFORM_JOBS", 1, int,
             "How many pytest processes judge, each with a worker of its own."),
    Variable("case_seconds", "CONFORM_CASE_TIMEOUT", 60.0, float, "Time limit of a case, in seconds."),
    Variable("start_seconds", "CONFORM_START_TIMEOUT", 300.0, float,
             "Time limit of the import of the backend, in seconds."),
    Variable("only", "CONFORM_ONLY", None, _ids,
             "Of the selected cases only these: ids, one per line, compressed by zlib and written in "
             "base64."),
    Variable("start", "CONFORM_START", {}, _object,
             "Fields of the journal's start record, as a JSON object: column, backend, runtime, image and "
             "so on."),
    Variable("device", "CONFORM_DEVICE", CPU, str,
             "`gpu` when every case that computes has to prove that it computed on a GPU."),
    Variable("api_module", "CONFORM_API_MODULE", None, str,
             "The module whose functions are judged, when it is not the API's usual one "
             "(K: `keras.backend`)."),
    Variable("preload", "CONFORM_PRELOAD", (), _names,
             "What happens before the front end is imported, separated by commas: a `module` is imported, a "
             "`module:function` is called."),
    Variable("module", "CONFORM_MODULE", None, str,
             "The backend module of somebody's own that is validated step by step before its cases."),
    Variable("path", "CONFORM_PATH", None, str,
             "The directory that module is in; it is put on the worker's path, and not on the judge's."),
    Variable("front_end", "CONFORM_FRONT_END", None, str,
             "A directory with another release of the front end; it is put first on the worker's path."),
    Variable("worker", "CONFORM_WORKER", None, str,
             "The interpreter that workers run in, that of the environment with the backend. Without it they "
             "run in the judge's own."),
    Variable("users", "CONFORM_USERS", None, _users,
             "`JUDGE:WORKER`, two numbers: where it is started as root, the suite becomes the first user and "
             "starts its workers as the second. An image has them."),
    Variable("spawner", "CONFORM_SPAWNER", None, str,
             "Where the judges of a run find the process that starts their workers as another user; the "
             "suite sets it itself."),
    Variable("writable", "CONFORM_WRITABLE", None, _directories,
             "Directories, separated as in PATH, that workers may write to beside their own. Where it is set "
             "and the kernel has Landlock, they are confined to them (see reliability.md)."),
    Variable("alone", "CONFORM_ALONE", False, _flag,
             "Not empty: every case is evaluated alone, for a backend whose answers depend on what is "
             "evaluated beside them."),
)

Settings = collections.namedtuple("Settings", [variable.field for variable in VARIABLES])


class Unusable(ValueError):
    """A variable holds what cannot be read; the text says which variable and why."""


def read(environment=None):
    """The Settings that `environment` (by default this process's) holds. Raises Unusable."""
    environment = os.environ if environment is None else environment
    return Settings(**{variable.field: _value(variable, environment.get(variable.name))
                       for variable in VARIABLES})


def _value(variable, text):
    if not text:
        return variable.default
    try:
        return variable.read(text)
    except (ValueError, zlib.error) as error:
        raise Unusable("{} cannot be read ({}): correct it or unset it".format(variable.name, error))


def name_of(field):
    """The name of the variable that is read into a field."""
    return next(variable.name for variable in VARIABLES if variable.field == field)


def without(environment, *fields):
    """A copy of `environment` that lacks the variables of these fields."""
    names = {variable.name for variable in VARIABLES if variable.field in fields}
    return {name: value for name, value in environment.items() if name not in names}

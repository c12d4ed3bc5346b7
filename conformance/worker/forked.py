"""Scripts that load the front end for themselves: the configuration file, the environment variables, the
loading rules.

Starting an interpreter and an engine for each of them takes seconds. A forked child of a worker that has
imported the engine, but has forgotten the front end, starts in a few hundredths of a second, and loads it as
a fresh process would.
"""
import collections
import os
import shutil
import sys
import tempfile

import numpy as np

from conformance import wire
from conformance.worker import inspect_module
from conformance.worker.describe import describe_exception
from conformance.worker.evaluate import collect


def run_together(requests, adapter):
    """The answers of several scripts, each in a child of its own, as many at a time as there are
    processors."""
    width = min(len(os.sched_getaffinity(0)), len(requests)) if hasattr(os, "sched_getaffinity") else 1
    running, answers = collections.deque(), []
    for request in requests:
        if len(running) == width:
            answers.append(_finish(*running.popleft()))
        running.append(_fork(request, adapter))
    return answers + [_finish(*child) for child in running]


def run_forked(request, adapter):
    """Run `request["source"]` in a forked child; its answer, with what it wrote to stderr under the name
    `stderr`.

    `env` gives environment variables (None removes one) and `files` texts to write before the script starts;
    in both `{root}` stands for a directory of the child's own and `{backend}` for the name of the backend
    under test. The script has them as `root` and `backend`.
    """
    return _finish(*_fork(request, adapter))


def _fork(request, adapter):
    root = tempfile.mkdtemp(prefix="isolated-", dir=os.getcwd())
    backend = adapter.backend()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        answer = {}
        try:
            answer = _script(request, {"root": root, "backend": backend}, adapter)
        except BaseException as error:
            answer = {"raised": describe_exception(adapter.cause(error))}
        finally:
            answer["stderr"] = _captured(root)
            with os.fdopen(writing, "wb") as stream:
                stream.write(wire.dumps(answer))
            os._exit(0)
    os.close(writing)
    return child, reading, root


def _finish(child, reading, root):
    try:
        answer = wire.receive(reading)
    except (wire.Closed, wire.Garbage):
        answer = None
    finally:
        os.close(reading)
        status = os.waitpid(child, 0)[1]
        shutil.rmtree(root, ignore_errors=True)
    return answer if answer is not None else {"died": status}


def _script(request, places, adapter):
    sys.stdout.flush()
    sys.stderr.flush()
    log = os.open(os.path.join(places["root"], "stderr"), os.O_WRONLY | os.O_CREAT)
    os.dup2(log, 2)
    for path, text in request["files"].items():
        path = os.path.join(places["root"], path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as stream:
            stream.write(_filled(text, places))
    adapter.forget()
    inspect_module.preload(adapter.settings)  # for the front end that the script will import
    for name, value in request["env"].items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = _filled(value, places)
    sys.path.insert(0, places["root"])
    namespace = dict(places, np=np, os=os, sys=sys)
    exec(compile(adapter.localised(request["source"]), "<case>", "exec"), namespace)
    return {"values": collect(namespace, request["names"])}


def _filled(text, places):
    for name, value in places.items():
        text = text.replace("{" + name + "}", value)
    return text


def _captured(root):
    try:
        sys.stderr.flush()
        with open(os.path.join(root, "stderr"), errors="replace") as stream:
            return stream.read(65536)
    except (OSError, ValueError):
        return ""

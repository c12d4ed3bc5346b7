"""A plug-in of pytest for Keras' own tests, which run in a backend's environment: only those that a list
names, and what became of each is written to a file as it happens.

The variable EXCLUSIONS has a JSON object: `texts`, which names have in them; `result`, the file; `seconds`,
the limit of one test.
"""
import json
import os
import signal

import pytest

from conformance import settings
from conformance.apis.ops import registration
from conformance.worker import inspect_module

_TOLD = json.loads(os.environ.get("EXCLUSIONS", "{}"))
_OUTCOMES = {}


def pytest_configure():
    """Tell Keras of the backend before anything imports it."""
    told = settings.read()
    inspect_module.preload(told)
    if told.module:
        registration.register(registration.Package(told.module))


def pytest_collection_modifyitems(items):
    """Only what the list names."""
    items[:] = [item for item in items if any(text in item.nodeid for text in _TOLD["texts"])]
    _write()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_call(item):
    """A test that takes longer than the limit fails."""
    def late(*_):
        raise TimeoutError("the test took longer than {} s".format(_TOLD["seconds"]))
    signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, _TOLD["seconds"])
    # A process that dies in a test says nothing about it: it counts as failed until it has ended.
    _OUTCOMES[item.nodeid] = "failed"
    _write()
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)


def pytest_runtest_logreport(report):
    """What became of a test: of its call, unless what was before or after it did not go well."""
    if report.when == "call" or report.outcome != "passed":
        _OUTCOMES[report.nodeid] = report.outcome
        _write()


def _write():
    with open(_TOLD["result"] + ".new", "w") as stream:
        json.dump(_OUTCOMES, stream)
    os.replace(_TOLD["result"] + ".new", _TOLD["result"])

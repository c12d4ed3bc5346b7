"""Starts the processes that evaluate cases: in which environment, with which first question, and how often it
is tried."""
import glob
import os
import time

from conformance import wire
from conformance.engines import launch as engines
from conformance.judge.children import Children
from conformance.judge.process import NotLoaded, Process
from conformance.judge.spawner import Spawner
from conformance.judge.validation import Refused, Validation
from conformance.settings import CPU, GPU, without

# What the suite and the front end take to start on a loaded machine, on top of the limit on a module's
# import.
_OWN_SECONDS = 60.0
# A backend whose import died this many times in a row will not come back.
_LAUNCHES = 3


class Launcher:
    """Starts processes for one backend, and knows what answers in them (`identity`, None before the first
    process).

    `environment` is what processes start with, `settings` what was read from it. `report` is called with each
    step that a module of somebody's own takes. `slot` tells the pytest-xdist workers of one run apart.
    """

    def __init__(self, table, settings, environment, slot=None, report=None):
        self.start_seconds = settings.start_seconds
        self.device = settings.device
        self.identity = None
        # What is for the judge alone is not the backend's business, and may be long.
        self.environment = without(environment, "only", "start", "select", "worker", "users", "spawner",
                                   "writable")
        self._table = table
        self._slot = slot
        self._python = settings.worker
        self._children = Spawner(settings.spawner) if settings.spawner else Children(None, settings.writable)
        self.validation = None
        self._note = None
        # On the worker's path and not on the judge's: nothing in there may be imported here.
        places = [settings.front_end, settings.path, self.environment.get("PYTHONPATH")]
        if any(places):
            self.environment["PYTHONPATH"] = os.pathsep.join(filter(None, places))
        if settings.module:
            self.validation = Validation(settings.module, table, report or (lambda step: None),
                                         packages(settings.worker, self.environment))
        self._waking = {}

    def launch(self, slot):
        """The process of a slot, loaded; the one that was woken, if one was. Raises NotLoaded with the root
        cause."""
        process, woken = self._waking.pop(slot, None) or (self._new(slot), None)
        first = self.validation is not None and not self.validation.known
        if first:
            try:
                self.validation.examine(lambda request: self._ask(process, request, Refused))
            except Refused as error:
                process.end()
                raise NotLoaded(str(error))
        try:
            self.identity = self._hello(process, woken)
        except NotLoaded as error:
            if first:
                self.validation.refused(str(error))
            raise
        if first:
            self.validation.loaded(self._note)
        return process

    def launch_again(self, slot):
        """The same in place of one that is gone. Raises NotLoaded when the import has died several times in a
        row."""
        for _ in range(_LAUNCHES - 1):
            try:
                return self.launch(slot)
            except NotLoaded:
                pass  # it could be loaded before
        return self.launch(slot)

    def wake(self, slot):
        """Start the process of a slot without waiting until it has loaded. Raises NotLoaded when there is no
        room for it."""
        process = self._new(slot)
        try:
            began = time.monotonic()
            process.post(self._greeting(), began + self.start_seconds)
            self._waking[slot] = process, began
        except (wire.Closed, wire.Expired):
            process.end()

    def woken(self, slot):
        """Whether a process of this slot was woken and not launched yet."""
        return slot in self._waking

    def waking(self, slot):
        """Whether such a process has nothing to say yet."""
        return slot in self._waking and not wire.readable(self._waking[slot][0].answers)

    def close(self):
        """End what was woken and not launched."""
        while self._waking:
            self._waking.popitem()[1][0].end()

    def _new(self, slot):
        """A new process, which has not been asked anything."""
        on_gpu = self.device == GPU and slot == "process"
        environment = self.environment if on_gpu or self.device == CPU else engines.hidden(self.environment)
        return Process(environment, self._table.private, self._python, self._children, self._slot)

    def _greeting(self):
        """What a process is asked first."""
        if self.validation is None:
            return {"op": "hello"}
        return {"op": "hello", "module": self.validation.name, "stubs": self.validation.stubs}

    def _hello(self, process, woken):
        answer = self._ask(process, self._greeting(), NotLoaded, woken)
        if "raised" in answer:
            process.end()
            raise NotLoaded(answer["raised"]["root"])
        identity, self._note = answer["identity"], answer.get("note")
        reason = self._table.refusal(identity, self.environment)
        if reason:
            process.end()
            raise NotLoaded(reason, identity)
        return identity

    def _ask(self, process, request, refusal, posted=None):
        """The answer to a request that runs code of the backend before any case; raises `refusal` with how it
        ended.

        `posted` is when the request was posted (`time.monotonic()`), if it was.
        """
        seconds = self.start_seconds
        if self.validation is not None and request["op"] != "module":
            # Most of that is the interpreter's, NumPy's or the front end's own, for which the module is not
            # to blame.
            seconds += _OWN_SECONDS
        try:
            return process.ask(request, seconds) if posted is None else process.answer(posted + seconds)
        except wire.Expired:
            step = "start" if request["op"] == "find" else "import"
            reason = "the {} took longer than {:g} s".format(step, seconds)
        except wire.Garbage as error:
            reason = "the import wrote into the suite's own pipe ({})".format(error)
        except wire.Closed:
            reason = None
        ended = process.end(dying=reason is None)
        if ended == "killed by SIGKILL":
            ended += ", as a process is when memory runs out"
        raise refusal(_with_last_line(reason or "the import ended the process: " + ended, process))


def _with_last_line(reason, process):
    lines = [line for line in process.tail().splitlines() if line.strip()]
    return reason + (" (its last line: {})".format(lines[-1].strip()[:300]) if lines else "")


def packages(python, environment):
    """Where the interpreter `python` of another environment finds packages: on PYTHONPATH, then installed
    with it. None without another interpreter."""
    if python is None:
        return None
    prefix = os.path.dirname(os.path.dirname(python))
    installed = sorted(glob.glob(os.path.join(prefix, "lib", "python3*", "site-packages")))
    return [path for path in environment.get("PYTHONPATH", "").split(os.pathsep) if path] + installed

"""Starts, bounds, kills and restarts the worker: which case is asked when, together with which, and how often.

The judge never imports the backend. It alone holds the journal, so nothing a backend does can write a verdict.
"""
import collections
import os
import time

from conformance import compiledir, descendants, devices, wire
from conformance.external import External, Refused
from conformance.process import NotLoaded, Process
from conformance.verdicts import Outcome, judge_answer

START_SECONDS = 300.0
# What the suite and Keras take to start on a loaded machine, on top of the limit on a module's import.
_OWN_SECONDS = 60.0
# Cases that go to the worker in one message, to share what compiling and sessions cost. Verdicts stay one by one.
BATCH = 32
# Case limits that cases sent together have together: a backend that compiles may have to compile for each of them.
_PATIENCE = 4
# A function that kept this many workers waiting until the limit is not waited for as long again.
_WAITED = 2
# However impatient: a loaded machine needs this long to start a thread or to notice that a process died.
_LEAST_SECONDS = 2.0
# A backend whose import died this many times in a row will not come back.
_LAUNCHES = 3


class Ahead:
    """Cases that were sent to the worker together, and whose answers are still to come."""

    def __init__(self, cases, seconds):
        self.cases = cases
        self.posted = time.monotonic()
        self.deadline = self.posted + seconds


class Judge:
    """Holds cases against one backend. `slot` tells the pytest-xdist workers of one run apart.

    CONFORM_MODULE in the environment names a module from outside and CONFORM_PATH the directory it is in. `report` is then
    called with each step the module takes.
    """

    def __init__(self, case_seconds=60.0, environment=None, slot=None, start_seconds=START_SECONDS, report=None):
        self.case_seconds = case_seconds
        self.start_seconds = start_seconds
        self.environment = dict(os.environ if environment is None else environment)
        module = self.environment.get("CONFORM_MODULE")
        self.external = External(module, report or (lambda step: None)) if module else None
        if self.environment.get("CONFORM_PATH"):
            # On the worker's path and not on the judge's: nothing in there may be imported here.
            places = [self.environment["CONFORM_PATH"], self.environment.get("PYTHONPATH")]
            self.environment["PYTHONPATH"] = os.pathsep.join(filter(None, places))
        self.environment.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
        compiledir.settle(self.environment, slot)
        self.device = self.environment.get("CONFORM_DEVICE", "cpu")
        descendants.adopt()
        self.process = None
        self.zygote = None
        self.facts = None
        self._slot = slot
        self._batches = collections.deque()
        self._due = {}
        self._isolated = {}
        self._ahead = None
        self._answers = {}
        self._wounds = collections.Counter()
        self._waited = collections.Counter()

    def start(self):
        """Start a worker and learn what answers; the facts. Raises NotLoaded with the root cause."""
        if self.process is None:
            self.process = self._launch()
        return self.facts

    def _launch(self, slot="process"):
        on_gpu = self.device == "gpu" and slot == "process"
        process = Process(self.environment if on_gpu or self.device == "cpu" else devices.hidden(self.environment))
        hello = {"op": "hello"}
        first = self.external is not None and not self.external.known
        if first:
            try:
                self.external.examine(lambda request: self._ask_early(process, request, Refused))
            except Refused as error:
                process.end()
                raise NotLoaded(str(error))
        if self.external is not None:
            hello.update(module=self.external.name, stubs=self.external.stubs)
        try:
            facts = self._hello(process, hello)
        except NotLoaded as error:
            if first:
                self.external.refused(str(error))
            raise
        if first:
            self.external.loaded()
        self.facts = facts
        return process

    def _ask_early(self, process, request, refusal):
        """The answer to a request that runs code of the backend before any case; raises `refusal` with how it ended."""
        seconds = self.start_seconds
        if self.external is not None and request["op"] != "module":
            # Most of that is the interpreter's, NumPy's or Keras' own, for which the module is not to blame.
            seconds += _OWN_SECONDS
        try:
            return process.ask(request, seconds)
        except wire.Expired:
            reason = "the {} took longer than {:g} s".format("start" if request["op"] == "find" else "import", seconds)
        except wire.Garbage as error:
            reason = "the import wrote into the suite's own pipe ({})".format(error)
        except wire.Closed:
            reason = None
        ended = process.end(dying=reason is None)
        if ended == "killed by SIGKILL":
            ended += ", as a process is when memory runs out"
        raise refusal(_with_last_line(reason or "the import ended the process: " + ended, process))

    def _hello(self, process, hello):
        answer = self._ask_early(process, hello, NotLoaded)
        if "raised" in answer:
            process.end()
            raise NotLoaded("{type}: {message}".format(**answer["raised"]))
        facts = answer["facts"]
        asked = self.environment.get("KERAS_BACKEND")
        if asked and facts["backend"] != asked:
            process.end()
            reason = "KERAS_BACKEND asks for {}, but {} answered ({})".format(asked, facts["backend"], facts["file"])
            raise NotLoaded(reason, facts)
        return facts

    def close(self):
        """End whatever runs."""
        for process in (self.process, self.zygote):
            if process is not None:
                process.end()
        self.process = self.zygote = self._ahead = None

    def expect(self, cases):
        """Say in which order cases will come, so that neighbours can be evaluated together, and before they are due."""
        for start in range(0, len(cases), BATCH):
            together = [case for case in cases[start:start + BATCH] if case.batches and not case.not_applicable(self.facts)]
            self._batches.append(together)
            self._due.update((case.id, together) for case in together)
        isolated = [case for case in cases if case.way == "isolated" and not case.not_applicable(self.facts)]
        for start in range(0, len(isolated), BATCH):
            self._isolated.update((case.id, isolated[start:start + BATCH]) for case in isolated[start:start + BATCH])

    def hold(self, case):
        """The outcome of one case.

        A worker that dies or hangs may have been wounded by an earlier case: then, and only then, the case gets a second
        attempt in a fresh worker, so that a verdict is always about its own case. Raises NotLoaded when the backend does not
        load again.
        """
        began = time.monotonic()
        reason = case.not_applicable(self.facts)
        if reason:
            outcome = Outcome("skip", reason)
        elif self._answered(case):
            answer, seconds = self._answers.pop(case.id)
            outcome = judge_answer(case, answer, self.device)
            began = time.monotonic() - seconds
        else:
            if case.way != "isolated":
                self._fetch()  # the worker is about to be asked something else
            began = time.monotonic()
            outcome = self._hold_alone(case)
        outcome.seconds = time.monotonic() - began
        return outcome

    def _hold_alone(self, case):
        used = self.zygote if case.way == "isolated" else self.process
        outcome = self._attempt(case)
        if outcome.verdict in ("crash", "timeout") and used is not None and used.number > 1:
            outcome = self._attempt(case)
            outcome.attempt = 2
        if outcome.verdict in ("crash", "timeout"):
            self._wounds[case.function] += 1
            self._waited[case.function] += outcome.verdict == "timeout"
        return outcome

    def _forked(self, case):
        """Ask for the answers of a case that imports Keras itself and of its neighbours, which run side by side."""
        together = [neighbour for neighbour in self._isolated[case.id] if neighbour.id in self._isolated]
        for neighbour in together:
            del self._isolated[neighbour.id]
        began, process = time.monotonic(), self._worker("zygote")
        try:
            seconds = _PATIENCE * self.case_seconds * max(neighbour.patience for neighbour in together)
            request = {"op": "together", "items": [neighbour.request() for neighbour in together]}
            answers = process.ask(request, seconds)["answers"]
            if len(answers) != len(together) or process.wounded:
                raise wire.Garbage("{} answers to {} questions".format(len(answers), len(together)))
        except (wire.Expired, wire.Closed, wire.Garbage, KeyError, TypeError):
            # Which of them it was shows when each is asked alone.
            self.zygote = None
            process.end()
            return
        share = (time.monotonic() - began) / len(together)
        self._answers.update((neighbour.id, (answer, share)) for neighbour, answer in zip(together, answers))

    def _answered(self, case):
        """Whether the answer to this case is there, because it was asked for together with its neighbours'."""
        if case.id in self._isolated:
            self._forked(case)
        if case.id in self._due:
            self._fetch()
            self._post(self._due[case.id])
        if self._ahead is not None and case in self._ahead.cases:
            self._fetch()
            # The worker works on the next ones while these are judged; below pytest-xdist they may be another judge's.
            while self._slot is None and self._ahead is None and self._batches:
                self._post([neighbour for neighbour in self._batches.popleft() if neighbour.id in self._due])
        return case.id in self._answers

    def _post(self, together):
        """Send cases to the worker together, but for those that wounded one: they are asked alone."""
        for case in together:
            self._due.pop(case.id)
        cases = [case for case in together if not self._wounds[case.function]]
        if len(cases) < 2:
            return
        process = self._worker("process")
        self._ahead = Ahead(cases, _PATIENCE * self.case_seconds * max(case.patience for case in cases))
        try:
            process.post({"op": "batch", "items": [case.request() for case in cases]})
        except wire.Closed:
            self._give_up(process)

    def _fetch(self):
        """Take the answers that are still to come, if any are."""
        if self._ahead is None:
            return
        cases, process = self._ahead.cases, self.process
        try:
            answers = process.answer(self._ahead.deadline)["answers"]
            if len(answers) != len(cases) or process.wounded:
                raise wire.Garbage("{} answers to {} questions".format(len(answers), len(cases)))
            share = (time.monotonic() - self._ahead.posted) / len(cases)
            self._answers.update((case.id, (answer, share)) for case, answer in zip(cases, answers))
            self._ahead = None
        except (wire.Expired, wire.Closed, wire.Garbage, KeyError, TypeError):
            self._give_up(process)

    def _give_up(self, process):
        """End a worker that did not answer several cases: which of them it was shows when each is asked alone."""
        self._ahead = self.process = None
        process.end()

    def _worker(self, slot):
        """The living process of a slot, started when there is none."""
        process = getattr(self, slot)
        if process is None or process.popen.poll() is not None:
            if process is not None:
                process.end()
            setattr(self, slot, None)
            process = self._launch_again(slot)
            setattr(self, slot, process)
        return process

    def _launch_again(self, slot):
        """A worker in place of one that is gone. Raises NotLoaded when the import has died several times in a row."""
        for _ in range(_LAUNCHES - 1):
            try:
                return self._launch(slot)
            except NotLoaded:
                pass  # it could be loaded before
        return self._launch(slot)

    def _attempt(self, case):
        slot = "zygote" if case.way == "isolated" else "process"
        process = self._worker(slot)
        seconds = self.case_seconds * case.patience
        if self._waited[case.function] >= _WAITED:
            seconds = max(seconds / 10, min(seconds, _LEAST_SECONDS))
        try:
            answer = process.ask(case.request(), seconds)
        except wire.Expired:
            setattr(self, slot, None)
            process.end()
            return Outcome("timeout", "no answer within {:g} s".format(seconds), trace=process.tail())
        except wire.Closed:
            setattr(self, slot, None)
            return Outcome("crash", "the process died: " + process.end(dying=True), trace=process.tail())
        except wire.Garbage as error:
            setattr(self, slot, None)
            process.end()
            return Outcome("error", "the answer is not one: {}".format(error), trace=process.tail())
        if (case.isolate and slot == "process") or process.wounded:
            setattr(self, slot, None)
            process.end()
        return judge_answer(case, answer, self.device)


def _with_last_line(reason, process):
    lines = [line for line in process.tail().splitlines() if line.strip()]
    return reason + (" (its last line: {})".format(lines[-1].strip()[:300]) if lines else "")

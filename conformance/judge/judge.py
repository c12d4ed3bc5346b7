"""Bounds, kills and restarts the worker: which case is asked when, together with which, and how often.

The judge never imports the backend. It alone holds the journal, so nothing a backend does can write a
verdict.
"""
import collections
import time

from conformance import wire
from conformance.case import Outcome
from conformance.judge import descendants
from conformance.judge.process import NotLoaded
from conformance.judge.queue import UNANSWERED, Ahead
from conformance.judge.verdicts import judge_answer

# Cases that go to the worker in one message, to share what compiling and sessions cost. Verdicts stay one by
# one.
BATCH = 32
# Case limits that cases sent together have together: a backend that compiles may have to compile for each of
# them.
_PATIENCE = 4
# A function that kept this many workers waiting until the limit is not waited for as long again.
_WAITED = 2
# However impatient: a loaded machine needs this long to start a thread or to notice that a process died.
_LEAST_SECONDS = 2.0
# The two processes a judge has, and how each is asked for several cases: the worker, and the one whose forked
# children load the front end for themselves (the zygote).
_SEVERAL = {"process": "batch", "zygote": "together"}


class Judge:
    """Judges one backend, case by case. `launcher` starts its processes; `slot` tells the pytest-xdist
    workers of one run apart."""

    def __init__(self, table, launcher, case_seconds=60.0, slot=None):
        self.case_seconds = case_seconds
        self.launcher = launcher
        self._table = table
        descendants.adopt()
        self.process = None
        self.zygote = None
        self._slot = slot
        self._batches = {slot: collections.deque() for slot in _SEVERAL}
        self._due = {}
        self._ahead = {}
        self._answers = {}
        self._wounds = collections.Counter()
        self._waited = collections.Counter()

    def start(self):
        """What answers, once a worker has been started. Raises NotLoaded with the root cause."""
        if self.process is None:
            self.process = self.launcher.launch("process")
        return self.identity

    @property
    def identity(self):
        """What answers; None before the first worker has loaded."""
        return self.launcher.identity

    def close(self):
        """End whatever runs."""
        for process in (self.process, self.zygote):
            if process is not None:
                process.end()
        self.process = self.zygote = None
        self._ahead.clear()
        self.launcher.close()

    def expect(self, cases):
        """Say in which order cases will come, so that neighbours can be evaluated together, and before they
        are due."""
        applicable = {case.id for case in cases if not self._table.not_applicable(case, self.identity)}
        forked = [case for case in cases if case.forked]
        for slot, found in (("process", cases), ("zygote", forked)):
            for start in range(0, len(found), BATCH):
                together = [case for case in found[start:start + BATCH]
                            if case.id in applicable and (slot == "zygote" or case.joint)]
                if together:
                    self._batches[slot].append(together)
                    self._due.update((case.id, (slot, together)) for case in together)
        self._keep_forking()

    def judge(self, case):
        """The outcome of one case.

        A worker that dies or hangs may have been wounded by an earlier case: then, and only then, the case
        gets a second attempt in a fresh worker, so that a verdict is always about its own case. Raises
        NotLoaded when the backend does not load again.
        """
        began = time.monotonic()
        reason = self._table.not_applicable(case, self.identity)
        if reason:
            outcome = Outcome("skip", reason)
        elif self._answered(case):
            _, answer, seconds = self._answers.pop(case.id)
            outcome = self._verdict(case, answer)
            began = time.monotonic() - seconds
        else:
            self._fetch(_slot_of(case))  # that process is about to be asked something else
            began = time.monotonic()
            outcome = self._judge_alone(case)
        outcome.seconds = time.monotonic() - began
        return outcome

    def _judge_alone(self, case):
        used = getattr(self, _slot_of(case))
        outcome = self._attempt(case)
        if outcome.verdict in ("crash", "timeout") and used is not None and used.number > 1:
            outcome = self._attempt(case)
            outcome.attempt = 2
        if outcome.verdict in ("crash", "timeout"):
            self._wounds[case.function] += 1
            self._waited[case.function] += outcome.verdict == "timeout"
        return outcome

    def _verdict(self, case, answer):
        return judge_answer(case, answer, self._table.title, self.launcher.device)

    def _answered(self, case):
        """Whether the answer to this case is there, because it was asked for together with its
        neighbours'."""
        self._keep_forking()
        slot = _slot_of(case)
        if slot == "zygote":
            # Harm that the worker has come to is known before anything the zygote said is judged.
            self._fetch("process")
        if case.id in self._due:
            self._fetch(slot)
            self._post(slot, self._due[case.id][1])
        if slot in self._ahead and case in self._ahead[slot].cases:
            self._fetch(slot)
            self._post_next(slot)
        return case.id in self._answers

    def _keep_forking(self):
        """Hear what the zygote has to say by now, and ask it for the next ones: it is at work beside the
        worker."""
        if self._slot is not None or not self._batches["zygote"] or self.launcher.waking("zygote"):
            return
        try:
            if self.zygote is None and not self.launcher.woken("zygote"):
                self.launcher.wake("zygote")
            elif "zygote" not in self._ahead or self._ahead["zygote"].arrived():
                self._fetch("zygote")
                self._post_next("zygote")
        except NotLoaded:
            self._batches["zygote"].clear()  # which is said when the first of these cases is due

    def _post_next(self, slot):
        """Let a process work on the next ones while these are judged; below pytest-xdist they may be another
        judge's."""
        while self._slot is None and slot not in self._ahead and self._batches[slot]:
            self._post(slot, [case for case in self._batches[slot].popleft() if case.id in self._due])

    def _post(self, slot, together):
        """Send cases to a process together, but for those that wounded one: they are asked alone."""
        for case in together:
            self._due.pop(case.id, None)
        cases = [case for case in together if not self._wounds[case.function]]
        if len(cases) < 2:
            return
        process = self._worker(slot)
        seconds = _PATIENCE * self.case_seconds * max(case.patience for case in cases)
        try:
            self._ahead[slot] = Ahead(process, _SEVERAL[slot], list(map(self._table.request, cases)), cases,
                                      seconds)
        except (wire.Closed, wire.Expired):
            self._give_up(slot, process)

    def _fetch(self, slot):
        """Take the answers that are still to come from a process, if any are."""
        ahead = self._ahead.pop(slot, None)
        if ahead is None:
            return
        try:
            self._answers.update((case_id, (slot, *answer)) for case_id, answer in ahead.take().items())
        except UNANSWERED:
            self._give_up(slot, ahead.process)  # which of them it was shows when each is asked alone

    def _give_up(self, slot, process, dying=False):
        """End a process that has come to harm; how it had ended, in words."""
        setattr(self, slot, None)
        ended = process.end(dying)
        if slot == "process":
            self._doubt()
        return ended

    def _doubt(self):
        """What the zygote did while the worker came to harm may have been harmed with it (a full disk, no
        room for another process): it is asked again, and from now on only while the worker does nothing."""
        self._batches["zygote"].clear()
        for case_id in [case_id for case_id, (slot, _, _) in self._answers.items() if slot == "zygote"]:
            del self._answers[case_id]
        ahead = self._ahead.pop("zygote", None)
        if ahead is not None:
            self._give_up("zygote", ahead.process)

    def _worker(self, slot):
        """The living process of a slot, started when there is none."""
        process = getattr(self, slot)
        if process is None or not process.lives:
            if process is not None:
                self._give_up(slot, process)
            process = self.launcher.launch_again(slot)
            setattr(self, slot, process)
        return process

    def _attempt(self, case):
        slot = _slot_of(case)
        process = self._worker(slot)
        seconds = self.case_seconds * case.patience
        if self._waited[case.function] >= _WAITED:
            seconds = max(seconds / 10, min(seconds, _LEAST_SECONDS))
        try:
            answer = process.ask(self._table.request(case), seconds)
        except wire.Expired:
            self._give_up(slot, process)
            return Outcome("timeout", "no answer within {:g} s".format(seconds), trace=process.tail())
        except wire.Closed:
            return Outcome("crash", "the process died: " + self._give_up(slot, process, dying=True),
                           trace=process.tail())
        except wire.Garbage as error:
            self._give_up(slot, process)
            return Outcome("error", "the answer is not one: {}".format(error), trace=process.tail())
        if process.wounded:
            self._give_up(slot, process)
        elif case.isolate and slot == "process":
            setattr(self, slot, None)
            process.end()
        return self._verdict(case, answer)


def _slot_of(case):
    return "zygote" if case.forked else "process"

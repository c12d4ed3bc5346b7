"""Starts, bounds, kills and restarts the worker, and turns its answers into verdicts.

The judge never imports the backend. It alone holds the journal, so nothing a backend does can write a verdict.
"""
import collections
import ctypes
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

from conformance import compare, compiledir, descendants, wire
from conformance.spec.model import REFUSED

SUITE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
START_SECONDS = 300.0
# Cases that go to the worker in one message, to share what compiling and sessions cost. Verdicts stay one by one.
BATCH = 16
# A function that kept this many workers waiting until the limit is not waited for as long again.
_WAITED = 2
# However impatient: a loaded machine needs this long to start a thread or to notice that a process died.
_LEAST_SECONDS = 2.0
_TAIL = 32 << 10
_SECONDS_BETWEEN_STARTS = (0.05, 0.2, 0.5, 1.0, 2.0)
# A backend whose import died this many times in a row will not come back.
_LAUNCHES = 3
_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE = 4
# The suite comes last on the path: PYTHONPATH and the environment's own packages decide which Keras is judged.
_BOOT = "import sys; sys.path.append({!r}); from conformance.worker import main; main()"


class Outcome:
    """What one case ended as: the verdict, and the evidence under it when it is not `pass`."""

    def __init__(self, verdict, message=None, expected=None, got=None, trace=None, ulp=None):
        self.verdict = verdict
        self.message = message
        self.expected = expected
        self.got = got
        self.trace = trace
        self.ulp = ulp
        self.seconds = 0.0
        self.attempt = 1

    def detail(self):
        """The journal's `detail` object."""
        return {"message": self.message, "expected": self.expected, "got": self.got, "traceback": self.trace}


class NotLoaded(Exception):
    """The backend could not be imported, or another one answered. Its text is the root cause in one line."""

    def __init__(self, reason, facts=None):
        Exception.__init__(self, reason)
        self.facts = facts or {}


def protect():
    """Keep same-user children out of this process's descriptors: /proc/<pid>/fd of an undumpable process is closed to them."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


class Process:
    """One worker process, its two pipes, and the tail of what it printed."""

    def __init__(self, environment):
        self.directory = tempfile.mkdtemp(prefix="conform-worker-")
        request_read, self.requests = os.pipe()
        self.answers, answer_write = os.pipe()
        self.number = 0
        self.wounded = None
        self.printed = b""
        self.popen = _started(
            [sys.executable, "-c", _BOOT.format(SUITE), str(request_read), str(answer_write)],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=self.directory,
            pass_fds=(request_read, answer_write), start_new_session=True, preexec_fn=_before_start,
            env=dict(environment, PYTHONFAULTHANDLER="1", HOME=self.directory, KERAS_HOME=os.path.join(self.directory, ".keras"),
                     TMPDIR=self.directory))
        descendants.keep(self.popen.pid)
        os.close(request_read)
        os.close(answer_write)
        # A chatty child would block on a full pipe, and a file could fill the disk: read everything, keep the end.
        self.drain = threading.Thread(target=self._drain, daemon=True)
        self.drain.start()

    def _drain(self):
        while True:
            chunk = os.read(self.popen.stdout.fileno(), 1 << 16)
            if not chunk:
                return
            self.printed = (self.printed + chunk)[-_TAIL:]

    def ask(self, request, seconds):
        """The worker's answer. Raises wire.Closed, wire.Expired or wire.Garbage; after any of them the process is useless."""
        self.number += 1
        wire.send(self.requests, dict(request, number=self.number))
        answer = wire.receive(self.answers, time.monotonic() + seconds)
        if not isinstance(answer, dict) or answer.pop("number", None) != self.number:
            raise wire.Garbage("an answer to another question")
        self.wounded = answer.pop("wounded", None)
        return answer

    def end(self, dying=False):
        """Kill the process and everything it started; how it had ended, in words. `dying` waits for its own exit status."""
        if dying:
            try:
                self.popen.wait(timeout=2)
            except subprocess.TimeoutExpired:
                pass  # it closed its pipes and lives on
        own = self.popen.poll()
        try:
            os.killpg(self.popen.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass  # the group is already empty
        self.popen.wait()
        self.drain.join(timeout=2)
        if not self.drain.is_alive():
            self.popen.stdout.close()
        descendants.forget(self.popen.pid)
        descendants.kill_strays()
        os.close(self.requests)
        os.close(self.answers)
        shutil.rmtree(self.directory, ignore_errors=True)
        return ended_as(own)

    def tail(self):
        """The last of what the process printed, as text."""
        return self.printed.decode("utf-8", "replace")[-4000:]


def ended_as(status):
    """An exit status in words."""
    if status is None:
        return "it stopped answering"
    if status < 0:
        try:
            return "killed by " + signal.Signals(-status).name
        except ValueError:
            return "killed by signal {}".format(-status)
    return "exited with status {}".format(status)


def _started(command, **options):
    """The process, started; where what an earlier one left behind has used up the processes, once that is gone."""
    for seconds in _SECONDS_BETWEEN_STARTS:
        try:
            return subprocess.Popen(command, **options)
        except BlockingIOError:
            descendants.kill_strays()
            time.sleep(seconds)
    return subprocess.Popen(command, **options)


def _before_start():
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        # Where memory runs out, the worker is who used it; the judge has verdicts to tell.
        try:
            with open("/proc/self/oom_score_adj", "w") as stream:
                stream.write("1000")
        except OSError:
            pass  # a kernel that does not let us; it may still choose right


class Judge:
    """Holds cases against one backend. `slot` tells the pytest-xdist workers of one run apart."""

    def __init__(self, case_seconds=60.0, environment=None, slot=None):
        self.case_seconds = case_seconds
        self.environment = dict(os.environ if environment is None else environment)
        self.environment.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
        compiledir.settle(self.environment, slot)
        descendants.adopt()
        self.process = None
        self.zygote = None
        self.facts = None
        self._following = {}
        self._answers = {}
        self._wounds = collections.Counter()
        self._waited = collections.Counter()

    def start(self):
        """Start a worker and learn what answers; the facts. Raises NotLoaded with the root cause."""
        if self.process is None:
            self.process = self._launch()
        return self.facts

    def _launch(self):
        process = Process(self.environment)
        try:
            answer = process.ask({"op": "hello"}, START_SECONDS)
        except (wire.Closed, wire.Expired, wire.Garbage) as error:
            ended = process.end(dying=isinstance(error, wire.Closed))
            reason = {"Expired": "the import took longer than {:.0f} s".format(START_SECONDS)}.get(
                type(error).__name__, "the import ended the process: " + ended)
            raise NotLoaded(_with_last_line(reason, process))
        if "raised" in answer:
            process.end()
            raise NotLoaded("{type}: {message}".format(**answer["raised"]))
        facts = answer["facts"]
        asked = self.environment.get("KERAS_BACKEND")
        if asked and facts["backend"] != asked:
            process.end()
            reason = "KERAS_BACKEND asks for {}, but {} answered ({})".format(asked, facts["backend"], facts["file"])
            raise NotLoaded(reason, facts)
        self.facts = facts
        return process

    def close(self):
        """End whatever runs."""
        for process in (self.process, self.zygote):
            if process is not None:
                process.end()
        self.process = self.zygote = None

    def expect(self, cases):
        """Say in which order cases will come, so that neighbours can be evaluated together."""
        for start in range(0, len(cases), BATCH):
            together = [case for case in cases[start:start + BATCH] if case.batches and not case.not_applicable(self.facts)]
            for case in together:
                self._following[case.id] = together

    def hold(self, case):
        """The outcome of one case.

        A worker that dies or hangs may have been wounded by an earlier case: then, and only then, the case gets a second
        attempt in a fresh worker, so that a verdict is always about its own case.
        """
        began = time.monotonic()
        reason = case.not_applicable(self.facts)
        if reason:
            outcome = Outcome("skip", reason)
        elif case.id in self._answers or self._hold_together(case):
            answer, seconds = self._answers.pop(case.id)
            outcome = judge_answer(case, answer)
            began -= seconds
        else:
            used = self.zygote if case.way == "isolated" else self.process
            outcome = self._attempt(case)
            if outcome.verdict in ("crash", "timeout") and used is not None and used.number > 1:
                outcome = self._attempt(case)
                outcome.attempt = 2
            if outcome.verdict in ("crash", "timeout"):
                self._wounds[case.function] += 1
                self._waited[case.function] += outcome.verdict == "timeout"
        outcome.seconds = time.monotonic() - began
        return outcome

    def _hold_together(self, case):
        """Ask for the answers to this case and its neighbours at once; False when the case has to be asked alone."""
        together = [neighbour for neighbour in self._following.get(case.id, ())
                    if neighbour.id in self._following and not self._wounds[neighbour.function]]
        for neighbour in together:
            del self._following[neighbour.id]
        if len(together) < 2 or case not in together:
            return False
        process = self._worker("process")
        began = time.monotonic()
        try:
            answers = process.ask({"op": "batch", "items": [neighbour.request() for neighbour in together]},
                                  2 * self.case_seconds * max(neighbour.patience for neighbour in together))["answers"]
            if len(answers) != len(together) or process.wounded:
                raise wire.Garbage("{} answers to {} questions".format(len(answers), len(together)))
        except (wire.Expired, wire.Closed, wire.Garbage, KeyError, TypeError):
            # Which of them it was shows when each is asked alone, in a fresh worker.
            self.process = None
            process.end()
            return False
        found = {neighbour.id: answer for neighbour, answer in zip(together, answers)}
        share = (time.monotonic() - began) / len(found)
        self._answers.update((key, (answer, share)) for key, answer in found.items())
        # The time of the others is theirs, not this case's.
        self._answers[case.id] = (found[case.id], share - (time.monotonic() - began))
        return True

    def _worker(self, slot):
        """The living process of a slot, started when there is none."""
        process = getattr(self, slot)
        if process is None or process.popen.poll() is not None:
            if process is not None:
                process.end()
            setattr(self, slot, None)
            process = self._launch_again()
            setattr(self, slot, process)
        return process

    def _launch_again(self):
        """A worker in place of one that is gone. Raises NotLoaded when the import has died several times in a row."""
        for _ in range(_LAUNCHES - 1):
            try:
                return self._launch()
            except NotLoaded:
                pass  # it could be loaded before
        return self._launch()

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
        return judge_answer(case, answer)


def _with_last_line(reason, process):
    lines = [line for line in process.tail().splitlines() if line.strip()]
    return reason + (" (its last line: {})".format(lines[-1].strip()[:300]) if lines else "")


def judge_answer(case, answer):
    """The verdict on an answer: the documented behaviour and the oracle against what the worker saw."""
    try:
        if "died" in answer:
            status = answer["died"]
            return Outcome("crash", "the process died: " + ended_as(-(status & 0x7f) if status & 0x7f else status >> 8))
        if "missing" in answer:
            return Outcome("unsupported", "K has no " + ", ".join(map(str, answer["missing"])))
        raised = answer.get("raised")
        if case.want is REFUSED:
            return _judge_refusal(case, raised, answer)
        if raised:
            verdict = "unsupported" if "NotImplementedError" in raised["bases"] else "error"
            return Outcome(verdict, first_line("{type}: {message}".format(**raised)), trace=raised["traceback"])
        problems, ulp, expected, got = compare.hold(case, answer)
    except (KeyError, TypeError, IndexError, AttributeError) as error:
        # The shape of an answer is the worker's to choose, and the worker is the backend's to overwrite.
        return Outcome("error", "the answer is malformed: {}: {}".format(type(error).__name__, error))
    if problems:
        return Outcome("fail", "; ".join(problems), expected, got, ulp=ulp)
    return Outcome("pass", ulp=ulp)


def _judge_refusal(case, raised, answer):
    kinds, words = case.refuses
    expected = "{} naming {}".format(" or ".join(kinds), words) if words else " or ".join(kinds)
    if not raised:
        accepted = compare.text(answer.get("leaves", answer.get("values")))
        return Outcome("fail", "accepted what K documents as refused", expected, accepted)
    got = first_line("{type}: {message}".format(**raised))
    if not set(kinds) & set(raised["bases"]):
        if "NotImplementedError" in raised["bases"]:
            return Outcome("unsupported", got, expected, got, raised["traceback"])
        message = "refused with {} instead of {}".format(raised["type"], " or ".join(kinds))
        return Outcome("fail", message, expected, got, raised["traceback"])
    if words and words.lower() not in raised["message"].lower():
        return Outcome("fail", "the message does not name {}".format(words), expected, got, raised["traceback"])
    return Outcome("pass")


def first_line(text, limit=300):
    """The first line that says something, cut to `limit` characters."""
    for line in text.splitlines():
        if line.strip():
            return line.strip()[:limit]
    return text[:limit]

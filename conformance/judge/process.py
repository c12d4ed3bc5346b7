"""One worker process: started, asked, bounded, and ended with everything it has started."""
import binascii
import os
import sys
import tempfile
import threading
import time

from conformance import wire
from conformance.judge.children import Children, NoRoom
from conformance.judge.verdicts import ended_as

SUITE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
_TAIL = 32 << 10
# The suite comes last on the path: PYTHONPATH and the environment's own packages decide which front end is
# judged. First it is imported from where it is, lest a stranger's directory has a `conformance` of its own.
_BOOT = ("import sys; sys.path.insert(0, {!r}); from conformance.worker.main import main; "
         "sys.path.append(sys.path.pop(0)); main()")
# How long a new process waits for those of the one before to be gone, in seconds.
_ROOM = 5.0


class NotLoaded(Exception):
    """The backend could not be imported, or another backend answered. The text is the root cause in one line.

    `identity` is what was loaded, when it was loaded.
    """

    def __init__(self, reason, identity=None):
        Exception.__init__(self, reason)
        self.identity = identity


class Process:
    """One worker process, its two pipes, and the tail of what it printed.

    `private(directory)` gives the variables that keep the API's configuration in the worker's own directory.
    `python` is its interpreter, by default this one; `children` starts it (children.py, spawner.py). `slot`
    tells the pytest-xdist workers of one run apart.
    """

    def __init__(self, environment, private, python=None, children=None, slot=None):
        self._children = children or Children()
        self.directory = os.path.join(
            tempfile.gettempdir(), "conform-worker-" + binascii.hexlify(os.urandom(8)).decode("ascii"))
        request_read, self.requests = os.pipe()
        self.answers, answer_write = os.pipe()
        self._output, output_write = os.pipe()
        self.number = 0
        self.wounded = None
        self.printed = b""
        self._ending = None
        # One order of sets in every process: verdicts are the same run after run, and Theano, whose keys are
        # made of hashes, finds what it has compiled.
        told = dict(environment, PYTHONFAULTHANDLER="1", PYTHONHASHSEED="0", HOME=self.directory,
                    TMPDIR=self.directory, **private(self.directory))
        home = environment.get("HOME", os.path.expanduser("~"))
        command = [python or sys.executable, "-c", _BOOT.format(SUITE), home, slot or ""]
        try:
            self.pid = self._patiently(lambda: self._children.start(
                command, told, self.directory, request_read, answer_write, output_write))
        except NoRoom as error:
            for descriptor in (self.requests, self.answers, self._output):
                os.close(descriptor)
            raise NotLoaded("no process could be started for it: {}".format(error))
        finally:
            for descriptor in (request_read, answer_write, output_write):
                os.close(descriptor)
        # A chatty child would block on a full pipe, and a file could fill the disk: read everything, keep the
        # end.
        self.drain = threading.Thread(target=self._drain, daemon=True)
        try:
            self._patiently(self.drain.start)
        except RuntimeError as error:
            self._children.end(self.pid)
            raise NotLoaded("no thread could be started to read what it prints: {}".format(error))

    def _drain(self):
        while True:
            chunk = os.read(self._output, 1 << 16)
            if not chunk:
                return
            self.printed = (self.printed + chunk)[-_TAIL:]

    def ask(self, request, seconds):
        """The worker's answer. Raises wire.Closed, wire.Expired or wire.Garbage; after any of them the
        process is useless."""
        deadline = time.monotonic() + seconds
        self.post(request, deadline)
        return self.answer(deadline)

    def post(self, request, deadline):
        """Put a question whose answer is fetched later. Raises wire.Closed when the process is gone, and
        wire.Expired when it has not read the question by `deadline` (`time.monotonic()`)."""
        self.number += 1
        wire.send(self.requests, dict(request, number=self.number), deadline)

    def answer(self, deadline):
        """The answer to the last question, awaited until `deadline` (`time.monotonic()`). Raises as `ask`
        does."""
        answer = wire.receive(self.answers, deadline)
        if not isinstance(answer, dict) or answer.pop("number", None) != self.number:
            raise wire.Garbage("an answer to another question")
        self.wounded = answer.pop("wounded", None)
        return answer

    @property
    def lives(self):
        """Whether the process has not ended yet."""
        try:
            return self._ending is None and self._children.poll(self.pid) is None
        except NoRoom:
            return False

    def end(self, dying=False):
        """Kill the process and everything it started; how it had ended, in words. `dying` waits for its own
        exit status."""
        if self._ending is not None:
            return self._ending
        try:
            own = self._children.end(self.pid, dying)
        except NoRoom:
            own = None
        self.drain.join(timeout=2)
        if not self.drain.is_alive():
            os.close(self._output)
        os.close(self.requests)
        os.close(self.answers)
        self._ending = ended_as(own)
        return self._ending

    def tail(self):
        """The last of what the process printed, as text."""
        return self.printed.decode("utf-8", "replace")[-4000:]

    def _patiently(self, start):
        """`start()`, tried again while there is no room: what a fork bomb leaves behind takes a moment to be
        gone."""
        deadline = time.monotonic() + _ROOM
        while time.monotonic() < deadline:
            try:
                return start()
            except (NoRoom, RuntimeError):  # noqa: PERF203 - it is waited for in between
                self._children.strays()
                time.sleep(0.1)
        return start()

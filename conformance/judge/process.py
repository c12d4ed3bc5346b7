"""One worker process: started, asked, bounded, and ended with everything it has started."""
import ctypes
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

from conformance import wire
from conformance.judge import descendants
from conformance.judge.verdicts import ended_as

SUITE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
_TAIL = 32 << 10
_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE = 4
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


def protect():
    """Keep same-user children out of this process's descriptors: /proc/<pid>/fd of an undumpable process is
    closed to them."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


class Process:
    """One worker process, its two pipes, and the tail of what it printed.

    `private(directory)` gives the variables that keep the API's configuration in the worker's own directory.
    """

    def __init__(self, environment, private):
        self.directory = tempfile.mkdtemp(prefix="conform-worker-")
        request_read, self.requests = os.pipe()
        self.answers, answer_write = os.pipe()
        self.number = 0
        self.wounded = None
        self.printed = b""
        self._ending = None
        # One order of sets in every process: verdicts are the same run after run, and Theano, whose keys are
        # made of hashes, finds what it has compiled.
        self.popen = _started(
            [sys.executable, "-c", _BOOT.format(SUITE), str(request_read), str(answer_write)],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=self.directory,
            pass_fds=(request_read, answer_write), start_new_session=True, preexec_fn=_before_start,
            env=dict(environment, PYTHONFAULTHANDLER="1", PYTHONHASHSEED="0", HOME=self.directory,
                     TMPDIR=self.directory, **private(self.directory)))
        descendants.keep(self.popen.pid)
        os.close(request_read)
        os.close(answer_write)
        # A chatty child would block on a full pipe, and a file could fill the disk: read everything, keep the
        # end.
        self.drain = threading.Thread(target=self._drain, daemon=True)
        try:
            _patiently(self.drain.start)
        except RuntimeError as error:
            self.popen.kill()
            raise NotLoaded("no thread could be started to read what it prints: {}".format(error))

    def _drain(self):
        while True:
            chunk = os.read(self.popen.stdout.fileno(), 1 << 16)
            if not chunk:
                return
            self.printed = (self.printed + chunk)[-_TAIL:]

    def ask(self, request, seconds):
        """The worker's answer. Raises wire.Closed, wire.Expired or wire.Garbage; after any of them the
        process is useless."""
        self.post(request)
        return self.answer(time.monotonic() + seconds)

    def post(self, request):
        """Put a question whose answer is fetched later. Raises wire.Closed when the process is gone."""
        self.number += 1
        wire.send(self.requests, dict(request, number=self.number))

    def answer(self, deadline):
        """The answer to the last question, awaited until `deadline` (`time.monotonic()`). Raises as `ask`
        does."""
        answer = wire.receive(self.answers, deadline)
        if not isinstance(answer, dict) or answer.pop("number", None) != self.number:
            raise wire.Garbage("an answer to another question")
        self.wounded = answer.pop("wounded", None)
        return answer

    def end(self, dying=False):
        """Kill the process and everything it started; how it had ended, in words. `dying` waits for its own
        exit status."""
        if self._ending is not None:
            return self._ending
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
        self._ending = ended_as(own)
        return self._ending

    def tail(self):
        """The last of what the process printed, as text."""
        return self.printed.decode("utf-8", "replace")[-4000:]


def _started(command, **options):
    """The process, started. Raises NotLoaded where there is no room for one."""
    try:
        return _patiently(lambda: subprocess.Popen(command, **options))
    except OSError as error:
        raise NotLoaded("no process could be started for it: {}".format(error))


def _patiently(start):
    """`start()`, tried again while there is no room: what a fork bomb leaves behind takes a moment to be
    gone."""
    deadline = time.monotonic() + _ROOM
    while time.monotonic() < deadline:
        try:
            return start()
        except (OSError, RuntimeError):  # noqa: PERF203 - it is waited for in between
            descendants.kill_strays()
            time.sleep(0.1)
    return start()


def _before_start():
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        # When memory runs out, the worker is killed first: it used the memory, and the judge still has
        # verdicts to write.
        try:
            with open("/proc/self/oom_score_adj", "w") as stream:
                stream.write("1000")
        except OSError:
            pass  # a kernel that does not let us; it may still choose right

"""The processes that evaluate, as a judge starts and ends them: with the judge's rights, or by a spawner
(spawner.py) with those of another user."""
import ctypes
import os
import shutil
import signal
import subprocess
import sys
import time

from conformance.judge import confinement, descendants

_PR_SET_PDEATHSIG = 1
# How long a process that closed its pipes is given to end by itself, and its directory to be removed.
_SECONDS_TO_DIE = 2.0
_SECONDS_TO_REMOVE = 20.0


class NoRoom(Exception):
    """No process could be started now; the text says why."""


class Children:
    """Starts worker processes, and ends each with everything it has started.

    `user` is the number of the user and group they run as, None for this process's own. `writable` lists the
    directories that they may write to beside their own, None when they are not confined.
    """

    def __init__(self, user=None, writable=None):
        self._user = user
        self._writable = writable
        self._started = {}

    def start(self, command, environment, directory, requests, answers, output):
        """The number of a new process: it runs `command`, to which the numbers of its two pipes are appended,
        in `directory`, which it makes. Raises NoRoom."""
        try:
            process = subprocess.Popen(
                command + [str(requests), str(answers)], stdin=subprocess.DEVNULL, stdout=output,
                stderr=subprocess.STDOUT, pass_fds=(requests, answers), start_new_session=True,
                preexec_fn=lambda: self._before_start(directory), env=environment)
        except (OSError, subprocess.SubprocessError) as error:
            raise NoRoom(str(error))
        descendants.keep(process.pid)
        self._started[process.pid] = process, directory
        return process.pid

    def poll(self, pid):
        """The exit status of a process, as subprocess has it; None while it runs."""
        return self._started[pid][0].poll()

    def end(self, pid, dying=False):
        """Kill a process and everything it started, and remove its directory; the exit status it had by
        itself, or None. `dying` waits for that."""
        process, directory = self._started.pop(pid)
        if dying:
            try:
                process.wait(timeout=_SECONDS_TO_DIE)
            except subprocess.TimeoutExpired:
                pass  # it closed its pipes and lives on
        own = process.poll()
        try:
            os.killpg(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass  # the group is already empty
        process.wait()
        descendants.forget(pid)
        descendants.kill_strays()
        self._remove(directory)
        return own

    def strays(self):
        """Kill what ended processes have left behind."""
        descendants.kill_strays()

    def close(self):
        """End all of them."""
        for pid in list(self._started):
            self.end(pid)

    def _before_start(self, directory):
        # When memory runs out, the worker is killed first: it used the memory, and the judge still has
        # verdicts to write.
        if sys.platform.startswith("linux"):
            try:
                with open("/proc/self/oom_score_adj", "w") as stream:
                    stream.write("1000")
            except OSError:
                pass  # a kernel that does not let us; it may still choose right
        self._become()
        os.mkdir(directory, 0o700)
        os.chdir(directory)
        if sys.platform.startswith("linux"):
            # After the change of the user, which would undo it.
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if self._writable is not None:
            confinement.confine([directory] + list(self._writable))

    def _become(self):
        if self._user is not None:
            os.setgroups([])
            os.setgid(self._user)
            os.setuid(self._user)

    def _remove(self, directory):
        """As the user whose it is, who alone may: this process reads nothing of what is in there."""
        if self._user is None:
            shutil.rmtree(directory, ignore_errors=True)
            return
        try:
            child = os.fork()
        except OSError:
            return  # no room; the directory goes with the container
        if child == 0:
            try:
                os.closerange(3, os.sysconf("SC_OPEN_MAX"))
                self._become()
                shutil.rmtree(directory, ignore_errors=True)
            finally:
                os._exit(0)
        deadline = time.monotonic() + _SECONDS_TO_REMOVE
        while not os.waitpid(child, os.WNOHANG)[0]:
            if time.monotonic() > deadline:
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)
                return
            time.sleep(0.002)

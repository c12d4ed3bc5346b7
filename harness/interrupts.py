"""Ctrl-C, SIGTERM and SIGHUP: each ends a verb with status 130; while columns run they are noted, not raised.

An exception raised by a signal handler in the middle of a wait of `threading` leaves the lock of its
condition taken, and every later wait for it lasts for ever.
"""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import socket
import termios
import threading
from types import FrameType, TracebackType
from typing import Any, Self

_NUMBERS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def raise_on_signals() -> None:
    """Makes SIGTERM and SIGHUP raise KeyboardInterrupt, as Ctrl-C does."""
    for number in _wanted():
        signal.signal(number, _raise)


class Interrupts:
    """Notes the signals while its context lasts. Only the main thread gets any; others just wait."""

    def __init__(self) -> None:
        self.asked = False

    def __enter__(self) -> Self:
        self._bell, self._ringer = socket.socketpair()
        self._ringer.setblocking(False)
        self._before: dict[signal.Signals, Any] = {}
        if threading.current_thread() is threading.main_thread():
            # Python's own handlers run between bytecodes only; this also ends a wait that has just begun.
            self._before_bell = signal.set_wakeup_fd(self._ringer.fileno(), warn_on_full_buffer=False)
            self._before = {number: signal.signal(number, self._note) for number in _wanted()}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            # A handler that Python did not install cannot be put back.
            signal.signal(number, signal.SIG_DFL if handler is None else handler)
        if self._before:
            signal.set_wakeup_fd(self._before_bell)
        self._bell.close()
        self._ringer.close()

    def wake(self) -> None:
        """Ends the wait of the main thread; from any thread, also when the context has been left."""
        with contextlib.suppress(OSError):
            self._ringer.send(b"\0")

    def wait(self, seconds: float) -> None:
        """Waits for a signal, or until woken, or for `seconds`."""
        self._bell.settimeout(seconds)
        with contextlib.suppress(TimeoutError):
            self._bell.recv(4096)

    def _note(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002 - the signature of a handler
        self.asked = True
        _leave_terminal(number)


def _wanted() -> list[signal.Signals]:
    # SIGINT too: a shell starts background jobs with SIGINT ignored, and Python would leave it ignored.
    # nohup asks for the opposite by ignoring SIGHUP.
    return [n for n in _NUMBERS if n != signal.SIGHUP or signal.getsignal(n) is not signal.SIG_IGN]


def _raise(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - the signature of a handler
    _leave_terminal(number)
    raise KeyboardInterrupt


def _leave_terminal(number: int) -> None:
    """After SIGHUP, output to a terminal that is gone goes nowhere: an error would hide the status."""
    if number != signal.SIGHUP:
        return
    for descriptor in (1, 2):
        with contextlib.suppress(OSError):
            if _hung_up(descriptor):
                nowhere = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nowhere, descriptor)
                os.close(nowhere)


def _hung_up(descriptor: int) -> bool:
    try:
        termios.tcgetattr(descriptor)
    except termios.error as error:
        return bool(error.args[0] == errno.EIO)
    return False

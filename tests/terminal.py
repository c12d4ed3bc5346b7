"""The screen of a verb on a terminal: its standard streams are a pseudo-terminal."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import sys
import termios
import threading
from collections.abc import Sequence

import pytest

from harness.cli import main


def conform(arguments: Sequence[object], width: int, monkeypatch: pytest.MonkeyPatch) -> str:
    """What `conform` shows on a terminal of `width` columns, without colours."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, width, 0, 0))
    shown: list[bytes] = []
    reader = threading.Thread(target=_read, args=(ours, shown))
    reader.start()
    with monkeypatch.context() as patch:
        patch.setenv("COLUMNS", str(width))
        patch.setenv("TERM", "xterm-256color")
        with os.fdopen(theirs, "w", encoding="utf-8") as stream:
            patch.setattr(sys, "stdout", stream)
            patch.setattr(sys, "stderr", stream)
            with pytest.raises(SystemExit):
                main([str(argument) for argument in arguments])
    reader.join()
    os.close(ours)
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", b"".join(shown).decode()).replace("\r\n", "\n")


def _read(descriptor: int, shown: list[bytes]) -> None:
    try:
        while data := os.read(descriptor, 65536):
            shown.append(data)
    except OSError:  # the other end is closed
        return

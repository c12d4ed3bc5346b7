"""Completion, as a user sees it: a word is begun in a shell on a terminal, and the TAB key is pressed."""

from __future__ import annotations

import os
import pty
import re
import shutil
import signal
import sys
import time

import pytest

from harness.caseids import case_ids
from harness.errors import EnvironmentProblem
from harness.reader import interpreter
from tests import ROOT
from tests.fakes import case

SHELLS = {
    "bash": ["bash", "--norc", "--noprofile", "-i"],
    "zsh": ["zsh", "-f", "-i"],
    "fish": ["fish", "--no-config", "-i"],
}
BEGIN = {
    "bash": 'eval "$(conform completion bash)"',
    "zsh": 'autoload -U compinit; compinit -u -D; eval "$(conform completion zsh)"',
    "fish": "conform completion fish | source",
}
TYPED = [
    ("conform valid", "conform validate"),
    ("conform run mxn", "conform run mxnet"),
    ("conform run cntk --prof", "conform run cntk --profile"),
    ("conform run cntk --profile exa", "conform run cntk --profile examples"),
    ("conform run cntk --profile=exa", "conform run cntk --profile=examples"),
    ("conform run cntk,thea", "conform run cntk,theano"),
    ("conform run --api o", "conform run --api ops"),
    ("conform build --runtime ve", "conform build --runtime venv"),
    ("conform report --format mark", "conform report --format markdown"),
    ("conform merge jour", "conform merge journals"),
    ("conform merge journals --expect aco", "conform merge journals --expect acolumn"),
    (
        "conform baseline cntk --from journals --column aco",
        "conform baseline cntk --from journals --column acolumn",
    ),
    ("conform validate m --level sig", "conform validate m --level signatures"),
    ("conform cases --area conv", "conform cases --area convolution"),
    ("conform schema val", "conform schema validation"),
    ("conform clean --kind env", "conform clean --kind environments"),
    ("conform completion fi", "conform completion fish"),
    # A segment at a time, so that no space follows.
    ("conform explain reduction/su", "conform explain reduction/sum/"),
    ("conform explain arithmetic/dot/variable-one", "conform explain arithmetic/dot/variable-one-column"),
    ("conform run cntk --cases 'reduction/su", "conform run cntk --cases reduction/sum/"),
]


class Terminal:
    """A shell on a terminal, in which keys are pressed."""

    def __init__(self, shell, folder, env):
        self.shell = shell
        self._number, self._terminal = pty.fork()
        if not self._number:
            os.chdir(folder)
            os.execvpe(shell, SHELLS[shell], env)
        self._said = b""

    def press(self, keys):
        os.write(self._terminal, keys.encode())

    def until(self, pattern, seconds=60.0):
        """What the terminal shows up to the pattern; a failure when it does not come."""
        deadline = time.monotonic() + seconds
        os.set_blocking(self._terminal, False)
        while not (found := re.search(pattern, self._said)):
            if time.monotonic() > deadline:
                pytest.fail(f"{pattern!r} was not shown, only {self._said[-1000:]!r}")
            try:
                self._said += os.read(self._terminal, 65536)
            except BlockingIOError:
                time.sleep(0.02)
        self._said = self._said[found.end() :]
        return found.group(1).decode()

    def close(self):
        os.kill(self._number, signal.SIGKILL)
        os.waitpid(self._number, 0)
        os.close(self._terminal)


@pytest.fixture(scope="module")
def suite():
    """The environment that reads the suite is there, and the ids of its cases are at hand."""
    interpreter(lambda _: None)
    return case_ids("k")


@pytest.fixture(params=SHELLS)
def terminal(request, suite, tmp_path, write_journal):
    shell = request.param
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    program = tmp_path / "bin" / "conform"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m harness "$@"\n')
    program.chmod(0o755)
    write_journal("acolumn", [case("a/f/x")])
    env = {**os.environ, "PATH": f"{program.parent}:{os.environ['PATH']}", "TERM": "dumb", "PS1": "> "}
    opened = Terminal(shell, tmp_path, env)
    opened.press(f"{BEGIN[shell]}; echo read'y'\r")
    opened.until(rb"\n(ready)")
    yield opened
    opened.close()


def test_the_tab_key_completes_words(terminal):
    for number, (typed, completed) in enumerate(TYPED):
        terminal.press(f"{typed}\t")
        # bash closes a quote by itself. What is on the line is printed and not run.
        quote = "'" if "'" in typed and terminal.shell != "bash" else ""
        terminal.press(f"{quote}\x01echo {number}: \r")
        # Some shells show the / of a directory.
        assert terminal.until(rb"\n%d: (.*?)(?<!sum)/? *\r?\n" % number) == completed


def test_without_an_environment_that_reads_the_suite_no_case_is_offered(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with pytest.raises(EnvironmentProblem, match="`conform cases` does"):
        case_ids("k")
    assert list(tmp_path.iterdir()) == []

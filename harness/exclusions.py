"""Lists of excluded tests, as plug-in backends of Keras keep them, held against what Keras' own tests do now.

A line of such a list is a text, and every test whose name has the text in it is skipped. Nobody runs what is
listed, so a line outlives its reason, matches nothing once a test has another name, or hides other tests.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from harness.errors import EnvironmentProblem, UsageError
from harness.paths import suite_root
from harness.text import one_line

PASSES, NOTHING, SKIPPED, PARTLY, FAILS = "passes", "matches nothing", "is skipped", "passes in part", "fails"
_MEANS = {
    PASSES: "passes by now: remove it",
    NOTHING: "matches no test: remove it, or look for the test's new name",
    SKIPPED: "is skipped by Keras itself: remove it",
    PARTLY: "passes in part: name the tests that fail",
}
_PLUGIN = "conformance.apis.ops.exclusions"
_NUMBERED = re.compile(r"\d*(?:$|\[|::)")


@dataclass
class Entry:
    """A line of a list, and the tests that have it in their name, with what became of each."""

    text: str
    outcomes: dict[str, str] = field(default_factory=dict)

    @property
    def state(self) -> str:
        """What the line is worth now."""
        ended = set(self.outcomes.values())
        if not ended:
            return NOTHING
        if ended <= {"skipped"}:
            return SKIPPED
        if "failed" not in ended:
            return PASSES
        return PARTLY if "passed" in ended else FAILS

    @property
    def accidents(self) -> list[str]:
        """The tests that have the line in their name by accident: it ends or begins in the middle of it."""
        whole = {name for name in self.outcomes if self._names(name)}
        return sorted(set(self.outcomes) - whole) if whole else []

    def _names(self, test: str) -> bool:
        """Whether the line is the test's name, but for the number of a parameter."""
        at = test.index(self.text)
        before, after = test[:at], test[at + len(self.text) :]
        return (not before or before[-1] in "/:") and _NUMBERED.match(after) is not None

    @property
    def failing(self) -> list[str]:
        """The tests that do not pass, by class and name."""
        return sorted({short(name) for name, outcome in self.outcomes.items() if outcome == "failed"})


def short(test: str) -> str:
    """`Class::test` of a test's whole name."""
    return test.partition("::")[2] or test


def read(path: Path) -> list[str]:
    """The lines of a list as they stand.

    Raises:
        UsageError: the file cannot be read, or names nothing.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not text"
        raise UsageError(f"{path} cannot be read ({why}): name a list of excluded tests.") from None
    if not any(map(meant, lines)):
        raise UsageError(f"{path} names no test: a line is a part of a name, such as Class::test_name.")
    return lines


def meant(line: str) -> str:
    """What a line names; nothing of an empty line or a comment."""
    text = line.strip()
    return "" if text.startswith("#") else text


def rewritten(lines: Sequence[str], entries: Mapping[str, Entry]) -> Iterator[str]:
    """The list anew, without what is not needed; for what passes in part, the tests that fail.

    Comments stay.
    """
    for line in lines:
        entry = entries.get(meant(line))
        if entry is None or entry.state == FAILS:
            yield line
        elif entry.state == PARTLY:
            yield from entry.failing


def sentences(entry: Entry) -> Iterator[str]:
    """What is wrong with an entry."""
    if entry.state in _MEANS:
        count = f" ({len(entry.outcomes)} tests)" if len(entry.outcomes) > 1 else ""
        yield f"{entry.text}{count} {_MEANS[entry.state]}"
    if entry.accidents:
        others = ", ".join(map(short, entry.accidents[:3])) + (" ..." if len(entry.accidents) > 3 else "")
        yield f"{entry.text} also matches by accident: {others}"


def run(
    python: Path,
    tests: Path,
    texts: Sequence[str],
    environment: Mapping[str, str],
    seconds: float,
    beside: Sequence[str] = (),
) -> dict[str, Entry]:
    """Runs the tests that the `texts` name, below `tests`, the directory with `keras`; an Entry for each.

    `seconds` is the limit of one test. `environment` says which backend Keras takes, and `beside` where a
    package of somebody's own is.

    Raises:
        UsageError: there are no tests.
        EnvironmentProblem: pytest ended without a result.
    """
    files = sorted((tests / "keras").rglob("*_test.py"))
    if not files:
        raise UsageError(
            f"{tests} has no tests of Keras (keras/**/*_test.py): name a checkout of Keras with --tests."
        )
    asked = [path for path in files if _concerned(path, tests, texts)]
    entries = {text: Entry(text) for text in texts}
    if not asked:
        return entries
    with tempfile.TemporaryDirectory(prefix="conform-") as private:
        result = Path(private, "result.json")
        told = {
            **{name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ},
            **environment,
            "HOME": private,
            "KERAS_HOME": private,
            "PYTHONPATH": os.pathsep.join([str(tests), *beside, str(suite_root())]),
            "PYTHONDONTWRITEBYTECODE": "1",
            "EXCLUSIONS": json.dumps({"texts": list(texts), "result": str(result), "seconds": seconds}),
        }
        command = [str(python), "-W", "ignore", "-m", "pytest", "-q", "--tb=no", "-p", "no:cacheprovider"]
        command += ["-p", _PLUGIN, "--continue-on-collection-errors", "--rootdir", str(tests)]
        done = subprocess.run(
            [*command, "-c", os.devnull, *map(str, asked)],
            cwd=tests,
            env=told,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
        try:
            found = json.loads(result.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            said = one_line((done.stderr or done.stdout).strip()[-300:], 300)
            raise EnvironmentProblem(
                f"Keras' tests ended without a result ({said}): see with conform run that the backend loads."
            ) from None
    for name, outcome in found.items():
        for text in texts:
            if text in name:
                entries[text].outcomes[name] = outcome
    return entries


def _concerned(path: Path, tests: Path, texts: Sequence[str]) -> bool:
    """Whether a file may have a test that one of the texts names; reading is faster than collecting."""
    source, place = path.read_text(encoding="utf-8", errors="replace"), path.relative_to(tests).as_posix()
    for text in texts:
        first = re.split(r"::|\[", text)[0]
        if first in place or first.rpartition("/")[2] in place or first in source:
            return True
    return False

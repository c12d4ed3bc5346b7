"""The matrix as JUnit XML, a test suite per column, for CI systems that show test results.

The document is valid by the schema of Jenkins' xUnit plugin (junit-10.xsd), and GitLab reads it too. New
deviations are failures (errors for crash, timeout and error); known and unspecified deviations are skipped
with their reason and their evidence, because JUnit has no third colour. A column that did not run or is
incomplete is an error, and so is every case that was collected and never judged. The steps of an external
module are tests, too.
"""

from __future__ import annotations

from xml.etree import ElementTree

from harness.matrix import Column, Evidence, Matrix
from harness.profiles import PROFILES
from harness.steps import items
from harness.text import one_line

_ERRORS = frozenset({"error", "crash", "timeout"})


def render(matrix: Matrix) -> bytes:
    """The document, UTF-8 with its declaration."""
    root = ElementTree.Element("testsuites", name="keras-backend-conformance")
    for index, column in enumerate(matrix.columns):
        root.append(_suite(matrix, index, column))
    # The schema has no `skipped` here.
    for key in ("tests", "failures", "errors"):
        root.set(key, str(sum(int(suite.get(key, "0")) for suite in root)))
    root.set("time", f"{sum(column.seconds or 0 for column in matrix.columns):.3f}")
    ElementTree.indent(root)
    document: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return document


class _Suite:
    """The element of a column, and the counts of its tests by what became of them."""

    def __init__(self, column: Column) -> None:
        self.element = ElementTree.Element("testsuite", name=column.name)
        self.counts = {"tests": 0, "failure": 0, "error": 0, "skipped": 0}

    def add(
        self,
        group: str,
        name: str,
        seconds: float | None = None,
        tag: str | None = None,
        kind: str = "",
        message: str = "",
        text: str = "",
    ) -> None:
        """Adds a test; with a `tag` (failure, error, skipped) it did not pass, and `message` says why."""
        attributes = {"classname": f"{self.element.get('name')}{group}", "name": name}
        if seconds is not None:
            attributes["time"] = f"{seconds:.4f}"
        test = ElementTree.SubElement(self.element, "testcase", attributes)
        self.counts["tests"] += 1
        if tag is not None:
            self.counts[tag] += 1
            ElementTree.SubElement(test, tag, type=kind, message=message).text = text or None


def _suite(matrix: Matrix, index: int, column: Column) -> ElementTree.Element:
    suite = _Suite(column)
    if column.info.get("started"):
        suite.element.set("timestamp", str(column.info["started"]).removesuffix("Z"))
    suite.element.set("time", f"{column.seconds or 0:.3f}")
    if column.status != "complete":
        said = one_line(column.reason or column.status, 500)
        suite.add("", column.status, tag="error", kind=column.status, message=said)
    for step in column.steps:
        if step.step not in PROFILES:
            named = "\n".join(
                f"{item.get('signature', '')} {item.get('message', '')}" for item in items(step)
            )
            failed = (
                {}
                if step.holds
                else {"tag": "failure", "kind": "step", "message": one_line(step.message, 500), "text": named}
            )
            suite.add(".steps", step.step, step.seconds, **failed)
    for name in column.missing:
        group = "." + ".".join(name.split("/")[:2])
        suite.add(group, name, tag="error", kind="lost", message="collected, and never judged")
    for row, name in enumerate(matrix.ids):
        verdict = matrix.verdict(row, index)
        if verdict is None:
            continue
        group = ".{}.{}".format(*matrix.functions[matrix.function_of[row]])
        if verdict == "pass":
            suite.add(group, name)
            continue
        evidence = matrix.evidence[index][row]
        excused = verdict == "skip" or evidence.known or row in matrix.unspecified
        tag = "skipped" if excused else "error" if verdict in _ERRORS else "failure"
        message = _excuse(matrix, row, verdict, evidence) if excused else one_line(evidence.message, 500)
        suite.add(group, name, tag=tag, kind=verdict, message=message, text=_text(evidence))
    for problem in column.problems:
        message = one_line(problem, 500)
        suite.add(".baseline", one_line(problem, 200), tag="failure", kind="baseline", message=message)
    for key, count in suite.counts.items():
        suite.element.set({"failure": "failures", "error": "errors"}.get(key, key), str(count))
    return suite.element


def _excuse(matrix: Matrix, row: int, verdict: str, evidence: Evidence) -> str:
    if verdict == "skip":
        return one_line(evidence.reason or evidence.message, 500)
    said = one_line(evidence.message, 500)
    if evidence.known:
        return f"known {verdict}: {one_line(evidence.reason or 'no reason is given', 500)} ({said})"
    silent = one_line(matrix.unspecified[row] or "the documentation is silent", 500)
    return f"unspecified {verdict}: {silent} ({said})"


def _text(evidence: Evidence) -> str:
    parts = [evidence.message]
    if evidence.expected is not None:
        parts.append(f"expected: {evidence.expected}")
    if evidence.got is not None:
        parts.append(f"got: {evidence.got}")
    return "\n".join(parts)

"""The matrix as JUnit XML, a test suite per column, for CI systems that show test results.

New deviations are failures (errors for crash, timeout and error); known and unspecified deviations are
skipped with their reason, because JUnit has no third colour. A column that did not run or is incomplete is an
error, and so is every case that was collected and never judged. The steps of an external module are tests,
too.
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
    for key in ("tests", "failures", "errors", "skipped"):
        root.set(key, str(sum(int(suite.get(key, "0")) for suite in root)))
    ElementTree.indent(root)
    document: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return document


def _suite(matrix: Matrix, index: int, column: Column) -> ElementTree.Element:
    suite = ElementTree.Element("testsuite", name=column.name)
    if column.info.get("started"):
        suite.set("timestamp", str(column.info["started"]).removesuffix("Z"))
    suite.set("time", f"{column.seconds or 0:.3f}")
    tally = {"tests": 0, "failures": 0, "errors": 0, "skipped": 0}
    if column.status != "complete":
        tally["tests"] += 1
        tally["errors"] += 1
        case = ElementTree.SubElement(suite, "testcase", classname=column.name, name=column.status)
        ElementTree.SubElement(case, "error", message=one_line(column.reason or column.status, 500))
    for step in (step for step in column.steps if step.step not in PROFILES):
        tally["tests"] += 1
        case = ElementTree.SubElement(
            suite, "testcase", classname=f"{column.name}.steps", name=step.step, time=f"{step.seconds:.3f}"
        )
        if not step.holds:
            tally["failures"] += 1
            found = ElementTree.SubElement(case, "failure", type="step", message=one_line(step.message, 500))
            found.text = "\n".join(
                f"{item.get('signature', '')} {item.get('message', '')}" for item in items(step)
            )
    for name in column.missing:
        tally["tests"] += 1
        tally["errors"] += 1
        case = ElementTree.SubElement(
            suite, "testcase", classname=f"{column.name}.{'.'.join(name.split('/')[:2])}", name=name
        )
        ElementTree.SubElement(case, "error", type="lost", message="collected, and never judged")
    for row in range(len(matrix.ids)):
        verdict = matrix.verdict(row, index)
        if verdict is None:
            continue
        tally["tests"] += 1
        area, function = matrix.functions[matrix.function_of[row]]
        name = matrix.ids[row]
        case = ElementTree.SubElement(
            suite, "testcase", classname=f"{column.name}.{area}.{function}", name=name
        )
        if verdict == "pass":
            continue
        evidence = matrix.evidence[index][row]
        if verdict == "skip" or evidence.known or row in matrix.unspecified:
            tally["skipped"] += 1
            ElementTree.SubElement(case, "skipped", message=_excuse(matrix, row, verdict, evidence))
        else:
            tag = "error" if verdict in _ERRORS else "failure"
            tally["errors" if tag == "error" else "failures"] += 1
            found = ElementTree.SubElement(case, tag, type=verdict, message=one_line(evidence.message, 500))
            found.text = _text(evidence)
    for problem in column.problems:
        tally["tests"] += 1
        tally["failures"] += 1
        case = ElementTree.SubElement(
            suite, "testcase", classname=f"{column.name}.baseline", name=one_line(problem, 200)
        )
        ElementTree.SubElement(case, "failure", type="baseline", message=one_line(problem, 500))
    for key, count in tally.items():
        suite.set(key, str(count))
    return suite


def _excuse(matrix: Matrix, row: int, verdict: str, evidence: Evidence) -> str:
    if verdict == "skip":
        return one_line(evidence.reason or evidence.message, 500)
    if evidence.known:
        return one_line(f"known {verdict}: {evidence.reason}", 500)
    return one_line(f"unspecified {verdict}: {matrix.unspecified[row] or 'the documentation is silent'}", 500)


def _text(evidence: Evidence) -> str:
    parts = [evidence.message]
    if evidence.expected is not None:
        parts.append(f"expected: {evidence.expected}")
    if evidence.got is not None:
        parts.append(f"got: {evidence.got}")
    return "\n".join(parts)

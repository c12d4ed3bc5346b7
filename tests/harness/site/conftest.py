"""Chromium, and sites to look at with it."""

from __future__ import annotations

import shutil
from array import array
from dataclasses import replace

import pytest

from harness.codes import Codes
from harness.explain import Explanation
from harness.matrix import CODE, Column, Evidence, Matrix
from harness.site.chapter import Chapter
from harness.site.site import site
from harness.site.writing import write_site
from tests.harness.conftest import absent

HOSTILE = '<img src=x onerror="document.title=1"><script>document.title=1</script>{{ 7 * 7 }}");alert(1)//'


@pytest.fixture(scope="session")
def chromium():
    """Debian's Chromium; a page that it opens has this fixture's errors."""
    sync = pytest.importorskip("playwright.sync_api")
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if not path:
        absent("Chromium is not installed: apt-get install chromium")
    with sync.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path)
        yield browser
        browser.close()


@pytest.fixture
def look(chromium):
    """Opens an address in a page of its own; whatever the page complains about fails the test."""
    contexts, said = [], []

    def open_(address, width=1280, scheme="light", **options):
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, **options
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(address)
        if page.locator("form.filters").count():
            page.wait_for_selector("body[data-ready]")
        return page

    yield open_
    for context in contexts:
        context.close()
    assert said == []


def explanation(case, **fields):
    area, function = case.split("/")[:2]
    told = {
        "id": case, "area": area, "function": function, "promise": f"{function} does it",
        "at": f"{function}: x", "release": "Keras 2.3.1", "counts": True, "profile": "full", "way": "known",
        "source": f"K.{function}(x)",
        "inputs": {"x": "float32 (2,) [1. 2.]"}, "wanted": "float64 (2,) [2. 3.]", "refused": False,
        "tolerance": None, "only": None, **fields,
    }  # fmt: skip
    return Explanation(**told)


def column(name, **fields):
    return {
        "column": name, "backend": name, "api": "k", "profile": "full", "suite": "abcd", "runtime": "venv",
        "started": "2026-11-22T07:00:00Z", "versions": {"keras": "2.3.1"}, **fields,
    }  # fmt: skip


def build(columns, cases):
    """A matrix of columns (name -> fields) and cases (id -> verdict by column, each with evidence)."""
    names, ids = sorted(columns), sorted(cases)
    functions = sorted({tuple(case.split("/")[:2]) for case in ids})
    evidence, verdicts, made = [], [], []
    for name in names:
        rows = [row for row, case in enumerate(ids) if name in cases[case]]
        found = {row: cases[ids[row]][name] for row in rows}
        codes = bytes(CODE[verdict] for verdict, _ in found.values())
        verdicts.append(Codes.sorted(rows, codes, [40] * len(rows)))
        evidence.append({row: told for row, (verdict, told) in found.items() if verdict != "pass"})
        counts = {}
        for verdict, _ in found.values():
            counts[verdict] = counts.get(verdict, 0) + 1
        made.append(Column(column(name, **columns[name]), True, None, counts, 1.5, len(rows)))
    return Matrix(
        columns=tuple(made),
        ids=ids,
        functions=functions,
        function_of=array("I", (functions.index(tuple(case.split("/")[:2])) for case in ids)),
        unspecified={},
        verdicts=tuple(verdicts),
        evidence=tuple(evidence),
    )


@pytest.fixture(scope="session")
def chapter():
    """Three backends: what deviates on one, on all, with hostile words, known and new."""
    good = ("pass", None)

    def bad(message="wrong value: off by 12 ULP", verdict="fail", known=True, **fields):
        aspects = ("value",) if verdict == "fail" else ("exception",)
        reason = "It rounds down." if known else None
        told = Evidence(message, "1.0", "2.0", 12.0, known, reason, aspects=aspects)
        return verdict, told if not fields else told.__class__(message, known=known, **fields)

    cases = {
        "arithmetic/batch_dot/axes/known": {"cntk": bad(), "tensorflow": good, "theano": good},
        "arithmetic/batch_dot/plain/known": {"cntk": good, "tensorflow": good, "theano": good},
        "arithmetic/dot/2d/known": {"cntk": good, "tensorflow": good, "theano": good},
        "config/floatx/everywhere": {"cntk": bad(), "tensorflow": bad(), "theano": bad()},
        "reduction/sum/axis/known": {
            "cntk": bad("RuntimeError: no", "error"),
            "tensorflow": good,
            "theano": bad(HOSTILE, "error", known=False),
        },
        "reduction/sum/all/known": {"cntk": good, "tensorflow": good, "theano": good},
    }
    matrix = build({"cntk": {}, "tensorflow": {}, "theano": {"versions": {"theano": HOSTILE}}}, cases)
    return Chapter(matrix, {case: explanation(case, promise=HOSTILE) for case in cases})


@pytest.fixture(scope="session")
def written(chapter, tmp_path_factory):
    """The folder of that chapter's site, after an earlier run in which theano was better."""
    good = {"theano": ("pass", None)}
    before = build({"theano": {"run": "before"}}, dict.fromkeys(chapter.matrix.ids, good))
    out = tmp_path_factory.mktemp("site")
    write_site(site([replace(chapter, earlier=[before])]), out)
    return out

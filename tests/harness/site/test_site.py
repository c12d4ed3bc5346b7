from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from harness.errors import UsageError
from harness.merge import merge_journals
from harness.site import chapter as chapters
from harness.site.chapter import Chapter
from harness.site.site import site
from tests.fakes import case, step


def files_of(*found):
    return {address: content.decode() for address, content in site(found)}


def data_of(text):
    return json.loads(f"[{text.removeprefix('conform(').removesuffix(');' + chr(10))}]")[1]


def test_every_function_column_and_case_has_a_page_and_every_link_leads_to_one(chapter):
    made = files_of(chapter)
    for case_id in chapter.matrix.ids:
        assert f"k/case/{case_id}.html" in made
    for area, function in chapter.matrix.functions:
        assert f"k/function/{area}/{function}.html" in made
        assert f"data/k/function/{area}/{function}.js" in made
    for address, text in made.items():
        if not address.endswith(".html"):
            continue
        folder = address.split("/")[:-1]
        for link in re.findall(r'(?:href|src)="([^"#]+)', text):
            way = [*folder]
            for part in link.split("/"):
                way = way[:-1] if part == ".." else [*way, part]
            assert "/".join(way) in made, (address, link)


def test_no_page_asks_a_network_for_anything(chapter):
    for address, text in files_of(chapter).items():
        if address.endswith(".html"):
            assert "default-src 'none'" in text
            assert not re.search(r'(?:src|href)="(?:[a-z]+:|//)', text)
        elif address.endswith(".css"):
            assert "url(" not in text
            assert "@import" not in text


def test_the_verdicts_of_a_column_are_a_letter_a_case(chapter):
    told = data_of(files_of(chapter)["data/k/cases.js"])
    assert told["ids"] == list(chapter.matrix.ids)
    assert {column["name"]: column["verdicts"] for column in told["columns"]} == {
        "cntk": "fppfpe",
        "tensorflow": "pppfpp",
        "theano": "pppfpE",
    }
    assert told["columns"][0]["aspects"] == "010000010010"


def test_a_case_that_is_not_counted_is_neither_known_nor_new(column):
    matrix = column(case("a/f/x", "fail", unspecified=True, reason="It does not say."))
    made = files_of(Chapter(matrix))
    assert data_of(made["data/k/cases.js"])["columns"][0]["verdicts"] == "1"
    assert "It is not counted: It does not say." in made["k/case/a/f/x.html"]
    assert "It does not say." in made["k/function/a/f.html"]


def test_a_page_of_a_function_puts_like_deviations_together(column):
    matrix = column(
        *(case(f"a/f/{n}", "fail", f"wrong value: off by {n} ULP") for n in range(3)), case("a/f/ok")
    )
    page = files_of(Chapter(matrix))["k/function/a/f.html"]
    assert "3 cases: wrong value: off by 0 ULP" in page
    assert page.count("<details") == 1
    assert "conform repro a/f/0 --backend cntk &gt; repro.py &amp;&amp; $(conform env cntk) repro.py" in page


def test_the_page_of_an_external_module_has_its_steps_and_what_to_do_next(external):
    lacks = [{"name": "elu", "signature": "elu(x, alpha=1.0)"}]
    steps = [
        step("found"),
        step("imports"),
        step("valid"),
        step("loads", False, message="it lacks <1>", missing=lacks),
    ]
    cases = [case("a/dot/x", "fail"), case("a/elu/x", "unsupported", "K has no elu")]
    page = files_of(Chapter(external(cases, steps)))["k/backend/my.module.html"]
    for said in (
        "level valid",
        "it lacks &lt;1&gt;",
        "<code>elu(x, alpha=1.0)</code>",
        "<b>dot</b> is wrong",
    ):
        assert said in page
    assert "conform repro a/dot/x --backend my.module --path DIR</code>" in page
    assert "conform validate my.module --path DIR" in page


def test_a_column_that_did_not_run_says_why(write_journal):
    end = {"kind": "end", "seconds": 0, "complete": False, "reason": "ImportError: <no>"}
    matrix = merge_journals([write_journal("theano", [], collected=[], end=end)])
    made = files_of(Chapter(matrix))
    assert "theano did not run: ImportError: &lt;no&gt;" in made["index.html"]
    assert "not-run: ImportError: &lt;no&gt;" in made["k/backend/theano.html"]


def test_of_a_large_matrix_cases_that_deviate_have_pages(column, monkeypatch):
    monkeypatch.setattr(chapters, "MOST_PAGES", 2)
    matrix = column(*(case(f"a/f/{n}", "fail" if n % 2 else "pass") for n in range(8)))
    made = files_of(Chapter(matrix))
    assert [address for address in made if "/case/" in address] == ["k/case/a/f/1.html", "k/case/a/f/3.html"]
    pages = [item.get("page") for item in data_of(made["data/k/function/a/f.js"])["cases"]]
    assert [bool(page) for page in pages] == [False, True, False, True, False, False, False, False]


def test_two_apis_stand_side_by_side_and_an_api_stands_once(column, write_journal):
    first = Chapter(column(case("a/f/x")))
    second = Chapter(merge_journals([write_journal("jax", [case("b/g/x")], api="ops")]))
    made = files_of(first, second)
    assert 'href="ops.html"' in made["index.html"]
    assert 'href="../../../index.html"' in made["ops/function/b/g.html"]
    with pytest.raises(UsageError, match="Two of these matrices are of the API 'k'"):
        files_of(first, replace(first, note="again"))


def test_signatures_are_those_of_the_reference_first_and_others_differ(chapter):
    matrix = chapter.matrix
    told = {"cntk": "(x, y)", "tensorflow": "(x, y, axes=None)", "theano": "(x, y)"}
    columns = [
        replace(column, info={**column.info, "signatures": {"batch_dot": told[column.name]}})
        for column in matrix.columns
    ]
    made = files_of(replace(chapter, matrix=replace(matrix, columns=tuple(columns))))
    page = " ".join(re.sub(r"<[^>]*>", " ", made["k/function/arithmetic/batch_dot.html"]).split())
    assert "batch_dot(x, y, axes=None) reference , tensorflow batch_dot(x, y) cntk, theano differs" in page
    assert "differs</span>" not in made["k/function/reduction/sum.html"]

"""The pages as a reader has them: from a disk, in Chromium."""

from __future__ import annotations

from itertools import islice

import pytest

from harness.site import data
from harness.site.chapter import Chapter
from harness.site.site import site
from harness.site.writing import write_site
from tests.harness.site.conftest import HOSTILE, build

PAGES = (
    "index.html",
    "k/function/reduction/sum.html",
    "k/backend/theano.html",
    "k/case/reduction/sum/axis/known.html",
    "k/changes.html",
    "k/history.html",
)


def shown(page):
    return page.locator("tr[data-function]:visible th").all_inner_texts()


def test_the_search_leaves_functions_and_the_address_keeps_it(look, written):
    page = look(f"file://{written}/index.html")
    assert shown(page) == ["batch_dot", "dot", "floatx", "sum"]
    page.fill("#q", "batch_dot axes")
    assert shown(page) == ["batch_dot"]
    assert page.inner_text("#found") == "1 function of 4, 1 case"
    again = look(page.url)
    assert again.url.endswith("#q=batch_dot+axes")
    assert again.input_value("#q") == "batch_dot axes"
    assert shown(again) == ["batch_dot"]
    page.fill("#q", "nothing of it")
    assert shown(page) == []
    assert page.inner_text("#found") == "No case matches: remove a filter."
    page.click("button.clear")
    assert shown(page) == ["batch_dot", "dot", "floatx", "sum"]


@pytest.mark.parametrize(
    ("filters", "functions", "hits"),
    [
        ("verdict=error", ["sum"], ["sum cntk", "sum theano"]),
        ("verdict=new", ["sum"], ["sum theano"]),
        ("verdict=known", ["batch_dot", "floatx", "sum"], None),
        ("aspect=exception", ["sum"], ["sum cntk", "sum theano"]),
        ("spread=one", ["batch_dot"], ["batch_dot cntk"]),
        ("spread=all", ["floatx"], ["floatx cntk", "floatx tensorflow", "floatx theano"]),
        ("area=reduction&verdict=pass", ["sum"], ["sum cntk", "sum tensorflow", "sum theano"]),
        ("verdict=deviation&hide=cntk,theano", ["floatx"], ["floatx tensorflow"]),
        ("verdict=timeout", [], []),
    ],
)
def test_filters_find_cases_and_outline_their_cells(look, written, filters, functions, hits):
    page = look(f"file://{written}/index.html#{filters}")
    assert shown(page) == functions
    found = page.evaluate(
        """[...document.querySelectorAll("td.hit")].filter((cell) => !cell.hidden).map((cell) =>
        cell.parentElement.cells[0].innerText + " " +
        document.querySelectorAll("thead th")[cell.cellIndex].dataset.column)"""
    )
    assert hits is None or found == hits


def test_hidden_columns_are_not_shown(look, written):
    page = look(f"file://{written}/index.html")
    page.click("details.columns summary")
    page.uncheck("input[value=cntk]")
    assert page.locator("thead th:visible").all_inner_texts()[1].startswith("tensorflow")
    assert page.url.endswith("#hide=cntk")


def test_a_column_sorts_the_worst_first_and_a_second_time_by_name(look, written):
    page = look(f"file://{written}/index.html")
    sort = page.locator("th[data-column=theano] button.sort")
    sort.click()
    assert shown(page) == ["floatx", "sum", "batch_dot", "dot"]
    assert page.get_attribute("th[data-column=theano]", "aria-sort") == "ascending"
    sort.click()
    assert shown(page) == ["batch_dot", "dot", "floatx", "sum"]


def test_behind_a_cell_are_its_cases_with_evidence_and_a_command(look, written):
    page = look(f"file://{written}/index.html")
    page.click("tr[data-name='arithmetic/batch_dot'] td >> nth=0")
    panel = page.locator("dialog.panel")
    assert panel.locator("h2").inner_text() == "batch_dot on cntk"
    assert page.url.endswith("#open=arithmetic/batch_dot@cntk")
    assert panel.locator("h3").all_inner_texts() == ["Known deviations (1)"]
    assert page.evaluate("document.activeElement.className") == "close"
    panel.locator("details.case summary").first.click()
    text = panel.locator("details.case").first.inner_text()
    for said in ("axes/known", "K.batch_dot(x)", "off by 12 ULP", "1.0", "2.0", "It rounds down.", "0.004 s"):
        assert said in text
    assert "conform repro arithmetic/batch_dot/axes/known --backend cntk" in text
    page.keyboard.press("Escape")
    assert not panel.is_visible()
    assert page.evaluate("document.activeElement.closest('tr').dataset.name") == "arithmetic/batch_dot"
    again = look(f"file://{written}/index.html#open=arithmetic/batch_dot@cntk")
    again.click("text=The page of the function")
    assert again.url.endswith("/k/function/arithmetic/batch_dot.html#cntk")


def test_an_address_that_names_nothing_says_so(look, written):
    page = look(f"file://{written}/index.html#open=a/b@c")
    assert page.inner_text("dialog .problem") == "The matrix has no function a/b."


def test_the_keyboard_reaches_every_cell(look, written):
    page = look(f"file://{written}/index.html")
    page.keyboard.press("/")
    page.keyboard.type("sum")
    assert page.input_value("#q") == "sum"
    page.keyboard.press("Escape")
    page.fill("#q", "")
    page.locator("tr[data-name='arithmetic/batch_dot'] td a").first.focus()

    def where():
        cell = "document.activeElement.closest('td')"
        return page.evaluate(f"[{cell}.parentElement.dataset.name, {cell}.cellIndex]")

    for key, expected in (
        ("ArrowDown", ["arithmetic/dot", 1]),
        ("ArrowDown", ["config/floatx", 1]),
        ("ArrowRight", ["config/floatx", 2]),
        ("End", ["config/floatx", 3]),
        ("Home", ["config/floatx", 1]),
        ("ArrowUp", ["arithmetic/dot", 1]),
    ):
        page.keyboard.press(key)
        assert where() == expected
    assert page.locator('td a[tabindex="0"]').count() == 1
    page.keyboard.press("Enter")
    assert page.locator("dialog.panel h2").inner_text() == "dot on cntk"


def test_the_head_and_the_first_column_stay(look, chapter, tmp_path):
    cases = {f"area{n // 10}/f{n}/x": {f"c{c}": ("pass", None) for c in range(20)} for n in range(120)}
    write_site(site([Chapter(build({f"c{c}": {} for c in range(20)}, cases))]), tmp_path / "site")
    page = look(f"file://{tmp_path}/site/index.html", width=360)
    page.evaluate("document.querySelector('.wide').scrollTo(900, 1500)")
    box = page.locator(".wide").bounding_box()
    assert abs(page.locator("thead th").nth(12).bounding_box()["y"] - box["y"]) < 3
    row = page.locator("tr[data-function]:visible").nth(60)
    assert abs(row.locator("th").bounding_box()["x"] - box["x"]) < 3


@pytest.mark.parametrize("address", PAGES)
def test_what_a_backend_says_stays_inert(look, written, address):
    page = look(f"file://{written}/{address}")
    if address == "index.html":
        page.click("tr[data-name='reduction/sum'] td >> nth=2")
        page.click("dialog details.case summary")
    assert HOSTILE in page.text_content("main")
    assert "conformance" in page.title()
    assert page.locator("img").count() == 0


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("width", [360, 1280, 2560])
def test_no_page_is_wider_than_the_window(look, written, address, width):
    page = look(f"file://{written}/{address}", width)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(look, written, npm, address, scheme):
    # The rules are run by the test, not by the page, whose policy allows no script but its own.
    page = look(f"file://{written}/{address}", scheme=scheme, bypass_csp=True)
    if address == "index.html":
        page.click("tr[data-name='reduction/sum'] td >> nth=2")
        page.click("dialog details.case summary")
    page.add_script_tag(path=npm / "axe-core" / "axe.min.js")
    found = page.evaluate("axe.run({ preload: false })")["violations"]
    serious = [item for item in found if item["impact"] in ("serious", "critical")]
    assert [(item["id"], [node["html"] for node in item["nodes"]]) for item in serious] == []


def test_without_the_script_a_cell_leads_to_the_page_of_its_function(look, written):
    page = look(f"file://{written}/k/backend/theano.html", java_script_enabled=False)
    page.click("nav a")
    assert page.locator("tr[data-function]:visible").count() == 4
    assert not page.locator("form.filters").is_visible()
    page.click("tr[data-name='reduction/sum'] td >> nth=2")
    assert page.url.endswith("/k/function/reduction/sum.html#theano")
    assert "conform repro reduction/sum/axis/known --backend theano" in page.inner_text("main")


def test_what_changed_since_the_run_before_is_two_clicks_away(look, written):
    page = look(f"file://{written}/index.html")
    page.click("text=2 regressions (passed before), 2 columns inconclusive")
    assert page.locator("table.changes th[scope=row]").all_inner_texts() == [
        "config/floatx/everywhere",
        "reduction/sum/axis/known",
    ]
    page.click("table.changes a >> nth=1")
    assert page.url.endswith("/k/case/reduction/sum/axis/known.html")
    page.click("text=K: history")
    assert page.locator("figure figcaption b").all_inner_texts() == ["cntk", "tensorflow", "theano"]
    assert page.locator("figure >> nth=2").locator("circle").count() == 2


def test_on_paper_the_whole_matrix_is_there_and_the_tools_are_not(look, written):
    page = look(f"file://{written}/index.html", scheme="dark")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert not page.locator("form.filters").is_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.wide')).overflow") == "visible"


@pytest.mark.slow
def test_twenty_backends_and_eight_thousand_cases_open_and_filter_at_once(look, tmp_path):
    names = [f"backend-{number:02d}" for number in range(20)]
    _, evidence = ("fail", None), {}
    cases = {}
    for number in range(8000):
        verdicts = {}
        for place, name in enumerate(names):
            wrong = (number * 31 + place * 17) % 20 == 0
            if wrong and number not in evidence:
                evidence[number] = build_evidence(number)
            verdicts[name] = ("fail", evidence[number]) if wrong else ("pass", None)
        cases[f"area{number // 400:02d}/function{number // 20:03d}/case-{number:04d}/known"] = verdicts
    chapter = Chapter(build({name: {} for name in names}, cases))
    write_site([*islice(site([chapter]), 4), data.cases(chapter)], tmp_path / "site")
    page = look(f"file://{tmp_path}/site/index.html")
    assert page.locator("tr[data-function]").count() == 400
    # Processor time, which another process on this machine does not lengthen.
    assert seconds_of(page) < 2
    before = seconds_of(page)
    page.select_option("select[name=spread]", "one")
    page.evaluate("new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))")
    assert seconds_of(page) - before < 0.3
    assert page.inner_text("#found").endswith("their cells are outlined")


def seconds_of(page):
    """The processor time that the page's process has used so far."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    metrics = {item["name"]: item["value"] for item in session.send("Performance.getMetrics")["metrics"]}
    session.detach()
    return metrics["ProcessTime"]


def build_evidence(number):
    from harness.matrix import Evidence

    return Evidence(f"wrong value at {number}", "1.0", "2.0", 12.0, True, "known", aspects=("value",))

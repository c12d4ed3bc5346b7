from __future__ import annotations

import subprocess
import sys
import time

import pytest

from harness.lock import only_user
from harness.site.server import Server
from tests import ROOT
from tests.fakes import case, encode, journal

RECORDS = journal("cntk", [case(f"a/f/{n}", "fail" if n else "pass", "off by <1>") for n in range(4)])


@pytest.fixture
def ask(tmp_path, read_here):
    """Asks a server of the directory: status, headers and body."""
    server = Server(tmp_path, lambda line: None)

    def get(path="/", host="127.0.0.1:8765", method="GET"):
        answers = []
        environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "HTTP_HOST": host}
        body = b"".join(server(environ, lambda status, headers: answers.append((status, dict(headers)))))
        return answers[0][0], answers[0][1], body.decode()

    return get


def test_while_a_run_goes_on_the_first_page_is_its_progress(ask, tmp_path):
    assert "No journal yet" in ask()[2]
    (tmp_path / "cntk.jsonl").write_bytes(encode(RECORDS[:7]))
    with only_user(tmp_path):
        status, headers, page = ask()
        assert status == "200 OK"
        assert headers["Cache-Control"] == "no-store"
        assert "Running" in page
        assert "<td>2/4</td>" in page
        assert "a/f/1" in page
        matrix = ask("/index.html")[2]
        assert "cntk is incomplete: still running: 2 of 4 cases" in matrix
        assert "off by &lt;1&gt;" in ask("/k/case/a/f/1.html")[2]
        assert ask("/site.js")[1]["Content-Type"] == "text/javascript; charset=utf-8"
        assert ask("/data/k/cases.js")[0] == "200 OK"
    assert "broke off" in ask()[2]
    (tmp_path / "cntk.jsonl").write_bytes(encode(RECORDS))
    status, headers, _ = ask()
    assert (status, headers["Location"]) == ("302 Found", "/index.html")
    assert "cntk has 3 new deviations" in ask("/index.html")[2]


def test_a_journal_that_cannot_be_merged_is_said_and_the_pages_before_stay(ask, tmp_path):
    (tmp_path / "cntk.jsonl").write_bytes(b"no json\n")
    assert ask("/index.html")[0] == "404 Not Found"
    assert "cntk.jsonl is not a journal" in ask("/index.html")[2]


@pytest.mark.parametrize(
    "path", ["/../../etc/passwd", "/cntk.jsonl", "/.conform.lock", "//etc/passwd", "/%2e%2e/x"]
)
def test_no_request_reaches_the_disk(ask, tmp_path, path):
    (tmp_path / "cntk.jsonl").write_bytes(encode(RECORDS))
    assert ask(path)[0] == "404 Not Found"


@pytest.mark.parametrize("host", ["evil.example:8765", "", "127.0.0.1.evil.example:80", "[::1]:8765"])
def test_another_host_is_refused(ask, host):
    assert ask(host=host)[0] == "403 Forbidden"
    assert ask(host="localhost:8765")[0] == "200 OK"


def test_nothing_can_be_sent(ask):
    assert ask(method="POST")[0] == "405 Method Not Allowed"
    assert ask(method="HEAD")[2] == ""


@pytest.fixture
def served(tmp_path):
    """`conform serve` of the directory as a process; its address."""
    process = subprocess.Popen(
        [sys.executable, "-m", "harness", "serve", tmp_path, "--port", "0"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    yield process.stdout.readline().split()[0]
    process.terminate()
    assert process.wait(10) == 0


def test_a_run_is_watched_in_the_browser_and_ends_as_the_site(look, served, tmp_path):
    journal_file = tmp_path / "cntk.jsonl"
    page = look(served)
    assert "No journal yet" in page.inner_text("h1")
    with only_user(tmp_path):
        for count in range(3, len(RECORDS), 2):
            journal_file.write_bytes(encode(RECORDS[:count]))
            time.sleep(0.2)
        page.wait_for_selector("text=4/4", timeout=60_000)
        assert "Running" in page.inner_text("h1")
        assert "a/f/3" in page.inner_text("#live")
        journal_file.write_bytes(encode(RECORDS))
    page.wait_for_url("**/index.html", timeout=60_000)  # the pages of the whole suite are made first
    page.wait_for_selector("body[data-ready]")
    assert page.locator("tr[data-function]:visible th").all_inner_texts() == ["f"]


def test_a_port_that_is_taken_is_a_sentence(conform, served, tmp_path):
    port = served.rstrip("/").rpartition(":")[2]
    result = conform("serve", tmp_path, "--port", port)
    assert result.status == 2
    assert f"Port {port} cannot be used (Address already in use): choose another" in result.err
    assert "is not a directory" in conform("serve", tmp_path / "none").err

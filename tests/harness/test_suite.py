"""The suite of an API: a digest that changes with its own files and with the shared ones only."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest

from harness import suite
from harness.paths import suite_root
from harness.suite import suite_digest, suite_files


@pytest.fixture
def copy(monkeypatch, tmp_path):
    """A copy of the suite with a second API, `other`, in it."""
    root = tmp_path / "conformance"
    shutil.copytree(suite_root() / "conformance", root, ignore=shutil.ignore_patterns("__pycache__"))
    (root / "apis" / "other").mkdir()
    (root / "apis" / "other" / "table.py").write_text("from conformance.oracle import of_other\n")
    (root / "oracle" / "of_other.py").write_text("")
    monkeypatch.setattr(suite, "suite_root", lambda: tmp_path)
    suite._module.cache_clear()
    yield root
    suite._module.cache_clear()


def test_an_api_has_its_own_files_and_the_shared_ones(copy):
    k, other = suite_files("k"), suite_files("other")
    assert "apis/k/table.py" in k
    assert "apis/other/table.py" not in k
    assert {"apis/other/table.py", "oracle/of_other.py", "judge/judge.py"} <= set(other)
    assert not {"apis/k/table.py", "oracle/ctc.py"} & set(other)


@pytest.mark.parametrize(
    ("changed", "digests"),
    [
        ("apis/other/table.py", {"other"}),
        ("oracle/of_other.py", {"other"}),
        ("apis/k/table.py", {"k"}),
        ("oracle/ctc.py", {"k"}),
        ("judge/compare.py", {"k", "other"}),
        ("apis/k/api.toml", set()),
    ],
)
def test_a_digest_changes_with_the_files_of_its_api_only(copy, changed, digests):
    before = {api: suite_digest(api) for api in ("k", "other")}
    with (copy / changed).open("a") as file:
        file.write("# another version\n")
    assert {api for api in before if suite_digest(api) != before[api]} == digests


def test_columns_may_ask_at_the_same_time():
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(suite_digest, ["k"] * 16))) == 1

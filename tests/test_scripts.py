"""The scripts behind make targets start, and find the places they write to."""

import subprocess
import sys

import pytest

from tests import ROOT


@pytest.mark.parametrize("name", ["bench", "docs", "folders", "fuzz", "soak"])
def test_a_script_can_be_started(name):
    """Each imports what it needs from harness/ and tests/ as they stand now."""
    check = ["--check"] if name in ("docs", "folders") else ["--help"]
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / f"{name}.py"), *check],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr


def test_every_generated_part_has_its_place():
    docs = ROOT / "scripts"
    code = (
        f"import sys; sys.path.insert(0, {str(docs)!r}); import docs; "
        "print(sorted(docs.filled(dict.fromkeys(docs.PLACES, 'x\\n'))))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert "docs/reliability.md" in done.stdout

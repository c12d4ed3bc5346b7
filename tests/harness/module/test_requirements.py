"""The requirements of an external module: a layer of its image, or an environment of its
own; kept."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.harness.module.external_modules import CASES, EXPECTED, MODULES

SELECT = " or ".join(CASES)
BUILT = {"venv": "installing", "docker": "RUN pip install"}


@pytest.fixture
def needing(tmp_path: Path) -> Path:
    """A directory with the tiny module, which imports toolz: nothing of the suite brings that."""
    package = tmp_path / "src" / "my_package"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "my_module.py").write_text("import toolz\nfrom my_package.tiny import *\n")
    shutil.copy(MODULES / "tiny.py", package / "tiny.py")
    return tmp_path / "src"


@pytest.fixture
def wanted(tmp_path: Path) -> Path:
    """Its requirements."""
    path = tmp_path / "requirements.txt"
    path.write_text("toolz==0.12.0\n")
    return path


def test_without_them_its_import_says_what_it_lacks(validate, needing, runtime):
    found = validate("my_package.my_module", "--path", needing, runtime=runtime)
    assert found.status == 3
    assert (
        "No module named 'toolz' (my_package/my_module.py, line 1: import toolz): if a package has it, "
        "list the package in a file and name the file with --requirements"
    ) in found.step("imports")["message"]


def test_they_are_installed_once_and_kept(validate, needing, wanted, runtime):
    arguments = ["my_package.my_module", "--path", needing, "--requirements", wanted, "-k", SELECT]
    assert validate(*arguments, runtime=runtime).verdicts == EXPECTED
    # The module has changed since: its source is the last layer, and what it needs is below it.
    (needing / "my_package" / "my_module.py").write_text(
        "import toolz\nfrom my_package.tiny import *\nAUTHOR = 'me'\n"
    )
    again = validate(*arguments, runtime=runtime)
    assert again.verdicts == EXPECTED
    assert BUILT[runtime] not in again.err


def test_status_3_they_do_not_resolve(validate, needing, wanted, runtime):
    wanted.write_text("keras==2.2.4\n")
    found = validate("my_package.my_module", "--path", needing, "--requirements", wanted, runtime=runtime)
    assert found.status == 3
    reason = found.document["matrix"]["columns"][0]["reason"]
    assert {"venv": "failed at the module's requirements", "docker": "module-requirements.txt"}[
        runtime
    ] in reason
    assert "keras" in reason
    assert "\n" not in reason


def test_status_3_found_in_what_was_installed_or_not(validate, wanted, tmp_path, runtime):
    found = validate("toolz.no_such_module", "--path", tmp_path, "--requirements", wanted, runtime=runtime)
    assert found.status == 3
    assert "there is no toolz.no_such_module: searched" in found.step("found")["message"]

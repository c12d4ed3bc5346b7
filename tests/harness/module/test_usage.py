"""What cannot be a module, a directory or a level ends in one sentence, before anything is prepared."""

from __future__ import annotations

import pytest

from tests.harness.module.external_modules import MODULES


@pytest.fixture
def place(tmp_path):
    """A directory with a module, a link out of it, and a module outside."""
    (tmp_path / "src" / "package").mkdir(parents=True)
    (tmp_path / "outside.py").touch()
    (tmp_path / "src" / "inside.py").touch()
    (tmp_path / "src" / "linked.py").symlink_to(tmp_path / "outside.py")
    (tmp_path / "src" / "package" / "linked.py").symlink_to("../../outside.py")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["no_such.module"], "There is no module no_such.module: searched"),
        (["no_such.module", "--path", "src"], "src/no_such/module.py"),
        (["src/inside.py", "--path", "src"], "'src/inside.py' is no module's name"),
        (["..inside", "--path", "src"], "is no module's name"),
        (["my-package.module", "--path", "src"], "is no module's name"),
        (["module:"], "is no module's name"),
        (["module:theano"], "is one of Keras' own backends"),
        (["module:linked", "--path", "src"], "outside --path"),
        (["package.linked", "--path", "src"], "outside --path"),
        (["module:outside", "--path", "src"], "There is no module outside"),
        (["module:inside", "--path", "nowhere"], "--path nowhere cannot be used"),
        (["module:inside", "--path", "loop"], "--path loop cannot be used"),
        (["module:inside", "--path", "outside.py"], "is no directory"),
        (
            ["module:inside", "--path", "src", "--requirements", "nowhere"],
            "--requirements nowhere cannot be read",
        ),
        (["module:inside", "--path", "src", "--requirements", "src"], "--requirements src cannot be read"),
        (["module:inside", "--path", "src", "--keras", "2.3.1; rm -rf"], "is no version"),
        (["module:inside", "--path", "src", "--level", "ful"], "did you mean 'full'"),
        (["module:inside", "--path", "src", "--level", "core", "-k", "x"], "leave out one of them"),
        (["module:inside", "--path", "src", "--label", "a/b"], "is no column name"),
        (["module:inside", "--path", "src", "--runtime", "dokcer"], "docker"),
        (["module:inside", "--path", "src", "--out", "/proc/nowhere"], "cannot be written to"),
    ],
)
def test_status_2_usage(place, conform, monkeypatch, arguments, says):
    monkeypatch.chdir(place)
    result = conform("validate", *arguments)
    assert result.status == 2
    assert says in result.err
    assert result.out == ""
    assert result.err.count("\n") == 1


def test_status_2_options_for_a_module_without_one(conform, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    result = conform("run", "cntk", "--path", MODULES)
    assert result.status == 2
    assert "name one, my_package.my_module" in result.err


def test_too_much_to_be_a_source(place, conform, monkeypatch):
    monkeypatch.chdir(place)
    monkeypatch.setattr("harness.module.source.MOST_FILES", 1)
    from harness.errors import UsageError
    from harness.module.source import files

    with pytest.raises(UsageError, match="holds more than"):
        files(place / "src" / "..")

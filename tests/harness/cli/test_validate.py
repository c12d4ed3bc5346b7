"""Arguments of `conform validate` that cannot be used end in a sentence, before anything is prepared."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["no_such.module"], "There is no module no_such.module (searched "),
        (["no_such.module", "--path", "src"], "src/no_such/module.py"),
        (["src/inside.py"], "'src/inside.py' is not a module name but a file: drop .py"),
        (["src/inside.py"], "as in module:inside with --path src."),
        (
            ["inside.py", "--path", "src"],
            "no module inside.py. A module is named without the end",
        ),
        (["inside.py", "--path", "src"], "drop .py, as in module:inside."),
        (["..inside", "--path", "src"], "is not a module name"),
        (["my-package.module", "--path", "src"], "is not a module name"),
        (["module:"], "is not a module name"),
        (["module:theano"], "is the name of a backend of Keras"),
        (["module:linked", "--path", "src"], "outside --path"),
        (["package.linked", "--path", "src"], "outside --path"),
        (["module:outside", "--path", "src"], "There is no module outside"),
        (["module:inside", "--path", "nowhere"], "--path nowhere cannot be used"),
        (["module:inside", "--path", "loop"], "--path loop cannot be used"),
        (["module:inside", "--path", "outside.py"], "is not a directory"),
        (
            ["module:inside", "--path", "src", "--requirements", "nowhere"],
            "--requirements nowhere cannot be read",
        ),
        (["module:inside", "--path", "src", "--requirements", "src"], "--requirements src cannot be read"),
        (["module:inside", "--path", "src", "--keras", "2.3.1; rm -rf"], "is not a version"),
        (["module:inside", "--path", "src", "--level", "ful"], "did you mean 'full'"),
        (["module:inside", "--path", "src", "--level", "core", "-k", "x"], "leave out --level or them"),
        (["module:inside", "--path", "src", "--label", "a/b"], "is not a column name"),
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

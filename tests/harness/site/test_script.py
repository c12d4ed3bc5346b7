"""The script of the site: its types hold, its modules go together, and it stays small."""

from __future__ import annotations

import re
import subprocess

from harness.site.script_file import MODULES, script
from tests import ROOT

FOLDER = ROOT / "harness" / "site" / "script"


def test_the_types_hold(npm):
    done = subprocess.run(
        ["node", npm / "typescript" / "bin" / "tsc", "--noEmit", "--allowJs", "--checkJs", "--strict",
         "--noUnusedLocals", "--noUnusedParameters", "--target", "es2022", "--module", "es2022",
         "--moduleResolution", "bundler", "--lib", "es2022,dom,dom.iterable", *sorted(FOLDER.glob("*.js"))],
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.stdout == ""
    assert done.returncode == 0


def test_it_is_small():
    assert sum(len(path.read_text().splitlines()) for path in FOLDER.glob("*.js")) < 600


def test_every_module_is_in_the_script_after_those_that_it_imports():
    # types.js has types alone.
    assert {path.name for path in FOLDER.glob("*.js")} - {"types.js"} == set(MODULES)
    for place, name in enumerate(MODULES):
        for imported in re.findall(r'^import .* from "\./(.*)";', (FOLDER / name).read_text(), re.MULTILINE):
            assert imported in MODULES[:place]
    assert not re.search(r"^(import|export) ", script(), re.MULTILINE)


def test_no_two_modules_give_the_same_name():
    named = re.compile(r"^(?:export )?(?:async )?(?:function|const|let) (\w+)", re.MULTILINE)
    names = [name for module in MODULES for name in named.findall((FOLDER / module).read_text())]
    assert sorted(names) == sorted(set(names))


def test_nothing_is_set_as_markup():
    for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function"):
        assert word not in script()

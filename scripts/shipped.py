"""The backends that Keras ships, as `mutants.py` needs them: their files, and the cases of a function."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_MODULES = ("core", "numpy", "nn", "math", "linalg", "image", "random")


@dataclass(frozen=True)
class Shipped:
    """A backend of Keras in its virtual environment.

    `name` is what KERAS_BACKEND says, `column` the registered name.
    """

    column: str
    name: str
    api: str
    python: str
    env: dict[str, str]
    cases: dict[str, tuple[str, str]] = field(default_factory=dict)
    """The function and the source text of each case, by id."""

    @classmethod
    def named(cls, column: str) -> Shipped:
        """The backend in the environment that `conform env` prepares."""
        from conformance import apis, settings
        from harness.backends import find_backend
        from harness.runtimes.base import constant_environment

        backend = find_backend(column)
        command = [sys.executable, "-m", "harness", "env", column, "--json"]
        python = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout)[
            "python"
        ]
        table = apis.table(backend.api, settings.read({"CONFORM_API": backend.api}))
        cases = {case.id: (case.function, case.source) for case in table.cases("full")}
        env = constant_environment(backend)
        return cls(column, backend.keras_backend, backend.api, python, env, cases)

    def keras(self) -> Path:
        """The folder of the installed Keras."""
        code = "import importlib.util as u; print(u.find_spec('keras').submodule_search_locations[0])"
        done = subprocess.run([self.python, "-c", code], check=True, capture_output=True, text=True)
        return Path(done.stdout.strip())

    def front_end(self, folder: Path) -> Path:
        """A Keras in `folder` whose backend files are copies; all else is a link to the installed one."""
        copied = folder / "front" / "keras"
        _shadow(self.keras(), copied, self._home().parts)
        return copied

    def _home(self) -> Path:
        """The folder of the backend's files below Keras'."""
        return Path("backend") if self.api == "k" else Path("src", "backend", self.name)

    def files(self, front: Path) -> list[Path]:
        """The files of a front end with the functions that are mutated."""
        if self.api == "k":
            return [front / self._home() / f"{self.name}_backend.py"]
        return [file for module in _MODULES if (file := front / self._home() / f"{module}.py").is_file()]

    def exported(self, front: Path) -> set[str]:
        """The names of functions that a user of Keras reaches."""
        if self.api == "k":
            return set(re.findall(r"import (\w+)", (front / "backend" / "__init__.py").read_text("utf-8")))
        return {function.rpartition(".")[2] for function, _ in self.cases.values()}

    def own(self, functions: set[str]) -> list[str]:
        """The ids of the cases of these functions, which are named as in the backend's file."""
        return [
            case for case, (function, _) in self.cases.items() if function.rpartition(".")[2] in functions
        ]

    def mentioning(self, functions: Iterable[str]) -> list[str]:
        """The ids of the cases whose source text names one of these functions."""
        pattern = re.compile(r"\.(?:" + "|".join(map(re.escape, sorted(functions))) + r")\b")
        return [case for case, (_, source) in self.cases.items() if pattern.search(source)]


def _shadow(real: Path, copied: Path, parts: tuple[str, ...]) -> None:
    """A folder of links to what `real` has; what lies on the way to `parts` is a folder, its end a copy."""
    if not parts:
        shutil.copytree(real, copied, ignore=shutil.ignore_patterns("__pycache__"))
        return
    copied.mkdir(parents=True)
    for item in real.iterdir():
        if item.name not in (parts[0], "__pycache__"):
            (copied / item.name).symlink_to(item)
    _shadow(real / parts[0], copied / parts[0], parts[1:])

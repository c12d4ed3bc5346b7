"""Jenkins: a declarative pipeline is read as the Groovy that it is, and its steps are run."""

from __future__ import annotations

import re
import shutil
import textwrap
from dataclasses import dataclass, field
from pathlib import Path

from tests.bare import Machine
from tests.services.installs import Installs

_TOKEN = re.compile(
    r"""\s*(?:'''(?P<long>(?:[^\\]|\\.)*?)'''|'(?P<short>(?:[^'\\\n]|\\.)*)'|(?P<word>[\w.]+:?|[{}(),]))""",
    re.DOTALL,
)


@dataclass
class Statement:
    """`name argument argument { body }`; a named argument is its name with a colon, then its value."""

    name: str
    arguments: list[str]
    body: list[Statement] | None

    def first(self, name: str) -> Statement:
        """The statement of that name in the body."""
        assert self.body is not None
        (found,) = [statement for statement in self.body if statement.name == name]
        return found

    def named(self) -> dict[str, str]:
        """The named arguments."""
        pairs = zip(self.arguments, self.arguments[1:], strict=False)
        return {name[:-1]: value for name, value in pairs if name.endswith(":")}


def parse(text: str) -> list[Statement]:
    """The statements of a Jenkinsfile; anything that is not understood is an error."""
    tokens: list[tuple[str, bool]] = []
    position = 0
    while text[position:].strip():
        found = _TOKEN.match(text, position)
        assert found, f"not understood: {text[position : position + 40]!r}"
        quoted = found["long"] if found["long"] is not None else found["short"]
        if quoted is None:
            tokens.append((found["word"], False))
        else:
            tokens.append((re.sub(r"\\(.)", r"\1", quoted, flags=re.DOTALL), True))
        position = found.end()
    statements, rest = _statements(tokens)
    assert not rest
    return statements


def _statements(tokens: list[tuple[str, bool]]) -> tuple[list[Statement], list[tuple[str, bool]]]:
    found: list[Statement] = []
    while tokens:
        (name, quoted), *tokens = tokens
        if name == "}" and not quoted:
            return found, tokens
        statement = Statement(name, [], None)
        found.append(statement)
        # An argument is a string, a name or a number; another statement begins with a name.
        while tokens:
            (word, quoted), *rest = tokens
            last = statement.arguments[-1] if statement.arguments else ""
            if not quoted and word in ("(", ")", ","):
                tokens = rest
            elif not quoted and word == "{":
                statement.body, tokens = _statements(rest)
                break
            elif quoted or word.endswith(":") or last.endswith(":") or word in ("any", "none"):
                statement.arguments.append(word)
                tokens = rest
            else:
                break
    return found, tokens


@dataclass
class Jenkins:
    """Agents that check `repository` out. `tests` are the JUnit files, `archived` is the archive."""

    machine: Machine
    repository: Path
    folder: Path
    installs: Installs
    stashes: dict[str, Path] = field(default_factory=dict)
    outcomes: dict[str, bool] = field(default_factory=dict)
    tests: list[Path] = field(default_factory=list)
    log: str = ""

    @property
    def archived(self) -> Path:
        return self.folder / "archive"

    def run(self, text: str) -> bool:
        """Runs a Jenkinsfile; whether every stage was green."""
        (pipeline,) = parse(text)
        assert pipeline.name == "pipeline"
        assert pipeline.first("agent").arguments == ["none"]
        for stage in pipeline.first("stages").body or []:
            if not self._stage(stage):
                break
        return all(self.outcomes.values())

    def _stage(self, stage: Statement) -> bool:
        """Runs a stage; whether the stages after it run."""
        assert stage.name == "stage"
        assert stage.body is not None
        (name,) = stage.arguments
        if any(statement.name == "parallel" for statement in stage.body):
            # Each of them runs, also after a red one.
            done = [self._stage(inner) for inner in stage.first("parallel").body or []]
            return all(done)
        assert stage.first("agent").arguments == ["any"]
        workspace = self.folder / f"workspace-{len(self.outcomes)}"
        shutil.copytree(self.repository, workspace)
        self.outcomes[name] = True
        goes_on = self._steps(name, stage.first("steps").body or [], workspace)
        self.outcomes[name] = self.outcomes[name] and goes_on
        self._steps(name, stage.first("post").first("always").body or [], workspace)
        return goes_on

    def _steps(self, stage: str, steps: list[Statement], workspace: Path) -> bool:
        for step in steps:
            if step.name == "catchError":
                assert step.named() == {"stageResult": "FAILURE"}
                if not self._steps(stage, step.body or [], workspace):
                    self.outcomes[stage] = False
            elif not self._step(step, workspace):
                return False
        return True

    def _step(self, step: Statement, workspace: Path) -> bool:
        if step.name == "sh":
            script = self.installs.run(textwrap.dedent(step.arguments[0]), workspace)
            done = self.machine.run("sh", "-xe", "-c", script, cwd=workspace)
            self.log += done.stdout + done.stderr
            return done.returncode == 0
        if step.name == "stash":
            named = step.named()
            stash = self.stashes[named["name"]] = self.folder / f"stash-{len(self.stashes)}"
            assert _copied(workspace, named["includes"], stash) or named["allowEmpty"] == "true"
        elif step.name == "unstash":
            (name,) = step.arguments
            if name not in self.stashes:
                return False
            shutil.copytree(self.stashes[name], workspace, dirs_exist_ok=True)
        elif step.name == "junit":
            self.tests += workspace.glob(step.arguments[0])
            return bool(self.tests)
        else:
            assert step.name == "archiveArtifacts"
            return bool(_copied(workspace, step.arguments[0], self.archived))
        return True


def _copied(workspace: Path, pattern: str, target: Path) -> int:
    target.mkdir(exist_ok=True)
    files = [path for path in workspace.glob(f"{pattern}/*") if path.is_file()]
    for path in files:
        place = target / path.relative_to(workspace)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, place)
    return len(files)

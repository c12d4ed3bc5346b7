"""Puts the suite and the backends into the wheel, under harness/_data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):
    """Adds data folders to a standard wheel; an editable one finds them in the checkout."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before it collects files; `version` is "standard" or "editable"."""
        if version != "standard":
            return
        root = Path(self.root)
        for name in ("conformance", "dockerfiles"):
            for path in sorted((root / name).rglob("*")):
                parts = path.relative_to(root).parts
                if path.is_file() and not any(
                    part.startswith(".") or part == "__pycache__" for part in parts
                ):
                    build_data["force_include"][str(path)] = (
                        f"harness/_data/{path.relative_to(root).as_posix()}"
                    )

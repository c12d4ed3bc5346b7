"""The modules of `script/` as one classic script: a browser loads no module from a disk."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

MODULES = ("state.js", "data.js", "match.js", "table.js", "panel.js", "keys.js", "live.js", "main.js")
"""In the order in which they import each other. No two of them give the same name to different things."""
_IMPORT = re.compile(r"^import [^;]*;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?function |const )", re.MULTILINE)


@cache
def script() -> str:
    """The script, which runs by itself and leaves one name behind: `conform`, for the data."""
    folder = files("harness.site") / "script"
    bodies = [_EXPORT.sub("", _IMPORT.sub("", (folder / name).read_text("utf-8"))) for name in MODULES]
    return "(() => {\n'use strict';\n" + "\n".join(bodies) + "})();\n"

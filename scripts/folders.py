"""Rewrites what is generated from the folders of the backends: their Dockerfiles and docker-compose.yml.

`--check` changes nothing, names the files that would change, and exits 1 if there are any.
"""

from __future__ import annotations

import os
import sys

from harness.errors import ConformError
from harness.folders import generated


def main() -> int:
    """The command line."""
    check = "--check" in sys.argv[1:]
    try:
        files = generated()
    except ConformError as error:
        print(f"folders: {error.message}", file=sys.stderr)
        return int(error.exit_code)
    stale = [
        path for path, text in files.items() if not path.is_file() or path.read_text(encoding="utf-8") != text
    ]
    for path in stale:
        name = os.path.relpath(path)
        if check:
            print(f"{name} is not what `make folders` writes: run it.")
        else:
            path.write_text(files[path], encoding="utf-8")
            print(f"{name} written")
    return int(check and bool(stale))


if __name__ == "__main__":
    sys.exit(main())

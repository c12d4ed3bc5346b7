"""Feeds the readers of foreign files to a coverage-guided fuzzer: journals, matrices, baselines, and the
reports made of them.

    python scripts/fuzz.py [--seconds N] [--write]

What a reader must do with any bytes: accept them, or refuse them with a UsageError of one line. What a report
made of accepted ones must be: free of control characters, markup of its own only, and well-formed. Prints a
line per reader.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime, timezone
from functools import cache
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]


def refused_or(read: Callable[[], object]) -> object | None:
    """What it reads, None where it refuses in a sentence of one line. Anything else it raises is a find."""
    from harness.errors import UsageError
    from tests.hostile import inert

    try:
        return read()
    except UsageError as error:
        sentence = error.message
    assert sentence
    assert "\n" not in sentence, sentence
    inert(sentence)
    return None


def journal(data: bytes) -> None:
    """A journal file, merged and reported."""
    from harness.merge import merge_journals
    from tests.hostile import check_reports

    path = Path(_FOLDER.name) / "column.jsonl"
    path.write_bytes(data)
    matrix = refused_or(lambda: merge_journals([path]))
    if matrix is not None:
        check_reports(matrix)


def matrix(data: bytes) -> None:
    """A matrix file, read and reported."""
    from harness.matrixio import read_matrix
    from tests.hostile import check_reports

    found = refused_or(lambda: read_matrix(Path("matrix.json"), BytesIO(data)))
    if found is not None:
        check_reports(found)


def baseline(data: bytes) -> None:
    """A baseline file, applied to a matrix and reported."""
    from harness.baseline import read_baseline
    from harness.baseline_check import apply
    from harness.matrixio import read_matrix
    from tests.hostile import check_reports

    path = Path(_FOLDER.name) / "baseline.toml"
    path.write_bytes(data)
    found = refused_or(lambda: read_baseline(path))
    if found is not None:
        (document,) = seeds("matrix")
        check_reports(apply(read_matrix(path, BytesIO(document)), 0, found))


@cache
def seeds(target: str) -> list[bytes]:
    """Files that are accepted, to start from."""
    from harness.matrixio import encode_matrix
    from harness.merge import merge_journals
    from tests.fakes import case, encode
    from tests.fakes import journal as records

    cases = [
        case("a/f/x"),
        case("a/f/y", "fail"),
        case("b/g/z", "skip", reason="no"),
        case("b/g/w", unspecified=True, reason="?"),
    ]
    whole = encode(records("cntk", cases, collected=["a/f/x", "a/f/y", "b/g/z", "b/g/w", "b/g/lost"]))
    if target == "journal":
        return [whole, whole[:-200], encode(records("cntk", []))]
    if target == "matrix":
        path = Path(_FOLDER.name) / "seed.jsonl"
        path.write_bytes(whole)
        return [b"".join(encode_matrix(merge_journals([path])))]
    entry = (
        '[[known]]\ncases = ["a/f/*"]\nverdict = "fail"\naspects = ["value"]\nmessages = ["wrong #"]\n'
        'reason = "It rounds."\nissue = "https://a.b/c"\n'
    )
    heads = ('schema = 1\nbackend = "cntk"\n', 'schema = 2\nbackend = "cntk"\napi = "k"\n')
    return [f"{head}{entry * count}".encode() for head in heads for count in range(3)]


TARGETS: dict[str, Callable[[bytes], None]] = {"journal": journal, "matrix": matrix, "baseline": baseline}
_FOLDER = tempfile.TemporaryDirectory(prefix="conform-fuzz-")


def fuzz(target: str, seconds: int) -> None:
    """Fuzzes one reader in this process, which the fuzzer ends."""
    import atheris

    with atheris.instrument_imports(include=["harness", "tomllib"]):
        pass
    corpus = Path(_FOLDER.name) / "corpus"
    corpus.mkdir()
    for number, content in enumerate(seeds(target)):
        (corpus / str(number)).write_bytes(content)
    limits = [
        f"-max_total_time={seconds}",
        "-max_len=20000",
        "-timeout=30",
        "-rss_limit_mb=2048",
        "-print_final_stats=1",
    ]
    atheris.Setup([sys.argv[0], str(corpus), *limits], TARGETS[target])
    atheris.Fuzz()


def main() -> int:
    """Every reader in a process of its own; 1 when one of them has been broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=120, help="for each reader")
    parser.add_argument("--write", action="store_true", help="put the figures into docs/reliability.md")
    parser.add_argument("--target", choices=TARGETS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.target:
        fuzz(options.target, options.seconds)
    lines = ["| reader | inputs | seconds | edges covered | finds |", "| --- | --- | --- | --- | --- |"]
    broken = []
    for target in TARGETS:
        command = [sys.executable, __file__, "--target", target, "--seconds", str(options.seconds)]
        done = subprocess.run(
            command, capture_output=True, text=True, errors="replace", check=False, cwd=_FOLDER.name
        )
        text = done.stdout + done.stderr
        runs = re.search(r"Done (\d+) runs in (\d+) second", text)
        covered = re.findall(r" cov: (\d+)", text)
        if done.returncode != 0 or not runs:
            broken.append(f"{target}: {text[-3000:]}")
        count, spent = runs.groups() if runs else ("-", "-")
        cells = (target, count, spent, covered[-1] if covered else "-", int(done.returncode != 0))
        lines.append(f"| {' | '.join(map(str, cells))} |")
    lines += ["", f"Measured {datetime.now(timezone.utc).strftime('%Y-%m-%d')}."]
    print("\n".join([*lines, *broken]))
    if options.write:
        from docs import fill

        fill({"fuzz": "\n".join(lines) + "\n"})
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())

"""What a verb that compares is given: a matrix, a journal, or a directory of journals."""

from __future__ import annotations

import sys
from pathlib import Path

from harness.matrix import Matrix
from harness.matrixio import read_matrix
from harness.merge import journal_files, merge_journals


def read_source(source: Path) -> Matrix:
    """The matrix in a file ("-" is stdin), or that of a journal (*.jsonl) or of the journals in a directory.

    Raises:
        UsageError: there is no matrix and no journal, or the journals cannot be merged.
    """
    if source.is_dir() or source.suffix == ".jsonl":
        return merge_journals(journal_files([source]))
    return read_matrix(source, sys.stdin.buffer if str(source) == "-" else None)

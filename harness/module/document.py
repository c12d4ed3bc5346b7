"""The result of a validation as JSON; its schema is harness/schemas/validation.schema.json."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from harness.backends import Backend
from harness.levels import level, steps_of
from harness.matrix import Matrix
from harness.matrixio import encode_matrix
from harness.module.advice import gaps, repro_command

SCHEMA = 1


def encode_validation(
    matrix: Matrix, backend: Backend, demanded: str | None, status: int, arguments: tuple[str, ...]
) -> Iterator[bytes]:
    """The document in pieces: module, level, steps, what to do next, failing cases, the matrix."""
    column = matrix.columns[0]
    head = {
        "schema": SCHEMA,
        "module": backend.name,
        "keras": backend.keras,
        "level": None if column.info.get("select") else level(column),
        "demanded": demanded,
        "status": int(status),
        "steps": steps_of(column),
        "next": [
            {
                "function": gap.function,
                "kind": gap.kind,
                "signature": gap.signature,
                "message": gap.message,
                "cost": len(gap.cases),
                "cases": gap.cases,
            }
            for gap in gaps(matrix, 0)
        ],
        "failing": [
            {
                "id": deviation.id,
                "verdict": deviation.verdict,
                "unspecified": deviation.unspecified,
                "known": deviation.evidence.known,
                "message": deviation.evidence.message,
                "repro": repro_command(deviation.id, backend.name, arguments),
            }
            for deviation in matrix.deviations(0)
        ],
    }
    yield msgspec.json.encode(head)[:-1] + b',"matrix":'
    yield b"".join(encode_matrix(matrix)).rstrip(b"\n")
    yield b"}\n"

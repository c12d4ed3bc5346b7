"""The Table of K and its cases, as the judge sees them."""

from pathlib import Path

from conformance import apis, settings
from conformance.case import Case

MINIATURES = Path(__file__).parent / "miniatures"
TABLE = apis.table("k", settings.read({}))
CASES = {case.id: case for case in TABLE.cases()}


def a_case(**attributes: object) -> Case:
    """The first case that counts and has these attributes."""
    return next(
        case for case in CASES.values()
        if not case.unspecified and all(getattr(case, name) == value for name, value in attributes.items())
    )

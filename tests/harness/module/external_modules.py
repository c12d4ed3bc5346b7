"""The modules, and what the sound one among them gets."""

from pathlib import Path

MODULES = Path(__file__).parent / "modules"
CASES = ("elementwise/square/2d/", "elementwise/sqrt/2d/", "elementwise/abs/2d/")
_VERDICTS = {"square": "pass", "sqrt": "pass", "abs": "fail"}
EXPECTED = {
    f"{function}/2d/{way}": verdict
    for function, verdict in _VERDICTS.items()
    for way in ("variable", "known", "unknown")
}

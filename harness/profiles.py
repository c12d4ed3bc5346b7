"""The profiles of the suite, from the smallest to all of it."""

PROFILES = ("examples", "core", "full")
DEFAULT_PROFILE = "core"

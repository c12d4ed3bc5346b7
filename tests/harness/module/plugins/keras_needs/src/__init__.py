"""Needs a package that nobody listed."""

import engine_that_nobody_has  # noqa: F401

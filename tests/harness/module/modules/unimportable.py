"""Needs an engine that is not there, and says so in its own words."""

try:
    import no_such_engine
except ImportError:
    raise RuntimeError("install the engine")

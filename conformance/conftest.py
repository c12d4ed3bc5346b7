"""Loads the suite's plugin when pytest is pointed at this folder."""
pytest_plugins = ["conformance.judge.plugin"]

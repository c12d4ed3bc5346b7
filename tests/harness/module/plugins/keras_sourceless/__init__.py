"""A package without `src`."""

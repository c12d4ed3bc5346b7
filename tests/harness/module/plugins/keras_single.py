"""A module where Keras looks for a package with `src` in it."""

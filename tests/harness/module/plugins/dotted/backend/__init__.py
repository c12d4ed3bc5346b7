"""A package of any name, named by its path."""

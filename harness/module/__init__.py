"""External modules: where a module is, its environment, its level, and what is missing."""

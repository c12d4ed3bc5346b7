"""Somebody's backend module: where it is, the environment it is run in, how far it comes, and what it still
owes.
"""

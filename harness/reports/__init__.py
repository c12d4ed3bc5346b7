"""Reports of a matrix: each format is a module that takes a Matrix, whose text is clean."""

from __future__ import annotations

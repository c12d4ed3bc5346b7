"""The matrix, shown: a module a format, each takes a Matrix whose text is clean."""

from __future__ import annotations

"""Writes to standard output and closes it."""

import os

os.write(1, b'{"kind": "case", "id": "made/up"}\n')
os.close(1)

"""Ends the process as soon as it is imported, politely."""

import os

os._exit(0)

"""Needs a host on the network (of the range that is nobody's) while it is imported."""

import socket

socket.create_connection(("192.0.2.1", 9), timeout=2)

"""Takes memory without end while it is imported."""

taken = []
while True:
    taken.append(bytearray(16 << 20))

"""K that never comes to the end of its import."""

import time

while True:
    time.sleep(1)

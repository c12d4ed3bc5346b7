"""Its import ends the process."""

import os
import sys

sys.stderr.write("engine: illegal instruction\n")
sys.stderr.flush()
os.abort()

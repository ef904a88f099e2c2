"""Runs a command to its end and prints what it took: `WALL-SECONDS CPU-SECONDS PEAK-KIB`.

CPU is user and system time of the command and all children it waited for; peak is the largest resident set among
them. The command's own output goes to standard error.
"""

import os
import resource
import subprocess
import sys
import time

started = time.monotonic()
subprocess.run(sys.argv[1:], stdout=sys.stderr, check=False)
wall = time.monotonic() - started
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(f"{wall:.3f} {used.ru_utime + used.ru_stime:.3f} {used.ru_maxrss}", flush=True)
os._exit(0)

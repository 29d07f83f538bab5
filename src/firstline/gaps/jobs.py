"""The sweep runs by itself, so often that a board is never older than half a minute."""

from firstline.gaps.sweeping import sweep
from firstline.kernel import jobs
from firstline.kernel.actors import console

SECONDS = 20

jobs.every("gaps.sweep", lambda: sweep(console()), seconds=SECONDS)

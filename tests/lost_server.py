"""A server that starts a job without end and tells its worker, so that a test can kill it."""

import sys
import threading
import time
from pathlib import Path

from onrecord.limits import Limits
from onrecord.workers import Pool
from tests.trials import Endless

if __name__ == "__main__":
    pool = Pool(Path(sys.argv[1]), 3, Limits(query_seconds=600))
    threading.Thread(target=pool.answer, args=(Endless(), "test"), daemon=True).start()
    while not (running := pool.running()):
        time.sleep(0.01)
    print(running[0].pid, flush=True)
    time.sleep(600)

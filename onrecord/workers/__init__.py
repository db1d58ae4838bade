"""Work on the record in processes that can be killed: no query harms its neighbours."""

from onrecord.workers.frames import Head, Job, Outlet
from onrecord.workers.pool import Answer, Pool, Running
from onrecord.workers.reader import Fault

__all__ = ["Answer", "Fault", "Head", "Job", "Outlet", "Pool", "Running"]

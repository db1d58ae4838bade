"""The loop of a worker: one job after another, until it holds too much memory."""

import os
import pickle
import select
import threading
import traceback
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

from onrecord.errors import OnRecordError, TooMuchMemory
from onrecord.store import GenerationStore
from onrecord.workers.frames import End, Job, Outlet
from onrecord.workers.walls import close_in, resident

_WORN: Final = 48_000_000  # bytes over what it began with; the rest the allocator gives back


@dataclass(frozen=True, slots=True)
class Orders:
    """What every worker of a pool is told at its start."""

    folder: Path
    keep: int
    megabytes: int


def work(connection: Connection, orders: Orders) -> None:
    """Do the jobs that come over a connection until it closes; the body of a worker."""
    walled = close_in(orders.megabytes)
    threading.Thread(target=_end_with_server, args=(connection.fileno(),), daemon=True).start()
    record = GenerationStore(orders.folder, orders.keep)
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        connection.send(walled)
        most = resident() + _WORN
        while True:
            job = pickle.loads(connection.recv_bytes())
            out = Outlet(connection)
            end = _done(job, record, out)
            if resident() > most:
                end = end._replace(is_last=True)
            out.end(end)
            if end.is_last:
                return


def _end_with_server(descriptor: int) -> None:
    """End this process, whatever it does, when nobody is at the other end any more.

    The fork server would live on with us, since each of its children keeps it alive.
    """
    waiting = select.poll()
    waiting.register(descriptor, select.POLLRDHUP)
    waiting.poll()
    os._exit(0)


def _done(job: Job, record: GenerationStore, out: Outlet) -> End:
    """Do a job and return how it went."""
    try:
        job.run(record, out)
    except OnRecordError as error:
        return End(out.seconds, refusal=error)
    except MemoryError:
        refusal = TooMuchMemory("no memory was left to go on with")
        return End(out.seconds, is_last=True, refusal=refusal)
    except (BrokenPipeError, ConnectionResetError):
        raise
    except Exception:
        return End(out.seconds, is_last=True, fault=traceback.format_exc())
    return End(out.seconds)

"""Limits that a worker puts on itself: its memory, and no network."""

import ctypes
import os
import resource
import signal
from pathlib import Path
from typing import Final

_NEW_USER: Final = 0x10000000  # CLONE_NEWUSER and CLONE_NEWNET of <linux/sched.h>
_NEW_NETWORK: Final = 0x40000000
_ARENAS: Final = -8  # M_ARENA_MAX of <malloc.h>
_SHARED: Final = 2
_FROM_SYSTEM: Final = -3  # M_MMAP_THRESHOLD
_LARGE: Final = 262_144  # bytes
_RESERVED: Final = 256_000_000  # bytes that the engine's threads reserve and never use
_PAGE: Final = os.sysconf("SC_PAGE_SIZE")
_KERNEL: Final = ctypes.CDLL(None, use_errno=True)


def close_in(megabytes: int) -> bool:
    """Bound this process; return whether it is cut off from every network.

    Memory is bounded as address space beyond what is mapped now: the engine aborts when an
    allocation is refused. An arena for each of its threads would reserve far more. Where
    the kernel makes no network namespace, the wall is missing and the scan of queries for
    SERVICE stands alone.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends us
    _KERNEL.mallopt(_ARENAS, 1)
    most = _mapped() + _RESERVED + megabytes * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # root needs no namespace of users, anybody else gets the right with one
    return any(
        _KERNEL.unshare(flags) == 0 for flags in (_NEW_NETWORK, _NEW_USER | _NEW_NETWORK)
    )


def give_back_memory() -> None:
    """Let what this process frees be of use to all its threads, or go back to the system.

    Else the allocator of glibc gives each thread an arena of its own, up to eight a core, and
    raises the size from which it asks the system to that of the largest block that was freed:
    a server of many threads grows until each of them has seen the largest answer.
    """
    _KERNEL.mallopt(_ARENAS, _SHARED)
    _KERNEL.mallopt(_FROM_SYSTEM, _LARGE)


def resident(pid: int | str = "self") -> int:
    """Return the bytes of memory that a process really uses, 0 when it is gone."""
    try:
        file = os.open(f"/proc/{pid}/statm", os.O_RDONLY | os.O_CLOEXEC)
    except (FileNotFoundError, ProcessLookupError):
        return 0
    try:
        return int(os.read(file, 100).split()[1]) * _PAGE
    except ProcessLookupError:
        return 0
    finally:
        os.close(file)


def _mapped() -> int:
    return int(Path("/proc/self/statm").read_text("ascii").split()[0]) * _PAGE

"""Processes of our own: forked from a process without threads, which a socket leads to."""

import multiprocessing
import multiprocessing.util
import os
import tempfile
from functools import cache
from multiprocessing.context import ForkServerContext
from typing import Final

_LONGEST: Final = 107 - len("/pymp-01234567/listener-01234567")  # sun_path of unix(7)
_SHORT: Final = "/tmp"


@cache
def fork_server() -> ForkServerContext:
    """Return what makes processes; children of one with threads have to come from another.

    Its socket lies in the folder for temporary files, unless the path would be longer than a
    socket's may be, as beneath the long TMPDIR of a test or a batch job: then in /tmp.
    """
    usual = tempfile.gettempdir()
    if len(os.fsencode(usual)) > _LONGEST:
        tempfile.tempdir = _SHORT
        try:
            multiprocessing.util.get_temp_dir()  # which it keeps
        finally:
            tempfile.tempdir = usual
    return multiprocessing.get_context("forkserver")

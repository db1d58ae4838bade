"""`python -m onrecord` is `onrecord`."""

import io
import os
import signal
import sys
from types import FrameType


def main() -> None:
    """Run the command line; while it is being read in, Ctrl-C ends it as it does later."""
    before = signal.getsignal(signal.SIGINT)
    if before is signal.default_int_handler:
        signal.signal(signal.SIGINT, _end)
    from onrecord import cli

    signal.signal(signal.SIGINT, before)
    if isinstance(sys.stdout, io.TextIOWrapper):
        if sys.stdout.isatty():  # which may know few signs: those it lacks are spelled out
            sys.stdout.reconfigure(errors="backslashreplace")
        else:
            sys.stdout.reconfigure(encoding="utf-8")
    cli.main()


def _end(number: int, _: FrameType | None) -> None:
    """End at once, since an error raised among imports may be caught by one of them."""
    os.write(sys.stderr.fileno(), b"\nonrecord: stopped; nothing was begun\n")
    os._exit(128 + number)


if __name__ == "__main__":
    main()

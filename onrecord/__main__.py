"""`python -m onrecord` is `onrecord`."""

import io
import sys

from onrecord.reading_in import reading_in


def main() -> None:
    """Run the command line."""
    with reading_in():
        from onrecord import cli
    if isinstance(sys.stdout, io.TextIOWrapper):
        if sys.stdout.isatty():  # which may know few signs: those it lacks are spelled out
            sys.stdout.reconfigure(errors="backslashreplace")
        else:
            sys.stdout.reconfigure(encoding="utf-8")
    cli.main()


if __name__ == "__main__":
    main()

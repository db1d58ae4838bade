"""`python -m onrecord` is `onrecord`."""

import signal


def main() -> None:
    """Run the command line; while it is being read in, Ctrl-C ends it without a word."""
    before = signal.getsignal(signal.SIGINT)
    if before is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from onrecord import cli

    signal.signal(signal.SIGINT, before)
    cli.main()


if __name__ == "__main__":
    main()

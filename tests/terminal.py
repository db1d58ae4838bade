"""Calling the command line, in this process or in one of its own."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from onrecord.cli import main
from tests.checkout import ROOT


@dataclass(frozen=True)
class Ran:
    """What one call of the command line did."""

    code: int
    out: str
    err: str


class Terminal:
    """Call the command line in this process."""

    def __init__(self, captured: pytest.CaptureFixture[bytes]) -> None:
        self._captured = captured

    def __call__(self, *arguments: str | Path) -> Ran:
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        out, err = self._captured.readouterr()
        assert isinstance(ended.value.code, int)
        return Ran(ended.value.code, out.decode(), err.decode())


def loaded(said: Ran) -> dict[str, list[str]]:
    """Return the rows of the summary of a load by source."""
    rows = (line.split() for line in said.err.splitlines())
    return {row[0]: row[1:] for row in rows if len(row) == 7 and row[1].isdigit()}


def spawn(
    *arguments: str | Path, stdout: int = subprocess.PIPE, stderr: int = subprocess.PIPE
) -> subprocess.Popen[str]:
    """Call the command line in a process of its own, which Ctrl-C reaches."""
    command = [sys.executable, "-m", "onrecord", *map(str, arguments)]
    # whoever runs the tests in parallel says how wide its own terminal is
    ours = ("ONRECORD_", "COLUMNS", "LINES")
    given = {key: value for key, value in os.environ.items() if not key.startswith(ours)}
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=given,
        stdout=stdout,
        stderr=stderr,
        text=True,
    )

"""The built thing, run where nothing else is: one name in the wheel, and it works."""

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Final

import pytest

from tests.checkout import ROOT, texts

FLOORS: Final = ("ontology/", "loaders/", "queries/")
LOCKED: Final = re.compile(r"^\S+==.*(?= \\$)", re.MULTILINE)
OURS: Final = ("ONRECORD_", "PYTHON")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the source distribution, and the wheel from that."""
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), cwd=ROOT)
    assert len(list(out.glob("*.tar.gz"))) == 1
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel, and only what it asks for, in an environment of its own.

    The lock says which releases; a dependency that is used and not declared is missing here.
    """
    home = tmp_path_factory.mktemp("elsewhere")
    releases = home / "releases.txt"  # without hashes, which pip wants for all or for none
    releases.write_text("\n".join(LOCKED.findall(texts()["requirements.lock"])), "utf-8")
    run(sys.executable, "-m", "venv", "--without-pip", "venv", cwd=home)
    pip = [sys.executable, "-m", "pip", "--python", str(home / "venv" / "bin" / "python")]
    run(*pip, "install", "--constraint", str(releases), str(wheel), cwd=home)
    return home


def test_wheel_takes_one_name(wheel: Path) -> None:
    tops = {name.partition("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"onrecord"}


def test_wheel_carries_every_file_of_the_floors(wheel: Path) -> None:
    carried = set(zipfile.ZipFile(wheel).namelist())
    floors = {f"onrecord/_house/{name}" for name in texts() if name.startswith(FLOORS)}
    machinery = {name for name in texts() if name.startswith("onrecord/")}
    assert floors | machinery | {"onrecord/_house/server.py"} <= carried
    assert [name for name in carried if "__pycache__" in name] == []


def test_installed_command_helps(installed: Path) -> None:
    assert "demo" in onrecord(installed, "--help")


def test_installed_floors_are_the_wheels_own(installed: Path) -> None:
    python = str(installed / "venv" / "bin" / "python")
    where = (
        "import onrecord, queries, server; print(queries.__file__, server.__file__, sep='\\n')"
    )
    files = run(python, "-c", where, cwd=installed).splitlines()
    assert [Path(name).is_relative_to(installed) for name in files] == [True, True]


def test_installed_command_loads_the_bundled_case(installed: Path) -> None:
    onrecord(installed, "demo", "--check")


def onrecord(installed: Path, *words: str) -> str:
    """Run the installed command far from the checkout, and return what it prints."""
    return run(str(installed / "venv" / "bin" / "onrecord"), *words, cwd=installed)


def run(*command: str, cwd: Path) -> str:
    """Run a command without our settings; return its output, or fail with all it said."""
    calm = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    done = subprocess.run(command, cwd=cwd, env=calm, capture_output=True, text=True)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout

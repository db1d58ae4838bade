"""onrecord: who said what about whom, and where it is written."""

import sys
from pathlib import Path
from typing import Final

__version__: Final = "0.1.0"

_HOUSE = Path(__file__).with_name("_house")

if _HOUSE.is_dir():
    sys.path.insert(0, str(_HOUSE))

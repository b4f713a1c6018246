"""Data of others, not in the repository: where it lies if it is on this machine. YIMA_DATA names the folder.

Tests and benches ask here and nowhere else. Without YIMA_DATA it is `shared/data` beside this checkout or further up.
"""

import os
from pathlib import Path

_ABOVE = Path(__file__).parents[3:]
_USUAL = Path("shared/data")


def _folder() -> Path:
    if given := os.environ.get("YIMA_DATA"):
        return Path(given)
    return next((above / _USUAL for above in _ABOVE if (above / _USUAL).is_dir()), _ABOVE[0] / _USUAL)


DATA = _folder()
PHONE_PHOTOS = DATA / "photos/exif/gps"
"""Photos of real phones that name where they were taken."""
FAULTS = DATA / "faults"
"""Files that something is wrong with."""

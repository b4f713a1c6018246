"""Data of others, not in the repository: where it lies if it is on this machine. YIMA_DATA names the folder."""

import os
from pathlib import Path

DATA = Path(os.environ.get("YIMA_DATA", "/work/shared/data"))

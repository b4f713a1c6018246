"""What an import of shops may be told."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import msgspec

from backend.privacy.seals import Seal


class ShopImport(msgspec.Struct, frozen=True, kw_only=True):
    path: Path
    errors_path: Path
    dataset: str
    """The name under which the source's keys are kept; the same file again must come with the same name."""
    seal: Seal
    now: datetime
    places: str = ""
    """The dataset of places whose keys the file uses as its own."""
    columns: dict[str, str] = {}
    """Ours = theirs, where the usual names are not used."""
    within: str = ""
    say: Callable[[str], object] = lambda line: None
    """Hears the progress lines."""

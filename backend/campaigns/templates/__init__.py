"""样板: campaigns as they ship, as data beside this file. A town makes one its own and changes what it likes."""

from functools import cache
from pathlib import Path

import msgspec

from backend.campaigns.structs import CampaignTemplate

_FOLDER = Path(__file__).parent


@cache
def list_templates() -> tuple[CampaignTemplate, ...]:
    """All of them, by code."""
    return tuple(
        msgspec.json.decode(file.read_bytes(), type=CampaignTemplate) for file in sorted(_FOLDER.glob("*.json"))
    )


def find_template(code: str) -> CampaignTemplate | None:
    return next((template for template in list_templates() if template.code == code), None)

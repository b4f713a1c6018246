"""What our endpoint says of itself. Two addresses: clients that read XML naively take a list of one for no list."""

from datetime import UTC, datetime
from typing import Any

from backend.intake.open311.wire import times
from backend.intake.open311.wire.formats import WireFormat

SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
PATH, TEST_PATH = "/open311/v2", "/open311/v2/test"
_MEDIA = [WireFormat.XML.media_type, WireFormat.JSON.media_type]


CHANGED_AT = datetime(2026, 11, 28, tzinfo=UTC)
"""Since when the endpoint speaks so."""


def discovery(base_url: str) -> dict[str, Any]:
    """The whole of it, for a server at this address."""
    changeset = times.written(CHANGED_AT)
    return {
        "changeset": changeset,
        "contact": f"{base_url}/",
        "key_service": f"{base_url}/",
        "endpoints": [
            {
                "specification": SPECIFICATION,
                "url": f"{base_url}{path}",
                "changeset": changeset,
                "type": kind,
                "formats": _MEDIA,
            }
            for path, kind in ((PATH, "production"), (TEST_PATH, "test"))
        ],
    }

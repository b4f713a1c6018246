"""The zone of a photo, as cameras and phones write it."""

from datetime import UTC, datetime

import pytest
from PIL import ExifTags, Image

from media.decoder.exif import read_facts


def exif(offset: str | None) -> Image.Exif:
    written = Image.Exif()
    detail = written.get_ifd(ExifTags.IFD.Exif)
    detail[ExifTags.Base.DateTimeOriginal] = "2026:11:27 12:00:00"
    if offset is not None:
        detail[ExifTags.Base.OffsetTimeOriginal] = offset
    return written


@pytest.mark.parametrize(
    ("offset", "minutes"),
    [
        ("+08:00", 480),
        ("+0800", 480),
        ("+08", 480),
        ("-0330", -210),
        ("Z", 0),
        ("z", 0),
        ("UTC", 0),
        ("+00:00", 0),
        ("+15:00", None),
        ("+8", None),
        ("٠٨:٠٠", None),
        ("Beijing", None),
        ("", None),
        (None, None),
    ],
)
def test_an_offset_is_a_zone_in_every_way_it_is_written(offset, minutes):
    facts = read_facts(exif(offset), local_offset_min=480)

    assert facts.captured_offset_min == minutes
    local = 480 if minutes is None else minutes
    assert facts.captured_at == datetime.fromtimestamp(
        datetime(2026, 11, 27, 12, tzinfo=UTC).timestamp() - local * 60, UTC
    )

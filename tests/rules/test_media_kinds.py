"""What a file is, from its first bytes; and where it lies, from its number."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as some

from media import keys
from media.errors import PhotoEmpty, PhotoTypeRefused
from media.kinds import MediaKind, kind_of
from media.structs import Variant
from tests.makers.refusals import zh

PHOTO = UUID("0b1f0a52-0000-4000-8000-000000000001")


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\xff\xd8\xff\xe1", MediaKind.JPEG),
        (b"\x89PNG\r\n\x1a\n", MediaKind.PNG),
        (b"RIFF\x10\0\0\0WEBPVP8 ", MediaKind.WEBP),
        (b"\0\0\0\x18ftypheic", MediaKind.HEIC),
        (b"\0\0\0\x18ftypmif1", MediaKind.HEIC),
    ],
)
def test_photos_are_told_by_their_first_bytes(head: bytes, kind: MediaKind):
    assert kind_of(head) is kind


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"GIF89a", "GIF"),
        (b"II*\0", "TIFF"),
        (b"%PDF-1.7", "PDF"),
        (b'  <svg xmlns="x">', "SVG"),
        (b'\xef\xbb\xbf<?XML version="1.0"?>', "SVG or XML"),
        (b"PK\x03\x04", "ZIP"),
        (b"\0\0\0\x18ftypavif", "ISO media (avif)"),
        (b"\0\0\0\x18ftypisom", "ISO media (isom)"),
        (b"\0\0\0\x18ftyphevc", "HEIC sequence"),
        (b"RIFF\x10\0\0\0WAVE", "unknown"),
        (b"hello", "unknown"),
    ],
)
def test_strangers_are_named(head: bytes, name: str):
    with pytest.raises(PhotoTypeRefused) as refused:
        kind_of(head)

    assert refused.value.extra == {"found": name}


@given(some.binary(max_size=64))
def test_whatever_comes_is_a_kind_or_a_clear_refusal(head: bytes):
    try:
        assert kind_of(head) in MediaKind
    except (PhotoEmpty, PhotoTypeRefused) as refused:
        assert zh(refused)


@pytest.mark.parametrize("kind", MediaKind)
def test_a_key_tells_its_photo(kind: MediaKind):
    original, shown = keys.original_key(PHOTO, kind), keys.shown_key(PHOTO, Variant.LARGE, 3, kind)

    assert keys.photo_of_original(original) == PHOTO
    assert keys.copy_of_shown(shown) == (PHOTO, 3, "large")
    assert keys.photo_of_original(shown) is None
    assert keys.copy_of_shown(original) is None


@pytest.mark.parametrize("key", ["", ".half-01", "0b/1f/x.jpg", f"../{PHOTO}.jpg", f"0b/1f/{PHOTO}.jpg/x"])
def test_keys_that_we_did_not_make_name_nothing(key: str):
    assert keys.photo_of_original(key) is None
    assert keys.copy_of_shown(key) is None

"""What a file is, told from its first bytes and never from its name or from what the sender calls it. Pure."""

from enum import StrEnum

from media.errors import PhotoEmpty, PhotoTypeRefused

HEAD_BYTES = 64
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"mif1"}
_MOVING_BRANDS = {b"hevc", b"hevx", b"hevm", b"hevs", b"msf1"}


class MediaKind(StrEnum):
    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"
    HEIC = "image/heic"


_FORMATS = {MediaKind.JPEG: "JPEG", MediaKind.PNG: "PNG", MediaKind.WEBP: "WEBP", MediaKind.HEIC: "HEIF"}
_SUFFIXES = {MediaKind.JPEG: "jpg", MediaKind.PNG: "png", MediaKind.WEBP: "webp", MediaKind.HEIC: "heic"}
_KNOWN_STRANGERS = (
    (b"GIF8", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"BM", "BMP"),
    (b"%PDF", "PDF"),
    (b"<svg", "SVG"),
    (b"<?xml", "SVG or XML"),
    (b"PK\x03\x04", "ZIP"),
)


def kind_of(head: bytes) -> MediaKind:
    """Tell the kind from the first bytes. Raises PhotoEmpty, PhotoTypeRefused."""
    if not head:
        raise PhotoEmpty()
    if head.startswith(b"\xff\xd8\xff"):
        return MediaKind.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return MediaKind.PNG
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return MediaKind.WEBP
    if head[4:8] == b"ftyp":
        return _kind_of_brand(head[8:12])
    raise PhotoTypeRefused(_name_of_stranger(head))


def decoder_format(kind: MediaKind) -> str:
    """The decoding library's name for the kind."""
    return _FORMATS[kind]


def suffix(kind: MediaKind) -> str:
    return _SUFFIXES[kind]


def _kind_of_brand(brand: bytes) -> MediaKind:
    if brand in _HEIC_BRANDS:
        return MediaKind.HEIC
    if brand in _MOVING_BRANDS:
        raise PhotoTypeRefused("HEIC sequence")
    raise PhotoTypeRefused(f"ISO media ({brand.decode('ascii', 'replace').strip()})")


def _name_of_stranger(head: bytes) -> str:
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for start, name in _KNOWN_STRANGERS:
        if head.startswith(start) or text.startswith(start.lower()):
            return name
    return "unknown"

"""What phones, editors and attackers send: files made on the spot, and the collection of real ones where present."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from PIL import Image

from bench.parts.outside import DATA

REAL = DATA / "photos"
_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Input:
    group: str
    name: str
    """As the sender calls it."""
    content: bytes
    repeats: int = 1
    """The content is sent so many times over, for files too large to hold."""


def made() -> Iterator[Input]:
    """One file for each way of being wrong, and a few that are right in an odd way."""
    photo = camera_photo(1200, 900)
    yield Input("made", "photo.jpg", photo)
    yield Input("made", "truncated.jpg", photo[: len(photo) // 2])
    yield Input("made", "really-a-png.jpg", _saved(_scene(400, 300), "PNG"))
    yield Input("made", "really-a-gif.jpg", _saved(_scene(400, 300), "GIF"))
    yield Input("made", "bomb-900-megapixels.png", _saved(Image.new("1", (30_000, 30_000)), "PNG"))
    yield Input("made", "stripe-60000x1.png", _saved(Image.new("L", (60_000, 1)), "PNG"))
    yield Input("made", "animated.png", _moving("PNG"))
    yield Input("made", "animated.webp", _moving("WEBP"))
    yield Input("made", "cmyk.jpg", _saved(_scene(400, 300).convert("CMYK"), "JPEG"))
    yield Input("made", "sixteen-bit.png", _saved(Image.new("I;16", (400, 300), 30_000), "PNG"))
    yield Input("made", "zero-byte.jpg", b"")
    yield Input("made", "two-hundred-megabytes.jpg", b"\xff\xd8\xff" + bytes(_MIB - 3), repeats=200)
    yield Input("made", "../../../etc/passwd.jpg", photo)
    yield Input("made", "photo.php.jpg", photo)
    yield Input("made", "vector.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')
    yield Input("made", "vector-called-photo.jpg", b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>')
    yield Input("made", "exif-of-60-kb.jpg", _with_note(60_000))
    yield Input("made", "exif-of-20-kb.jpg", _with_note(20_000))
    yield Input("made", "photo-then-a-zip.jpg", photo + b"PK\x03\x04" + bytes(1000))
    yield Input("made", "twelve-megapixels.jpg", camera_photo(4000, 3000))


def real() -> Iterator[Input]:
    """All of the collection."""
    for path in sorted(REAL.rglob("*")):
        if path.is_file():
            folder, _, name = str(path.relative_to(REAL)).partition("/")
            yield Input(folder, name, path.read_bytes())


def camera_photo(width: int, height: int) -> bytes:
    """Like a phone's: noise everywhere, turned by EXIF, with position, time and device."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0112] = "HUAWEI", "P40", 6
    exif.get_ifd(0x8769)[0x9003] = "2026:05:01 10:30:00"
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (31.0, 14.0, 0.0), "E", (121.0, 30.0, 36.0)
    return _saved(_scene(width, height), "JPEG", quality=88, exif=exif, comment=b"Zhang San")


def _scene(width: int, height: int) -> Image.Image:
    coarse = Image.frombytes("RGB", (40, 30), Random(1).randbytes(40 * 30 * 3)).resize(
        (width, height), Image.Resampling.BICUBIC
    )
    fine = Image.effect_noise((width, height), 40).convert("RGB")
    return Image.blend(coarse, fine, 0.25)


def _moving(format_name: str) -> bytes:
    return _saved(_scene(200, 150), format_name, save_all=True, append_images=[Image.new("RGB", (200, 150))])


def _with_note(size_bytes: int) -> bytes:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x927C] = bytes(size_bytes)
    return _saved(_scene(400, 300), "JPEG", exif=exif)


def _saved(image: Image.Image, format_name: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, format_name, **options)
    return out.getvalue()

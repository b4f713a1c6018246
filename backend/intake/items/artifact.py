"""The model's file: numbers with a checksum, nothing that runs. Read as it lies on the disk, shared by all processes.

    8 bytes   YIMAITM1
    32 bytes  SHA-256 of all that follows
    4 bytes   length of the header, little end first
    header    JSON: `Header`; blanks up to a multiple of 64 bytes of the file
    arrays    in the order of `_ARRAYS`, each from a multiple of 64 bytes on, little end first:
              numbers u64 [numbers], rising; idf f16 [numbers]; weights i8 [numbers, classes]

The weight of a number for a class is `weights × scales[class]`.
"""

import hashlib
import mmap
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from backend.intake.items.features import PARTS

MAGIC = b"YIMAITM1"
_ALIGN = 64
_START = len(MAGIC) + 32 + 4
_ARRAYS: tuple[tuple[str, str], ...] = (("numbers", "<u8"), ("idf", "<f2"), ("weights", "i1"))
_WIDEST_HEADER = 1 << 20


class ModelBroken(ValueError):
    """The file is no model, was cut short or was altered."""


class Header(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What stands before the numbers.

    `confidences` rise. Of the texts that took no part in training, `seen` were as confident as that or more, and
    `wrong` of those were wrong.
    """

    name: str
    trained_on: str
    """In words: which texts, how many, when."""
    classes: tuple[str, ...]
    sizes: tuple[int, ...]
    """How many numbers belong to each of `features.PARTS`; the numbers of a part stand together and rise."""
    scales: tuple[float, ...]
    offsets: tuple[float, ...]
    confidences: tuple[float, ...] = ()
    seen: tuple[int, ...] = ()
    wrong: tuple[int, ...] = ()


class Model(msgspec.Struct, frozen=True, kw_only=True):
    """The header and the arrays of the file."""

    header: Header
    numbers: Any
    idf: Any
    weights: Any


def write(file: Path, model: Model) -> str:
    """Write a model; returns its checksum in hexadecimal. The file is there whole or not at all."""
    header = msgspec.json.encode(model.header)
    body = bytearray(len(header).to_bytes(4, "little") + header)
    for name, kind in _ARRAYS:
        body += b" " * (-(len(MAGIC) + 32 + len(body)) % _ALIGN)
        body += np.ascontiguousarray(getattr(model, name), dtype=kind).tobytes()
    print_ = hashlib.sha256(body)
    beside = file.with_name(f"{file.name}.new")
    beside.write_bytes(MAGIC + print_.digest() + body)
    beside.replace(file)
    return print_.hexdigest()


def read(file: Path) -> Model:
    """Map a model into memory. Raises ModelBroken, OSError."""
    with file.open("rb") as opened:
        try:
            held = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
        except ValueError as error:
            raise ModelBroken("empty") from error
    view = memoryview(held)
    if len(view) < _START or view[:8] != MAGIC:
        raise ModelBroken("not a model")
    if hashlib.sha256(view[40:]).digest() != view[8:40]:
        raise ModelBroken("checksum")
    length = int.from_bytes(view[40:_START], "little")
    if length > min(_WIDEST_HEADER, len(view) - _START):
        raise ModelBroken("header")
    try:
        header = msgspec.json.decode(view[_START : _START + length], type=Header)
    except msgspec.MsgspecError as error:
        raise ModelBroken("header") from error
    return _arrays(view, header, _START + length)


def _arrays(view: memoryview, header: Header, at: int) -> Model:
    many, classes = sum(header.sizes), len(header.classes)
    tables = {len(header.confidences), len(header.seen), len(header.wrong)}
    if {len(header.scales), len(header.offsets), classes} != {classes} or not classes or len(tables) != 1:
        raise ModelBroken("header")
    if len(header.sizes) != len(PARTS) or min(header.sizes) < 0:
        raise ModelBroken("header")
    found: dict[str, NDArray[Any]] = {}
    for name, kind in _ARRAYS:
        at += -at % _ALIGN
        count = many * (classes if name == "weights" else 1)
        if at + count * np.dtype(kind).itemsize > len(view):
            raise ModelBroken("cut short")
        found[name] = np.frombuffer(view, kind, count, at)
        at += found[name].nbytes
    if at != len(view):
        raise ModelBroken("length")
    weights = found["weights"].reshape(many, classes)
    return Model(header=header, numbers=found["numbers"], idf=found["idf"], weights=weights)

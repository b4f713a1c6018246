"""Read plates out of a picture: pick ours, count the others, believe nothing that another host printed."""

import io

import zxingcpp
from PIL import Image

from qr.errors import CodeForeign, CodeUnknown
from qr.payload import Payload
from qr.structs import Reading

_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
_MOST_SYMBOLS = 20


def read_picture(picture: bytes, payload: Payload) -> Reading:
    """What symbols a picture holds. Only for pictures that we encoded ourselves: decoders of files break on others."""
    with Image.open(io.BytesIO(picture), formats=("JPEG",)) as opened:
        return sort_symbols(decode(opened.convert("L")), payload)


def decode(picture: Image.Image) -> list[str]:
    """The texts of all QR symbols, however they lie and are lit."""
    return [found.text for found in zxingcpp.read_barcodes(picture, formats=_QR)[:_MOST_SYMBOLS]]


def sort_symbols(texts: list[str], payload: Payload) -> Reading:
    """Our codes, each once; how many symbols were foreign, and how many ours but misread."""
    ours: dict[str, None] = {}
    foreign = broken = 0
    for text in texts:
        try:
            ours[payload.read(text)] = None
        except CodeForeign:
            foreign += 1
        except CodeUnknown:
            broken += 1
    return Reading(codes=list(ours), foreign=foreign, broken=broken)

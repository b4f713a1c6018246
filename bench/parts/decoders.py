"""The decoders that are compared: ours, and the two that other software uses most."""

from collections.abc import Callable
from typing import Any

import cv2
import zxingcpp
from pyzbar import pyzbar

Decode = Callable[[Any], set[str]]
_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
_opencv: Any = cv2.QRCodeDetector()


def by_zxing(picture: Any) -> set[str]:
    return {found.text for found in zxingcpp.read_barcodes(picture, formats=_QR)}


def by_zbar(picture: Any) -> set[str]:
    found = pyzbar.decode(picture, symbols=[pyzbar.ZBarSymbol.QRCODE])
    return {each.data.decode("utf-8", "replace") for each in found}


def by_opencv(picture: Any) -> set[str]:
    try:
        _, texts, _, _ = _opencv.detectAndDecodeMulti(picture)
    except cv2.error:
        return set()
    return {text for text in texts if text}


DECODERS: dict[str, Decode] = {"zxing-cpp": by_zxing, "zbar": by_zbar, "OpenCV": by_opencv}

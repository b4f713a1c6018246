"""Every colour model that cameras and editors write, brought to plain 8-bit sRGB. Guarded process only."""

import io
from contextlib import suppress

import numpy as np
from PIL import Image, ImageCms

_PAPER = (255, 255, 255)
_SRGB = ImageCms.createProfile("sRGB")


def resizable(picture: Image.Image) -> Image.Image:
    """The picture in a mode whose pixels may be averaged: no palettes, no single bits, 8 bits a channel."""
    if picture.mode == "P":
        return picture.convert("RGBA" if "transparency" in picture.info else "RGB")
    if picture.mode == "PA":
        return picture.convert("RGBA")
    if picture.mode.startswith("I"):  # the library would clip 16 bits to white instead of scaling them
        return Image.fromarray((np.asarray(picture).astype(np.uint32) >> 8).clip(0, 255).astype(np.uint8))
    if picture.mode == "1":
        return picture.convert("L")
    return picture


def plain_rgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """RGB without transparency, in sRGB where a colour profile says that it is not."""
    if picture.mode in ("LA", "RGBA"):
        picture = _on_paper(picture.convert("RGBA"))
    if profile and picture.mode in ("RGB", "CMYK"):
        with suppress(ImageCms.PyCMSError, OSError, ValueError):  # a broken profile costs only its colours
            return _converted(picture, profile)
    return picture if picture.mode == "RGB" else picture.convert("RGB")


def _on_paper(picture: Image.Image) -> Image.Image:
    paper = Image.new("RGB", picture.size, _PAPER)
    paper.paste(picture, mask=picture.getchannel("A"))
    return paper


def _converted(picture: Image.Image, profile: bytes) -> Image.Image:
    source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    if picture.mode == "RGB" and "sRGB" in ImageCms.getProfileDescription(source):
        return picture
    converted = ImageCms.profileToProfile(picture, source, _SRGB, outputMode="RGB")
    return converted if converted is not None else picture.convert("RGB")

"""The decoder's short codes, put into words for people."""

from typing import Any

from media.errors import PhotoRefused

_WORDS = {
    "photo-undecodable": ("照片已损坏或不完整", "The photo is damaged or incomplete"),
    "photo-too-many-pixels": ("照片像素超过上限 {limit}", "The photo has more than {limit} pixels"),
    "photo-side-too-long": ("照片边长超过 {limit} 像素", "A side of the photo is over {limit} pixels"),
    "photo-animated": ("不接受动图", "Animated pictures are not taken"),
    "photo-needs-too-much-memory": ("照片解码需要的内存超过上限", "Decoding the photo needs too much memory"),
    "photo-took-too-long": ("照片解码超时", "Decoding the photo took too long"),
    "photo-broke-the-decoder": ("照片无法解码", "The photo could not be decoded"),
}


def refusal(code: str, facts: dict[str, Any]) -> PhotoRefused:
    zh, en = _WORDS[code]
    return PhotoRefused(code, zh.format(**facts), en.format(**facts), **facts)

"""A font with Chinese characters that may be embedded: found on this machine, or named so that one can be installed."""

from pathlib import Path

_CANDIDATES = (
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/usr/share/fonts/wqy-microhei/wqy-microhei.ttc",
    "/usr/share/fonts/truetype/arphic/ukai.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
    "/System/Library/Fonts/STHeiti Medium.ttc",
    "/System/Library/Fonts/Supplemental/Songti.ttc",
    "C:/Windows/Fonts/msyh.ttc",
    "C:/Windows/Fonts/simhei.ttf",
)


class FontMissing(RuntimeError):
    """No font with Chinese characters was found; the message says what to install."""


def find_font(chosen: Path | None = None) -> Path:
    """The chosen font, or the first known one on this machine. Raises FontMissing."""
    for candidate in (chosen,) if chosen else map(Path, _CANDIDATES):
        if candidate.is_file():
            return candidate
    if chosen:
        raise FontMissing(f"找不到字体 / no such font file: {chosen}")
    raise FontMissing(
        "找不到中文字体。请安装后重试 / No font with Chinese characters. Install one and try again:\n"
        "  Debian, Ubuntu: apt-get install fonts-wqy-microhei   (1.6 MB)\n"
        "  Fedora: dnf install wqy-microhei-fonts\n"
        "or name a TrueType or OpenType file with --font FILE."
    )
